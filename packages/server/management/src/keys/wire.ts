import type { KeyRecord } from '@tianjillm/auth'
import { budgetTable } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import { limitsToWire } from '../limit-fields.ts'
import type { Spent } from '../service.ts'

/** A key as LiteLLM shows it, without its hash. */
export function keyInfo(key: KeyRecord, { spend, resetsAt, budget }: Spent): Record<string, unknown> {
  return {
    key_name: key.name,
    key_alias: key.alias,
    spend,
    expires: instant(key.expiresAt),
    models: key.models,
    aliases: key.aliases,
    user_id: key.userId,
    team_id: key.teamId,
    organization_id: key.organizationId,
    metadata: key.metadata,
    tags: key.tags,
    allowed_routes: key.allowedRoutes,
    key_type: key.keyType,
    blocked: key.blocked,
    ...limitsToWire(key),
    budget_reset_at: instant(resetsAt),
    budget_id: key.budgetId,
    litellm_budget_table: budgetTable(budget),
    config: {},
    permissions: {},
    created_at: instant(key.createdAt),
    created_by: key.createdBy,
    updated_at: instant(key.updatedAt),
    updated_by: key.updatedBy,
  }
}

/** A key's row with its hash, which is its id for clients. */
export function keyRow(key: KeyRecord, spent: Spent): Record<string, unknown> {
  return { token: key.hash, token_id: key.hash, ...keyInfo(key, spent) }
}
