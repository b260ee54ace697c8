import { newUser, type Principal } from '@tianjillm/auth'
import { type ManagementOptions, stampOf } from '../service.ts'
import { withDefaults } from './defaults.ts'

/** Makes the user that an admin names for the first time, as LiteLLM does. */
export async function ensureUser(options: ManagementOptions, principal: Principal | undefined, id: string): Promise<void> {
  const { users } = options.directory
  if (await users.get(id)) return
  await users.insert(withDefaults(newUser(id, stampOf(options, principal)), options.newUsers))
}
