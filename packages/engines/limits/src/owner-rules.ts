import { layered, type LimitLayer, OWN } from './layers.ts'
import { budgetPeriod, everyMinute, forever } from './period.ts'
import type { Counted, LimitRule, Scope } from './rule.ts'

interface Budget {
  readonly maxBudget: number
  readonly budgetDuration: string | null
}

/** Limits as a record carries them: nano-USD, counts a minute, null for none. */
export interface OwnerLimits {
  readonly maxBudget: number | null
  readonly softBudget: number | null
  readonly budgetDuration: string | null
  readonly budgetLimits: readonly Budget[]
  readonly rpmLimit: number | null
  readonly tpmLimit: number | null
  readonly maxParallelRequests: number | null
  readonly modelRpmLimit: Readonly<Record<string, number>>
  readonly modelTpmLimit: Readonly<Record<string, number>>
  readonly modelMaxBudget: Readonly<Record<string, Budget>>
  readonly tempBudgetIncrease: number | null
  readonly tempBudgetExpiry: number | null
}

export interface Owner {
  readonly scope: Scope
  readonly id: string
  /** For messages. */
  readonly name: string
  /** Epoch milliseconds; odd budget periods follow one another from here. */
  readonly since: number
  readonly limits: OwnerLimits
  /** Where `limits` leave something open, the first of these that says it. */
  readonly layers?: readonly LimitLayer[]
  /** From where the spend of its budgets is counted anew; budgets of single models are not touched. */
  readonly reset?: LimitRule['reset']
  /** Spend is counted and soft budgets are told, but no budget refuses. */
  readonly countsOnly?: boolean
}

/** Which tokens `tpm_limit` counts (`general_settings.token_rate_limit_type`). */
export type TokensCounted = 'tokens' | 'input_tokens' | 'output_tokens'

/** An owner's rules: those for every call, and those for calls of one model. */
export interface OwnerRules {
  readonly always: readonly LimitRule[]
  readonly byModel: ReadonlyMap<string, readonly LimitRule[]>
}

/**
 * Compiles an owner's limits. The spend of every owner is counted, also without a budget.
 * A budget whose duration cannot be read never resets: nobody gets more than was meant.
 */
export function ownerRules(owner: Owner, tpm: TokensCounted = 'tokens'): OwnerRules {
  const { limits, sources } = layered(owner.limits, owner.layers ?? [])
  const rule = (field: keyof OwnerLimits, counted: Counted, limit: number, model?: string): LimitRule => ({
    ...identity(owner, model), source: sources[field] ?? OWN, id: `${accountOf(owner, model)}:${counted}`, counted, limit,
    window: counted === 'parallel' ? 'in flight' : '1m', period: counted === 'parallel' ? forever : everyMinute,
  })
  const budget = (field: keyof OwnerLimits, { maxBudget, budgetDuration }: Budget, model?: string, more: Partial<LimitRule> = {}): LimitRule => ({
    ...identity(owner, model), source: sources[field] ?? OWN, id: `${accountOf(owner, model)}:budget:${budgetDuration ?? 'total'}${owner.reset && model === undefined ? `:from:${owner.reset.at}` : ''}`, counted: 'budget', limit: owner.countsOnly === true ? Number.POSITIVE_INFINITY : maxBudget,
    window: budgetDuration ?? 'total', period: budgetPeriod(budgetDuration, owner.since) ?? forever, ...(owner.reset && model === undefined && { reset: owner.reset }), ...more,
  })
  const always: LimitRule[] = []
  if (limits.maxParallelRequests !== null) always.push(rule('maxParallelRequests', 'parallel', limits.maxParallelRequests))
  if (limits.rpmLimit !== null) always.push(rule('rpmLimit', 'requests', limits.rpmLimit))
  if (limits.tpmLimit !== null) always.push(rule('tpmLimit', tpm, limits.tpmLimit))
  always.push(budget('maxBudget', { maxBudget: limits.maxBudget ?? Number.POSITIVE_INFINITY, budgetDuration: limits.budgetDuration }, undefined, {
    ...(limits.softBudget !== null && { soft: limits.softBudget }),
    ...(limits.tempBudgetIncrease !== null && limits.tempBudgetExpiry !== null && { increase: limits.tempBudgetIncrease, increaseUntil: limits.tempBudgetExpiry }),
  }))
  // A second budget of the same period would share the counter and count the call twice: the smaller one holds.
  for (const further of byPeriod(limits.budgetLimits)) {
    const at = always.findIndex(({ counted, window }) => counted === 'budget' && window === (further.budgetDuration ?? 'total'))
    const made = budget('budgetLimits', further)
    if (at === -1) always.push(made)
    else if (made.limit < always[at]!.limit) always[at] = { ...always[at]!, limit: made.limit, ...(made.source !== undefined && { source: made.source }) }
  }
  const byModel = new Map<string, LimitRule[]>()
  const add = (model: string, made: LimitRule): void => void byModel.set(model, [...(byModel.get(model) ?? []), made])
  for (const [model, limit] of Object.entries(limits.modelRpmLimit)) add(model, rule('modelRpmLimit', 'requests', limit, model))
  for (const [model, limit] of Object.entries(limits.modelTpmLimit)) add(model, rule('modelTpmLimit', tpm, limit, model))
  for (const [model, limit] of Object.entries(limits.modelMaxBudget)) add(model, budget('modelMaxBudget', limit, model))
  return { always, byModel }
}

function byPeriod(budgets: readonly Budget[]): Budget[] {
  const smallest = new Map<string | null, Budget>()
  for (const budget of budgets) {
    const other = smallest.get(budget.budgetDuration)
    if (!other || budget.maxBudget < other.maxBudget) smallest.set(budget.budgetDuration, budget)
  }
  return [...smallest.values()]
}

function identity({ scope, id, name }: Owner, model: string | undefined): Pick<LimitRule, 'scope' | 'owner' | 'name' | 'model'> {
  return { scope, owner: id, name, ...(model !== undefined && { model }) }
}

function accountOf({ scope, id }: Owner, model: string | undefined): string {
  return model === undefined ? `${scope}:${id}` : `${scope}:${id}:model:${model}`
}
