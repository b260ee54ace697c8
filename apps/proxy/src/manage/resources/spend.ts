import type { components } from '@tianjillm/client'
import { command, type Resource } from '../command.ts'
import { page, text } from '../fields.ts'
import { column, momentColumn, usdColumn, wholeColumn } from '../print/column.ts'

/** The days that a report is of. */
const days = { start_date: text('the first day, UTC', '2025-01-31'), end_date: text('the last day', '2025-01-31') } as const
const metrics = [usdColumn('spend'), wholeColumn('api_requests', 'calls'), wholeColumn('failed_requests', 'failed'), wholeColumn('prompt_tokens', 'in'), wholeColumn('completion_tokens', 'out')] as const
const today = (): string => new Date().toISOString().slice(0, 10)
const monthAgo = (): string => new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10)
/** The last 30 days, where nobody says which. */
const usual = { get start_date() { return monthAgo() }, get end_date() { return today() } }

type Day = components['schemas']['DailyActivity']
const daily = (results: readonly Day[]) => results.map(({ date, metrics: sums }) => ({ date, ...sums }))

/** A line of a report: of a team or an end user and day, or of a key. */
interface ReportLine {
  readonly day: string | null
  readonly who: string | null
  readonly spend: number
}

interface Reported {
  readonly group_by_day?: string
  readonly api_key?: string
  readonly key_alias?: string | null
  readonly total_cost?: number
  readonly teams?: readonly Named[]
  readonly customers?: readonly Named[]
  readonly teams_customers?: readonly Named[]
}

function linesOf({ group_by_day: day, api_key: key, key_alias: alias, total_cost: cost, ...by }: Reported): readonly ReportLine[] {
  if (day === undefined) return [{ day: null, who: alias ?? key ?? null, spend: cost ?? 0 }]
  return (by.teams ?? by.customers ?? by.teams_customers ?? []).map((owner) => ({ day: day.slice(0, 10), who: [owner.team_name, owner.customer].filter((name) => name !== undefined).join(' / '), spend: owner.total_spend }))
}

interface Named { readonly team_name?: string; readonly customer?: string; readonly total_spend: number }

/** What is told beside rows: that there are more, and that others are not in the ledger any more. */
function moreOf({ next, archived = [] }: { readonly next: string | null; readonly archived?: readonly { readonly from: string; readonly to: string }[] }): string | undefined {
  const [first, last] = [archived[0], archived.at(-1)]
  const told = [...(next === null ? [] : [`--next ${next} shows more.`]), ...(first && last ? [`Calls of ${first.from} to ${last.to} are not in the ledger any more: spend archives tells where they are.`] : [])]
  return told.length > 0 ? told.join(' ') : undefined
}

function ranSaid({ status, archived, failed }: { readonly status: string; readonly archived: number; readonly failed: number }): string {
  return status === 'running' ? 'Archiving; spend archives shows how far it is.' : `${archived} archived, ${failed} failed.`
}

