import { isNotNull, sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

const tokens = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0)

/** Core's token classes as columns. */
const tokenColumns = {
  input: tokens('input_tokens'),
  cacheRead: tokens('cache_read_tokens'),
  cacheWrite5m: tokens('cache_write_5m_tokens'),
  cacheWrite1h: tokens('cache_write_1h_tokens'),
  inputAudio: tokens('input_audio_tokens'),
  inputImage: tokens('input_image_tokens'),
  output: tokens('output_tokens'),
  reasoning: tokens('reasoning_tokens'),
  outputAudio: tokens('output_audio_tokens'),
  outputImage: tokens('output_image_tokens'),
}

/**
 * One row a settled call, partitioned by week of `started_at` (the migration says so: drizzle-kit
 * cannot). A unique key of a partitioned table must hold the partition's column; a call's start never changes.
 */
export const spendLog = pgTable('spend_log', {
  id: text('request_id').notNull(),
  callId: text('call_id'),
  operation: text('call_type').notNull(),
  status: text('status', { enum: ['success', 'failure', 'cancelled', 'blocked'] }).notNull(),
  stream: boolean('stream').notNull(),
  startedAt: moment('started_at').notNull(),
  firstByteAt: moment('first_byte_at'),
  endedAt: moment('ended_at').notNull(),
  model: text('model').notNull(),
  modelGroup: text('model_group'),
  /** The model whose own limits the call counted under, where that is not the group. */
  limitModel: text('limit_model'),
  deploymentId: text('deployment_id'),
  provider: text('provider'),
  apiBase: text('api_base'),
  keyHash: text('key_hash'),
  /** Stays when a key is regenerated. */
  keyId: text('key_id'),
  userId: text('user_id'),
  teamId: text('team_id'),
  organizationId: text('organization_id'),
  endUser: text('end_user'),
  tags: text('tags').array(),
  /** Whether the token columns say something: no usage is not the same as none used. */
  hasUsage: boolean('has_usage').notNull(),
  ...tokenColumns,
  costNanoUsd: bigint('cost_nano_usd', { mode: 'number' }),
  priceVersion: text('price_version'),
  cacheHit: boolean('cache_hit').notNull(),
  attempts: integer('attempts').notNull(),
  errorCode: text('error_code'),
  metadata: jsonb('metadata').$type<Record<string, string | number | boolean>>(),
}, (table) => [
  primaryKey({ columns: [table.id, table.startedAt] }),
  index('spend_log_started').on(table.startedAt, table.id),
  index('spend_log_key').on(table.keyHash, table.startedAt).where(isNotNull(table.keyHash)),
  index('spend_log_user').on(table.userId, table.startedAt).where(isNotNull(table.userId)),
  // For the spend of an owner in the part of a day that its budget's period begins in.
  index('spend_log_key_id').on(table.keyId, table.startedAt).where(isNotNull(table.keyId)),
  index('spend_log_team').on(table.teamId, table.startedAt).where(isNotNull(table.teamId)),
  index('spend_log_member').on(sql`(${table.teamId} || ':' || ${table.userId})`, table.startedAt).where(sql`${table.teamId} || ':' || ${table.userId} is not null`),
  index('spend_log_organization').on(table.organizationId, table.startedAt).where(isNotNull(table.organizationId)),
  index('spend_log_end_user').on(table.endUser, table.startedAt).where(isNotNull(table.endUser)),
  index('spend_log_call').on(table.callId).where(isNotNull(table.callId)),
])

/** Sums by day (UTC), written in the same statement as the rows that they sum up. */
export const spendDaily = pgTable('spend_daily', {
  day: date('day', { mode: 'string' }).notNull(),
  entityKind: text('entity_kind').notNull(),
  entityId: text('entity_id').notNull(),
  /** The model whose limits the calls counted under, else the model group; `''` where a call had none. */
  model: text('model').notNull(),
  provider: text('provider').notNull(),
  requests: bigint('requests', { mode: 'number' }).notNull(),
  failures: bigint('failures', { mode: 'number' }).notNull(),
  ...tokenColumns,
  costNanoUsd: bigint('cost_nano_usd', { mode: 'number' }).notNull(),
}, (table) => [
  primaryKey({ columns: [table.day, table.entityKind, table.entityId, table.model, table.provider] }),
  index('spend_daily_entity').on(table.entityKind, table.entityId, table.day),
])
