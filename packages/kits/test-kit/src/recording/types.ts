import type { ErrorCode, Operation } from '@tianjillm/core'

/** What an upstream answered. Exactly one of `body`, `raw` and `rawBase64`. */
export interface RecordedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  /** Parsed JSON. */
  readonly body?: unknown
  /** The exact text, SSE included. */
  readonly raw?: string
  /** Binary, such as an AWS event stream. */
  readonly rawBase64?: string
}

/** One call, short: used where the whole output would say too much. A list means any of these. */
export interface RecordedExpectation {
  readonly kind?: 'chat' | 'embeddings' | 'rerank' | 'error' | (string & {})
  readonly text?: string
  readonly reasoning?: string
  readonly finish?: string | readonly (string | null)[]
  readonly toolCalls?: readonly { readonly name: string; readonly args: unknown }[]
  /** Another name of `toolCalls`. */
  readonly tools?: readonly { readonly name: string; readonly args: unknown }[]
  readonly promptTokens?: number | readonly number[]
  readonly completionTokens?: number | readonly number[]
  /** Of embeddings and rerank results. */
  readonly count?: number
  readonly dims?: number | null
  /** Of an error. */
  readonly status?: number
  readonly code?: ErrorCode
}

/** One exchange with an upstream: what went in, over the wire, and out. */
export interface Recording {
  readonly name: string
  /** Default `chat`. */
  readonly operation?: Operation
  /** Where it is from, and its licence. */
  readonly source: unknown
  /** The request in OpenAI's form. Absent: only the answer is checked. */
  readonly input?: Readonly<Record<string, unknown>> & { readonly model: string; readonly stream?: boolean | null }
  readonly stream?: boolean
  readonly request: {
    readonly method: string
    readonly url: string
    /** Those that must be sent, with secrets as `[secret]`. */
    readonly headers?: Readonly<Record<string, string>>
    /** Null or absent: not checked. */
    readonly body?: unknown
  }
  /** Fields that are expected to be dropped; absent: none may be. */
  readonly dropped?: readonly string[]
  readonly response: RecordedResponse
  /** The decoded answer, or the chunks of a stream. */
  readonly output?: unknown
  readonly expect?: RecordedExpectation
}
