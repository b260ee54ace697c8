import { duration, json, list, number, text, usd } from '../fields.ts'
import { column, usdColumn, wholeColumn } from '../print/column.ts'

/** Flags for the limits that every owner may have. */
export const limitFlags = {
  max_budget: usd('what may be spent in a period'),
  soft_budget: usd('reaching it is told, and refuses nothing'),
  budget_duration: duration('the period after which the budget begins anew'),
  rpm_limit: number('requests a minute'),
  tpm_limit: number('tokens a minute'),
  max_parallel_requests: number('requests at once'),
  model_max_budget: json('budgets of single models: {"gpt-4o": {"max_budget": 5, "budget_duration": "1d"}}'),
  model_rpm_limit: json('requests a minute of single models: {"gpt-4o": 10}'),
  model_tpm_limit: json('tokens a minute of single models'),
} as const

/** Of those that may also share a budget object. */
export const holderFlags = { ...limitFlags, budget_id: text('the budget object that completes the limits', 'ID') } as const

export const modelsFlag = { models: list('the models it may call; without it, all') } as const
export const metadataFlag = { metadata: json('anything, kept with it') } as const

/** How much of the budget is gone, in a list. */
export const spendColumns = [usdColumn('spend'), usdColumn('max_budget', 'budget'), column('budget_duration', 'per')] as const

/** Everything about limits, where one thing is shown. */
export const limitColumns = [
  usdColumn('max_budget'), usdColumn('soft_budget'), column('budget_duration', 'budget period'), wholeColumn('rpm_limit', 'requests a minute'), wholeColumn('tpm_limit', 'tokens a minute'),
  wholeColumn('max_parallel_requests', 'requests at once'), column('model_max_budget', 'budgets of models'), column('model_rpm_limit', 'requests a minute of models'), column('model_tpm_limit', 'tokens a minute of models'),
] as const

/** Of those that hold limits and spend. */
export const holderColumns = [usdColumn('spend'), ...limitColumns, column('budget_id', 'budget object'), column('budget_reset_at', 'budget begins anew', 'moment')] as const