export const spend: Resource = {
  name: 'spend',
  summary: 'what was spent.',
  alsoCalled: { total: 'summary' },
  commands: {
    summary: command('get', '/global/spend', { summary: 'Shows what was spent in all.', record: (total) => total, columns: [usdColumn('spend', 'spent')] }),
    report: command('get', '/global/spend/report', {
      summary: 'Shows what teams, end users or keys spent by day, in the last 30 days unless it is said.', query: { ...days, group_by: text('team, customer or api_key', 'WHAT'), api_key: text('of this key, or its id', 'KEY'), team_id: text('of this team', 'ID'), internal_user_id: text('of this user', 'ID'), customer_id: text('of this end user', 'ID') },
      always: usual, rows: (answer) => (answer as readonly Reported[]).flatMap(linesOf), columns: [column('day'), column('who'), usdColumn('spend')],
    }),
    activity: command('get', '/user/daily/activity/aggregated', {
      summary: 'Shows calls, tokens and cost by day, in the last 30 days unless it is said.', query: { ...days, user_id: text('of this user', 'ID'), api_key: text('of this key, or its id', 'KEY'), model: text('of this model', 'MODEL') },
      always: usual, rows: ({ results }) => daily(results), columns: [column('date', 'day'), ...metrics],
    }),
    keys: command('get', '/spend/keys', { summary: 'Lists keys by what they spent.', query: { ...days, limit: text('how many', 'N') }, always: { limit: '50' }, rows: (found) => found, columns: [column('key_alias', 'alias'), column('team_id', 'team'), usdColumn('spend'), column('token', 'id')] }),
    users: command('get', '/spend/users', { summary: 'Lists users by what they spent.', query: { ...days, user_id: text('this one', 'ID'), limit: text('how many', 'N') }, always: { limit: '50' }, rows: (found) => found, columns: [column('user_id', 'user'), column('user_email', 'e-mail'), usdColumn('spend')] }),
    tags: command('get', '/tag/summary', { summary: 'Lists tags with what was called and spent under them, in the last 30 days unless it is said.', query: days, always: usual, rows: ({ results }) => results, columns: [column('tag'), usdColumn('total_spend', 'spend'), wholeColumn('total_requests', 'calls'), wholeColumn('failed_requests', 'failed'), wholeColumn('total_tokens', 'tokens'), wholeColumn('unique_users', 'users')] }),
    models: command('get', '/global/spend/models', { summary: 'Lists models by what they cost, in the last 30 days unless it is said.', query: { ...days, limit: text('how many', 'N') }, rows: (found) => found, columns: [column('model'), usdColumn('total_spend', 'spend'), wholeColumn('total_tokens', 'tokens')] }),
    providers: command('get', '/global/spend/provider', { summary: 'Lists providers by what was spent there, in the last 30 days unless it is said.', query: days, rows: (found) => found, columns: [column('provider'), usdColumn('spend')] }),
    logs: command('get', '/spend/logs', {
      summary: 'Lists calls, newest first.',
      query: { limit: text('calls of a page, 1000 at most', 'N'), next: text('the page after one that said so', 'TEXT'), api_key: text('of this key, or its id', 'KEY'), user_id: text('of this user', 'ID'), team_id: text('of this team', 'ID'), model: text('of this model', 'MODEL'), request_id: text('of this call', 'ID'), start_date: text('from this day on, UTC', '2025-01-31'), end_date: text('before this day, UTC', '2025-02-01') },
      always: { summarize: 'false', limit: '50' },
      // Sums of days are not asked for.
      rows: (answer) => ('data' in answer ? answer.data : (answer as readonly components['schemas']['SpendLog'][])),
      columns: [momentColumn('startTime', 'at'), column('model_group', 'model'), column('user'), column('status'), wholeColumn('prompt_tokens', 'in'), wholeColumn('completion_tokens', 'out'), usdColumn('spend'), column('request_id', 'id')],
      more: (answer) => ('data' in answer ? moreOf(answer) : undefined),
    }),
    archives: command('get', '/spend/archives', {
      summary: 'Lists the weeks whose calls are archived, or are being archived, or were dropped, the oldest first.',
      query: { status: text('exporting, exported, archived, failed or dropped', 'STATUS'), start_date: text('from this day on, UTC', '2025-01-31'), end_date: text('before this day, UTC', '2025-02-01'), page: page('the page, from 1 on'), page_size: page('weeks of a page, 1000 at most') },
      rows: ({ archives }) => archives, columns: [column('date_from', 'from'), column('date_to', 'before'), column('status'), wholeColumn('entry_count', 'calls'), usdColumn('spend'), column('storage_location', 'where'), column('error'), column('id')],
    }),
    'archive-info': command('get', '/spend/archives/{id}', {
      summary: 'Shows one archive.', arguments: [{ name: 'ARCHIVE', in: 'path', field: 'id' }], record: (found) => found,
      columns: [column('date_from', 'from'), column('date_to', 'before'), column('generation'), column('status'), wholeColumn('entry_count', 'calls'), usdColumn('spend'), column('storage_location', 'where'), column('manifest'), wholeColumn('parts'), wholeColumn('attempts'), column('error'), momentColumn('next_attempt_at', 'next attempt'), momentColumn('exported_at', 'archived'), column('id')],
    }),
    'archived-calls': command('get', '/spend/archives/calls', {
      summary: 'Reads the archived calls of a day (UTC) from cold storage, one JSON object a line.', arguments: [{ name: 'DAY', in: 'query', field: 'day' }],
      query: { request_id: text('of this call', 'ID'), limit: text('calls of a page, 10000 at most', 'N'), next: text('the page after one that said so', 'TEXT') }, said: (lines) => lines.trimEnd(),
    }),
    archive: command('post', '/spend/archives/run', { summary: 'Archives every week that is due, now.', said: ranSaid }),
    'replay-archive': command('post', '/spend/archives/{id}/replay', { summary: 'Tries a week again that failed too often.', arguments: [{ name: 'ARCHIVE', in: 'path', field: 'id' }], said: ranSaid }),
  },
}
