import type { LimitRule } from '@tianjillm/limits'
import { type Answer, unavailable } from './answers.ts'
import type { LimitKeys } from './keys.ts'
import { type Link, Unreachable } from './link.ts'
import type { Spent } from './local-counts.ts'
import { loadScript } from './scripts/read.ts'
import { whole } from './split-rules.ts'

/** Takes what the ledger says of budgets that Redis does not know; once for calls that wait together. */
export class BudgetLoader {
  readonly #link: Link
  readonly #keys: LimitKeys
  readonly #spent: Spent | undefined
  readonly #running = new Map<string, Promise<void>>()

  constructor(link: Link, keys: LimitKeys, spent: Spent | undefined) {
    this.#link = link
    this.#keys = keys
    this.#spent = spent
  }

  /** @param answer `unknown`, the number of loads, and the positions of the rules. @throws `limits_unavailable`, what the ledger throws */
  async load(rules: readonly LimitRule[], [, loads, ...positions]: Answer, now: number): Promise<void> {
    await Promise.all(positions.map((position) => {
      const rule = rules[(position as number) - 1]!
      let running = this.#running.get(rule.id)
      if (!running) this.#running.set(rule.id, (running = this.#one(rule, String(loads), now).finally(() => this.#running.delete(rule.id))))
      return running
    }))
  }

  async #one(rule: LimitRule, loads: string, now: number): Promise<void> {
    const period = rule.period(now)
    const before = await this.#spent!(rule, period)
    await this.#link.ask(loadScript, [this.#keys.loads, this.#keys.counter(rule.id), this.#keys.grace], [loads, period.start, whole(before)]).catch((error: unknown) => {
      throw error instanceof Unreachable ? unavailable(rule) : error
    })
  }
}
