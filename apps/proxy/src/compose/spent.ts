import type { LimitRule, Period } from '@tianjillm/limits'
import type { SpendReader } from '@tianjillm/spend'

/** What was spent on a budget before this process began to count, from the ledger: whose it is there is whose it is here. */
export function spentFrom(spend: SpendReader): (rule: LimitRule, period: Period) => Promise<number> {
  return ({ scope, owner, model }, { start }) => spend.spent({ entity: scope, id: owner, since: start, ...(model !== undefined && { model }) })
}
