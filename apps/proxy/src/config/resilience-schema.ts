import * as v from 'valibot'

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))
const seconds = v.pipe(v.number(), v.minValue(0))
const positiveSeconds = v.pipe(v.number(), v.gtValue(0))
const models = v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.maxLength(100))
/** `[{"gpt-4o": ["claude", "small"]}]` */
const lists = v.array(v.record(v.pipe(v.string(), v.nonEmpty()), models), 'must be a list such as [{"gpt-4o": ["claude"]}]')

const retryPolicy = v.strictObject({
  AuthenticationErrorRetries: v.optional(count),
  BadRequestErrorRetries: v.optional(count),
  ContentPolicyViolationErrorRetries: v.optional(count),
  InternalServerErrorRetries: v.optional(count),
  RateLimitErrorRetries: v.optional(count),
  TimeoutErrorRetries: v.optional(count),
})

/** LiteLLM's keys that stand in `litellm_settings` and in `router_settings` alike. The router's win. */
export const fallbackEntries = {
  num_retries: v.optional(count),
  fallbacks: v.optional(lists),
  context_window_fallbacks: v.optional(lists),
  content_policy_fallbacks: v.optional(lists),
  default_fallbacks: v.optional(models),
}

/** What becomes of calls whose upstream fails: keys of `router_settings`. */
export const resilienceEntries = {
  ...fallbackEntries,
  retry_after: v.optional(seconds),
  retry_policy: v.optional(retryPolicy, {}),
  model_group_retry_policy: v.optional(v.record(v.string(), retryPolicy), {}),
  max_fallbacks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20)), 5),
  /** Ours: seconds for a call with all its attempts. Default: `litellm_settings.request_timeout`. */
  total_timeout: v.optional(positiveSeconds),
  /** Ours: seconds until the first byte of an answer; a stream's first token. */
  first_token_timeout: v.optional(seconds),
  /** Ours: seconds between two pieces of a stream. */
  stream_idle_timeout: v.optional(seconds),
  /** Ours: seconds without a byte of an answer, after which a second deployment is called as well. */
  hedge_after: v.optional(positiveSeconds),
  /** Ours: streams that break are continued by another deployment. */
  continue_streams: v.optional(v.boolean(), false),
}

export type RetryPolicyConfig = v.InferOutput<typeof retryPolicy>
