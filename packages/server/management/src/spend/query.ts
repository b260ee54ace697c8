import { hash } from 'node:crypto'
import { GatewayError } from '@tianjillm/core'
import type { SpendCursor, SpendFilter } from '@tianjillm/spend'

/** What `GET /spend/logs` was asked. */
export interface SpendQuery {
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
 * LiteLLM's parameters, and `team_id`, `model`, `limit` and `next` of ours.
 * @throws `invalid_request` naming the parameter
 */
export function readSpendQuery(search: URLSearchParams): SpendQuery {
  const text = (name: string): string | undefined => search.get(name) || undefined
  const key = text('api_key')
  const userId = text('user_id')
  const teamId = text('team_id')
  const model = text('model')
  const requestId = text('request_id')
  const from = moment('start_date', text('start_date'))
  const to = moment('end_date', text('end_date'))
  const cursor = text('next')
  const limit = text('limit')
  const both = from !== undefined && to !== undefined
  if (both && (to < from || to - from > LONGEST_RANGE * DAY_MS)) throw wrong('end_date', `must be after start_date, by ${LONGEST_RANGE} days at most`)
  return {
    filter: {
      // A key is looked up by its hash; a hash is taken as it is.
      ...(key !== undefined && { keyHash: key.startsWith('sk-') ? hash('sha256', key) : key }),
      ...(userId !== undefined && { userId }),
      ...(teamId !== undefined && { teamId }),
      ...(model !== undefined && { model }),
      ...(requestId !== undefined && { requestId }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
    summarize: both && search.get('summarize')?.toLowerCase() !== 'false',
    limit: limit === undefined ? DEFAULT_LIMIT : whole('limit', limit, LARGEST_LIMIT),
    ...(cursor !== undefined && { after: readCursor(cursor) }),
    paged: cursor !== undefined || limit !== undefined,
  }
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

/** `2025-01-31`, with a time or without; UTC. */
function moment(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const known = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)Z?)?$/.exec(text)
  const value = known ? Date.parse(`${known[1]}T${known[2] ?? '00:00'}Z`) : Number.NaN
  if (Number.isNaN(value)) throw wrong(name, 'must be a date such as 2025-01-31 (UTC)')
  return value
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw wrong(name, `must be a whole number from 1 to ${most}`)
  return value
}

function wrong(param: string, what: string): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` ${what}.`, { param })
}
