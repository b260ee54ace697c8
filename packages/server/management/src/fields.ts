import type { BudgetFields, LimitFields } from '@tianjillm/auth'
import { parseDuration } from '@tianjillm/limits'
import * as v from 'valibot'

const NANO = 1_000_000_000

export const id = v.pipe(v.string(), v.regex(/^[\w.@:+-]{1,200}$/, 'must be letters, digits, and . @ : + - _'))
export const text = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(500, 'is too long'))
export const names = v.pipe(v.array(text), v.maxLength(1000, 'holds too many'))
export const metadata = v.record(v.string(), v.unknown(), 'must be an object')
export const duration = v.pipe(v.string(), v.check((value) => parseDuration(value) !== undefined, 'must be a span such as 30s, 30m, 24h, 7d or 1mo'))
const count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, 'must not be negative'))
/** USD in, nano-USD out. */
export const usd = v.pipe(v.number(), v.finite('must be finite'), v.minValue(0, 'must not be negative'), v.maxValue(9_000_000, 'must be at most 9,000,000 USD'), v.transform((value) => Math.round(value * NANO)))

/** Absent keeps, null clears. */
export const patch = <Schema extends v.GenericSchema>(schema: Schema): v.OptionalSchema<v.NullableSchema<Schema, undefined>, undefined> => v.optional(v.nullable(schema))

/** Fields of LiteLLM's that this version does not act on: refused when they ask for something, so that nobody relies on them. */
export const inert = <const Keys extends readonly string[]>(...keys: Keys): Record<Keys[number], v.OptionalSchema<v.UnknownSchema, undefined>> =>
  Object.fromEntries(keys.map((key) => [key, v.optional(v.pipe(v.unknown(), v.check(isNothing, 'is not supported by this version')))])) as never

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === false || value === 0 || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

const modelBudget = v.pipe(
  v.strictObject({ budget_limit: v.optional(usd), max_budget: v.optional(usd), time_period: patch(duration), budget_duration: patch(duration) }),
  v.check((value) => value.budget_limit !== undefined || value.max_budget !== undefined, 'needs max_budget'),
  v.transform((value): BudgetFields => ({ maxBudget: (value.max_budget ?? value.budget_limit)!, budgetDuration: value.budget_duration ?? value.time_period ?? null })),
)

/** The limits that keys, teams and users share. */
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
}

type LimitBody = { [Key in keyof typeof limitEntries]?: v.InferOutput<(typeof limitEntries)[Key]> }

/** Takes the fields of a body that are there: null goes back to none. */
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
    tempBudgetIncrease: before.tempBudgetIncrease,
    tempBudgetExpiry: before.tempBudgetExpiry,
  }
}

/** Absent keeps, null clears, anything else (0, false, '') is meant. */
export function patched<Stored>(given: NoInfer<Stored> | null | undefined, before: Stored, none: NoInfer<Stored>): Stored {
  return given === undefined ? before : given === null ? none : given
}

const dollars = (nano: number | null): number | null => (nano === null ? null : nano / NANO)

/** Limits in LiteLLM's words. */
export function limitsToWire(limits: LimitFields): Record<string, unknown> {
  const budget = ({ maxBudget, budgetDuration }: BudgetFields): object => ({ max_budget: dollars(maxBudget), budget_duration: budgetDuration })
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
  }
}

/** Epoch milliseconds as ISO text. */
export function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
