import type { UserRecord } from '@tianjillm/auth'
import type * as v from 'valibot'
import type { Caller } from '../define-route.ts'
import { authorOf, change, checkBudget, type ManagementOptions, notFound } from '../service.ts'
import { patchUser, type updateUserBody } from './body.ts'
import { userIdOf } from './find-user.ts'

/** Changes the user that a body names. @throws `not_found`, `already_exists` */
export async function updateUser(options: ManagementOptions, caller: Caller, { user_id, ...body }: v.InferOutput<typeof updateUserBody>): Promise<UserRecord> {
  const named = await userIdOf(options, { user_id, user_email: body.user_email })
  if (named === undefined) throw notFound('user')
  await checkBudget(options, body.budget_id)
  const stamp = authorOf(options, caller)
  return change(options.directory.users, named, 'user', stamp, (before) => patchUser(before, body, stamp))
}
