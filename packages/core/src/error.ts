import { type ErrorCode, type ErrorEntry, errorTable } from './error-table.ts'

const marker = Symbol.for('tianjillm.error')

/** Details that go with a {@link GatewayError}. None may hold bodies, keys or credentials. */
export interface ErrorDetails {
  /** The request field at fault, as the caller wrote it (`messages[2].content`). */
  readonly param?: string
  /** Status to answer instead of the table's (an upstream's own). */
  readonly status?: number
  /** Wire `type` instead of the table's (an upstream's own). */
  readonly type?: string
  /** Wire `code` instead of the table's (an upstream's own). */
  readonly wireCode?: string
  /** Whole seconds after which a retry makes sense. */
  readonly retryAfter?: number
  /** Name of the provider that answered with the error. */
  readonly provider?: string
  /** Response headers that go with the error (lower-case names), such as those of a limit. */
  readonly headers?: Readonly<Record<string, string>>
  /** What was thrown below; logged, never sent. */
  readonly cause?: unknown
}

/**
 * The one error of the system. Recognise it with {@link isGatewayError} (a marker, so that two
 * copies of this package understand each other), never with `instanceof`.
 */
export class GatewayError extends Error {
  readonly [marker] = true
  readonly code: ErrorCode
  readonly param: string | undefined
  readonly status: number
  readonly type: string
  readonly wireCode: string
  readonly retryAfter: number | undefined
  readonly provider: string | undefined
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    const entry: ErrorEntry = errorTable[code]
    this.name = 'GatewayError'
    this.code = code
    this.param = details.param
    this.status = details.status ?? entry.status
    this.type = details.type ?? entry.type
    this.wireCode = details.wireCode ?? entry.wireCode ?? String(this.status)
    this.retryAfter = details.retryAfter
    this.provider = details.provider
    this.headers = details.headers
  }

  /** Whether another attempt may succeed. */
  get retryable(): boolean {
    return errorTable[this.code].retryable
  }
}

/** Whether `value` is a {@link GatewayError}, of this or another copy of core. */
export function isGatewayError(value: unknown): value is GatewayError {
  return typeof value === 'object' && value !== null && (value as { [marker]?: unknown })[marker] === true
}

/** `value` as a {@link GatewayError}; anything unknown becomes `internal`, with the original as cause. */
export function asGatewayError(value: unknown): GatewayError {
  return isGatewayError(value) ? value : new GatewayError('internal', 'The gateway failed to handle this request.', { cause: value })
}
