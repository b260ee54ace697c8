import type { OrganizationMember, OrganizationRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { named, openRecord, stampsAnswer, stampsToWire, textOrNone, words } from '../answer-fields.ts'
import { holderAnswer, holderToWire } from '../budgets/wire.ts'
import { limitsToWire } from '../limit-fields.ts'
import { all, type ManagementOptions, spendOf } from '../service.ts'

export const membershipAnswer = named('OrganizationMembership', v.object({ user_id: v.string(), organization_id: v.string(), user_role: v.picklist(['org_admin', 'internal_user', 'internal_user_viewer']), budget_id: textOrNone }))
export const organizationAnswer = named('Organization', v.object({
  organization_id: v.string(), organization_alias: textOrNone, models: words, metadata: openRecord, blocked: v.boolean(), ...holderAnswer,
  members: v.array(membershipAnswer), teams: v.array(v.object({ team_id: v.string(), team_alias: textOrNone, models: words, blocked: v.boolean() })), ...stampsAnswer,
}))

/** An organization as LiteLLM shows it, with members and teams. */
export async function organizationToWire(options: ManagementOptions, organization: OrganizationRecord) {
  const held = holderToWire(organization, await spendOf(options, { organization }))
  const teams = await all(options.directory.teams, { organizationId: organization.id })
  return {
    organization_id: organization.id, organization_alias: organization.alias, models: organization.models, metadata: organization.metadata, blocked: organization.blocked,
    ...held, litellm_budget_table: held.litellm_budget_table ?? limitsToWire(organization),
    members: organization.members.map((member) => membership(organization, member)),
    teams: teams.map(({ id, alias, models, blocked }) => ({ team_id: id, team_alias: alias, models, blocked })),
    ...stampsToWire(organization),
  }
}

/** A user's place in an organization. */
export function membership({ id }: OrganizationRecord, { userId, role }: OrganizationMember) {
  return { user_id: userId, organization_id: id, user_role: role, budget_id: null }
}
