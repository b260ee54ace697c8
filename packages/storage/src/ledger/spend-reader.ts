import type { Clock } from '@tianjillm/core'
import type { SpendFilter, SpendReader } from '@tianjillm/spend'
import { and, count, desc, eq, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'
import { spendDaily, spendLog } from '../schema.ts'
import { clean } from '../text.ts'
import { SheetMaker } from './kept-sheets.ts'
import { toEntry, tokensOf } from './row.ts'
import { spentSince } from './spent.ts'
import { readUsage, readUsageDays } from './usage-reader.ts'
import { readUsageSheets } from './usage-sheets.ts'

/**
 * Reads the ledger's tables.
 *
 * @param client what `db` is made of
 */
export function createSpendReader(db: PostgresJsDatabase, client: Sql, clock: Clock): SpendReader {
  const maker = new SheetMaker(client)
  return {
    async page(filter, limit, after) {
      const beyond = after && sql`(${spendLog.startedAt}, ${spendLog.id}) < (${new Date(after.startedAt).toISOString()}::timestamptz, ${after.id})`
      const rows = await interpreted(db, (tx) => tx.select().from(spendLog).where(and(...conditions(filter), beyond)).orderBy(desc(spendLog.startedAt), desc(spendLog.id)).limit(limit + 1))
      const entries = rows.slice(0, limit).map(toEntry)
      const last = entries.at(-1)
      return { entries, ...(last && rows.length > limit && { next: { startedAt: last.startedAt, id: last.id } }) }
    },
    async count(filter, limit) {
      const found = db.select({ one: sql`1` }).from(spendLog).where(and(...conditions(filter))).limit(limit).as('found')
      const [row] = await interpreted(db, (tx) => tx.select({ total: count() }).from(found))
      return row!.total
    },
    usage: (query) => interpreted(db, (tx) => readUsage(tx, query)),
    usageSheets: (query) => readUsageSheets((work) => client.begin('isolation level repeatable read read only', async (tx) => {
      await tx.unsafe(setUp)
      return work(tx)
    }), query, (days) => maker.wanted(days, clock.now())),
    usageDays: (query) => interpreted(db, (tx) => readUsageDays(tx, query)),
    async errors(filter) {
      const day = sql<string>`(${spendLog.startedAt} at time zone 'UTC')::date::text`
      const apiBase = sql<string>`coalesce(${spendLog.apiBase}, '')`
      return interpreted(db, (tx) => tx.select({ day, apiBase, count: count() }).from(spendLog).where(and(...conditions(filter))).groupBy(sql`1`, sql`2`).orderBy(sql`1`, sql`2`))
    },
    async sum(entity, id) {
      const total = (column: SQL | (typeof spendDaily)['requests']): SQL<number> => sql`coalesce(sum(${column}), 0)`.mapWith(Number)
      const columns = Object.fromEntries(summed.map((name) => [name, total(spendDaily[name] as (typeof spendDaily)['requests'])])) as Record<(typeof summed)[number], SQL<number>>
      const [row] = await db.select(columns).from(spendDaily).where(and(eq(spendDaily.entityKind, entity), eq(spendDaily.entityId, id)))
      return { requests: row!.requests, failures: row!.failures, costNanoUsd: row!.costNanoUsd, usage: tokensOf(row!) }
    },
    spent: (query) => spentSince(db, query, clock.now()),
  }
}

const summed = ['requests', 'failures', 'costNanoUsd', 'input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'inputAudio', 'inputImage', 'output', 'reasoning', 'outputAudio', 'outputImage'] as const

/** Splits of a month are added up in memory of this size; with less, PostgreSQL sorts the rows first. */
const WORK_BYTES = 16 * 1024 ** 2

const setUp = `select set_config('jit', 'off', true), set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')), ${WORK_BYTES}) / 1024 || 'kB', true)`

/**
 * Runs a query without compiling it: over a hundred weeks PostgreSQL takes half a second to compile what then takes
 * some milliseconds. Said for the transaction alone, because poolers share sessions and refuse such options at the start.
 * All of it sees one moment of the tables.
 */
function interpreted<Result>(db: PostgresJsDatabase, work: (tx: Pick<PostgresJsDatabase, 'select' | 'execute'>) => PromiseLike<Result>): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(sql.raw(setUp))
    return work(tx)
  }, { accessMode: 'read only', isolationLevel: 'repeatable read' })
}

function conditions({ requestId, errorCodes, leastCost, mostCost, from, to, model, ...same }: SpendFilter): (SQL | undefined)[] {
  const cost = sql`coalesce(${spendLog.costNanoUsd}, 0)`
  return [
    ...(Object.entries(same) as [keyof typeof same, string | undefined][]).map(([field, value]) => (value === undefined ? undefined : eq(spendLog[field], clean(value)))),
    model === undefined ? undefined : eq(spendLog.modelGroup, clean(model)),
    requestId === undefined ? undefined : or(eq(spendLog.id, clean(requestId)), eq(spendLog.callId, clean(requestId))),
    // Written out: with a parameter the index of those that failed would not fit.
    errorCodes === undefined && (same.status ?? 'success') === 'success' ? undefined : sql`${spendLog.status} <> 'success'`,
    errorCodes === undefined ? undefined : inArray(spendLog.errorCode, [...errorCodes]),
    leastCost === undefined ? undefined : gte(cost, leastCost),
    mostCost === undefined ? undefined : lte(cost, mostCost),
    from === undefined ? undefined : gte(spendLog.startedAt, new Date(from)),
    to === undefined ? undefined : lt(spendLog.startedAt, new Date(to)),
  ]
}
