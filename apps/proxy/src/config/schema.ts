import type { BudgetFields } from '@tianjillm/auth'
import { scopes } from '@tianjillm/cache'
import { isAddressRange } from '@tianjillm/gateway'
import { duration, newUserDefaults, passThroughFields, usd } from '@tianjillm/management'
import * as v from 'valibot'
import { cacheParams } from './cache-params.ts'
import { period } from './period.ts'
import { fallbackEntries, resilienceEntries } from './resilience-schema.ts'
import { routerEntries } from './router-schema.ts'
import { spendArchive } from './spend-archive.ts'

/** A key that LiteLLM knows and this version does not act on yet: accepted, and told at start. */
const later = v.optional(v.pipe(v.unknown(), v.metadata({ later: true })))
const laters = <const Keys extends readonly string[]>(...keys: Keys): Record<Keys[number], typeof later> =>
  Object.fromEntries(keys.map((key) => [key, later])) as Record<Keys[number], typeof later>

const seconds = v.pipe(v.number(), v.minValue(0))
const positive = v.pipe(v.number(), v.gtValue(0))
/** From a variable of the environment it comes as text. */
const wholeNumber = v.pipe(v.union([v.number(), v.pipe(v.string(), v.digits())], 'must be a whole number'), v.transform(Number), v.integer(), v.minValue(0), v.maxValue(65_535))
const amount = v.pipe(v.number(), v.minValue(0))
/** LiteLLM takes each of the two under two names. */
const budget = v.pipe(
  v.strictObject({ budget_limit: v.optional(usd), max_budget: v.optional(usd), time_period: v.optional(duration), budget_duration: v.optional(duration) }),
  v.check(({ budget_limit, max_budget }) => budget_limit !== undefined || max_budget !== undefined, 'needs max_budget'),
  v.transform(({ budget_limit, max_budget = budget_limit, time_period, budget_duration = time_period }): BudgetFields => ({ maxBudget: max_budget!, budgetDuration: budget_duration ?? null })),
)
const names = v.array(v.pipe(v.string(), v.nonEmpty()))
const anything = v.record(v.string(), v.unknown())

const modelInfo = v.looseObject({
  id: v.optional(v.pipe(v.string(), v.regex(/^[\w.:/-]{1,200}$/, 'must be letters, digits, and . : / - _'))),
  mode: v.optional(v.string()),
  access_groups: v.optional(names),
  /** Only this team sees and calls the model, by its public name if it has one. */
  team_id: v.optional(v.pipe(v.string(), v.nonEmpty())),
  team_public_model_name: v.optional(v.pipe(v.string(), v.nonEmpty())),
})

/** One entry of `model_list`. `litellm_params` and `tianji_params` are the same thing. */
export const modelEntry = v.strictObject({
  model_name: v.pipe(v.string(), v.nonEmpty()),
  litellm_params: v.optional(anything),
  tianji_params: v.optional(anything),
  /** LiteLLM takes these two here, in `litellm_params` and in `model_info`. */
  rpm: v.optional(amount),
  tpm: v.optional(amount),
  model_info: v.optional(modelInfo),
})

const credential = v.strictObject({
  credential_name: v.pipe(v.string(), v.nonEmpty()),
  credential_values: v.pipe(anything, v.metadata({ secret: true })),
  credential_info: v.optional(anything, {}),
})

const mode = v.picklist(['pre_call', 'during_call', 'post_call', 'logging_only'])

const guardrail = v.strictObject({
  guardrail_name: v.pipe(v.string(), v.nonEmpty()),
  litellm_params: v.looseObject({
    guardrail: v.pipe(v.string(), v.nonEmpty()),
    mode: v.union([mode, v.array(mode)], `must be one of ${mode.options.join(', ')}, or a list of these`),
    default_on: v.optional(v.boolean(), false),
    unreachable_fallback: v.optional(v.picklist(['fail_closed', 'fail_open']), 'fail_closed'),
    guardrail_timeout: v.optional(positive, 10),
  }),
  guardrail_info: v.optional(anything),
})

