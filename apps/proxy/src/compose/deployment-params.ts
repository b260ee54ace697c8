import { costKeys, isCostKey } from '@tianjillm/prices'

/** Keys of `litellm_params` that speak to the gateway, not to the provider. */
export const deploymentKeys = [
  'model', 'custom_llm_provider', 'weight', 'rpm', 'tpm', 'order', 'max_parallel_requests', 'cooldown_time', 'timeout', 'stream_timeout', 'first_token_timeout', 'stream_idle_timeout', 'max_retries', 'num_retries', 'tags', 'region_name',
  'drop_params', 'additional_drop_params', 'litellm_credential_name', 'mock_response', 'use_in_pass_through', 'merge_reasoning_content_in_choices', 'model_info', 'base_model', 'max_budget', 'budget_duration',
  ...costKeys,
]

/** Those of {@link deploymentKeys} that are numbers. References to the environment give text, which must not be ignored silently. */
export const numbers = deploymentKeys.filter((key) => /^(?:weight|rpm|tpm|order|max_parallel_requests|cooldown_time|timeout|stream_timeout|first_token_timeout|stream_idle_timeout|max_retries|num_retries|max_budget)$/.test(key))

/** Keys of `litellm_params` that are defaults for request fields. */
const requestFields = new Set([
  'temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'stop', 'seed', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'n', 'user',
  'response_format', 'tools', 'tool_choice', 'parallel_tool_calls', 'reasoning_effort', 'thinking', 'service_tier', 'verbosity', 'modalities', 'top_k',
  'dimensions', 'encoding_format', 'logprobs', 'top_logprobs', 'store', 'web_search_options',
])

/** `litellm_params` by who they are for. */
export interface SplitParams {
  readonly own: Readonly<Record<string, unknown>>
  readonly defaults: Readonly<Record<string, unknown>> | undefined
  readonly provider: Readonly<Record<string, unknown>>
}

export function splitParams(params: Readonly<Record<string, unknown>>): SplitParams {
  const own: Record<string, unknown> = {}
  const defaults: Record<string, unknown> = {}
  const provider: Record<string, unknown> = {}
  const ownKeys = new Set<string>(deploymentKeys)
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue
    if (ownKeys.has(key) || isCostKey(key)) own[key] = value
    else if (requestFields.has(key)) defaults[key] = value
    else if (key === 'headers') provider['extra_headers'] = value
    else if (key === 'base_url') provider['api_base'] = value
    else provider[key] = value
  }
  return { own, defaults: Object.keys(defaults).length > 0 ? defaults : undefined, provider }
}
