import * as v from 'valibot'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const seconds = v.pipe(v.number(), v.minValue(0))

const allowedFailsPolicy = v.strictObject({
  AuthenticationErrorAllowedFails: v.optional(count),
  BadRequestErrorAllowedFails: v.optional(count),
  ContentPolicyViolationErrorAllowedFails: v.optional(count),
  InternalServerErrorAllowedFails: v.optional(count),
  RateLimitErrorAllowedFails: v.optional(count),
  TimeoutErrorAllowedFails: v.optional(count),
})

/** LiteLLM's `optional_pre_call_checks` that are acted upon. */
export const preCallChecks = ['session_affinity', 'deployment_affinity', 'enforce_model_rate_limits', 'router_budget_limiting', 'responses_api_deployment_check'] as const
/** Those that are accepted, and told at start. */
const laterChecks = ['prompt_caching', 'forward_client_headers_by_model_group', 'encrypted_content_affinity'] as const

/** How deployments are chosen, and when they rest: keys of `router_settings`. */
export const routerEntries = {
  routing_strategy: v.optional(v.pipe(v.string(), v.nonEmpty()), 'simple-shuffle'),
  routing_strategy_args: v.optional(v.record(v.string(), v.unknown()), {}),
  model_group_alias: v.optional(v.record(v.string(), v.union([v.string(), v.looseObject({ model: v.string(), hidden: v.optional(v.boolean(), false) })])), {}),
  enable_pre_call_checks: v.optional(v.boolean(), false),
  optional_pre_call_checks: v.optional(v.array(v.picklist([...preCallChecks, ...laterChecks])), []),
  default_max_parallel_requests: v.optional(v.pipe(count, v.minValue(1))),
  enable_tag_filtering: v.optional(v.boolean(), false),
  tag_filtering_match_any: v.optional(v.boolean(), true),
  allowed_fails: v.optional(count),
  allowed_fails_policy: v.optional(allowedFailsPolicy, {}),
  cooldown_time: v.optional(seconds),
  disable_cooldowns: v.optional(v.boolean(), false),
  /** Ours: an upstream's own `Retry-After` counts up to this. */
  max_cooldown_time: v.optional(seconds),
}

/** Those of {@link routerEntries} that take effect at once when the API sets them. */
export const liveRouterKeys = Object.keys(routerEntries).filter((key) => key !== 'default_max_parallel_requests')

export type AllowedFailsPolicy = v.InferOutput<typeof allowedFailsPolicy>
