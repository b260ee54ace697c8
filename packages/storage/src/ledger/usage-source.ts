import type { CountedUnder, UsageDimension, UsageQuery, UsageSum } from '@tianjillm/spend'
import { and, between, gte, inArray, lte, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { spendDaily, spendUsage, spendUsageMonth } from '../schema.ts'
import { clean } from '../text.ts'
import { ROLLED_UP } from './days.ts'

type Asked = Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only' | 'by'>

/** Rows that add up to what was asked, as something to select from: with the columns of `spend_usage` that are needed, called `u`. */
export async function usageSource(db: Pick<PostgresJsDatabase, 'execute'>, query: Asked, dimensions: readonly UsageDimension[], sums: readonly (keyof UsageSum)[]): Promise<SQL> {
  if (isTotal(query, dimensions, sums)) return totals(query, dimensions, sums)
  const columns = sql.join([...dimensions, ...sums, 'counted' as const].map((name) => sql.identifier(spendUsage[name].name)), sql`, `)
  const { days, months } = dimensions.includes('day') || query.counted === 'end_user' ? { days: [query], months: undefined } : await parts(db, query)
  const selects = days.map(({ from, to }) => sql`select ${columns} from ${spendUsage} where ${usageConditions({ ...query, from, to })}`)
  if (months) selects.push(sql`select ${columns} from ${spendUsageMonth} where ${and(...filters(spendUsageMonth, query), between(spendUsageMonth.month, months.from, months.to))}`)
  return sql`(${sql.join(selects, sql` union all `)}) as u`
}

/** Which rows of `spend_usage` are asked for. */
export function usageConditions(query: Pick<UsageQuery, 'counted' | 'only'> & { readonly [End in 'from' | 'to']: string | Placeholder }): SQL {
  return and(...filters(spendUsage, query), gte(spendUsage.day, query.from), lte(spendUsage.day, query.to))!
}

/** Whether no row can be asked for. */
export function nothingFits({ from, to, only = {} }: Omit<Asked, 'by'>): boolean {
  return from > to || Object.values(only).some((values) => values.length === 0)
}

const literals: Readonly<Record<CountedUnder, string>> = { call: "'call'", end_user: "'end_user'", tag: "'tag'" }

function filters(table: typeof spendUsage | typeof spendUsageMonth, { counted, only = {} }: Pick<UsageQuery, 'counted' | 'only'>): (SQL | undefined)[] {
  const wanted = Object.entries(only) as [Exclude<UsageDimension, 'day'>, readonly string[]][]
  return [
    // Written out: with a parameter no partial index fits.
    sql`${table.counted} = ${sql.raw(literals[counted])}`,
    ...wanted.map(([dimension, values]) => inArray(table[dimension], values.map(clean))),
    ...wanted.map(([dimension, values]) => (owners.has(dimension) && !values.includes('') ? sql`${table[dimension]} <> ''` : undefined)),
  ]
}

/** Those that have an index for calls that have one. */
const owners: ReadonlySet<UsageDimension> = new Set<UsageDimension>(['key', 'user', 'team', 'organization'])

interface Span {
  readonly from: string
  readonly to: string
}

/** Months whose days are all asked for are read as months, the others day by day. A month that was not there from its beginning, or has not ended, may be whole all the same. */
async function parts(db: Pick<PostgresJsDatabase, 'execute'>, { from, to, counted }: Asked): Promise<{ readonly days: readonly Span[]; readonly months?: Span }> {
  const [there] = await db.execute<{ first: string | null; last: string | null }>(sql`select min(day)::text as first, max(day)::text as last from ${spendUsage} where ${spendUsage.counted} = ${sql.raw(literals[counted])}`)
  const { first, last } = there!
  if (first === null || last === null || first > to || last < from) return { days: [{ from, to }] }
  const begin = first >= from || from.endsWith('-01') ? monthOf(from) : monthOf(from, 1)
  const end = last <= to ? monthOf(to, 1) : monthOf(shifted(to, 1))
  if (begin >= end) return { days: [{ from, to }] }
  return {
    days: [{ from, to: shifted(begin, -1) }, { from: end, to }].filter((span) => span.from <= span.to),
    months: { from: begin, to: monthOf(end, -1) },
  }
}

/** The first day of a day's month, or of one that is some months later. */
function monthOf(day: string, later = 0): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + later)).toISOString().slice(0, 10)
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

const plus = (...names: readonly (keyof typeof spendDaily.$inferSelect)[]): SQL => sql.join(names.map((name) => sql`${spendDaily[name]}`), sql` + `)

/** What `spend_daily`, which budgets read, has of what reports show. */
const totalSums: Readonly<Partial<Record<keyof UsageSum, SQL>>> = {
  requests: plus('requests'), failures: plus('failures'), costNanoUsd: plus('costNanoUsd'), cacheReadTokens: plus('cacheRead'), cacheWriteTokens: plus('cacheWrite5m', 'cacheWrite1h'),
  promptTokens: plus('input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'inputAudio', 'inputImage'), completionTokens: plus('output', 'reasoning', 'outputAudio', 'outputImage'),
}

/** Everybody's calls by no more than day and provider: `spend_daily` has fewer rows of them, without keys. */
function isTotal({ counted, only = {} }: Asked, dimensions: readonly UsageDimension[], sums: readonly (keyof UsageSum)[]): boolean {
  return counted === 'call' && Object.keys(only).length === 0 && dimensions.every((dimension) => dimension === 'day' || dimension === 'provider') && sums.every((name) => totalSums[name])
}

function totals({ from, to }: Asked, dimensions: readonly UsageDimension[], sums: readonly (keyof UsageSum)[]): SQL {
  const columns = [...dimensions.map((dimension) => sql.identifier(spendUsage[dimension].name)), ...sums.map((name) => sql`${totalSums[name]!} as ${sql.identifier(spendUsage[name].name)}`)]
  const where = and(sql`${spendDaily.entityKind} = 'total'`, sql`${spendDaily.entityId} = ''`, sql`${spendDaily.day} > ${ROLLED_UP}`, between(spendDaily.day, from, to))
  return sql`(select ${sql.join(columns, sql`, `)} from ${spendDaily} where ${where}) as u`
}
