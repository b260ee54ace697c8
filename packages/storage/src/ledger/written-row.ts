import type { LedgerEntry } from '@tianjillm/spend'
import { clean } from '../text.ts'
import { frameOf, textOf } from './frame.ts'
import { weekOf } from './partitions.ts'
import { WrittenParts } from './written-parts.ts'

/** Entries as they go into the journal and to the database: written out once, and kept as bytes, which no garbage collection copies. */
export interface WrittenRows {
  /** A frame of the journal; its text is JSON objects with commas between: column -> value. What is absent is null, of tokens 0; moments are epoch milliseconds. */
  readonly frame: Buffer
  readonly count: number
  /** A moment in each week that the rows belong to, in epoch milliseconds: says which partitions they need. */
  readonly moments: readonly number[]
}

/** An entry as JSON. */
export function writeRow(entry: LedgerEntry): string {
  return `${written(callRow(entry)).slice(0, -1)}${callers.text(entry)}${routes.text(entry)}}`
}

/** What PostgreSQL cannot hold is rare, and looked for where it can only stand in one way. */
function written(row: Row): string {
  const text = JSON.stringify(row)
  return unfit.test(text) ? JSON.stringify(cleaned(row)) : text
}

/** The rows of a frame of the journal. */
export function readRows(frame: Buffer): WrittenRows {
  const rows = parse(frame) as readonly { readonly started_at: number }[]
  const moments = new Map(rows.map(({ started_at }) => [weekOf(started_at).from, started_at]))
  return { frame, count: rows.length, moments: [...moments.values()] }
}

/** The rows as one JSON array. */
export function arrayOf(rows: readonly WrittenRows[]): string {
  return `[${rows.map(({ frame }) => textOf(frame)).join(',')}]`
}

/** Each row for itself. */
export function apart({ frame }: WrittenRows): readonly WrittenRows[] {
  return parse(frame).map((row) => readRows(frameOf(JSON.stringify(row))))
}

/** Column -> value of each row. */
export function parse(frame: Buffer): readonly Readonly<Record<string, unknown>>[] {
  return JSON.parse(`[${textOf(frame)}]`) as Readonly<Record<string, unknown>>[]
}

/** NUL and half of a surrogate pair, as JSON.stringify writes them. */
const unfit = /\\u(?:0000|d[89a-f])/

/** Column -> value; what says nothing is undefined, and left out. */
type Row = Readonly<Record<string, unknown>>

/** What each call has of its own. */
function callRow(entry: LedgerEntry): Row {
  const { usage } = entry
  return {
    request_id: entry.id,
    call_id: entry.callId,
    status: entry.status,
    stream: entry.stream,
    started_at: entry.startedAt,
    first_byte_at: entry.firstByteAt,
    ended_at: entry.endedAt,
    end_user: entry.endUser,
    tags: entry.tags,
    has_usage: usage !== undefined,
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
    cache_hit: entry.cacheHit,
    attempts: entry.attempts,
    error_code: entry.errorCode,
    metadata: entry.metadata,
  }
}

/** Who called. */
const callerRow = (entry: LedgerEntry): Row => ({ key_hash: entry.keyHash, key_id: entry.keyId, user_id: entry.userId, team_id: entry.teamId, organization_id: entry.organizationId })

/** What was called. */
const routeRow = (entry: LedgerEntry): Row => ({
  call_type: entry.operation,
  model: entry.model,
  model_group: entry.modelGroup,
  limit_model: entry.limitModel,
  deployment_id: entry.deploymentId,
  provider: entry.provider,
  api_base: entry.apiBase,
  price_version: entry.priceVersion,
})

/** Together they have every column. */
export const rowParts: readonly ((entry: LedgerEntry) => Row)[] = [callRow, callerRow, routeRow]

const callers = new WrittenParts(
  (entry) => written(callerRow(entry)),
  (a, b) => a.keyId === b.keyId && a.keyHash === b.keyHash && a.userId === b.userId && a.teamId === b.teamId && a.organizationId === b.organizationId,
  (entry) => entry.keyId ?? '',
)
const routes = new WrittenParts(
  (entry) => written(routeRow(entry)),
  (a, b) => a.model === b.model && a.deploymentId === b.deploymentId && a.operation === b.operation && a.modelGroup === b.modelGroup && a.limitModel === b.limitModel && a.provider === b.provider && a.apiBase === b.apiBase && a.priceVersion === b.priceVersion,
  (entry) => `${entry.deploymentId} ${entry.model}`,
)

/** The same with every text, also of names, as PostgreSQL can hold it. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), cleaned(inner)]))
}
