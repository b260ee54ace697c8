import type { BudgetRecord, LimitFields } from '@tianjillm/auth'
import { budgetPeriod } from '@tianjillm/limits'
import * as v from 'valibot'
import { moment, named, stampsAnswer, stampsToWire, textOrNone } from '../answer-fields.ts'
import { instant } from '../fields.ts'
import { limitsAnswer, limitsToWire } from '../limit-fields.ts'
import type { Spent } from '../service.ts'

const tableEntries = { budget_id: v.string(), ...limitsAnswer }
const budgetTableAnswer = named('BudgetTable', v.object(tableEntries))
/** A budget object's own row. */
export const budgetAnswer = named('Budget', v.object({ ...tableEntries, budget_reset_at: moment, ...stampsAnswer }))

/** What every row with limits tells of them. */
export const holderAnswer = { ...limitsAnswer, budget_id: textOrNone, spend: v.number(), budget_reset_at: moment, litellm_budget_table: v.nullable(v.union([budgetTableAnswer, named('Limits', v.object(limitsAnswer))])) }

/** A budget object as LiteLLM shows it inside the row of its holder; null for none. */
export function budgetTable(budget: BudgetRecord | undefined) {
  return budget ? { budget_id: budget.id, ...limitsToWire(budget) } : null
}

/** The limits of a record in a row. */
export function holderFields(record: LimitFields & { readonly budgetId: string | null }) {
  return { ...limitsToWire(record), budget_id: record.budgetId }
}

/** What was spent of the limits of a record, in a row. */
export function spentToWire({ spend, resetsAt, budget }: Spent) {
  return { spend, budget_reset_at: instant(resetsAt), litellm_budget_table: budgetTable(budget) }
}

export function budgetToWire(budget: BudgetRecord, now: number) {
  const end = budget.budgetDuration === null ? undefined : budgetPeriod(budget.budgetDuration, budget.createdAt)?.(now).end
  return { budget_id: budget.id, ...limitsToWire(budget), budget_reset_at: instant(end ?? null), ...stampsToWire(budget) }
}