const litellmSettings = v.strictObject({
  callbacks: v.optional(names, []),
  success_callback: v.optional(names, []),
  failure_callback: v.optional(names, []),
  turn_off_message_logging: v.optional(v.boolean(), false),
  drop_params: v.optional(v.boolean(), false),
  request_timeout: v.optional(seconds, 6000),
  cache: v.optional(v.boolean(), false),
  store_audit_logs: v.optional(v.boolean(), true),
  /** For every deployment whose provider knows it. */
  enable_azure_ad_token_refresh: v.optional(v.boolean()),
  /** The router's wins. */
  allowed_fails: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  cooldown_time: v.optional(v.pipe(v.number(), v.minValue(0))),
  ...fallbackEntries,
  /** Of the whole proxy. */
  max_budget: v.optional(usd),
  budget_duration: v.optional(duration),
  /** By tag of requests. */
  tag_budget_config: v.optional(v.record(v.pipe(v.string(), v.nonEmpty()), budget), {}),
  max_end_user_budget: v.optional(usd),
  max_end_user_budget_id: v.optional(v.pipe(v.string(), v.nonEmpty())),
  default_internal_user_params: v.optional(newUserDefaults),
  max_internal_user_budget: v.optional(usd),
  internal_user_budget_duration: v.optional(duration),
  cache_params: v.optional(cacheParams, {}),
  ...laters(
    'service_callbacks', 'redact_user_api_key_info', 'force_ipv4', 'json_logs', 'cost_discount_config', 'cost_margin_config', 'modify_params', 'enable_json_schema_validation',
    'enable_redis_auth_cache', 'key_generation_settings', 'upperbound_key_generate_params', 'default_key_generate_params', 'default_team_params',
    'scim_upsert_user', 'scim_admin_group', 'langfuse_default_tags', 'disable_end_user_cost_tracking', 'disable_end_user_cost_tracking_prometheus_only',
    'network_mock', 'set_verbose', 'telemetry', 'default_team_settings', 'vertex_project', 'vertex_location', 'enable_preview_features', 'enable_caching_on_provider_specific_optional_params', 'extra_spend_tag_headers',
    'disable_add_user_agent_to_request_tags', 'enable_model_config_credential_overrides', 'cold_storage_custom_logger',
  ),
})

const addressRange = v.pipe(v.string(), v.check(isAddressRange, 'must be addresses or ranges of addresses such as `10.0.0.7`, `10.0.0.0/8` or `2001:db8::/32`'))

const generalSettings = v.strictObject({
  master_key: v.optional(v.pipe(v.string(), v.startsWith('sk-', 'must start with `sk-`'), v.minLength(8, 'is too short to be safe: use at least 8 characters'), v.metadata({ secret: true }))),
  global_max_parallel_requests: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Who may call; empty: everybody. */
  allowed_ips: v.optional(v.array(addressRange)),
  use_x_forwarded_for: v.optional(v.boolean(), false),
  /** Ours: the proxies whose `X-Forwarded-For` counts; absent: whoever connects. */
  trusted_proxies: v.optional(v.array(addressRange)),
  max_request_size_mb: v.optional(positive, 100),
  max_response_size_mb: v.optional(positive, 100),
  litellm_key_header_name: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]+$/, 'must be a header name'))),
  key_management_system: v.optional(v.pipe(v.string(), v.nonEmpty())),
  key_management_settings: v.optional(anything, {}),
  allow_private_upstreams: v.optional(v.boolean()),
  /** Models, access groups, fallbacks and settings may be kept over the API. */
  store_model_in_db: v.optional(v.boolean()),
  allow_unpriced_models_on_budgets: v.optional(v.boolean(), false),
  reject_clientside_metadata_tags: v.optional(v.boolean(), false),
  user_header_name: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]+$/, 'must be a header name'))),
  user_header_mappings: v.optional(v.array(v.strictObject({
    header_name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]+$/, 'must be a header name')),
    litellm_user_role: v.picklist(['customer', 'internal_user']),
  }))),
  /** Paths of the operator's own, whose calls go to another service. */
  pass_through_endpoints: v.optional(v.array(passThroughFields), []),
  token_rate_limit_type: v.optional(v.picklist(['total', 'input', 'output']), 'total'),
  /** Ours: what becomes of calls with a hard budget while the Redis that budgets are shared through is away. */
  limits_when_unavailable: v.optional(v.picklist(['closed', 'open']), 'closed'),
  database_url: v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }))),
  database_connection_pool_limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Ready for traffic also while the database is away: keys in use go on. Others are refused all the same. */
  allow_requests_on_db_unavailable: v.optional(v.boolean(), false),
  disable_spend_logs: v.optional(v.boolean(), false),
  /** Deployments are called each `health_check_interval` seconds to see whether they answer. */
  background_health_checks: v.optional(v.boolean(), false),
  health_check_interval: v.optional(positive, 300),
  health_check_details: v.optional(v.boolean(), true),
  health_check_concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 10),
  /** One of the replicas that share a Redis calls for all. */
  use_shared_health_check: v.optional(v.boolean(), false),
  maximum_spend_logs_retention_period: v.optional(period),
  /** The same in days. */
  maximum_spend_logs_retention_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  maximum_audit_logs_retention_period: v.optional(period),
  /** Ours: the cold store that old spend logs are moved to, in place of being dropped. */
  spend_archive: v.optional(spendArchive),
  /** Ours: who may use the id of a response beside the key that it was handed to. */
  response_id_scope: v.optional(v.picklist(scopes), 'key'),
  /** LiteLLM: requests may go on from ids that this gateway did not hand out. */
  allow_unmanaged_response_ids: v.optional(v.boolean(), false),
  /** LiteLLM: everybody may use every id that this gateway handed out. */
  disable_responses_id_security: v.optional(v.boolean(), false),
  /** Ours: calls of each process whose decisions can be asked for; 0 keeps none. */
  request_traces: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)), 5000),
  /** Ours: `fsync` writes the ledger's journal through to the disk. */
  spend_journal_sync: v.optional(v.picklist(['os', 'fsync'])),
  ...laters(
    'database_connection_timeout', 'supported_db_objects',
    'store_prompts_in_spend_logs', 'disable_spend_updates', 'disable_reset_budget', 'disable_error_logs', 'disable_budget_reservation',
    'fail_closed_budget_enforcement', 'completion_model', 'embedding_model', 'moderation_model', 'image_generation_model', 'max_parallel_requests',
    'infer_model_from_keys', 'enable_health_check_routing', 'alerting', 'alerting_threshold', 'alert_types', 'alert_to_webhook_url', 'alerting_args', 'spend_report_frequency', 'custom_auth',
    'custom_sso', 'custom_key_generate', 'enable_jwt_auth', 'litellm_jwtauth', 'enable_oauth2_auth', 'allowed_routes', 'public_routes', 'admin_only_routes',
    'enforced_params', 'enforce_user_param',
    'forward_client_headers_to_llm_api', 'proxy_budget_rescheduler_min_time', 'proxy_budget_rescheduler_max_time',
    'proxy_batch_write_at', 'proxy_batch_polling_interval', 'maximum_spend_logs_retention_interval',
    'maximum_spend_logs_cleanup_cron', 'maximum_spend_logs_cleanup_batch_size', 'maximum_spend_logs_cleanup_max_batches', 'maximum_spend_logs_cleanup_run_budget',
    'maximum_spend_logs_cleanup_batch_timeout', 'always_include_stream_usage', 'use_redis_transaction_buffer', 'user_api_key_cache_ttl',
    'default_team_disabled', 'role_permissions', 'enforce_rbac', 'service_account_settings', 'disable_prisma_schema_update', 'include_call_id_in_error_body',
    'disable_master_key_return', 'health_check_ignore_transient_errors', 'store_prompts_in_cold_storage',
  ),
})

