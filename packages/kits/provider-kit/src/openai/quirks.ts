import type { FinishReason } from '@tianjillm/core'

/** How an upstream differs from OpenAI. All data, so that a catalogue row can hold it. */
export interface OpenAIQuirks {
  /** Fields that the upstream refuses. */
  readonly unsupported?: readonly string[]
  /** Request fields under another name (`max_completion_tokens` -> `max_tokens`). */
  readonly rename?: Readonly<Record<string, string>>
  /** Fields of our chat form that the upstream understands although OpenAI does not. */
  readonly keeps?: readonly ('cache_control' | 'reasoning_content' | 'thinking_blocks' | 'provider_specific_fields' | 'thinking')[]
  /** Where the upstream puts reasoning text, when not in `reasoning_content`. */
  readonly reasoningField?: string
  /** Finish reasons that OpenAI does not have, and what they mean (`eos` -> `stop`). */
  readonly finishReasons?: Readonly<Record<string, FinishReason>>
  /** Answers may hold `content` as a list of `text` and `thinking` parts (Mistral's reasoning models). */
  readonly contentParts?: boolean
  /** Every chunk of a stream carries the usage so far (Perplexity); only the last one is passed on. */
  readonly usageInEachChunk?: boolean
  /** A stream's usage stands in its last choice (Moonshot). */
  readonly usageInChoice?: boolean
  /** Set to false where `stream_options` is refused, or usage comes anyway. Default true. */
  readonly asksForStreamUsage?: boolean
  /** Largest `temperature`; larger values are refused by the upstream. */
  readonly maxTemperature?: number
  /** The upstream takes `content` only as text, not as parts. */
  readonly textContentOnly?: boolean
}

/** Whether answers must be rewritten to be OpenAI's; if not, their bytes may pass. */
export function rewritesAnswers({ reasoningField, contentParts, usageInEachChunk, usageInChoice, finishReasons }: OpenAIQuirks): boolean {
  return reasoningField !== undefined || contentParts === true || usageInEachChunk === true || usageInChoice === true || finishReasons !== undefined
}
