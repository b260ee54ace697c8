/**
 * Names and types of `spend_log`'s columns, as `schema.ts` says them (a test compares the two). Said again
 * because loading drizzle takes longer than starting the proxy; what runs at start does without it.
 */
export const spendLogColumns: readonly (readonly [name: string, type: string])[] = [
  ['request_id', 'text'], ['call_id', 'text'], ['call_type', 'text'], ['status', 'text'], ['stream', 'boolean'],
  ['started_at', 'timestamp (3) with time zone'], ['first_byte_at', 'timestamp (3) with time zone'], ['ended_at', 'timestamp (3) with time zone'],
  ['model', 'text'], ['model_group', 'text'], ['limit_model', 'text'], ['deployment_id', 'text'], ['provider', 'text'], ['api_base', 'text'],
  ['key_hash', 'text'], ['key_id', 'text'], ['user_id', 'text'], ['team_id', 'text'], ['organization_id', 'text'], ['end_user', 'text'], ['tags', 'text[]'],
  ['has_usage', 'boolean'],
  ['input_tokens', 'bigint'], ['cache_read_tokens', 'bigint'], ['cache_write_5m_tokens', 'bigint'], ['cache_write_1h_tokens', 'bigint'],
  ['input_audio_tokens', 'bigint'], ['input_image_tokens', 'bigint'], ['output_tokens', 'bigint'], ['reasoning_tokens', 'bigint'],
  ['output_audio_tokens', 'bigint'], ['output_image_tokens', 'bigint'],
  ['cost_nano_usd', 'bigint'], ['price_version', 'text'], ['cache_hit', 'boolean'], ['attempts', 'integer'], ['error_code', 'text'], ['metadata', 'jsonb'],
]

/** Columns that say who called and what was called: the same in many rows, and written once for them. */
export const sharedColumns: ReadonlySet<string> = new Set([
  'key_hash', 'key_id', 'user_id', 'team_id', 'organization_id', 'call_type', 'model', 'model_group', 'limit_model', 'deployment_id', 'provider', 'api_base', 'price_version',
])

/** What a row that says nothing means, in SQL: tokens are 0, and most calls are like this in the rest. */
export const usualValues: ReadonlyMap<string, string> = new Map([
  ['status', "'success'"], ['stream', 'false'], ['has_usage', 'true'], ['cache_hit', 'false'], ['attempts', '1'],
  ...spendLogColumns.filter(([name]) => name.endsWith('_tokens')).map(([name]) => [name, '0'] as const),
])
