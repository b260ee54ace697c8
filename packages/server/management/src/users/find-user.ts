import * as v from 'valibot'
import { id, patch } from '../fields.ts'
import type { ManagementOptions } from '../service.ts'

export const email = v.pipe(v.string(), v.email('must be an e-mail address'))

/** How bodies name a user: by id, or by address. */
export const who = { user_id: patch(id), user_email: patch(email) }

/** The id of the user that is named; undefined when no user has the address. */
export async function userIdOf({ directory: { users } }: ManagementOptions, { user_id, user_email }: { readonly user_id?: string | null | undefined; readonly user_email?: string | null | undefined }): Promise<string | undefined> {
  if (user_id) return user_id
  return user_email ? (await users.list({ filter: { email: user_email }, limit: 1 })).records[0]?.id : undefined
}
