import { inputTokens, noUsage, outputTokens } from '@tianjillm/core'
import type { LedgerEntry } from './ledger.ts'
import { addUsage, type CountedUnder, noUsageSum, type UsageDay, type UsageDimension, type UsageQuery, type UsageRow, type UsageSheet, type UsageSheetQuery, type UsageSum } from './usage.ts'

/** The reference of every ledger's usage: adds the entries up, one by one. */
export function usageOf(entries: Iterable<LedgerEntry>, { from, to, counted, only = {}, by, sums, top }: UsageQuery): readonly (readonly UsageRow[])[] {
  const groups = by.map(() => new Map<string, UsageRow>())
  const wanted = Object.entries(only) as [UsageDimension, readonly string[]][]
  for (const entry of entries) {
    const day = dayOf(entry)
    if (day < from || day > to) continue
    const sum = sumOf(entry)
    for (const entity of entitiesOf(entry, counted)) {
      if (!wanted.every(([dimension, values]) => values.includes(valueOf[dimension](entry, entity)))) continue
      by.forEach((split, i) => {
        const values = split.map((dimension) => [dimension, valueOf[dimension](entry, entity)] as const)
        const key = JSON.stringify(values)
        groups[i]!.set(key, { ...Object.fromEntries(values), ...addUsage(groups[i]!.get(key) ?? noUsageSum, sum) })
      })
    }
  }
  return groups.map((group) => {
    const sorted = [...group.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
    // The dearest are the dearest, also where nobody asks what they cost.
    const wanted = top === undefined ? sorted : sorted.sort((a, b) => b.costNanoUsd - a.costNanoUsd || b.requests - a.requests).slice(0, top)
    return sums ? wanted.map((row) => narrowed(row, sums)) : wanted
  })
}

/** As fine as sums are kept. */
const finest = ['day', 'entity', 'key', 'user', 'team', 'organization', 'modelGroup', 'model', 'provider', 'operation'] as const

/** Usage day by day, in the reference's way. */
export function usageSheetsOf(entries: Iterable<LedgerEntry>, { dimensions, sums, newestFirst = false, ...query }: UsageSheetQuery): readonly UsageSheet[] {
  const [rows] = usageOf(entries, { ...query, by: [finest] })
  const days = [...Map.groupBy(rows!, ({ day }) => day!)]
  const texts = dimensions.map((name) => [...new Set(rows!.map((row) => row[name]!))])
  return (newestFirst ? days.toReversed() : days).map(([day, of]) => ({
    day, rows: of.length,
    dimensions: dimensions.map((name, i) => ({ rows: Int32Array.from(of, (row) => texts[i]!.indexOf(row[name]!)), texts: texts[i]! })),
    sums: sums.map((names) => Float64Array.from(of, (row) => names.reduce((sum, name) => sum + row[name], 0))),
  }))
}

/** The days of a question, in the reference's way. */
export function usageDaysOf(entries: Iterable<LedgerEntry>, query: Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'>): readonly UsageDay[] {
  const [rows] = usageOf(entries, { ...query, by: [finest] })
  return [...Map.groupBy(rows!, ({ day }) => day!)].map(([day, of]) => ({ day, rows: of.length })).toSorted((a, b) => (a.day < b.day ? 1 : -1))
}

function narrowed(row: UsageRow, wanted: readonly (keyof UsageSum)[]): UsageRow {
  return { ...row, ...noUsageSum, ...Object.fromEntries(wanted.map((name) => [name, row[name]])) }
}

const dayOf = ({ startedAt }: LedgerEntry): string => new Date(startedAt).toISOString().slice(0, 10)

const valueOf: Readonly<Record<UsageDimension, (entry: LedgerEntry, entity: string) => string>> = {
  day: dayOf,
  entity: (_, entity) => entity,
  key: ({ keyId }) => keyId ?? '',
  user: ({ userId }) => userId ?? '',
  team: ({ teamId }) => teamId ?? '',
  organization: ({ organizationId }) => organizationId ?? '',
  modelGroup: ({ modelGroup }) => modelGroup ?? '',
  // What callers name and nobody serves is without end.
  model: ({ model, modelGroup }) => (modelGroup === undefined ? '' : model),
  provider: ({ provider }) => provider ?? '',
  operation: ({ operation }) => operation,
}

function entitiesOf({ endUser, tags }: LedgerEntry, counted: CountedUnder): readonly string[] {
  if (counted === 'call') return ['']
  return counted === 'tag' ? [...new Set(tags)] : endUser === undefined ? [] : [endUser]
}

function sumOf({ status, usage = noUsage, cacheHit, costNanoUsd = 0 }: LedgerEntry): UsageSum {
  const completionTokens = outputTokens(usage)
  return {
    requests: 1,
    failures: status === 'success' ? 0 : 1,
    cacheHits: cacheHit ? 1 : 0,
    promptTokens: inputTokens(usage),
    completionTokens,
    cacheReadTokens: usage.cacheRead,
    cacheWriteTokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cachedCompletionTokens: cacheHit ? completionTokens : 0,
    costNanoUsd,
  }
}
