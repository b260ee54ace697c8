import type { MemberLimits, TeamMember, TeamRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { moment, named, numberOrNone, openRecord, textOrNone, words } from '../answer-fields.ts'
import { holderAnswer, holderFields, spentToWire } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import { dollars } from '../limit-fields.ts'
import type { Spent } from '../service.ts'
import { permissionsOf } from './member-permissions.ts'

const memberLimitsAnswer = named('MemberLimits', v.object({ max_budget: numberOrNone, budget_duration: textOrNone, rpm_limit: numberOrNone, tpm_limit: numberOrNone }))
export const membershipAnswer = named('TeamMembership', v.object({ team_id: v.string(), user_id: v.string(), budget_id: textOrNone, litellm_budget_table: v.nullable(memberLimitsAnswer) }))
export const teamEntriesAnswer = {
  team_id: v.string(),
  team_alias: textOrNone,
  organization_id: textOrNone,
  models: words,
  model_aliases: v.record(v.string(), v.string()),
  metadata: openRecord,
  tags: words,
  blocked: v.boolean(),
  members_with_roles: v.array(v.object({ user_id: v.string(), role: v.picklist(['admin', 'user']), max_budget_in_team: numberOrNone })),
  admins: words,
  members: words,
  team_member_permissions: words,
  team_member_budget: numberOrNone,
  team_member_budget_duration: textOrNone,
  team_member_rpm_limit: numberOrNone,
  team_member_tpm_limit: numberOrNone,
  team_member_budget_table: memberLimitsAnswer,
  ...holderAnswer,
  created_at: moment,
  updated_at: moment,
}
export const teamAnswer = named('Team', v.object(teamEntriesAnswer))

/** A member's place as LiteLLM shows it. */
export function membership(team: TeamRecord, member: TeamMember) {
  const own = limitsOf(member)
  return { team_id: team.id, user_id: member.userId, budget_id: member.budgetId, litellm_budget_table: Object.values(own).every((value) => value === null) ? null : own }
}

function limitsOf({ maxBudget, budgetDuration, rpmLimit, tpmLimit }: MemberLimits) {
  return { max_budget: dollars(maxBudget), budget_duration: budgetDuration, rpm_limit: rpmLimit, tpm_limit: tpmLimit }
}

/** A team as it is on record. */
export function teamFields(team: TeamRecord) {
  const defaults = team.memberDefaults
  return {
    team_id: team.id, team_alias: team.alias, organization_id: team.organizationId, models: team.models, model_aliases: team.modelAliases, metadata: team.metadata, tags: team.tags, blocked: team.blocked,
    members_with_roles: team.members.map(({ userId, role, maxBudget }) => ({ user_id: userId, role, max_budget_in_team: dollars(maxBudget) })),
    admins: team.members.filter(({ role }) => role === 'admin').map(({ userId }) => userId), members: team.members.map(({ userId }) => userId),
    team_member_permissions: permissionsOf(team),
    team_member_budget: dollars(defaults.maxBudget), team_member_budget_duration: defaults.budgetDuration, team_member_rpm_limit: defaults.rpmLimit, team_member_tpm_limit: defaults.tpmLimit, team_member_budget_table: limitsOf(defaults),
    ...holderFields(team), created_at: instant(team.createdAt), updated_at: instant(team.updatedAt),
  }
}

/** A team as LiteLLM shows it. */
export function teamToWire(team: TeamRecord, spent: Spent) {
  return { ...teamFields(team), ...spentToWire(spent) }
}
