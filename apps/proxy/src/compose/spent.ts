import type { LimitRule, Period, Scope } from '@tianjillm/limits'
import type { SpendReader } from '@tianjillm/spend'

/** Whose sums the ledger keeps under another name than the limits. */
const entities: Partial<Record<Scope, 'total'>> = { proxy: 'total' }

/** What was spent on a budget before this process began to count, from the ledger. */
export function spentFrom(spend: SpendReader): (rule: LimitRule, period: Period) => Promise<number> {
  return ({ scope, owner, model }, { start }) => {
    const total = entities[scope]
    return spend.spent({ entity: total ?? (scope as Exclude<Scope, 'proxy'>), id: total === undefined ? owner : '', since: start, ...(model !== undefined && { model }) })
  }
}
