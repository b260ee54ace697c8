import type { CustomerRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { moment, named, openRecord, textOrNone } from '../answer-fields.ts'
import { holderAnswer, holderFields, spentToWire } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import { limitsToWire } from '../limit-fields.ts'
import type { Spent } from '../service.ts'

export const customerAnswer = named('Customer', v.object({
  user_id: v.string(), alias: textOrNone, blocked: v.boolean(), allowed_model_region: v.nullable(v.picklist(['eu', 'us'])), default_model: textOrNone, metadata: openRecord, ...holderAnswer, created_at: moment, updated_at: moment,
}))

/** An end user as it is on record. */
export function customerFields(customer: CustomerRecord) {
  return {
    user_id: customer.id, alias: customer.alias, blocked: customer.blocked, allowed_model_region: customer.allowedModelRegion, default_model: customer.defaultModel, metadata: customer.metadata,
    ...holderFields(customer), created_at: instant(customer.createdAt), updated_at: instant(customer.updatedAt),
  }
}

/** An end user as LiteLLM shows it. */
export function customerToWire(customer: CustomerRecord, spent: Spent) {
  const own = limitsToWire(customer)
  const { litellm_budget_table: budget, ...standing } = spentToWire(spent)
  return { ...customerFields(customer), ...standing, litellm_budget_table: budget ?? (has(own) ? own : null) }
}

function has(limits: Record<string, unknown>): boolean {
  return Object.values(limits).some((value) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0))
}
