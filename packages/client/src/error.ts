/** What is known of a failed request. */
export interface FailureDetails {
  /** The HTTP status; undefined when no answer came. */
  readonly status?: number | undefined
  /** What kind of error it is, in OpenAI's and LiteLLM's words; `connection_error` and `timeout` are the client's own. */
  readonly type: string
  /** The field at fault. */
  readonly param?: string | null | undefined
  readonly code?: string | null | undefined
  /** What to do about it, in a sentence. */
  readonly hint?: string | undefined
  /** Milliseconds after which the gateway asks to try again. */
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

const marker = Symbol.for('tianjillm.client.error')

/** The one error that a call throws, whatever went wrong; an aborted call rejects with its signal's reason instead. */
export class TianjiError extends Error implements FailureDetails {
  override readonly name = 'TianjiError'
  readonly [marker] = true
  readonly status: number | undefined
  readonly type: string
  readonly param: string | null
  readonly code: string | null
  readonly hint: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(message: string, { status, type, param, code, hint, retryAfterMs, cause }: FailureDetails) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
    this.type = type
    this.param = param ?? null
    this.code = code ?? null
    this.hint = hint
    this.retryAfterMs = retryAfterMs
  }
}

/** Whether a thrown value is a {@link TianjiError}, also of another copy of this package. */
export function isTianjiError(value: unknown): value is TianjiError {
  return typeof value === 'object' && value !== null && marker in value
}
