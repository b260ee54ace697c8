import { type CountedUnder, noUsageSum, type UsageDay, type UsageDimension, type UsageQuery, type UsageRow, type UsageSum } from '@tianjillm/spend'
import { and, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { spendUsage } from '../schema.ts'
import { clean } from '../text.ts'

/** What is added up. */
const every = ['requests', 'failures', 'cacheHits', 'promptTokens', 'completionTokens', 'cacheReadTokens', 'cacheWriteTokens', 'cachedCompletionTokens', 'costNanoUsd'] as const

const literals: Readonly<Record<CountedUnder, string>> = { call: "'call'", end_user: "'end_user'", tag: "'tag'" }

/** Adds up `spend_usage`: every split of the query in one statement. */
export async function readUsage(db: Pick<PostgresJsDatabase, 'execute'>, { by, sums: asked = every, top, ...query }: UsageQuery): Promise<readonly (readonly UsageRow[])[]> {
  const dimensions = [...new Set(by.flat())]
  const where = conditions(query)
  if (by.length === 0 || !where) return by.map(() => [])
  const [only] = by
  if (by.length === 1 && top === undefined && finest.every((dimension) => only!.includes(dimension))) return [await readFine(db, where, only!, asked)]
  // Rows are told from nothing by their requests, and sorted by cost.
  const sums = every.filter((name) => name === 'requests' || asked.includes(name))
  const columns = dimensions.map((dimension) => sql`${spendUsage[dimension]}`)
  // A row's split is told by the dimensions that it is not split by, one bit each.
  const split = columns.length === 0 ? sql`0` : sql`grouping(${sql.join(columns, sql`, `)})`
  const named = dimensions.map((dimension, i) => sql`${columns[i]!}${dimension === 'day' ? sql`::text` : sql``} as ${sql.identifier(dimension)}`)
  const totals = sums.map((name) => sql`sum(${spendUsage[name]})::bigint as ${sql.identifier(name)}`)
  const sets = sql.join(by.map((one) => sql`(${sql.join(one.map((dimension) => sql`${spendUsage[dimension]}`), sql`, `)})`), sql`, `)
  const rank = top === undefined ? undefined : sql`row_number() over (partition by ${split} order by sum(${spendUsage.costNanoUsd}) desc, sum(${spendUsage.requests}) desc) as rank`
  const grouped = sql`select ${sql.join([...named, ...totals, sql`${split} as split`, ...(rank ? [rank] : [])], sql`, `)} from ${spendUsage} where ${where} group by grouping sets (${sets})`
  const order = rank ? sql` order by rank` : dimensions.includes('day') ? sql` order by day` : sql``
  const rows = await db.execute<Record<string, string>>(rank ? sql`select * from (${grouped}) as ranked where rank <= ${top}${order}` : sql`${grouped}${order}`)
  const found = new Map<number, UsageRow[]>()
  for (const row of rows) {
    // A sum over nothing is a row of nothing in SQL, and no row here.
    if (Number(row['requests'] ?? 0) === 0) continue
    const bits = Number(row['split'])
    const list = found.get(bits)
    const made = toRow(row, dimensions, bits, asked)
    if (list) list.push(made)
    else found.set(bits, [made])
  }
  return by.map((one) => found.get(bitsOf(dimensions, one)) ?? [])
}

/** A split by these has about as many rows as the table: PostgreSQL takes longer to sort them than they take to be added up here. */
const finest: readonly UsageDimension[] = ['day', 'key', 'modelGroup']

async function readFine(db: Pick<PostgresJsDatabase, 'execute'>, where: SQL, split: readonly UsageDimension[], asked: readonly (keyof UsageSum)[]): Promise<readonly UsageRow[]> {
  const columns = split.map((dimension) => sql`${spendUsage[dimension]}${dimension === 'day' ? sql`::text` : sql``} as ${sql.identifier(dimension)}`)
  const sums = asked.map((name) => sql`${spendUsage[name]} as ${sql.identifier(name)}`)
  const rows = await db.execute<Record<string, string>>(sql`select ${sql.join([...columns, ...sums], sql`, `)} from ${spendUsage} where ${where}`)
  const found = new Map<string, Record<string, string | number>>()
  for (const row of rows) {
    let id = ''
    for (const dimension of split) id += `${row[dimension]!}\0`
    let sum = found.get(id)
    if (!sum) {
      sum = { ...noUsageSum }
      for (const dimension of split) sum[dimension] = row[dimension]!
      found.set(id, sum)
    }
    for (const name of asked) sum[name] = (sum[name] as number) + Number(row[name])
  }
  return ([...found.values()] as unknown as UsageRow[]).sort((a, b) => (a.day! < b.day! ? -1 : a.day! > b.day! ? 1 : 0))
}

/** The days that have rows, newest first. */
export async function readUsageDays(db: Pick<PostgresJsDatabase, 'execute'>, query: Parameters<typeof conditions>[0]): Promise<readonly UsageDay[]> {
  const where = conditions(query)
  if (!where) return []
  const rows = await db.execute<{ day: string; rows: number }>(sql`select ${spendUsage.day}::text as day, count(*)::int as rows from ${spendUsage} where ${where} group by ${spendUsage.day} order by ${spendUsage.day} desc`)
  return rows.map(({ day, rows: count }) => ({ day, rows: count }))
}

/** Which rows are asked for; undefined where nothing can fit. */
function conditions({ from, to, counted, only = {} }: Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'>): SQL | undefined {
  const wanted = Object.entries(only) as [Exclude<UsageDimension, 'day'>, readonly string[]][]
  if (wanted.some(([, values]) => values.length === 0)) return undefined
  return and(
    // Written out: with a parameter no partial index fits.
    sql`${spendUsage.counted} = ${sql.raw(literals[counted])}`, gte(spendUsage.day, from), lte(spendUsage.day, to),
    ...wanted.map(([dimension, values]) => inArray(spendUsage[dimension], values.map(clean))),
    ...wanted.map(([dimension, values]) => (owners.has(dimension) && !values.includes('') ? sql`${spendUsage[dimension]} <> ''` : undefined)),
  )
}

/** Those that have an index for calls that have one. */
const owners: ReadonlySet<UsageDimension> = new Set<UsageDimension>(['key', 'user', 'team', 'organization'])

/** `grouping()` of a split: the first dimension is the highest bit, set where the row is not split by it. */
function bitsOf(dimensions: readonly UsageDimension[], split: readonly UsageDimension[]): number {
  return dimensions.reduce((bits, dimension) => bits * 2 + (split.includes(dimension) ? 0 : 1), 0)
}

function toRow(row: Readonly<Record<string, string>>, dimensions: readonly UsageDimension[], bits: number, asked: readonly string[]): UsageRow {
  const made: Record<string, string | number> = {}
  dimensions.forEach((dimension, i) => {
    if (((bits >> (dimensions.length - 1 - i)) & 1) === 0) made[dimension] = row[dimension]!
  })
  for (const name of every) made[name] = asked.includes(name) ? Number(row[name] ?? 0) : 0
  return made as unknown as UsageRow
}
