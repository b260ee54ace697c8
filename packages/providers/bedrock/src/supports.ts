import { reasoningStyle } from './chat/abilities.ts'
import type { BedrockModel } from './model.ts'

/** Fields of OpenAI that Converse, or a model behind it, has an equivalent for. */
const translated = new Set([
  'model', 'messages', 'stream', 'stream_options', 'metadata', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'max_tokens', 'max_completion_tokens',
  'temperature', 'top_p', 'stop', 'n', 'service_tier', 'reasoning_effort', 'thinking', 'top_k',
  // Says who asks, not what: LiteLLM leaves it out without a word, and the gateway books it itself.
  'user',
])

/** Fields of OpenAI without one. */
const refused = new Set([
  'seed', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'logprobs', 'top_logprobs', 'modalities', 'audio', 'prediction', 'safety_identifier',
  'prompt_cache_key', 'prompt_cache_retention', 'store', 'verbosity', 'web_search_options', 'functions', 'function_call',
])

/** Converse's own fields, which a caller may send as they are. */
const native = ['inferenceConfig', 'additionalModelRequestFields', 'guardrailConfig', 'performanceConfig', 'requestMetadata', 'serviceTier', 'additionalModelResponseFieldPaths', 'promptVariables']

/** All fields that mean something here; others are the model's own, and go to `additionalModelRequestFields`. */
export const knownFields: ReadonlySet<string> = new Set([...translated, ...refused, ...native])

/** Whether a model takes a chat field. */
export function supportsChatField(field: string, model: BedrockModel): boolean {
  if (refused.has(field)) return false
  if (field === 'reasoning_effort') return reasoningStyle(model) !== undefined
  if (field === 'thinking') return model.family === 'unknown' || (model.family === 'anthropic' && reasoningStyle(model) !== undefined)
  if (field === 'top_k') return model.family !== 'openai' && model.family !== 'titan'
  return true
}
