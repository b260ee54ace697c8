import type { OrganizationMember, OrganizationRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { named, openRecord, stampsAnswer, stampsToWire, textOrNone, words } from '../answer-fields.ts'
import { holderAnswer, holderFields } from '../budgets/wire.ts'

export const membershipAnswer = named('OrganizationMembership', v.object({ user_id: v.string(), organization_id: v.string(), user_role: v.picklist(['org_admin', 'internal_user', 'internal_user_viewer']), budget_id: textOrNone }))
export const organizationAnswer = named('Organization', v.object({
  organization_id: v.string(), organization_alias: textOrNone, models: words, metadata: openRecord, blocked: v.boolean(), ...holderAnswer,
  members: v.array(membershipAnswer), teams: v.array(v.object({ team_id: v.string(), team_alias: textOrNone, models: words, blocked: v.boolean() })), ...stampsAnswer,
}))

/** An organization as it is on record. */
export function organizationFields(organization: OrganizationRecord) {
  return {
    organization_id: organization.id, organization_alias: organization.alias, models: organization.models, metadata: organization.metadata, blocked: organization.blocked, ...holderFields(organization),
    members: organization.members.map((member) => membership(organization, member)), ...stampsToWire(organization),
  }
}

/** A user's place in an organization. */
export function membership({ id }: OrganizationRecord, { userId, role }: OrganizationMember) {
  return { user_id: userId, organization_id: id, user_role: role, budget_id: null }
}
