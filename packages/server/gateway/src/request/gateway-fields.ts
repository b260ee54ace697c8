import { mockFields } from './wishes.ts'

/**
 * Request fields that speak to the gateway and never reach a provider (LiteLLM's list). `metadata` is
 * OpenAI's too, but only together with `store`.
 */
const ours: ReadonlySet<string> = new Set(['litellm_metadata', 'tags', 'guardrails', 'policies', 'cache', 'fallbacks', 'num_retries', 'mock_response', 'prompt_id', 'prompt_variables', 'prompt_version', 'disable_fallbacks', 'timeout', 'priority', 'drop_params', 'litellm_session_id', 'litellm_trace_id', ...mockFields])

/** Two names of one thing: a caller who uses one, does not want the deployment's other one. */
const maxima = ['max_tokens', 'max_completion_tokens'] as const

/** The body without the gateway's fields, and with the deployment's defaults: the body itself when that changes nothing. */
export function upstreamFields(body: Record<string, unknown>, defaults: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  let fields: Record<string, unknown> | undefined
  for (const name in body) {
    if (ours.has(name) || (name === 'metadata' && body['store'] !== true)) delete (fields ??= { ...body })[name]
  }
  return withDefaults(body, fields, defaults)
}

/**
 * The same of the Responses API, which keeps what it answers unless it is told not to: metadata are the upstream's too, as
 * far as it takes them (texts), and the longest answer has another name.
 */
export function responsesFields(body: Record<string, unknown>, defaults: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  let fields: Record<string, unknown> | undefined
  for (const name in body) if (ours.has(name)) delete (fields ??= { ...body })[name]
  const { metadata } = body
  if (typeof metadata === 'object' && metadata !== null) {
    const texts = Object.entries(metadata).filter(([, value]) => typeof value === 'string')
    if (texts.length < Object.keys(metadata).length) (fields ??= { ...body })['metadata'] = Object.fromEntries(texts)
  }
  if (defaults === undefined) return fields ?? body
  const { max_tokens: tokens, max_completion_tokens: completion, ...others } = defaults
  const most = completion ?? tokens
  return withDefaults(body, fields, most === undefined ? others : { max_output_tokens: most, ...others })
}

function withDefaults(body: Record<string, unknown>, cleaned: Record<string, unknown> | undefined, defaults: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  let fields = cleaned
  for (const name in defaults) {
    if (!isGiven(body, name)) (fields ??= { ...body })[name] = defaults[name]
  }
  return fields ?? body
}

/** Whether the caller says something of a field. A maximum of null says nothing. */
function isGiven(body: Record<string, unknown>, name: string): boolean {
  return maxima.includes(name as 'max_tokens') ? maxima.some((one) => typeof body[one] === 'number') : name in body
}
