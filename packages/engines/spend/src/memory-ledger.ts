import { noUsage, type Usage } from '@tianjillm/core'
import { entitiesOf } from './entities.ts'
import type { DailyErrors, Ledger, LedgerEntry, SpendCursor, SpendFilter, SpendReader, SpendSum } from './ledger.ts'
import { usageDaysOf, usageOf, usageSheetsOf } from './usage-of.ts'

/** A ledger that forgets when the process ends: for tests, and for embedding without a database. */
export interface MemoryLedger extends Ledger, SpendReader {}

/**
 * @param limit entries that are kept; further ones are dropped and counted
 */
export function createMemoryLedger(limit = 100_000): MemoryLedger {
  const entries = new Map<string, LedgerEntry>()
  const sums = new Map<string, SpendSum>()
  let dropped = 0
  let closed = false

  const wanted = (filter: SpendFilter): LedgerEntry[] => [...entries.values()].filter((entry) => matches(entry, filter)).sort(newestFirst)

  const take = (entry: LedgerEntry): void => {
    const key = `${entry.startedAt} ${entry.id}`
    if (entries.has(key)) return
    if (closed || entries.size >= limit) {
      dropped += 1
      return
    }
    entries.set(key, entry)
    for (const [kind, id] of entitiesOf(entry)) {
      const name = `${kind} ${id}`
      sums.set(name, add(sums.get(name) ?? nothing, entry))
    }
  }

  return {
    append(entry, written) {
      take(entry)
      written?.()
    },
    flush: async () => {},
    close: async () => {
      closed = true
    },
    stats: () => ({ queued: 0, inserted: entries.size, dropped }),
    async page(filter, limit, after) {
      const rest = wanted(filter).filter((entry) => after === undefined || newestFirst(after, entry) < 0)
      const page = rest.slice(0, limit)
      const last = page.at(-1)
      return { entries: page, ...(last && rest.length > limit && { next: { startedAt: last.startedAt, id: last.id } }) }
    },
    count: async (filter, limit) => Math.min(wanted(filter).length, limit),
    usage: async (query) => usageOf(entries.values(), query),
    async *usageSheets(query) {
      yield* usageSheetsOf(entries.values(), query)
    },
    usageDays: async (query) => usageDaysOf(entries.values(), query),
    async errors(filter) {
      const found = new Map<string, DailyErrors>()
      for (const { startedAt, apiBase = '' } of wanted(filter)) {
        const day = new Date(startedAt).toISOString().slice(0, 10)
        const key = `${day} ${apiBase}`
        found.set(key, { day, apiBase, count: (found.get(key)?.count ?? 0) + 1 })
      }
      return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, errors]) => errors)
    },
    sum: async (entity, id) => sums.get(`${entity} ${id}`) ?? nothing,
    async spent({ entity, id, model, since }) {
      const mine = [...entries.values()].filter((entry) => entry.startedAt >= since
        && (model === undefined || (entry.limitModel ?? entry.modelGroup) === model)
        && entitiesOf(entry).some(([kind, name]) => kind === entity && name === id))
      return mine.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0), 0)
    },
  }
}

const nothing: SpendSum = { requests: 0, failures: 0, costNanoUsd: 0, usage: noUsage }

function add(sum: SpendSum, entry: LedgerEntry): SpendSum {
  const usage = Object.fromEntries(Object.entries(sum.usage).map(([key, value]) => [key, (value as number) + (entry.usage?.[key as keyof Usage] ?? 0)])) as unknown as Usage
  return {
    requests: sum.requests + 1,
    failures: sum.failures + (entry.status === 'success' ? 0 : 1),
    costNanoUsd: sum.costNanoUsd + (entry.costNanoUsd ?? 0),
    usage,
  }
}

function matches(entry: LedgerEntry, { requestId, errorCodes, leastCost, mostCost, from, to, model, ...same }: SpendFilter): boolean {
  const { costNanoUsd = 0 } = entry
  return (Object.entries(same) as [keyof typeof same, string | undefined][]).every(([field, value]) => value === undefined || entry[field] === value)
    && (model === undefined || entry.modelGroup === model)
    && (requestId === undefined || entry.id === requestId || entry.callId === requestId)
    && (errorCodes === undefined || (entry.errorCode !== undefined && errorCodes.includes(entry.errorCode)))
    && (leastCost === undefined || costNanoUsd >= leastCost)
    && (mostCost === undefined || costNanoUsd <= mostCost)
    && (from === undefined || entry.startedAt >= from)
    && (to === undefined || entry.startedAt < to)
}

function newestFirst(a: SpendCursor, b: SpendCursor): number {
  return b.startedAt - a.startedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}
