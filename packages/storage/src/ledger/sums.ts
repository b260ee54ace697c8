import { spendLogColumns } from './columns.ts'
import { addUsage } from './usage-columns.ts'

const tokens = spendLogColumns.map(([name]) => name).filter((name) => name.endsWith('_tokens'))

/** Columns of the daily aggregates that are added up. */
export const summedColumns = ['requests', 'failures', ...tokens, 'cost_nano_usd']

/** What decides where a call is counted. */
const placed = ['key_id', 'user_id', 'team_id', 'organization_id', 'end_user', 'tags', 'limit_model', 'model_group', 'model', 'provider', 'deployment_id', 'call_type', 'cache_hit']

/** Columns of the log that the sums are made of. */
export const summedFrom = ['started_at', 'status', ...placed, ...tokens, 'cost_nano_usd']

/**
 * Part of a `with`: rows of the log, those that are counted in the same places added up first. Of a batch most are: each row
 * belongs to ten sums, which are then made of few.
 *
 * @param sign `-` for what is taken off
 */
export const groupRows = (from: string, sign: '' | '-' = ''): string => `
grouped as (
  select (i.started_at at time zone 'UTC')::date as day, i.status <> 'success' as failed, ${placed.map((name) => `i.${name}`).join(', ')},
    ${sign}count(*) as requests, ${tokens.map((name) => `${sign}sum(i.${name})::bigint as ${name}`).join(', ')}, ${sign}coalesce(sum(i.cost_nano_usd), 0)::bigint as cost_nano_usd
  from ${from} i group by ${Array.from({ length: placed.length + 2 }, (_, i) => i + 1).join(', ')}
)`

/**
 * Parts of a `with` that add rows of the log to the aggregates that they belong to. Upserts are ordered, so that several
 * writers never wait for each other in a circle.
 *
 * @param sign `-` takes them off again
 */
export const addSums = (from: string, sign: '' | '-' = ''): string => `${groupRows(from, sign)}, counted as (
  select g.day, e.kind as entity_kind, e.id as entity_id, coalesce(g.limit_model, g.model_group, '') as model, coalesce(g.provider, '') as provider,
    sum(g.requests) as requests, coalesce(sum(g.requests) filter (where g.failed), 0) as failures, ${[...tokens, 'cost_nano_usd'].map((name) => `sum(g.${name}) as ${name}`).join(', ')}
  from grouped g cross join lateral (
    values ('total', ''), ('key', g.key_id), ('user', g.user_id), ('team', g.team_id), ('member', g.team_id || ':' || g.user_id), ('organization', g.organization_id),
      ('end_user', g.end_user), ('model', g.model_group), ('provider', g.provider), ('deployment', g.deployment_id)
    union all select distinct 'tag', tag from unnest(g.tags) as tag
  ) as e(kind, id)
  where e.id is not null group by 1, 2, 3, 4, 5
), summed as (
  insert into spend_daily as d (day, entity_kind, entity_id, model, provider, ${summedColumns.join(', ')})
  select day, entity_kind, entity_id, model, provider, ${summedColumns.join(', ')} from counted order by 1, 2, 3, 4, 5
  on conflict (day, entity_kind, entity_id, model, provider) do update set ${summedColumns.map((name) => `${name} = d.${name} + excluded.${name}`).join(', ')}
), ${addUsage}`
