import { traitsOf } from './models.ts'

/** OpenAI's fields that the Messages API has no word for. All others are mapped, or Anthropic's own and sent as they are. */
const foreign = new Set([
  'seed', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'logprobs', 'top_logprobs', 'audio', 'prediction', 'store',
  'verbosity', 'prompt_cache_key', 'prompt_cache_retention', 'functions', 'function_call',
])

const reasoning = new Set(['thinking', 'reasoning_effort'])

/** Whether a Claude model takes a request field. */
export function supportsField(field: string, model: string): boolean {
  if (reasoning.has(field)) return traitsOf(model).thinking !== 'none'
  return !foreign.has(field)
}
