import type { Stamp, UserRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { duration, id, inert, metadata, names, patch, patched, text } from '../fields.ts'
import { holderEntries, patchHolder, usd } from '../limit-fields.ts'
import { role } from '../teams/record.ts'
import { email, who } from './find-user.ts'
import { userRoles } from './wire.ts'

const entries = {
  user_email: patch(email),
  user_alias: patch(text),
  user_role: patch(v.picklist(userRoles)),
  models: patch(names),
  metadata: patch(metadata),
  blocked: patch(v.boolean()),
  ...holderEntries,
  ...inert('organizations', 'sso_user_id', 'password', 'send_invite_email', 'guardrails', 'policies', 'prompts', 'permissions', 'config', 'spend', 'object_permission', 'allowed_cache_controls'),
}

/** A team that a new user is in: its id, or with what the user may spend there. */
const place = v.union([id, v.strictObject({ team_id: id, max_budget_in_team: patch(usd), user_role: v.optional(role, 'user') })], 'must be an id, or {team_id, max_budget_in_team, user_role}')
export const newUserBody = v.strictObject({ ...entries, teams: patch(v.array(place)), user_id: v.optional(v.nullable(id)), auto_create_key: v.optional(v.boolean(), true), key_alias: patch(text), duration: patch(duration), team_id: patch(id) })
export const updateUserBody = v.strictObject({ ...entries, ...inert('teams'), ...who })
export const bulkUpdateBody = v.strictObject({
  users: patch(v.pipe(v.array(updateUserBody), v.maxLength(500, 'holds more than 500'))),
  all_users: v.optional(v.boolean(), false),
  user_updates: patch(v.strictObject({ ...entries, ...inert('teams', 'user_email') })),
})
export const deleteUsersBody = v.strictObject({ user_ids: v.pipe(v.array(id), v.minLength(1, 'must name at least one'), v.maxLength(500, 'holds too many')) })

export type UserFields = Omit<v.InferOutput<typeof updateUserBody>, 'user_id'>

/** The record with what the body says: absent keeps, null clears. */
export function patchUser(before: UserRecord, body: UserFields, { now, by }: Stamp): UserRecord {
  return {
    ...before,
    ...patchHolder(before, body),
    email: patched(body.user_email, before.email, null),
    alias: patched(body.user_alias, before.alias, null),
    role: patched(body.user_role, before.role, 'internal_user'),
    models: patched(body.models, before.models, []),
    metadata: patched(body.metadata, before.metadata, {}),
    blocked: patched(body.blocked, before.blocked, false),
    updatedAt: now,
    updatedBy: by,
  }
}
