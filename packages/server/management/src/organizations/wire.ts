import type { OrganizationMember, OrganizationRecord } from '@tianjillm/auth'
import { budgetTable } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import { limitsToWire } from '../limit-fields.ts'
import { all, type ManagementOptions, spendOf } from '../service.ts'

/** An organization as LiteLLM shows it, with members and teams. */
export async function organizationToWire(options: ManagementOptions, organization: OrganizationRecord): Promise<Record<string, unknown>> {
  const { spend, resetsAt, budget } = await spendOf(options, { organization })
  const teams = await all(options.directory.teams, { organizationId: organization.id })
  const limits = limitsToWire(organization)
  return {
    organization_id: organization.id, organization_alias: organization.alias, budget_id: organization.budgetId, models: organization.models, metadata: organization.metadata, blocked: organization.blocked, spend,
    ...limits, budget_reset_at: instant(resetsAt), litellm_budget_table: budgetTable(budget) ?? limits,
    members: organization.members.map((member) => membership(organization, member)),
    teams: teams.map(({ id, alias, models, blocked }) => ({ team_id: id, team_alias: alias, models, blocked })),
    created_at: instant(organization.createdAt), created_by: organization.createdBy, updated_at: instant(organization.updatedAt), updated_by: organization.updatedBy,
  }
}

/** A user's place in an organization. */
export function membership({ id }: OrganizationRecord, { userId, role }: OrganizationMember): object {
  return { user_id: userId, organization_id: id, user_role: role, budget_id: null }
}
