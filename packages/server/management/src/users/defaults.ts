import type { UserRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { duration, id, inert, names } from '../fields.ts'
import { count, usd } from '../limit-fields.ts'

/** `litellm_settings.default_internal_user_params`: what new users get where nobody says otherwise. */
export const newUserDefaults = v.strictObject({
  user_role: v.optional(v.picklist(['proxy_admin', 'proxy_admin_viewer', 'internal_user', 'internal_user_viewer'])),
  models: v.optional(names),
  max_budget: v.optional(v.nullable(usd)),
  budget_duration: v.optional(v.nullable(duration)),
  budget_id: v.optional(v.nullable(id)),
  rpm_limit: v.optional(v.nullable(count)),
  tpm_limit: v.optional(v.nullable(count)),
  /** Teams that users may join by themselves. */
  available_teams: v.optional(names),
  ...inert('teams', 'metadata'),
})

export type NewUserDefaults = v.InferOutput<typeof newUserDefaults>

/** A new user with the operator's defaults; what a body says is put over them. */
export function withDefaults(user: UserRecord, defaults: NewUserDefaults = {}): UserRecord {
  return {
    ...user,
    role: defaults.user_role ?? user.role,
    models: defaults.models ?? user.models,
    maxBudget: defaults.max_budget ?? user.maxBudget,
    budgetDuration: defaults.budget_duration ?? user.budgetDuration,
    budgetId: defaults.budget_id ?? user.budgetId,
    rpmLimit: defaults.rpm_limit ?? user.rpmLimit,
    tpmLimit: defaults.tpm_limit ?? user.tpmLimit,
  }
}
