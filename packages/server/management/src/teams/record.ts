import type { Stamp, TeamMember, TeamRecord } from '@tianjillm/auth'
import { noMemberLimits } from '@tianjillm/auth'
import * as v from 'valibot'
import { adminField } from '../admin-fields.ts'
import { duration, id, inert, metadata, names, patch, patched, text } from '../fields.ts'
import { count, holderEntries, patchHolder, usd } from '../limit-fields.ts'
import { memberPermissionsField } from './member-permissions.ts'

export const role = v.picklist(['admin', 'user'])
/** The limits of one member, as bodies that place members name them. */
export const memberLimits = { max_budget_in_team: patch(usd), budget_duration: patch(duration), rpm_limit: patch(count), tpm_limit: patch(count), budget_id: patch(id) }
export const member = v.strictObject({ user_id: id, role: v.optional(role, 'user'), ...memberLimits })

export const teamEntries = {
  team_alias: patch(text),
  organization_id: patch(id),
  members_with_roles: patch(v.array(member)),
  models: patch(names),
  model_aliases: patch(v.record(text, text)),
  metadata: patch(metadata),
  tags: patch(names),
  blocked: patch(v.boolean()),
  team_member_permissions: memberPermissionsField,
  team_member_budget: patch(usd),
  team_member_budget_duration: patch(duration),
  team_member_rpm_limit: patch(count),
  team_member_tpm_limit: patch(count),
  ...holderEntries,
  ...inert(
    'tpm_limit_type', 'rpm_limit_type', 'router_settings', 'access_group_ids', 'guardrails', 'policies', 'prompts', 'object_permission', 'allowed_passthrough_routes',
    'allowed_vector_store_indexes', 'secret_manager_settings', 'team_member_key_duration', 'enforced_batch_output_expires_after', 'enforced_file_expires_after',
  ),
}
export const newTeamBody = v.strictObject({ ...teamEntries, team_id: v.optional(v.nullable(id)), admins: patch(v.array(id)), members: patch(v.array(id)) })
export const updateTeamBody = v.strictObject({ ...teamEntries, organization_id: adminField(patch(id)), team_id: id })
export type TeamFields = Omit<v.InferOutput<typeof updateTeamBody>, 'team_id'>
type MemberFields = Partial<Omit<v.InferOutput<typeof member>, 'user_id'>>

/** A member with what a body says of it: absent keeps, null clears. */
export function patchMember(before: TeamMember, body: MemberFields): TeamMember {
  return {
    userId: before.userId,
    role: body.role ?? before.role,
    maxBudget: patched(body.max_budget_in_team, before.maxBudget, null),
    budgetDuration: patched(body.budget_duration, before.budgetDuration, null),
    rpmLimit: patched(body.rpm_limit, before.rpmLimit, null),
    tpmLimit: patched(body.tpm_limit, before.tpmLimit, null),
    budgetId: patched(body.budget_id, before.budgetId, null),
  }
}

/** A member that has no limits of its own yet. */
export function newMember(userId: string): TeamMember {
  return { userId, role: 'user', ...noMemberLimits }
}

export function patchTeam(before: TeamRecord, body: TeamFields, { now, by }: Stamp): TeamRecord {
  const given = body.members_with_roles?.map(({ user_id, ...fields }) => patchMember(newMember(user_id), fields))
  const { memberDefaults } = before
  return {
    ...before,
    ...patchHolder(before, body),
    alias: patched(body.team_alias, before.alias, null),
    organizationId: patched(body.organization_id, before.organizationId, null),
    models: patched(body.models, before.models, []),
    modelAliases: patched(body.model_aliases, before.modelAliases, {}),
    members: patched(body.members_with_roles === null ? null : given, before.members, []),
    memberDefaults: {
      maxBudget: patched(body.team_member_budget, memberDefaults.maxBudget, null),
      budgetDuration: patched(body.team_member_budget_duration, memberDefaults.budgetDuration, null),
      rpmLimit: patched(body.team_member_rpm_limit, memberDefaults.rpmLimit, null),
      tpmLimit: patched(body.team_member_tpm_limit, memberDefaults.tpmLimit, null),
    },
    memberPermissions: patched(body.team_member_permissions, before.memberPermissions ?? null, null),
    metadata: patched(body.metadata, before.metadata, {}),
    tags: patched(body.tags, before.tags, []),
    blocked: patched(body.blocked, before.blocked, false),
    updatedAt: now,
    updatedBy: by,
  }
}
