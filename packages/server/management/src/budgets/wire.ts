import type { BudgetRecord } from '@tianjillm/auth'
import { budgetPeriod } from '@tianjillm/limits'
import { instant } from '../fields.ts'
import { limitsToWire } from '../limit-fields.ts'

/** A budget object as LiteLLM shows it inside the row of its holder; null for none. */
export function budgetTable(budget: BudgetRecord | undefined): Record<string, unknown> | null {
  return budget ? { budget_id: budget.id, ...limitsToWire(budget) } : null
}

/** A budget object's own row. */
export function budgetToWire(budget: BudgetRecord, now: number): Record<string, unknown> {
  const end = budget.budgetDuration === null ? undefined : budgetPeriod(budget.budgetDuration, budget.createdAt)?.(now).end
  return {
    ...budgetTable(budget), budget_reset_at: instant(end ?? null),
    created_at: instant(budget.createdAt), created_by: budget.createdBy, updated_at: instant(budget.updatedAt), updated_by: budget.updatedBy,
  }
}
