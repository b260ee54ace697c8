import type { ErrorClass } from './error-class.ts'

/** When a call that failed is tried again. Times in milliseconds. */
export interface RetryPolicy {
  /** Attempts after the first one, for classes that {@link RetryPolicy.byClass} does not name. */
  readonly retries: number
  readonly byClass?: Readonly<Partial<Record<ErrorClass, number>>>
  /** Least wait before an attempt at a deployment that just failed (LiteLLM's `retry_after`). Default 0. */
  readonly minWaitMs?: number
  /** The first wait is random between 0 and this, each further one between 0 and twice as much. Default 500. */
  readonly baseMs?: number
  /** Longest wait of our own making. Default 8000. */
  readonly maxWaitMs?: number
  /** Longest `Retry-After` that is waited for; one that asks for more ends the retries. Default 60 000. */
  readonly maxRetryAfterMs?: number
}

/** A failure, and what is left to try. */
export interface RetryQuestion {
  readonly policy: RetryPolicy
  readonly failed: ErrorClass
  /** Retries so far. */
  readonly retried: number
  /** Whether a deployment is open that this call has not tried. */
  readonly another: boolean
  /** How long the upstream, or the cooldown of the last deployment, asks to wait. */
  readonly retryAfterMs?: number
  /** Milliseconds until the call's deadline. */
  readonly leftMs: number
  /** In [0, 1). */
  readonly random: () => number
}

/** The same request fails there in the same way, whoever sends it again. */
const lasting: ReadonlySet<ErrorClass> = new Set(['bad_request', 'content_policy', 'context_window'])
/** Faults of one deployment: only another one may know better. */
const ofDeployment: ReadonlySet<ErrorClass> = new Set(['authentication', 'not_found'])

/**
 * How long to wait before the next attempt: 0 for another deployment, exponential back-off with full jitter
 * for the same ones (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), at least what
 * `Retry-After` says. Undefined: no retry.
 */
export function retryWait({ policy, failed, retried, another, retryAfterMs = 0, leftMs, random }: RetryQuestion): number | undefined {
  const named = policy.byClass?.[failed]
  if (retried >= (named ?? (lasting.has(failed) ? 0 : policy.retries))) return undefined
  if (another) return leftMs > 0 ? 0 : undefined
  if (named === undefined && ofDeployment.has(failed)) return undefined
  const { baseMs = 500, maxWaitMs = 8000, minWaitMs = 0, maxRetryAfterMs = 60_000 } = policy
  if (retryAfterMs > maxRetryAfterMs) return undefined
  const wait = Math.max(random() * Math.min(maxWaitMs, baseMs * 2 ** retried), minWaitMs, retryAfterMs)
  return wait < leftMs ? wait : undefined
}
