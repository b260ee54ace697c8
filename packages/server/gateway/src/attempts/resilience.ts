import type { FallbackTable, RetryPolicy } from '@tianjillm/router'

/** What becomes of a call whose upstream fails. */
export interface Resilience {
  readonly retry: RetryPolicy
  /** Policies of single model groups, by name. */
  readonly retryOf: ReadonlyMap<string, RetryPolicy>
  readonly fallbacks: FallbackTable
  /** Milliseconds that a call may take with all its attempts, unless the request says less. */
  readonly deadlineMs: number
  /** Milliseconds without a byte of an answer, after which another deployment is called as well; undefined: never. */
  readonly hedgeAfterMs?: number
  /** Streams that break are continued by another deployment where the request does not say otherwise. */
  readonly continueStreams: boolean
  /** In [0, 1): spreads the waits. Default `Math.random`. */
  readonly random?: () => number
}
