/** Legacy text completions. Source: https://platform.openai.com/docs/api-reference/completions */
import type { OpenAIUsage } from '../usage.ts'

export interface CompletionRequest {
  model: string
  prompt: string | string[] | number[] | number[][]
  stream?: boolean | null
  stream_options?: { include_usage?: boolean } | null
  max_tokens?: number | null
  temperature?: number | null
  top_p?: number | null
  n?: number | null
  stop?: string | string[] | null
  suffix?: string | null
  echo?: boolean | null
  logprobs?: number | null
  user?: string
  [field: string]: unknown
}

export interface CompletionChoice {
  index: number
  text: string
  logprobs?: unknown
  finish_reason: 'stop' | 'length' | 'content_filter' | null
}

/** The answer, and (with `stream`) each chunk. */
export interface CompletionResponse {
  id: string
  object: 'text_completion'
  created: number
  model: string
  choices: CompletionChoice[]
  usage?: OpenAIUsage | null
  system_fingerprint?: string | null
}
