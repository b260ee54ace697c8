import type { LedgerEntry } from '@tianjillm/spend'
import { clean } from '../text.ts'

/** Column -> value; what says nothing is undefined, and left out. Moments are epoch milliseconds. */
export type Row = Readonly<Record<string, unknown>>

/** What each call has of its own: all columns but those that are shared. What is as usual (`usualValues`) is left out. */
export function callRow(entry: LedgerEntry): Row {
  const { usage } = entry
  return {
    request_id: entry.id,
    call_id: entry.callId,
    status: entry.status === 'success' ? undefined : entry.status,
    stream: entry.stream || undefined,
    started_at: entry.startedAt,
    first_byte_at: entry.firstByteAt,
    ended_at: entry.endedAt,
    end_user: entry.endUser,
    tags: entry.tags,
    has_usage: usage === undefined ? false : undefined,
    input_tokens: usage?.input || undefined,
    cache_read_tokens: usage?.cacheRead || undefined,
    cache_write_5m_tokens: usage?.cacheWrite5m || undefined,
    cache_write_1h_tokens: usage?.cacheWrite1h || undefined,
    input_audio_tokens: usage?.inputAudio || undefined,
    input_image_tokens: usage?.inputImage || undefined,
    output_tokens: usage?.output || undefined,
    reasoning_tokens: usage?.reasoning || undefined,
    output_audio_tokens: usage?.outputAudio || undefined,
    output_image_tokens: usage?.outputImage || undefined,
    cost_nano_usd: entry.costNanoUsd,
    cache_hit: entry.cacheHit || undefined,
    attempts: entry.attempts === 1 ? undefined : entry.attempts,
    error_code: entry.errorCode,
    metadata: entry.metadata,
  }
}

/** A row as a JSON object that PostgreSQL can hold. What it cannot is rare, and looked for where it can only stand in one way. */
export function written(row: Row): string {
  const text = JSON.stringify(row)
  return unfit.test(text) ? JSON.stringify(cleaned(row)) : text
}

/** NUL and half of a surrogate pair, as JSON.stringify writes them. */
const unfit = /\\u(?:0000|d[89a-f])/

/** The same with every text, also of names, as PostgreSQL can hold it. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), cleaned(inner)]))
}
