import type { BudgetFields, LimitFields } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { moment, named, numberOrNone, textOrNone } from './answer-fields.ts'
import { duration, id, instant, patch, patched, text } from './fields.ts'

const NANO = 1_000_000_000

export const count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, 'must not be negative'))
/** USD in, nano-USD out. */
export const usd = v.pipe(v.number(), v.description('USD.'), v.finite('must be finite'), v.minValue(0, 'must not be negative'), v.maxValue(9_000_000, 'must be at most 9,000,000 USD'), v.transform((value) => Math.round(value * NANO)))

/** LiteLLM's examples write this one as text. */
const usdOrText = v.union([usd, v.pipe(v.string(), v.regex(/^\d+(?:\.\d+)?(?:e-?\d+)?$/i, 'must be a number'), v.transform(Number), usd)], 'must be USD, as a number')

const modelBudget = v.pipe(
  v.strictObject({ budget_limit: v.optional(usdOrText), max_budget: v.optional(usdOrText), time_period: patch(duration), budget_duration: patch(duration) }),
  v.check((value) => value.budget_limit !== undefined || value.max_budget !== undefined, 'needs max_budget'),
  v.transform((value): BudgetFields => ({ maxBudget: (value.max_budget ?? value.budget_limit)!, budgetDuration: value.budget_duration ?? value.time_period ?? null })),
)

/** The limits that every owner may have. */
export const limitEntries = {
  max_budget: patch(usd),
  soft_budget: patch(usd),
  budget_duration: patch(duration),
  budget_limits: patch(v.array(v.pipe(v.strictObject({ max_budget: usd, budget_duration: patch(duration) }), v.transform((value): BudgetFields => ({ maxBudget: value.max_budget, budgetDuration: value.budget_duration ?? null }))))),
  rpm_limit: patch(count),
  tpm_limit: patch(count),
  max_parallel_requests: patch(count),
  model_rpm_limit: patch(v.record(text, count)),
  model_tpm_limit: patch(v.record(text, count)),
  model_max_budget: patch(v.record(text, modelBudget)),
  temp_budget_increase: patch(usd),
  temp_budget_expiry: patch(v.pipe(v.string(), v.check((value) => /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(value) && !Number.isNaN(Date.parse(value)), 'must be a day such as 2026-01-31 (UTC), or a time such as 2026-01-31T00:00:00Z'))),
}

/** Limits, and the budget object that completes them. */
export const holderEntries = { ...limitEntries, budget_id: patch(id) }

type LimitBody = { [Key in keyof typeof limitEntries]?: v.InferOutput<(typeof limitEntries)[Key]> }

/** Takes the fields of a body that are there: null goes back to none. @throws `invalid_request` when half of a temporary increase is given */
export function patchLimits(before: LimitFields, body: LimitBody): LimitFields {
  return {
    maxBudget: patched(body.max_budget, before.maxBudget, null),
    softBudget: patched(body.soft_budget, before.softBudget, null),
    budgetDuration: patched(body.budget_duration, before.budgetDuration, null),
    budgetLimits: patched(body.budget_limits, before.budgetLimits, []),
    rpmLimit: patched(body.rpm_limit, before.rpmLimit, null),
    tpmLimit: patched(body.tpm_limit, before.tpmLimit, null),
    maxParallelRequests: patched(body.max_parallel_requests, before.maxParallelRequests, null),
    modelRpmLimit: patched(body.model_rpm_limit, before.modelRpmLimit, {}),
    modelTpmLimit: patched(body.model_tpm_limit, before.modelTpmLimit, {}),
    modelMaxBudget: patched(body.model_max_budget, before.modelMaxBudget, {}),
    ...patchIncrease(before, body.temp_budget_increase, body.temp_budget_expiry),
  }
}

/** Both or neither. */
function patchIncrease(before: LimitFields, increase: number | null | undefined, until: string | null | undefined): Pick<LimitFields, 'tempBudgetIncrease' | 'tempBudgetExpiry'> {
  if (increase === undefined && until === undefined) return { tempBudgetIncrease: before.tempBudgetIncrease, tempBudgetExpiry: before.tempBudgetExpiry }
  if (typeof increase !== typeof until && (increase === undefined || until === undefined || increase === null || until === null)) {
    throw new GatewayError('invalid_request', '`temp_budget_increase` and `temp_budget_expiry` go together: send both, or null for both.', { param: 'temp_budget_expiry' })
  }
  return { tempBudgetIncrease: increase ?? null, tempBudgetExpiry: typeof until === 'string' ? Date.parse(until) : null }
}

type HolderFields = LimitFields & { readonly budgetId: string | null }

/** As {@link patchLimits}, with the budget object. */
export function patchHolder(before: HolderFields, body: LimitBody & { readonly budget_id?: string | null | undefined }): HolderFields {
  return { ...patchLimits(before, body), budgetId: patched(body.budget_id, before.budgetId, null) }
}

/** USD of nano-USD. */
export const dollars = (nano: number | null): number | null => (nano === null ? null : nano / NANO)

const budgetAnswer = named('BudgetPeriod', v.object({ max_budget: numberOrNone, budget_duration: textOrNone }))

/** Limits in LiteLLM's words, as every row with limits shows them. USD. */
export const limitsAnswer = {
  max_budget: numberOrNone,
  soft_budget: numberOrNone,
  budget_duration: textOrNone,
  budget_limits: v.array(budgetAnswer),
  rpm_limit: numberOrNone,
  tpm_limit: numberOrNone,
  max_parallel_requests: numberOrNone,
  model_rpm_limit: v.record(v.string(), v.number()),
  model_tpm_limit: v.record(v.string(), v.number()),
  model_max_budget: v.record(v.string(), budgetAnswer),
  temp_budget_increase: numberOrNone,
  temp_budget_expiry: moment,
}

export function limitsToWire(limits: LimitFields) {
  const budget = ({ maxBudget, budgetDuration }: BudgetFields) => ({ max_budget: dollars(maxBudget), budget_duration: budgetDuration })
  return {
    max_budget: dollars(limits.maxBudget),
    soft_budget: dollars(limits.softBudget),
    budget_duration: limits.budgetDuration,
    budget_limits: limits.budgetLimits.map(budget),
    rpm_limit: limits.rpmLimit,
    tpm_limit: limits.tpmLimit,
    max_parallel_requests: limits.maxParallelRequests,
    model_rpm_limit: limits.modelRpmLimit,
    model_tpm_limit: limits.modelTpmLimit,
    model_max_budget: Object.fromEntries(Object.entries(limits.modelMaxBudget).map(([model, value]) => [model, budget(value)])),
    temp_budget_increase: dollars(limits.tempBudgetIncrease),
    temp_budget_expiry: instant(limits.tempBudgetExpiry),
  }
}
