import type { Clock } from '@tianjillm/core'
import { createMemoryLimitStore, type LimitRule, type LimitState, type LimitStore, type Period } from '@tianjillm/limits'
import { stateOf } from './answers.ts'

/** What the ledger says was spent on a budget in a period, in nano-USD. */
export type Spent = (rule: LimitRule, period: Period) => number | Promise<number>

/** What this process counts by itself, beside Redis. */
export class LocalCounts {
  readonly #clock: Clock
  readonly #spent: Spent | undefined
  readonly #make: () => LimitStore
  #alone: LimitStore | undefined
  /** Owners without a budget: what they spent, for show. */
  readonly unlimited: LimitStore

  constructor(clock: Clock, leaseMs: number, spent: Spent | undefined) {
    this.#clock = clock
    this.#spent = spent
    this.#make = () => createMemoryLimitStore({ clock, leaseMs, ...(spent && { spent }) })
    this.unlimited = this.#make()
  }

  /** Counts while Redis is away. */
  get alone(): LimitStore {
    return (this.#alone ??= this.#make())
  }

  /** The next time that Redis is away begins without what was counted in the last. */
  forgetAlone(): void {
    this.#alone = undefined
  }

  /** Spend of owners without a budget: the ledger has it of all replicas. */
  readUnlimited(rules: readonly LimitRule[]): readonly LimitState[] | Promise<readonly LimitState[]> {
    const spent = this.#spent
    return spent ? Promise.all(rules.map((rule) => this.#readLedger(rule, spent))) : this.unlimited.read(rules)
  }

  /** While Redis is away: budgets as the ledger has them, everything else as this process counts it. */
  async readAlone(rules: readonly LimitRule[]): Promise<readonly LimitState[]> {
    const spent = this.#spent
    const here = await this.alone.read(rules)
    return Promise.all(here.map((state) => (spent && state.rule.counted === 'budget' ? this.#readLedger(state.rule, spent) : state)))
  }

  async #readLedger(rule: LimitRule, spent: Spent): Promise<LimitState> {
    const now = this.#clock.now()
    const period = rule.period(now)
    return stateOf(rule, period.start, await spent(rule, period), 0, now)
  }
}
