/**
 * `spend_usage` as the statements that write it know it: said beside the schema, because loading drizzle takes
 * longer than starting the proxy. A test compares the two.
 */

/** How a call is found in the table: by column, from a row `i` of the log. */
export const usageKeys: readonly (readonly [name: string, value: string])[] = [
  ['counted', 'e.counted'], ['day', "(i.started_at at time zone 'UTC')::date"], ['entity', 'e.entity'], ['key_id', "coalesce(i.key_id, '')"], ['user_id', "coalesce(i.user_id, '')"], ['team_id', "coalesce(i.team_id, '')"],
  ['organization_id', "coalesce(i.organization_id, '')"], ['model_group', "coalesce(i.model_group, '')"],
  // What callers name and nobody serves is without end.
  ['model', "case when i.model_group is null then '' else i.model end"], ['provider', "coalesce(i.provider, '')"], ['operation', 'i.call_type'],
]

const prompt = 'i.input_tokens + i.cache_read_tokens + i.cache_write_5m_tokens + i.cache_write_1h_tokens + i.input_audio_tokens + i.input_image_tokens'
const completion = 'i.output_tokens + i.reasoning_tokens + i.output_audio_tokens + i.output_image_tokens'

/** What is added up, from the same row. */
export const usageSums: readonly (readonly [name: string, value: string])[] = [
  ['requests', 'count(*)'], ['failures', "count(*) filter (where i.status <> 'success')"], ['cache_hits', 'count(*) filter (where i.cache_hit)'], ['prompt_tokens', `sum(${prompt})`], ['completion_tokens', `sum(${completion})`],
  ['cache_read_tokens', 'sum(i.cache_read_tokens)'], ['cache_write_tokens', 'sum(i.cache_write_5m_tokens + i.cache_write_1h_tokens)'],
  ['cached_completion_tokens', `coalesce(sum(${completion}) filter (where i.cache_hit), 0)`], ['cost_nano_usd', 'coalesce(sum(i.cost_nano_usd), 0)'],
]

const keys = usageKeys.map(([name]) => name)
const sums = usageSums.map(([name]) => name)

/** Adds to what is there. Ordered, so that several writers never wait for each other in a circle. */
const upsert = (table: string, columns: readonly string[], select: string): string => `
insert into ${table} as u (${[...columns, ...sums].join(', ')}) ${select} order by ${columns.map((_, i) => i + 1).join(', ')}
on conflict (${columns.join(', ')}) do update set ${sums.map((name) => `${name} = u.${name} + excluded.${name}`).join(', ')}`

const monthKeys = keys.map((name) => (name === 'day' ? 'month' : name))

/** The months of days: what `spend_usage_month` holds of rows of `spend_usage`. */
const monthsOf = (days: string): string => `
select ${keys.map((name) => (name === 'day' ? "date_trunc('month', day::timestamp)::date as month" : name)).join(', ')}, ${sums.map((name) => `sum(${name}) as ${name}`).join(', ')}
from ${days} where counted <> 'end_user' group by ${keys.map((_, i) => i + 1).join(', ')}`

/** Parts of a `with` that add rows of the log up into days and months. @param sign `-` takes them off again */
export const addUsage = (from: string, sign: '' | '-' = ''): string => `
usage as (
  select ${[...usageKeys, ...usageSums.map(([name, value]) => [name, `${sign}(${value})`] as const)].map(([name, value]) => `${value} as ${name}`).join(', ')}
  from ${from} i cross join lateral (
    select 'call' as counted, '' as entity union all select 'end_user', i.end_user where i.end_user is not null union all select distinct 'tag', tag from unnest(i.tags) as tag
  ) as e
  group by ${keys.map((_, i) => i + 1).join(', ')}
), used as (${upsert('spend_usage', keys, 'select * from usage')}
), used_months as (${upsert('spend_usage_month', monthKeys, monthsOf('usage'))}
)`

/** Fills a month, `$1`, that has no rows, from its days. */
export const fillMonth = `insert into spend_usage_month (${[...monthKeys, ...sums].join(', ')}) ${monthsOf("(select * from spend_usage where day >= $1::text::date and day < $1::text::date + interval '1 month') as days")}`
