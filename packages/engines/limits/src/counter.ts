import type { Clock } from '@tianjillm/core'
import { type LimitRule, limitAt } from './rule.ts'
import type { Amount, LimitState } from './store.ts'

/** Milliseconds that a clock may be set back, or a replica's lag behind the others', without the period changing. */
export const WOBBLE = 5000

/** The count of one rule. Its period moves on when it is looked at. */
export class Counter {
  start = 0
  end = 0
  /** Settled spend, or requests, tokens or calls in flight. */
  value = 0
  /** Budgets: reserved and not settled. Stays when the period changes. */
  held = 0
  softTold = false
  #previousStart = Number.NEGATIVE_INFINITY
  #previousValue = 0

  constructor(rule: LimitRule, now: number, value: number) {
    const { start, end } = rule.period(now)
    this.start = start
    this.end = end
    this.value = value
  }

  /**
   * Goes to the period of `now`. When the clock was set back, what was counted stays counted, and what the
   * other of two neighbouring periods had is added again, on the way back and forth alike: a jump never gives
   * an allowance back.
   */
  turn(rule: LimitRule, now: number): void {
    if (now >= this.start && now < this.end) return
    if (now < this.start && this.start - now <= WOBBLE) return
    const { start, end } = rule.period(now)
    const { start: before, value } = this
    if (start === this.#previousStart) {
      this.value += this.#previousValue
      this.#previousValue = 0
    } else if (start > before) {
      this.#previousValue = value
      this.value = 0
      this.softTold = false
    } else this.#previousValue = 0
    this.#previousStart = before
    this.start = start
    this.end = end
  }

  /**
   * Adds what a call of the period that began at `start` has cost. A call belongs to the period that it was
   * admitted in, however late it ends: that one's budget let it pass, and the ledger has it there too.
   */
  charge(start: number, nanoUsd: number): void {
    // A period that lies ahead was left by a clock that was set back: what was counted in it counts here.
    if (start >= this.start) this.value += nanoUsd
    else if (start === this.#previousStart) this.#previousValue += nanoUsd
  }

  state(rule: LimitRule, now: number): LimitState {
    return { rule, limit: limitAt(rule, now), used: this.value, held: this.held, resetsAt: rule.counted === 'parallel' ? Number.POSITIVE_INFINITY : this.end }
  }

  /** Whether the rule lets a call with this estimate pass. */
  fits(rule: LimitRule, estimate: Amount, now: number): boolean {
    if (rule.limit === Number.POSITIVE_INFINITY) return true
    const limit = limitAt(rule, now)
    if (rule.counted === 'budget') return this.value < limit && this.value + this.held + estimate.nanoUsd <= limit
    return this.value + share(rule, estimate) <= limit
  }
}

/** Where a rule stands, always as of now: one for all calls, and not one for each. */
export class Standing implements LimitState {
  readonly rule: LimitRule
  readonly #counter: Counter
  readonly #clock: Clock

  constructor(rule: LimitRule, counter: Counter, clock: Clock) {
    this.rule = rule
    this.#counter = counter
    this.#clock = clock
  }

  get limit(): number {
    return this.rule.increase === undefined ? this.rule.limit : limitAt(this.rule, this.#clock.now())
  }

  get used(): number {
    return this.#counter.value
  }

  get held(): number {
    return this.#counter.held
  }

  get resetsAt(): number {
    return this.rule.counted === 'parallel' ? Number.POSITIVE_INFINITY : this.#counter.end
  }
}

/** What a call adds to a rule's count. */
export function share({ counted }: LimitRule, amount: Amount): number {
  switch (counted) {
    case 'budget': return amount.nanoUsd
    case 'tokens': return amount.inputTokens + amount.outputTokens
    case 'input_tokens': return amount.inputTokens
    case 'output_tokens': return amount.outputTokens
    default: return 1
  }
}
