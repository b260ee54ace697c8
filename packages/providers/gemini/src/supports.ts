import { isAtLeast } from './model.ts'
import { configFields, requestFields } from './native-fields.ts'

/** OpenAI's and LiteLLM's fields that have an equivalent. `user` stays with the gateway, which counts spend by it. */
const chatFields = new Set([
  'temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens', 'n', 'stop', 'seed', 'presence_penalty', 'frequency_penalty',
  'logprobs', 'top_logprobs', 'response_format', 'tools', 'tool_choice', 'parallel_tool_calls', 'web_search_options',
  'reasoning_effort', 'thinking', 'modalities', 'audio', 'service_tier', 'include_server_side_tool_invocations', 'user',
])

/** "Penalty is not enabled for this model", answer Gemini 3 and later. */
const penalties = new Set(['presence_penalty', 'frequency_penalty'])

/** Whether a Gemini model takes a chat field; Gemini's own fields are accepted in both spellings. */
export function supportsChatField(field: string, model: string): boolean {
  if (penalties.has(field)) return !isAtLeast(model, 3)
  return chatFields.has(field) || configFields.has(field) || requestFields.has(field)
}

const embeddingFields = new Set(['dimensions', 'encoding_format', 'user', 'task_type', 'taskType', 'title', 'output_dimensionality', 'outputDimensionality'])

/** Whether the embedding models take a field. */
export function supportsEmbeddingField(field: string): boolean {
  return embeddingFields.has(field)
}
