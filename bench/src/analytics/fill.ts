import { addUsage, groupRows, weekOf } from '@tianjillm/storage'
import type { Sql } from 'postgres'

export interface Filling {
  readonly rows: number
  readonly days: number
  /** The last day that is filled, epoch milliseconds. */
  readonly until: number
  readonly log: (line: string) => void
}

const DAY = 86_400_000
const WEEK = 7 * DAY

/** Fills an empty ledger with calls of 200 keys, 100 users, 20 teams, 5 organizations, 12 models and 5000 end users, and adds them up. */
export async function fill(sql: Sql, { rows, days, until, log }: Filling): Promise<void> {
  const [{ there } = { there: 0 }] = await sql<{ there: number }[]>`select count(*)::int as there from (select 1 from spend_log limit 1) as one`
  if (there > 0) throw new Error('The ledger is not empty: name a database of its own.')
  const dropped = await sql<{ name: string; definition: string }[]>`select indexname as name, indexdef as definition from pg_indexes where schemaname = current_schema() and tablename in ('spend_log', 'spend_usage', 'spend_usage_month') and indexname not like '%pk'`
  // One by one they would take most of the time.
  for (const { name } of dropped) await sql.unsafe(`drop index ${name}`)
  // Those of this week and the next are made at start; the filled ones begin elsewhere.
  for (const { name } of await sql<{ name: string }[]>`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'spend_log'::regclass`) await sql.unsafe(`drop table ${name}`)
  // Weeks as the storage makes them, so that it finds its own.
  const first = weekOf(until - days * DAY).from
  const weeks = Math.ceil((until - first) / WEEK)
  for (let week = 0; week < weeks; week += 1) {
    const from = first + week * WEEK
    const to = Math.min(from + WEEK, until)
    const wanted = Math.round(rows * ((to - from) / (until - first)))
    await fillSpan(sql, week, from, to, wanted)
    if (week % 10 === 9) log(`${week + 1} of ${weeks} weeks`)
  }
  for (const { name, definition } of dropped) {
    log(`index ${name}`)
    await sql.unsafe(definition.replace(' ON ONLY ', ' ON '))
  }
  log('vacuum')
  for (const table of ['spend_log', 'spend_usage', 'spend_usage_month', 'spend_daily']) await sql.unsafe(`vacuum analyze ${table}`)
}

async function fillSpan(sql: Sql, week: number, from: number, to: number, rows: number): Promise<void> {
  await sql.unsafe(`create table if not exists ${weekOf(from).table} partition of spend_log for values from ('${new Date(from).toISOString()}') to ('${new Date(from + WEEK).toISOString()}')`)
  await sql.unsafe(`create temporary table filled as
    select 'r' || ${week} || '-' || n as request_id, 'chat' as call_type, case when n % 50 = 0 then 'failure' else 'success' end as status, false as stream,
      to_timestamp(${from / 1000} + (n - 1)::float8 * ${(to - from) / 1000} / ${rows}) as started_at, g.model, g.model as model_group, 'd' || k % 20 as deployment_id, 'provider-' || k % 4 as provider, 'https://api-' || k % 8 || '.example.com' as api_base,
      md5('key' || k) as key_hash, 'key-' || k as key_id, case when k % 10 < 6 then 'user-' || k % 100 end as user_id, case when k % 10 < 7 then 'team-' || k % 20 end as team_id, case when k % 10 < 7 then 'org-' || k % 5 end as organization_id,
      case when n % 10 = 0 then 'customer-' || floor(random() * 5000)::int end as end_user, case when n % 5 = 0 then array['tag-' || k % 12] end as tags, (100 + n % 900)::bigint as input_tokens, (10 + n % 400)::bigint as output_tokens,
      (n % 5000)::bigint * 1000 as cost_nano_usd, n % 20 = 1 as cache_hit, case when n % 100 = 0 then 'upstream_rate_limit' when n % 50 = 0 then 'upstream_error' end as error_code
    from (select n, floor(random() * 200)::int as k from generate_series(1, ${rows}) as n) as s cross join lateral (select 'model-' || (s.k % 10 + s.n % 3) as model) as g`)
  const columns = 'request_id, call_type, status, stream, started_at, model, model_group, deployment_id, provider, api_base, key_hash, key_id, user_id, team_id, organization_id, end_user, tags, input_tokens, output_tokens, cost_nano_usd, cache_hit, error_code'
  await sql.unsafe(`insert into spend_log (${columns}, ended_at, has_usage, attempts) select ${columns}, started_at + interval '1 second', true, 1 from filled`)
  await sql.unsafe('alter table filled add limit_model text, add cache_read_tokens bigint default 0, add cache_write_5m_tokens bigint default 0, add cache_write_1h_tokens bigint default 0, add input_audio_tokens bigint default 0, add input_image_tokens bigint default 0, add reasoning_tokens bigint default 0, add output_audio_tokens bigint default 0, add output_image_tokens bigint default 0')
  await sql.unsafe(`with ${groupRows('filled')}, ${addUsage} select 1`)
  await sql.unsafe(`insert into spend_daily (day, entity_kind, entity_id, model, provider, requests, failures, input_tokens, output_tokens, cost_nano_usd)
    select (started_at at time zone 'UTC')::date, 'total', '', model_group, provider, count(*), count(*) filter (where status <> 'success'), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd) from filled group by 1, 4, 5
    on conflict (day, entity_kind, entity_id, model, provider) do update set requests = spend_daily.requests + excluded.requests, cost_nano_usd = spend_daily.cost_nano_usd + excluded.cost_nano_usd`)
  await sql.unsafe('drop table filled')
}
