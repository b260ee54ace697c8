import type { SpendCursor, SpendFilter } from '@tianjillm/spend'
import type { Reach, Whose } from './reach.ts'
import { readWhole, wrong } from './range.ts'

/** What `GET /spend/logs` was asked. */
export interface SpendQuery {
  /** Whom the caller names; what it sees of them is decided elsewhere. */
  readonly whose: Whose
  readonly filter: SpendFilter
  /** Sums a day instead of rows; only with both dates. */
  readonly summarize: boolean
  readonly limit: number
  readonly after?: SpendCursor
  /** The caller knows of pages: answer `{data, next}`, not LiteLLM's bare list. */
  readonly paged: boolean
}

const DEFAULT_LIMIT = 1000
const LARGEST_LIMIT = 1000
const DAY_MS = 86_400_000
/** Days of a summary, at most. */
const LONGEST_RANGE = 366

/**
 * LiteLLM's parameters, and `team_id`, `organization_id`, `end_user`, `model`, `model_id`, `status_filter`, `error_code`, `limit` and `next` of ours.
 * @throws `invalid_request` naming the parameter
 */
export function readSpendQuery(search: Readonly<Record<string, string | undefined>>): SpendQuery {
  const text = (name: string): string | undefined => search[name] || undefined
  const filter = readFilter(search)
  const { from, to } = filter
  const both = from !== undefined && to !== undefined
  const cursor = text('next')
  const limit = text('limit')
  // A sum of one call is the call.
  const summarize = both && text('summarize')?.toLowerCase() !== 'false' && filter.requestId === undefined
  if (summarize && (to < from || to - from > LONGEST_RANGE * DAY_MS)) throw wrong('end_date', `must be after start_date, by ${LONGEST_RANGE} days at most`)
  if (both && to < from) throw wrong('end_date', 'must not be before start_date')
  for (const [name, at] of [['start_date', from], ['end_date', to]] as const) {
    if (summarize && at! % DAY_MS !== 0) throw wrong(name, 'must be a day such as 2025-01-31 (UTC): sums are of days; send `summarize=false` for the calls of a part of a day')
  }
  return {
    whose: { apiKey: text('api_key'), userId: text('user_id'), teamId: text('team_id'), organizationId: text('organization_id') },
    filter,
    summarize,
    limit: readWhole('limit', limit, DEFAULT_LIMIT, LARGEST_LIMIT),
    ...(cursor !== undefined && { after: readCursor(cursor) }),
    paged: cursor !== undefined || limit !== undefined,
  }
}

/** The part of a filter that says nothing of whose calls. @throws `invalid_request` naming the parameter */
export function readFilter(search: Readonly<Record<string, string | undefined>>): SpendFilter {
  const text = (name: string): string | undefined => search[name] || undefined
  const status = text('status_filter')
  const [code, least, most] = [text('error_code'), readUsd('min_spend', text('min_spend')), readUsd('max_spend', text('max_spend'))]
  const [from, to] = [readMoment('start_date', text('start_date')), readMoment('end_date', text('end_date'))]
  const named = { endUser: text('end_user'), model: text('model'), deploymentId: text('model_id'), requestId: text('request_id') }
  return {
    ...(Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Partial<typeof named> as SpendFilter),
    ...(status !== undefined && { status: readStatus(status) }),
    ...(code !== undefined && { errorCodes: [code] }),
    ...(least !== undefined && { leastCost: least }),
    ...(most !== undefined && { mostCost: most }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

/** A filter with whose calls it lets through; undefined where that is nobody's. */
export function reaching(filter: SpendFilter, reach: Reach): SpendFilter | undefined {
  if (Object.values(reach).some((values) => values.length === 0)) return undefined
  const [key, user, team, organization] = [reach.key?.[0], reach.user?.[0], reach.team?.[0], reach.organization?.[0]]
  return { ...filter, ...(key !== undefined && { keyId: key }), ...(user !== undefined && { userId: user }), ...(team !== undefined && { teamId: team }), ...(organization !== undefined && { organizationId: organization }) }
}

/** A cursor as it stands in a URL. */
export function writeCursor({ startedAt, id }: SpendCursor): string {
  return Buffer.from(JSON.stringify([startedAt, id])).toString('base64url')
}

function readCursor(text: string): SpendCursor {
  try {
    const [startedAt, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof startedAt === 'number' && Number.isSafeInteger(startedAt) && Math.abs(startedAt) < 8.64e15 && typeof id === 'string') return { startedAt, id }
  } catch {
    // Told below, as any other text that is no cursor.
  }
  throw wrong('next', 'must be the `next` of an earlier page')
}

/** `2025-01-31`, with a time or without; UTC unless it ends with another offset. */
function readMoment(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const known = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  const value = known ? Date.parse(`${known[1]}T${known[2] ?? '00:00'}${known[3] ?? 'Z'}`) : Number.NaN
  // 2025-02-30 is read as the 2nd of March.
  if (Number.isNaN(value) || new Date(Date.parse(known![1]!)).toISOString().slice(0, 10) !== known![1]) throw wrong(name, 'must be a date such as 2025-01-31 (UTC)')
  return value
}

/** USD as nano-USD. */
function readUsd(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+(\.\d+)?(e-?\d+)?$/i.test(text) || value > 1_000_000) throw wrong(name, 'must be an amount in USD')
  return Math.round(value * 1_000_000_000)
}

const statuses = ['success', 'failure', 'cancelled', 'blocked'] as const

function readStatus(text: string): (typeof statuses)[number] {
  const status = statuses.find((one) => one === text)
  if (!status) throw wrong('status_filter', `must be one of ${statuses.join(', ')}`)
  return status
}
