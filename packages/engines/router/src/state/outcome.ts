import type { ErrorClass } from '../error-class.ts'

/** How an attempt at an upstream ended. Times are milliseconds from when it went out. */
export interface Outcome {
  readonly ok: boolean
  readonly latencyMs?: number | undefined
  readonly firstByteMs?: number | undefined
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  /** `retryAfterMs`: the upstream's own word. */
  readonly error?: { readonly class: ErrorClass; readonly status: number; readonly retryAfterMs?: number }
  /** The caller left: that says nothing about the deployment. */
  readonly cancelled?: true
}
