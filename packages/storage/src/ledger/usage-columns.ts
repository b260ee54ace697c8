/**
 * `spend_usage` as the statements that write it know it: said beside the schema, because loading drizzle takes
 * longer than starting the proxy. A test compares the two.
 */

/** How calls are found in the table: by column, from calls `g` that were added up. */
export const usageKeys: readonly (readonly [name: string, value: string])[] = [
  ['counted', 'e.counted'], ['day', 'g.day'], ['entity', 'e.entity'], ['key_id', "coalesce(g.key_id, '')"], ['user_id', "coalesce(g.user_id, '')"], ['team_id', "coalesce(g.team_id, '')"],
  ['organization_id', "coalesce(g.organization_id, '')"], ['model_group', "coalesce(g.model_group, '')"],
  // What callers name and nobody serves is without end.
  ['model', "case when g.model_group is null then '' else g.model end"], ['provider', "coalesce(g.provider, '')"], ['operation', 'g.call_type'],
]

const prompt = 'g.input_tokens + g.cache_read_tokens + g.cache_write_5m_tokens + g.cache_write_1h_tokens + g.input_audio_tokens + g.input_image_tokens'
const completion = 'g.output_tokens + g.reasoning_tokens + g.output_audio_tokens + g.output_image_tokens'

/** What is added up, from the same. */
export const usageSums: readonly (readonly [name: string, value: string])[] = [
  ['requests', 'sum(g.requests)'], ['failures', 'coalesce(sum(g.requests) filter (where g.failed), 0)'], ['cache_hits', 'coalesce(sum(g.requests) filter (where g.cache_hit), 0)'],
  ['prompt_tokens', `sum(${prompt})`], ['completion_tokens', `sum(${completion})`],
  ['cache_read_tokens', 'sum(g.cache_read_tokens)'], ['cache_write_tokens', 'sum(g.cache_write_5m_tokens + g.cache_write_1h_tokens)'],
  ['cached_completion_tokens', `coalesce(sum(${completion}) filter (where g.cache_hit), 0)`], ['cost_nano_usd', 'sum(g.cost_nano_usd)'],
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

/** Parts of a `with` that add what `grouped` holds (see `groupRows`) up into days and months. */
export const addUsage = `
usage as (
  select ${[...usageKeys, ...usageSums].map(([name, value]) => `${value} as ${name}`).join(', ')}
  from grouped g cross join lateral (
    select 'call' as counted, '' as entity union all select 'end_user', g.end_user where g.end_user is not null union all select distinct 'tag', tag from unnest(g.tags) as tag
  ) as e
  group by ${keys.map((_, i) => i + 1).join(', ')}
), used as (${upsert('spend_usage', keys, 'select * from usage')}
), used_months as (${upsert('spend_usage_month', monthKeys, monthsOf('usage'))}
)`

/** Fills a month, `$1`, that has no rows, from its days. */
export const fillMonth = `insert into spend_usage_month (${[...monthKeys, ...sums].join(', ')}) ${monthsOf("(select * from spend_usage where day >= $1::text::date and day < $1::text::date + interval '1 month') as days")}`
