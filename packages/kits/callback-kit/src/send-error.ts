import { isGatewayError } from '@tianjillm/core'

const marker = Symbol.for('tianjillm.send-error')

/** What the sink must know of a failed send. */
export interface SendErrorDetails {
  /** Whether the same batch may be accepted later. */
  readonly retryable: boolean
  /** The target's own word on how long to wait, in milliseconds. */
  readonly retryAfterMs?: number
  /** The batch was too large (413): the sink halves it and tries again. */
  readonly tooLarge?: boolean
  /** HTTP status, when there was an answer. */
  readonly status?: number
  /** The items that the target did not take, when it took the others; only these are tried again. */
  readonly unsent?: readonly unknown[]
  readonly cause?: unknown
}

/** Why a batch was not delivered. Recognise it with {@link isSendError}. The message holds no body and no credential. */
export class SendError extends Error {
  readonly [marker] = true
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined
  readonly tooLarge: boolean
  readonly status: number | undefined
  readonly unsent: readonly unknown[] | undefined

  constructor(message: string, details: SendErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'SendError'
    this.retryable = details.retryable
    this.retryAfterMs = details.retryAfterMs
    this.tooLarge = details.tooLarge ?? false
    this.status = details.status
    this.unsent = details.unsent
  }
}

/** Whether `value` is a {@link SendError}, of this or another copy of the kit. */
export function isSendError(value: unknown): value is SendError {
  return typeof value === 'object' && value !== null && (value as { [marker]?: unknown })[marker] === true
}

/** Anything thrown by a send as a {@link SendError}. A fault in the integration's own code is not worth a retry. */
export function asSendError(thrown: unknown): SendError {
  if (isSendError(thrown)) return thrown
  if (isGatewayError(thrown)) {
    // A malformed answer came after the batch was taken; sending it again would deliver it twice.
    const retryable = thrown.retryable && thrown.code !== 'upstream_malformed'
    return new SendError(thrown.message, { retryable, cause: thrown, ...(thrown.retryAfter !== undefined && { retryAfterMs: thrown.retryAfter * 1000 }) })
  }
  return new SendError(`The integration failed with ${placeOf(thrown)}.`, { retryable: false, cause: thrown })
}

/** Name and place of an unknown error. Its message may quote a body (JSON.parse does), so it is left out. */
export function placeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown
  const place = thrown.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))?.trim()
  return place === undefined ? thrown.name : `${thrown.name} ${place}`
}
