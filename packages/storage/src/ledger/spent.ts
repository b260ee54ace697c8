import type { SpendEntity, SpentQuery } from '@tianjillm/spend'
import { and, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { spendDaily, spendLog } from '../schema.ts'
import { clean } from '../text.ts'
import { DAY_MS, dayOf, lastRolledUp, ROLLED_UP } from './days.ts'
import { weekOf } from './partitions.ts'

/**
 * Nano-USD that was spent since a moment: whole days from the aggregates, the part of a day before them from
 * the rows, by index. Where those are gone, all of that day counts, and of days that were rolled up all: a
 * budget refuses rather than give an allowance twice.
 */
export async function spentSince(db: PostgresJsDatabase, query: SpentQuery, now: number): Promise<number> {
  const { since } = query
  const midnight = Math.ceil(since / DAY_MS) * DAY_MS
  const week = midnight > since ? await partition(db, since) : undefined
  const from = week ? midnight : since
  const [days, rows] = await Promise.all([
    sumOf(db.select({ sum: total(spendDaily.costNanoUsd) }).from(spendDaily).where(and(inDays(query), or(gte(spendDaily.day, dayOf(from)), dayOf(from) <= lastRolledUp(now) ? eq(spendDaily.day, ROLLED_UP) : undefined)))),
    week ? sumOf(db.select({ sum: total(spendLog.costNanoUsd) }).from(week).where(and(inLog(query), gte(spendLog.startedAt, new Date(since)), lt(spendLog.startedAt, new Date(midnight))))) : 0,
  ])
  return days + rows
}

const total = (column: (typeof spendDaily)['costNanoUsd'] | (typeof spendLog)['costNanoUsd']): SQL<number> => sql`coalesce(sum(${column}), 0)`.mapWith(Number)

async function sumOf(rows: PromiseLike<{ sum: number }[]>): Promise<number> {
  return (await rows)[0]!.sum
}

function inDays({ entity, id, model }: SpentQuery): SQL | undefined {
  return and(eq(spendDaily.entityKind, entity), eq(spendDaily.entityId, clean(id)), model === undefined ? undefined : eq(spendDaily.model, clean(model)))
}

function inLog({ entity, id, model }: SpentQuery): SQL | undefined {
  return and(owned[entity](clean(id)), model === undefined ? undefined : sql`coalesce(${spendLog.limitModel}, ${spendLog.modelGroup}) = ${clean(model)}`)
}

/** Which rows are an owner's. Those of a tag, a deployment, and of all, are found by their time alone. */
const owned: Readonly<Record<SpendEntity, (id: string) => SQL | undefined>> = {
  total: () => undefined,
  key: (id) => eq(spendLog.keyId, id),
  user: (id) => eq(spendLog.userId, id),
  team: (id) => eq(spendLog.teamId, id),
  member: (id) => sql`${spendLog.teamId} || ':' || ${spendLog.userId} = ${id}`,
  organization: (id) => eq(spendLog.organizationId, id),
  end_user: (id) => eq(spendLog.endUser, id),
  tag: (id) => sql`${id} = any(${spendLog.tags})`,
  model: (id) => eq(spendLog.modelGroup, id),
  provider: (id) => eq(spendLog.provider, id),
  deployment: (id) => eq(spendLog.deploymentId, id),
}

/**
 * The part of the spend log that a moment lies in, asked by its own name: planning for all parts takes longer
 * than the query. Undefined where it is gone, for retention drops whole weeks.
 */
async function partition(db: PostgresJsDatabase, moment: number): Promise<SQL | undefined> {
  const { table } = weekOf(moment)
  const [row] = await db.execute<{ there: boolean }>(sql`select to_regclass(${table}) is not null as there`)
  return row!.there ? sql`${sql.identifier(table)} as ${spendLog}` : undefined
}