const routerSettings = v.strictObject({
  ...routerEntries,
  timeout: v.optional(seconds),
  stream_timeout: v.optional(seconds),
  ignore_invalid_deployments: v.optional(v.boolean(), false),
  ...resilienceEntries,
  provider_budget_config: v.optional(v.record(v.string(), budget), {}),
  redis_url: v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }))),
  redis_host: v.optional(v.pipe(v.string(), v.nonEmpty())),
  redis_port: v.optional(wholeNumber),
  redis_username: v.optional(v.string()),
  redis_password: v.optional(v.pipe(v.string(), v.metadata({ secret: true }))),
  redis_db: v.optional(wholeNumber),
  redis_ssl: v.optional(v.boolean()),
  /** Ours: begins the name of every key in Redis. */
  redis_namespace: v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]{1,64}$/, 'must be letters, digits, and . : _ -'))),
  ...laters('default_litellm_params', 'caching_groups', 'deployment_affinity_ttl_seconds', 'default_priority', 'cache_params', 'model_group_affinity_config'),
})

/** LiteLLM's `config.yaml`, and `plugins` of ours. */
export const configSchema = v.strictObject({
  environment_variables: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
  plugins: v.optional(names, []),
  model_list: v.optional(v.array(modelEntry), []),
  litellm_settings: v.optional(litellmSettings, {}),
  callback_settings: v.optional(v.record(v.string(), anything), {}),
  general_settings: v.optional(generalSettings, {}),
  router_settings: v.optional(routerSettings, {}),
  guardrails: v.optional(v.array(guardrail), []),
  /** Values of `litellm_params` under names that `litellm_credential_name` uses. */
  credential_list: v.optional(v.array(credential), []),
  ...laters('policies', 'policy_attachments', 'prompts', 'assistant_settings', 'vector_store_registry', 'files_settings', 'finetune_settings', 'search_tools', 'mcp_servers', 'mcp_aliases'),
})

export type Config = v.InferOutput<typeof configSchema>
export type ModelEntry = Config['model_list'][number]
