/** What a request says of how much it may use. */
export interface Asked {
  /** Most output tokens of one answer; undefined: the request leaves it to the model. */
  readonly each: number | undefined
  /** Answers that are made: prompts times choices. */
  readonly answers: number
  /** It holds images, audio or files, whose tokens its bytes do not tell. */
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
  return { each, answers: prompts(body['prompt']) * choices, media: hasMedia(body['messages']) }
}

/** Prompts of a completion: texts, or lists of tokens. */
function prompts(prompt: unknown): number {
  return Array.isArray(prompt) && typeof prompt[0] !== 'number' ? Math.max(1, prompt.length) : 1
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined
}

/** Whether some part of a message is neither text nor a tool's. */
function hasMedia(messages: unknown): boolean {
  if (!Array.isArray(messages)) return false
  for (const message of messages) {
    const content = (message as { content?: unknown } | null)?.content
    if (!Array.isArray(content)) continue
    for (const part of content) {
      const type = (part as { type?: unknown } | null)?.type
      if (type !== 'text' && type !== 'refusal' && type !== 'thinking') return true
    }
  }
  return false
}
