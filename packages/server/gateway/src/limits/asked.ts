/** What a request says of how much it may use. */
export interface Asked {
  /** Most output tokens of one answer; undefined: the request leaves it to the model. */
  readonly each: number | undefined
  /** Answers that are made: prompts times choices. */
  readonly answers: number
  /** It holds images, audio or files, or goes on from what the upstream keeps: its bytes do not tell its tokens. */
  readonly media: boolean
}

/** Fields of providers that say the same as `max_tokens` in their own words, and go through to them. */
const nativeMaximum = /^(?:max_?output_?tokens|max_?tokens(?:_to_sample)?|max_?completion_?tokens|max_new_tokens|max_gen_len|max_?length|num_predict)$/i
const nativeChoices = /^(?:candidate_?count|num_generations|num_return_sequences|best_of|n)$/i
/** Objects of providers that such fields stand in. */
const nativeParts = ['inferenceConfig', 'additionalModelRequestFields', 'generationConfig', 'extra_body', 'parameters', 'options', 'textGenerationConfig'] as const

export function asked(body: Readonly<Record<string, unknown>>): Asked {
  const canonical = count(body['max_completion_tokens']) ?? count(body['max_tokens'])
  // A provider may heed its own word more than OpenAI's: the larger one counts.
  let [each, choices] = [canonical, Math.max(count(body['n']) ?? 1, count(body['best_of']) ?? 1, 1)]
  const look = (part: Readonly<Record<string, unknown>>, top: boolean): void => {
    for (const name in part) {
      if (top && (name === 'max_tokens' || name === 'max_completion_tokens')) continue
      const value = part[name]
      if (typeof value !== 'number') continue
      if (nativeMaximum.test(name)) each = Math.max(each ?? 0, value)
      else if (nativeChoices.test(name)) choices = Math.max(choices, value)
    }
  }
  look(body, true)
  for (const name of nativeParts) {
    const part = body[name]
    if (typeof part === 'object' && part !== null) look(part as Record<string, unknown>, false)
  }
  return { each, answers: prompts(body['prompt']) * choices, media: hasMedia(body['messages']) || hasMedia(body['input']) || goesOn(body) }
}

/** Prompts of a completion: texts, or lists of tokens. */
function prompts(prompt: unknown): number {
  return Array.isArray(prompt) && typeof prompt[0] !== 'number' ? Math.max(1, prompt.length) : 1
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined
}

/** Whether the model reads more than the request holds: a conversation or a prompt that the upstream keeps. */
function goesOn(body: Readonly<Record<string, unknown>>): boolean {
  return typeof body['previous_response_id'] === 'string' || (body['conversation'] ?? null) !== null || typeof body['prompt'] === 'object' && body['prompt'] !== null && !Array.isArray(body['prompt'])
}

/** Types of parts that are text. */
const texts: ReadonlySet<unknown> = new Set(['text', 'refusal', 'thinking', 'input_text', 'output_text', 'summary_text', 'reasoning_text'])

/** Whether some part of a message is neither text nor a tool's. */
function hasMedia(messages: unknown): boolean {
  if (!Array.isArray(messages)) return false
  for (const message of messages) {
    // What a function answered may hold images too.
    const { content, output } = (message ?? {}) as { content?: unknown; output?: unknown }
    const parts = Array.isArray(content) ? content : output
    if (!Array.isArray(parts)) continue
    for (const part of parts) {
      const type = (part as { type?: unknown } | null)?.type
      if (!texts.has(type)) return true
    }
  }
  return false
}
