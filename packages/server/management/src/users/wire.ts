import type { UserRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { named, openRecord, stampsAnswer, stampsToWire, textOrNone, words } from '../answer-fields.ts'
import { holderAnswer, holderFields, spentToWire } from '../budgets/wire.ts'
import type { Spent } from '../service.ts'

/** LiteLLM's roles of users. */
export const userRoles = ['proxy_admin', 'proxy_admin_viewer', 'internal_user', 'internal_user_viewer'] as const

export const userEntriesAnswer = {
  user_id: v.string(), user_email: textOrNone, user_alias: textOrNone, user_role: v.picklist(userRoles), models: words, metadata: openRecord, blocked: v.boolean(), teams: words, ...holderAnswer, ...stampsAnswer,
}
export const userAnswer = named('User', v.object(userEntriesAnswer))

/** A user as it is on record. */
export function userFields(user: UserRecord) {
  return { user_id: user.id, user_email: user.email, user_alias: user.alias, user_role: user.role, models: user.models, metadata: user.metadata, blocked: user.blocked, ...holderFields(user), ...stampsToWire(user) }
}

/** A user as LiteLLM shows it. @param teams ids of those that it is in */
export function userToWire(user: UserRecord, teams: readonly string[], spent: Spent) {
  return { ...userFields(user), teams, ...spentToWire(spent) }
}
