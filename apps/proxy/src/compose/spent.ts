import type { LimitRule, Period, Scope } from '@tianjillm/limits'
import type { SpendReader } from '@tianjillm/spend'

/** Whose sums the ledger keeps under another name than the limits. */
const entities: Partial<Record<Scope, 'total'>> = { proxy: 'total' }

/** What was spent on a budget before this process began to count, from the ledger. */
export function spentFrom(spend: SpendReader): (rule: LimitRule, period: Period) => Promise<number> {
  return async ({ scope, owner, model, reset }, { start }) => {
    const total = entities[scope]
    // A reset in this period: what came before it is what the operator says it is.
    const from = reset && reset.at >= start ? reset : { at: start, to: 0 }
    return from.to + (await spend.spent({ entity: total ?? (scope as Exclude<Scope, 'proxy'>), id: total === undefined ? owner : '', since: from.at, ...(model !== undefined && { model }) }))
  }
}
