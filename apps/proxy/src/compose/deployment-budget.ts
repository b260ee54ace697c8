import type { BudgetFields } from '@tianjillm/auth'
import { duration, usd } from '@tianjillm/management'
import * as v from 'valibot'

/**
 * The budget of a deployment: `max_budget` in USD, and `budget_duration`, of its `litellm_params`. Without a duration it never begins anew.
 * @param say notes what is wrong @param warn notes what has no effect
 */
export function budgetOf(own: Readonly<Record<string, unknown>>, say: (name: string, what: string) => void, warn: (name: string, what: string) => void): BudgetFields | undefined {
  const { max_budget: most, budget_duration: span } = own
  if (most === undefined) {
    if (span !== undefined) warn('budget_duration', 'has no effect without max_budget.')
    return undefined
  }
  const maxBudget = v.safeParse(usd, most)
  // That it is no number is told where numbers are looked at.
  if (!maxBudget.success && typeof most === 'number') say('max_budget', `${maxBudget.issues[0].message}.`)
  const budgetDuration = v.safeParse(v.optional(duration), span)
  if (!budgetDuration.success) say('budget_duration', `${budgetDuration.issues[0].message}.`)
  return maxBudget.success && budgetDuration.success ? { maxBudget: maxBudget.output, budgetDuration: budgetDuration.output ?? null } : undefined
}
