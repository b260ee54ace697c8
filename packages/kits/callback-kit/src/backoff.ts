/** How often and how patiently a batch is tried. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. Default 5. */
  readonly attempts: number
  /** Upper bound of the first wait, in milliseconds; it doubles each time. Default 500. */
  readonly baseMs: number
  /** Upper bound of every wait, in milliseconds. Default 30,000. */
  readonly maxMs: number
}

/** The longest `Retry-After` that is waited out; a target that asks for more is asked again after this. */
const MAX_RETRY_AFTER_MS = 300_000

/**
 * The wait before attempt `attempt + 1`, in milliseconds: exponential with full jitter, so that
 * replicas that failed together do not come back together. What the target asked for
 * (`retryAfter`) is a lower bound, up to five minutes; the jitter comes on top of it.
 */
export function backoffMs(attempt: number, policy: RetryPolicy, random: () => number, retryAfter?: number): number {
  const jitter = random() * Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1))
  return retryAfter === undefined ? jitter : Math.min(retryAfter, MAX_RETRY_AFTER_MS) + Math.min(jitter, policy.baseMs)
}
