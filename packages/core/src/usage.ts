/**
 * Tokens of one call, in classes that do not overlap: each token is counted once, in the class
 * that it is billed in. The sum of all fields is the call's total.
 */
export interface Usage {
  /** Text input that no cache served. */
  readonly input: number
  /** Input read from the provider's prompt cache. */
  readonly cacheRead: number
  /** Input written to the prompt cache for 5 minutes (or the provider's only life time). */
  readonly cacheWrite5m: number
  /** Input written to the prompt cache for 1 hour. */
  readonly cacheWrite1h: number
  readonly inputAudio: number
  readonly inputImage: number
  /** Visible text output. */
  readonly output: number
  /** Hidden reasoning output. */
  readonly reasoning: number
  readonly outputAudio: number
  readonly outputImage: number
}

/** No tokens. */
export const noUsage: Usage = Object.freeze({
  input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, inputAudio: 0, inputImage: 0,
  output: 0, reasoning: 0, outputAudio: 0, outputImage: 0,
})

/** Usage from the classes that are known; the others are 0. */
export function usage(parts: Partial<Usage>): Usage {
  return { ...noUsage, ...parts }
}

/** Both together, class by class. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input, cacheRead: a.cacheRead + b.cacheRead, cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m, cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    inputAudio: a.inputAudio + b.inputAudio, inputImage: a.inputImage + b.inputImage,
    output: a.output + b.output, reasoning: a.reasoning + b.reasoning, outputAudio: a.outputAudio + b.outputAudio, outputImage: a.outputImage + b.outputImage,
  }
}

/** All tokens sent to the model. */
export function inputTokens(u: Usage): number {
  return u.input + u.cacheRead + u.cacheWrite5m + u.cacheWrite1h + u.inputAudio + u.inputImage
}

/** All tokens made by the model. */
export function outputTokens(u: Usage): number {
  return u.output + u.reasoning + u.outputAudio + u.outputImage
}

/** OpenAI's `usage` object, of chat, completions and embeddings (and LiteLLM's cache fields). */
export interface OpenAIUsage {
  prompt_tokens: number
  completion_tokens?: number
  total_tokens: number
  prompt_tokens_details?: { cached_tokens?: number; audio_tokens?: number; image_tokens?: number; cache_creation_tokens?: number } | null
  completion_tokens_details?: { reasoning_tokens?: number; audio_tokens?: number; image_tokens?: number; accepted_prediction_tokens?: number; rejected_prediction_tokens?: number } | null
  /** Anthropic's names, which LiteLLM adds. */
  cache_creation_input_tokens?: number
  cache_read_input_tokens?: number
}

const count = (value: unknown): number => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.floor(value) : 0)

/** Reads OpenAI's inclusive counts into disjoint classes. Tolerates missing and null fields. */
export function usageFromOpenAI(wire: unknown): Usage | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined
  const u = wire as Partial<OpenAIUsage>
  if (typeof u.prompt_tokens !== 'number' && typeof u.completion_tokens !== 'number') return undefined
  const prompt = u.prompt_tokens_details
  const completion = u.completion_tokens_details
  const thought = count(completion?.reasoning_tokens)
  // Some providers count reasoning beside completion_tokens, not within; total_tokens tells.
  const apart = thought > 0 && count(u.total_tokens) === count(u.prompt_tokens) + count(u.completion_tokens) + thought
  // Details overlap (cached audio is both); what one took is not there for the next.
  const ofInput = takeFrom(count(u.prompt_tokens))
  const cacheRead = ofInput(prompt?.cached_tokens)
  const cacheWrite5m = ofInput(prompt?.cache_creation_tokens)
  const inputAudio = ofInput(prompt?.audio_tokens)
  const inputImage = ofInput(prompt?.image_tokens)
  const ofOutput = takeFrom(count(u.completion_tokens) + (apart ? thought : 0))
  const reasoning = ofOutput(thought)
  const outputAudio = ofOutput(completion?.audio_tokens)
  const outputImage = ofOutput(completion?.image_tokens)
  return { input: ofInput(Infinity), cacheRead, cacheWrite5m, cacheWrite1h: 0, inputAudio, inputImage, output: ofOutput(Infinity), reasoning, outputAudio, outputImage }
}

/** Hands out a number of tokens in parts, never more than there are. */
function takeFrom(total: number): (wanted: unknown) => number {
  let left = total
  return (wanted) => {
    const taken = wanted === Infinity ? left : Math.min(left, count(wanted))
    left -= taken
    return taken
  }
}

/** OpenAI's `usage` object for `u`; details appear only where they say something. */
export function usageToOpenAI(u: Usage): OpenAIUsage {
  const prompt = inputTokens(u)
  const completion = outputTokens(u)
  const wire: OpenAIUsage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
  const written = u.cacheWrite5m + u.cacheWrite1h
  if (u.cacheRead || written || u.inputAudio || u.inputImage) {
    wire.prompt_tokens_details = {
      cached_tokens: u.cacheRead,
      ...(written > 0 && { cache_creation_tokens: written }),
      ...(u.inputAudio > 0 && { audio_tokens: u.inputAudio }),
      ...(u.inputImage > 0 && { image_tokens: u.inputImage }),
    }
  }
  if (u.reasoning || u.outputAudio || u.outputImage) {
    wire.completion_tokens_details = {
      reasoning_tokens: u.reasoning,
      ...(u.outputAudio > 0 && { audio_tokens: u.outputAudio }),
      ...(u.outputImage > 0 && { image_tokens: u.outputImage }),
    }
  }
  if (written) wire.cache_creation_input_tokens = written
  if (written || u.cacheRead) wire.cache_read_input_tokens = u.cacheRead
  return wire
}
