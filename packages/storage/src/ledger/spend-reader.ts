import type { Clock } from '@tianjillm/core'
import type { SpendFilter, SpendReader } from '@tianjillm/spend'
import { and, asc, desc, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { spendDaily, spendLog } from '../schema.ts'
import { toEntry, tokensOf } from './row.ts'
import { spentSince } from './spent.ts'

/** Reads the ledger's tables. */
export function createSpendReader(db: PostgresJsDatabase, clock: Clock): SpendReader {
  return {
    async page(filter, limit, after) {
      const beyond = after && sql`(${spendLog.startedAt}, ${spendLog.id}) < (${new Date(after.startedAt).toISOString()}::timestamptz, ${after.id})`
      const rows = await db.select().from(spendLog).where(and(...conditions(filter), beyond)).orderBy(desc(spendLog.startedAt), desc(spendLog.id)).limit(limit + 1)
      const entries = rows.slice(0, limit).map(toEntry)
      const last = entries.at(-1)
      return { entries, ...(last && rows.length > limit && { next: { startedAt: last.startedAt, id: last.id } }) }
    },
    async days(filter) {
      const day = sql<string>`(${spendLog.startedAt} at time zone 'UTC')::date::text`
      const { keyHash, userId, modelGroup } = spendLog
      const rows = await db
        .select({ day, keyHash, userId, modelGroup, costNanoUsd: sql<string>`coalesce(sum(${spendLog.costNanoUsd}), 0)` })
        .from(spendLog).where(and(...conditions(filter))).groupBy(day, keyHash, userId, modelGroup).orderBy(asc(day), keyHash, userId, modelGroup)
      return rows.map((row) => ({
        day: row.day,
        keyHash: row.keyHash ?? undefined,
        userId: row.userId ?? undefined,
        modelGroup: row.modelGroup ?? undefined,
        costNanoUsd: Number(row.costNanoUsd),
      }))
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

function conditions({ keyHash, userId, teamId, model, requestId, from, to }: SpendFilter): (SQL | undefined)[] {
  return [
    keyHash === undefined ? undefined : eq(spendLog.keyHash, keyHash),
    userId === undefined ? undefined : eq(spendLog.userId, userId),
    teamId === undefined ? undefined : eq(spendLog.teamId, teamId),
    model === undefined ? undefined : eq(spendLog.modelGroup, model),
    requestId === undefined ? undefined : or(eq(spendLog.id, requestId), eq(spendLog.callId, requestId)),
    from === undefined ? undefined : gte(spendLog.startedAt, new Date(from)),
    to === undefined ? undefined : lt(spendLog.startedAt, new Date(to)),
  ]
}
