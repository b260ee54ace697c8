import type { Sql } from 'postgres'
import { spendLogColumns } from './columns.ts'
import { createPartitions, type Week, weekOf } from './partitions.ts'
import { addUsage } from './usage-columns.ts'
import { arrayOf, type WrittenRows } from './written-row.ts'

const names = spendLogColumns.map(([name]) => name).join(', ')
const tokens = spendLogColumns.map(([name]) => name).filter((name) => name.endsWith('_tokens'))
const isMoment = (type: string): boolean => type.startsWith('timestamp')
/** A written row's values as its columns take them: moments are milliseconds there, and tokens that are absent are 0. */
const values = spendLogColumns.map(([name, type]) => (isMoment(type) ? `to_timestamp(${name} / 1000.0)` : name.endsWith('_tokens') ? `coalesce(${name}, 0)` : name)).join(', ')
/** Columns of the aggregates that are added up. */
export const summedColumns = ['requests', 'failures', ...tokens, 'cost_nano_usd']

/**
 * Rows and the aggregates that they belong to, in one statement: both or neither. Only rows that were not there
 * yet are counted. Upserts are ordered, so that several writers never wait for each other in a circle.
 */
const statement = `
with input as (
  select * from jsonb_to_recordset($1::text::jsonb) as r(${spendLogColumns.map(([name, type]) => `${name} ${isMoment(type) ? 'bigint' : type}`).join(', ')})
), inserted as (
  insert into spend_log (${names}) select ${values} from input order by started_at, request_id
  on conflict (request_id, started_at) do nothing returning *
), counted as (
  select (i.started_at at time zone 'UTC')::date as day, e.kind as entity_kind, e.id as entity_id,
    coalesce(i.limit_model, i.model_group, '') as model, coalesce(i.provider, '') as provider, count(*) as requests,
    count(*) filter (where i.status <> 'success') as failures, ${tokens.map((name) => `sum(i.${name}) as ${name}`).join(', ')},
    coalesce(sum(i.cost_nano_usd), 0) as cost_nano_usd
  from inserted i cross join lateral (
    values ('total', ''), ('key', i.key_id), ('user', i.user_id), ('team', i.team_id), ('member', i.team_id || ':' || i.user_id), ('organization', i.organization_id),
      ('end_user', i.end_user), ('model', i.model_group), ('provider', i.provider), ('deployment', i.deployment_id)
    union all select distinct 'tag', tag from unnest(i.tags) as tag
  ) as e(kind, id)
  where e.id is not null group by 1, 2, 3, 4, 5
), summed as (
  insert into spend_daily as d (day, entity_kind, entity_id, model, provider, ${summedColumns.join(', ')})
  select day, entity_kind, entity_id, model, provider, ${summedColumns.join(', ')} from counted order by 1, 2, 3, 4, 5
  on conflict (day, entity_kind, entity_id, model, provider) do update set ${summedColumns.map((name) => `${name} = d.${name} + excluded.${name}`).join(', ')}
), ${addUsage('inserted')}
select count(*)::int as added from inserted`

/** Makes the function that inserts a batch, all or nothing, and answers how many rows were new. */
export function createInsert(sql: Sql): (rows: readonly WrittenRows[]) => Promise<number> {
  const known = new Set<number>()
  const provide = async (rows: readonly WrittenRows[]): Promise<void> => {
    const missing = new Map<number, Week>()
    for (const { moments } of rows) {
      for (const moment of moments) {
        const week = weekOf(moment)
        if (!known.has(week.from)) missing.set(week.from, week)
      }
    }
    if (missing.size === 0) return
    await createPartitions(sql, [...missing.values()])
    for (const from of missing.keys()) known.add(from)
  }
  return async (rows) => {
    await provide(rows)
    try {
      const [result] = await sql.unsafe<{ added: number }[]>(statement, [arrayOf(rows)])
      return result!.added
    } catch (error) {
      // Retention, here or elsewhere, may have dropped a partition that was known.
      if ((error as { code?: string }).code === CHECK_VIOLATION) known.clear()
      throw error
    }
  }
}

/** What PostgreSQL says when there is no partition for a row. */
const CHECK_VIOLATION = '23514'

/** Whether an error is about the data itself: class 22 (data exception), 23 (integrity), without a missing partition. */
export function isRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^2[23]...$/.test(code) && code !== CHECK_VIOLATION
}
