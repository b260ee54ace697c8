import type { Question } from './measure.ts'

const calls = (name: string, query: string): Question => ({ name, kind: 'calls', path: `/spend/logs${query}` })
const sums = (path: string): Question => ({ name: path, kind: 'sums', path })

/** What is asked of ten million calls. */
export const questions: readonly Question[] = [
  calls('newest', '?limit=100'),
  calls('a key', '?limit=100&api_key={key}'),
  calls('a user', '?limit=100&user_id={user}'),
  calls('a team in a month', '?limit=100&team_id={team}&{month}&summarize=false'),
  calls('an organization', '?limit=100&organization_id={org}'),
  calls('an end user', '?limit=100&end_user={customer}'),
  calls('an error code', '?limit=100&error_code=upstream_rate_limit&model={model}'),
  calls('a model in a week', '?limit=100&model={model}&{week}&summarize=false'),
  calls('a deployment, failed', '?limit=100&model_id={deployment}&status_filter=failure&{month}&summarize=false'),
  calls('dear ones of a user', '?limit=100&user_id={user}&min_spend=0.0049'),
  calls('by request id', '?limit=10&request_id={request}'),
  calls('numbered page of a team', '/v2?team_id={team}&{month}&page=3'),
  calls('numbered page of all', '/v2?{month}&page=1'),
  sums('/spend/logs?{month}'), sums('/spend/logs?{month}&user_id={user}'),
  sums('/global/spend'), sums('/global/spend/logs'), sums('/global/spend/keys?limit=10'), sums('/global/spend/models'), sums('/global/spend/provider?{month}'), sums('/global/spend/teams'), sums('/global/spend/tags?{month}'),
  { name: 'POST /global/spend/end_users', kind: 'sums', path: '/global/spend/end_users', body: {} },
  sums('/global/spend/report?{month}'), sums('/global/spend/report?{month}&group_by=customer'), sums('/global/spend/report?{month}&team_id={team}'),
  sums('/global/activity?{month}'), sums('/global/activity/model?{month}'), sums('/global/activity/cache_hits?{month}'), sums('/global/activity/exceptions?{month}&model_group={model}'),
  sums('/user/daily/activity?{week}'), sums('/user/daily/activity?{month}'), sums('/user/daily/activity?{month}&user_id={user}'), sums('/team/daily/activity?{month}&team_ids={team}'), sums('/organization/daily/activity?{month}&organization_ids={org}'),
  sums('/tag/daily/activity?{month}&tags={tag}'), sums('/customer/daily/activity?{month}&end_user_ids={customer}'),
  sums('/user/daily/activity/aggregated?{all}&user_id={user}'), sums('/global/activity?{all}'), sums('/spend/keys'), sums('/spend/users'), sums('/spend/tags'), sums('/spend/export/focus?start_date={date}&end_date={date}'),
]
