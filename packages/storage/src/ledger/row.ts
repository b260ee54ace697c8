import { noUsage, type Usage } from '@tianjillm/core'
import type { LedgerEntry } from '@tianjillm/spend'
import { clean } from '../text.ts'
import type { spendLog } from '../schema.ts'

type Row = typeof spendLog.$inferSelect

/** Column -> value of one entry, as JSON that PostgreSQL takes. */
export function toRow(entry: LedgerEntry): object {
  const { usage } = entry
  return {
    request_id: clean(entry.id),
    call_id: maybe(entry.callId),
    call_type: entry.operation,
    status: entry.status,
    stream: entry.stream,
    started_at: new Date(entry.startedAt).toISOString(),
    first_byte_at: entry.firstByteAt === undefined ? null : new Date(entry.firstByteAt).toISOString(),
    ended_at: new Date(entry.endedAt).toISOString(),
    model: clean(entry.model),
    model_group: maybe(entry.modelGroup),
    limit_model: maybe(entry.limitModel),
    deployment_id: maybe(entry.deploymentId),
    provider: maybe(entry.provider),
    api_base: maybe(entry.apiBase),
    key_hash: maybe(entry.keyHash),
    key_id: maybe(entry.keyId),
    user_id: maybe(entry.userId),
    team_id: maybe(entry.teamId),
    organization_id: maybe(entry.organizationId),
    end_user: maybe(entry.endUser),
    tags: entry.tags?.map(clean) ?? null,
    has_usage: usage !== undefined,
    input_tokens: usage?.input ?? 0,
    cache_read_tokens: usage?.cacheRead ?? 0,
    cache_write_5m_tokens: usage?.cacheWrite5m ?? 0,
    cache_write_1h_tokens: usage?.cacheWrite1h ?? 0,
    input_audio_tokens: usage?.inputAudio ?? 0,
    input_image_tokens: usage?.inputImage ?? 0,
    output_tokens: usage?.output ?? 0,
    reasoning_tokens: usage?.reasoning ?? 0,
    output_audio_tokens: usage?.outputAudio ?? 0,
    output_image_tokens: usage?.outputImage ?? 0,
    cost_nano_usd: entry.costNanoUsd ?? null,
    price_version: entry.priceVersion ?? null,
    cache_hit: entry.cacheHit,
    attempts: entry.attempts,
    error_code: entry.errorCode ?? null,
    metadata: entry.metadata === undefined ? null : Object.fromEntries(Object.entries(entry.metadata).map(([key, value]) => [clean(key), typeof value === 'string' ? clean(value) : value])),
  }
}

export function toEntry(row: Row): LedgerEntry {
  const optional = {
    callId: row.callId,
    firstByteAt: row.firstByteAt?.getTime(),
    modelGroup: row.modelGroup,
    limitModel: row.limitModel,
    deploymentId: row.deploymentId,
    provider: row.provider,
    apiBase: row.apiBase,
    keyHash: row.keyHash,
    keyId: row.keyId,
    userId: row.userId,
    teamId: row.teamId,
    organizationId: row.organizationId,
    endUser: row.endUser,
    tags: row.tags,
    usage: row.hasUsage ? tokensOf(row) : undefined,
    costNanoUsd: row.costNanoUsd,
    priceVersion: row.priceVersion,
    errorCode: row.errorCode,
    metadata: row.metadata,
  }
  return {
    id: row.id,
    operation: row.operation,
    status: row.status,
    stream: row.stream,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt.getTime(),
    model: row.model,
    cacheHit: row.cacheHit,
    attempts: row.attempts,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined)) as Partial<LedgerEntry>),
  }
}

/** The token columns of a row. */
export function tokensOf(row: Usage): Usage {
  return Object.fromEntries(Object.keys(noUsage).map((key) => [key, row[key as keyof Usage]])) as unknown as Usage
}

const maybe = (text: string | undefined): string | null => (text === undefined ? null : clean(text))
