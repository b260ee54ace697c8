import type { Candidate, RoutedDeployment } from './deployment.ts'

/** One choice: what the call needs. Everything optional costs nothing when absent. */
export interface Ask {
  readonly stream: boolean
  /** Ids that this request has tried. */
  readonly tried?: ReadonlySet<string> | undefined
  /** Ids that are out of the question for this caller. */
  readonly closed?: ReadonlySet<string> | undefined
  readonly tags?: readonly string[] | undefined
  /** Beginning of the region's name, in lower case: `eu` stands for `eu-west-1` and `europe-west4`. */
  readonly region?: string | undefined
  /** Tokens of the request, estimated. Asked for once, and only where pre-call checks look at it. */
  inputTokens?(): number
  /** What the deployment must be capable of. Looked at only where a deployment's capabilities are known. */
  readonly needs?: readonly string[] | undefined
  /** The same session goes to the same deployment while that is open. */
  readonly session?: string | undefined
}

/**
 * Why a deployment was not chosen. `cooldown`: it failed and rests; `probing`: it rested, and one call is finding out
 * whether it is well; `order`: a lower tier is open.
 */
export type SkipReason = 'closed' | 'tried' | 'region' | 'tags' | 'capabilities' | 'context_window' | 'over_limit' | 'cooldown' | 'probing' | 'order'

/** A deployment that was not open to the strategy, and why. */
export interface Skip {
  readonly id: string
  readonly reason: SkipReason
}

/** What was decided, and what it rests on. */
export interface Choice<D extends RoutedDeployment> {
  readonly candidate: Candidate<D> | undefined
  /** Who picked: a strategy's name; `only` where one deployment was open, `session` where it was the session's own, `previous_response` where it holds the conversation, `none` where none was. */
  readonly strategy: string
  readonly skipped: readonly Skip[]
  /** When none is open: milliseconds until the first may be. */
  readonly retryAfterMs?: number
  /** When none is open: what the deployment that came nearest was left out for. */
  readonly reason?: SkipReason
}
