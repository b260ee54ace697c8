import type { LimitRule } from './rule.ts'

/** What a call uses, or may use at most. */
export interface Amount {
  readonly nanoUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface Reservation {
  /** Made by the gateway, unique for each call: never an id that a caller chose. */
  readonly id: string
  readonly rules: readonly LimitRule[]
  /** Held until settlement. */
  readonly estimate: Amount
}

/** Where a rule stands. */
export interface LimitState {
  readonly rule: LimitRule
  /** The limit with what is added to it now. */
  readonly limit: number
  /** Counted in this period; of budgets only what is settled. */
  readonly used: number
  /** Of budgets: what calls in flight may still cost. */
  readonly held: number
  /** Epoch milliseconds; `Infinity` for what does not reset by time. */
  readonly resetsAt: number
}

/**
 * What came of a reservation: where every rule stands with this call counted, then or when it is looked at, or the rule
 * that refuses it (nothing is counted then). `at`: the moment in whose budget periods the call is counted, now and at its
 * settlement; absent: that of the call.
 */
export type Reserved = { readonly ok: true; readonly states: readonly LimitState[]; readonly at?: number } | { readonly ok: false; readonly refused: LimitState }

/** A soft budget that was reached, told once a period. */
export interface SoftCrossing {
  readonly rule: LimitRule
  readonly spent: number
}

/**
 * Where limits are counted. One call before and one after each request; a store that must wait answers
 * with a promise, one that need not does not.
 */
export interface LimitStore {
  /** Checks all rules and counts the call in, in one step. */
  reserve(reservation: Reservation): Reserved | Promise<Reserved>
  /**
   * Ends a reservation with what was used; cost goes to the budget periods that the call was reserved in. A second settlement of the same id, or of an unknown one,
   * changes nothing; one that comes after the lease ran out still counts.
   */
  settle(id: string, actual: Amount): readonly SoftCrossing[] | Promise<readonly SoftCrossing[]>
  /** Where rules stand, without counting anything. */
  read(rules: readonly LimitRule[]): readonly LimitState[] | Promise<readonly LimitState[]>
}
