import type { MemberLimits, TeamMember, TeamRecord } from '@tianjillm/auth'
import { budgetTable } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import { dollars, limitsToWire } from '../limit-fields.ts'
import type { Spent } from '../service.ts'

/** A member's place as LiteLLM shows it. */
export function membership(team: TeamRecord, member: TeamMember): object {
  const own = limitsOf(member)
  return { team_id: team.id, user_id: member.userId, budget_id: member.budgetId, litellm_budget_table: Object.values(own).every((value) => value === null) ? null : own }
}

function limitsOf({ maxBudget, budgetDuration, rpmLimit, tpmLimit }: MemberLimits): object {
  return { max_budget: dollars(maxBudget), budget_duration: budgetDuration, rpm_limit: rpmLimit, tpm_limit: tpmLimit }
}

/** A team as LiteLLM shows it. */
export function teamToWire(team: TeamRecord, { spend, resetsAt, budget }: Spent): Record<string, unknown> {
  const defaults = team.memberDefaults
  return {
    team_id: team.id, team_alias: team.alias, organization_id: team.organizationId, models: team.models, model_aliases: team.modelAliases, metadata: team.metadata, tags: team.tags, blocked: team.blocked, spend,
    members_with_roles: team.members.map(({ userId, role, maxBudget }) => ({ user_id: userId, role, max_budget_in_team: dollars(maxBudget) })),
    admins: team.members.filter(({ role }) => role === 'admin').map(({ userId }) => userId), members: team.members.map(({ userId }) => userId),
    team_member_budget: dollars(defaults.maxBudget), team_member_budget_duration: defaults.budgetDuration, team_member_rpm_limit: defaults.rpmLimit, team_member_tpm_limit: defaults.tpmLimit, team_member_budget_table: limitsOf(defaults),
    ...limitsToWire(team), budget_reset_at: instant(resetsAt), budget_id: team.budgetId, litellm_budget_table: budgetTable(budget), created_at: instant(team.createdAt), updated_at: instant(team.updatedAt),
  }
}
