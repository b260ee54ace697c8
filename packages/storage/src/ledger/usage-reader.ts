import type { UsageDay, UsageDimension, UsageQuery, UsageRow, UsageSum } from '@tianjillm/spend'
import { type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { spendUsage } from '../schema.ts'
import { nothingFits, usageConditions, usageSource } from './usage-source.ts'

/** What is added up. */
const every = ['requests', 'failures', 'cacheHits', 'promptTokens', 'completionTokens', 'cacheReadTokens', 'cacheWriteTokens', 'cachedCompletionTokens', 'costNanoUsd'] as const
const nothing = Object.fromEntries(every.map((name) => [name, 0])) as unknown as UsageSum

/** Adds up what there is: every split of the query in one statement. */
export async function readUsage(db: Pick<PostgresJsDatabase, 'execute'>, { by, sums: asked = every, top, ...query }: UsageQuery): Promise<readonly (readonly UsageRow[])[]> {
  const dimensions = [...new Set(by.flat())]
  if (by.length === 0 || nothingFits(query)) return by.map(() => [])
  const [only] = by
  if (by.length === 1 && top === undefined && finest.every((dimension) => only!.includes(dimension))) return [await readFine(db, usageConditions(query), only!, asked)]
  // A sum over nothing is told by its requests, and the dearest by both.
  const sums = every.filter((name) => asked.includes(name) || (name === 'requests' && (top !== undefined || by.some(({ length }) => length === 0))) || (name === 'costNanoUsd' && top !== undefined))
  const source = await usageSource(db, { ...query, by }, dimensions, sums)
  const columnOf = (name: UsageDimension | keyof UsageSum): SQL => sql`u.${sql.identifier(spendUsage[name].name)}`
  // A row's split is told by the dimensions that it is not split by, one bit each.
  const split = dimensions.length === 0 ? sql`0` : sql`grouping(${sql.join(dimensions.map(columnOf), sql`, `)})`
  const named = dimensions.map((dimension) => sql`${columnOf(dimension)}${dimension === 'day' ? sql`::text` : sql``} as ${sql.identifier(dimension)}`)
  const totals = sums.map((name) => sql`sum(${columnOf(name)})::bigint as ${sql.identifier(name)}`)
  const sets = sql.join(by.map((one) => sql`(${sql.join(one.map(columnOf), sql`, `)})`), sql`, `)
  const rank = top === undefined ? undefined : sql`row_number() over (partition by ${split} order by sum(${columnOf('costNanoUsd')}) desc, sum(${columnOf('requests')}) desc) as rank`
  const grouped = sql`select ${sql.join([...named, ...totals, sql`${split} as split`, ...(rank ? [rank] : [])], sql`, `)} from ${source} group by grouping sets (${sets})`
  const order = rank ? sql` order by rank` : dimensions.includes('day') ? sql` order by ${columnOf('day')}` : sql``
  const rows = await db.execute<Record<string, string | null>>(rank ? sql`select * from (${grouped}) as ranked where rank <= ${top}${order}` : sql`${grouped}${order}`)
  const found = new Map<number, UsageRow[]>()
  for (const row of rows) {
    // A sum over nothing is a row of nothing in SQL, and no row here.
    if (row['requests'] === null) continue
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
  // Copied, so that no row's sum changes its shape while it is filled: half of the time goes there otherwise.
  const none = { ...nothing, ...Object.fromEntries(split.map((dimension) => [dimension, ''])) }
  const others = split.filter((dimension) => dimension !== 'day')
  const days = new Map<string, Map<string, Record<string, string | number>>>()
  for (const row of rows) {
    let day = days.get(row['day']!)
    if (!day) days.set(row['day']!, (day = new Map()))
    let id = ''
    for (const dimension of others) id += `${row[dimension]!}\0`
    let sum = day.get(id)
    if (!sum) {
      sum = { ...none }
      for (const dimension of split) sum[dimension] = row[dimension]!
      day.set(id, sum)
    }
    for (const name of asked) sum[name] = (sum[name] as number) + Number(row[name])
  }
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.flatMap(([, day]) => [...day.values()] as unknown as UsageRow[])
}

/** The days that have rows, newest first. */
export async function readUsageDays(db: Pick<PostgresJsDatabase, 'execute'>, query: Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'>): Promise<readonly UsageDay[]> {
  if (nothingFits(query)) return []
  const rows = await db.execute<{ day: string; rows: number }>(sql`select ${spendUsage.day}::text as day, count(*)::int as rows from ${spendUsage} where ${usageConditions(query)} group by ${spendUsage.day} order by ${spendUsage.day} desc`)
  return rows.map(({ day, rows: count }) => ({ day, rows: count }))
}

/** `grouping()` of a split: the first dimension is the highest bit, set where the row is not split by it. */
function bitsOf(dimensions: readonly UsageDimension[], split: readonly UsageDimension[]): number {
  return dimensions.reduce((bits, dimension) => bits * 2 + (split.includes(dimension) ? 0 : 1), 0)
}

function toRow(row: Readonly<Record<string, string | null>>, dimensions: readonly UsageDimension[], bits: number, asked: readonly string[]): UsageRow {
  const made: Record<string, string | number> = { ...nothing }
  dimensions.forEach((dimension, i) => {
    if (((bits >> (dimensions.length - 1 - i)) & 1) === 0) made[dimension] = row[dimension]!
  })
  for (const name of asked) made[name] = Number(row[name])
  return made as unknown as UsageRow
}
