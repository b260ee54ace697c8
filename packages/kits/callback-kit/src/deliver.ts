import type { Clock } from '@tianjillm/core'
import { backoffMs, type RetryPolicy } from './backoff.ts'
import { asSendError, SendError } from './send-error.ts'

/** What a send may say about a batch that the target took. */
export interface SendResult {
  /** Items that the target took note of and refused for good (a partial success). */
  readonly refused: number
}

/** How batches are delivered; the same object for all batches of a sink. */
export interface Delivery<Item> {
  readonly send: (items: readonly Item[], signal: AbortSignal) => Promise<SendResult | void>
  readonly retry: RetryPolicy
  /** Longest time of one attempt, in milliseconds. */
  readonly sendTimeoutMs: number
  readonly clock: Clock
  readonly random: () => number
  /** Ends everything at once: the rest of the batch is dropped. */
  readonly stop: AbortSignal
  /** Ends the waits in progress (a flush is worth one early attempt). Waits that the target asked for are kept. */
  readonly hurry: Set<() => void>
}

export interface Outcome {
  readonly sent: number
  readonly dropped: number
  /** Why items were dropped. */
  readonly error?: SendError
}

/** Sends a batch until it is taken, refused or given up. Never rejects. */
export async function deliver<Item>(items: readonly Item[], how: Delivery<Item>): Promise<Outcome> {
  let rest = items
  let sent = 0
  for (let attempt = 1; ; attempt++) {
    let error: SendError
    try {
      const refused = Math.min((await sendOnce(rest, how))?.refused ?? 0, rest.length)
      return { sent: sent + rest.length - refused, dropped: refused }
    } catch (thrown) {
      error = asSendError(thrown)
    }
    if (error.unsent) {
      const unsent = new Set(error.unsent)
      const left = rest.filter((item) => unsent.has(item))
      sent += rest.length - left.length
      rest = left
    }
    if (error.tooLarge && rest.length > 1) {
      const middle = rest.length >> 1
      return total(sent, await deliver(rest.slice(0, middle), how), await deliver(rest.slice(middle), how))
    }
    if (!error.retryable || attempt >= how.retry.attempts) return { sent, dropped: rest.length, error }
    await pause(backoffMs(attempt, how.retry, how.random, error.retryAfterMs), error.retryAfterMs === undefined, how)
    if (how.stop.aborted) return { sent, dropped: rest.length, error }
  }
}

function total(sent: number, a: Outcome, b: Outcome): Outcome {
  const error = a.error ?? b.error
  return { sent: sent + a.sent + b.sent, dropped: a.dropped + b.dropped, ...(error && { error }) }
}

/** One attempt. Ends at its time limit and at `stop` even when `send` ignores its signal. */
async function sendOnce<Item>(items: readonly Item[], how: Delivery<Item>): Promise<SendResult | void> {
  if (how.stop.aborted) throw stopped()
  const attempt = new AbortController()
  const over = Promise.withResolvers<never>()
  const end = (error: SendError): void => {
    over.reject(error)
    attempt.abort(error)
  }
  const onStop = (): void => end(stopped())
  const timer = how.clock.after(how.sendTimeoutMs, () => end(new SendError(`The target did not answer within ${how.sendTimeoutMs} ms.`, { retryable: true })))
  how.stop.addEventListener('abort', onStop)
  try {
    return await Promise.race([how.send(items, attempt.signal), over.promise])
  } finally {
    timer.cancel()
    how.stop.removeEventListener('abort', onStop)
  }
}

function stopped(): SendError {
  return new SendError('The sink was closed before the target took the batch.', { retryable: false })
}

function pause(ms: number, mayHurry: boolean, how: Delivery<never>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      timer.cancel()
      how.stop.removeEventListener('abort', done)
      how.hurry.delete(done)
      resolve()
    }
    const timer = how.clock.after(ms, done)
    how.stop.addEventListener('abort', done)
    if (mayHurry) how.hurry.add(done)
    if (how.stop.aborted) done()
  })
}
