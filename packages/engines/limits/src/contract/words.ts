import { type OwnerLimits, ownerRules, type TokensCounted } from '../owner-rules.ts'
import type { LimitRule } from '../rule.ts'
import type { Amount } from '../store.ts'

const none: OwnerLimits = {
  maxBudget: null, softBudget: null, budgetDuration: null, budgetLimits: [], rpmLimit: null, tpmLimit: null, maxParallelRequests: null,
  modelRpmLimit: {}, modelTpmLimit: {}, modelMaxBudget: {}, tempBudgetIncrease: null, tempBudgetExpiry: null,
}

/** An owner's limits, all unset but these. */
export function limitsOf(limits: Partial<OwnerLimits>): OwnerLimits {
  return { ...none, ...limits }
}

/** The rules of a key for every call. */
export function limitRules(limits: Partial<OwnerLimits>, id = 'k', tokens?: TokensCounted): readonly LimitRule[] {
  return ownerRules({ scope: 'key', id, name: id, since: 0, limits: limitsOf(limits) }, tokens).always
}

/** What a call uses. */
export function amount(nanoUsd: number, inputTokens = 0, outputTokens = 0): Amount {
  return { nanoUsd, inputTokens, outputTokens }
}
