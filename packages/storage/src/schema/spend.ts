import { isNotNull, sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { moment, plainText } from './columns.ts'

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
  // Of the few that failed.
  index('spend_log_failed').on(table.startedAt, table.id).where(sql`${table.status} <> 'success'`),
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

const name = (column: string) => plainText(column).notNull()
const summed = (column: string) => bigint(column, { mode: 'number' }).notNull()
const texts = (name: string) => text(name).notNull()

/** Everything that reports split usage by, and what they add up. `''` is none. */
const usageColumnsOf = <Name, Sum>(name: (column: string) => Name, summed: (column: string) => Sum) => ({
  entity: name('entity'),
  key: name('key_id'),
  user: name('user_id'),
  team: name('team_id'),
  organization: name('organization_id'),
  modelGroup: name('model_group'),
  model: name('model'),
  provider: name('provider'),
  operation: name('operation'),
  requests: summed('requests'),
  failures: summed('failures'),
  cacheHits: summed('cache_hits'),
  promptTokens: summed('prompt_tokens'),
  completionTokens: summed('completion_tokens'),
  cacheReadTokens: summed('cache_read_tokens'),
  cacheWriteTokens: summed('cache_write_tokens'),
  cachedCompletionTokens: summed('cached_completion_tokens'),
  costNanoUsd: summed('cost_nano_usd'),
})
const usageColumns = usageColumnsOf(name, summed)

/**
 * Usage by day (UTC) and everything that reports split it by, written in the same statement as the rows: a call
 * once (`call`, without an entity), once more for its end user, and once for each of its tags.
 * Room is left in its pages (the migration says so), so that an update touches no index.
 */
export const spendUsage = pgTable('spend_usage', {
  counted: text('counted', { enum: ['call', 'end_user', 'tag'] }).notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  ...usageColumns,
}, (table) => [
  primaryKey({ name: 'spend_usage_pk', columns: [table.counted, table.day, table.entity, table.key, table.user, table.team, table.organization, table.modelGroup, table.model, table.provider, table.operation] }),
  index('spend_usage_entity').on(table.counted, table.entity, table.day).where(sql`${table.counted} <> 'call'`),
  index('spend_usage_key').on(table.key, table.day).where(sql`${table.counted} = 'call' and ${table.key} <> ''`),
  index('spend_usage_user').on(table.user, table.day).where(sql`${table.counted} = 'call' and ${table.user} <> ''`),
  index('spend_usage_team').on(table.team, table.day).where(sql`${table.counted} = 'call' and ${table.team} <> ''`),
  index('spend_usage_organization').on(table.organization, table.day).where(sql`${table.counted} = 'call' and ${table.organization} <> ''`),
])

/**
 * The days of `spend_usage` by month, named by its first day: at any time their exact sum. End users are not in it:
 * most call so seldom that their months would be their days again.
 */
export const spendUsageMonth = pgTable('spend_usage_month', {
  counted: text('counted', { enum: ['call', 'tag'] }).notNull(),
  month: date('month', { mode: 'string' }).notNull(),
  ...usageColumns,
}, (table) => [
  primaryKey({ name: 'spend_usage_month_pk', columns: [table.counted, table.month, table.entity, table.key, table.user, table.team, table.organization, table.modelGroup, table.model, table.provider, table.operation] }),
  index('spend_usage_month_entity').on(table.entity, table.month).where(sql`${table.counted} = 'tag'`),
  index('spend_usage_month_key').on(table.key, table.month).where(sql`${table.counted} = 'call' and ${table.key} <> ''`),
  index('spend_usage_month_user').on(table.user, table.month).where(sql`${table.counted} = 'call' and ${table.user} <> ''`),
  index('spend_usage_month_team').on(table.team, table.month).where(sql`${table.counted} = 'call' and ${table.team} <> ''`),
  index('spend_usage_month_organization').on(table.organization, table.month).where(sql`${table.counted} = 'call' and ${table.organization} <> ''`),
])

/**
 * Days of `spend_usage` that are over, ready to be handed over: all rows of a day in one, each column a text, as `usage-sheets.ts`
 * reads it. Whatever changes rows of `spend_usage` takes their days out of here in its own transaction: a trigger, which the
 * migration makes. Texts are not compressed (the migration says so).
 */
export const spendUsageSheet = pgTable('spend_usage_sheet', {
  counted: text('counted', { enum: ['call', 'end_user', 'tag'] }).notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  rows: integer('row_count').notNull(),
  ...usageColumnsOf(texts, texts),
}, (table) => [primaryKey({ name: 'spend_usage_sheet_pk', columns: [table.counted, table.day] })])

/**
 * Weeks of the log that are archived, or are being: an entry for each export of a week, with what was written so far.
 * `dropped` are weeks that a retention period took away.
 */
export const spendArchives = pgTable('spend_archives', {
  id: text('id').primaryKey(),
  /** The first day (UTC), and the day after the last. */
  from: date('date_from', { mode: 'string' }).notNull(),
  to: date('date_to', { mode: 'string' }).notNull(),
  generation: integer('generation').notNull(),
  status: text('status', { enum: ['exporting', 'exported', 'archived', 'failed', 'dropped'] }).notNull(),
  storageType: text('storage_type').notNull().default(''),
  location: text('storage_location').notNull().default(''),
  entries: bigint('entry_count', { mode: 'number' }).notNull().default(0),
  costNanoUsd: bigint('cost_nano_usd', { mode: 'number' }).notNull().default(0),
  parts: jsonb('parts').notNull().default([]),
  attempts: integer('attempts').notNull().default(0),
  error: text('error'),
  nextAttemptAt: moment('next_attempt_at'),
  /** Who works on it, and until when it is theirs: told by the database's clock. */
  holder: text('holder'),
  heldUntil: timestamp('held_until', { withTimezone: true }),
  createdAt: moment('created_at').notNull().defaultNow(),
  exportedAt: moment('exported_at'),
}, (table) => [
  unique('spend_archives_range').on(table.from, table.generation),
  index('spend_archives_days').on(table.from, table.to),
])
