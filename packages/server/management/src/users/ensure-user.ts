import { type Author, newUser } from '@tianjillm/auth'
import type { ManagementOptions } from '../service.ts'
import { withDefaults } from './defaults.ts'

/** Makes the user that an admin names for the first time, as LiteLLM does. */
export async function ensureUser(options: ManagementOptions, author: Author, id: string): Promise<void> {
  const { users } = options.directory
  if (await users.get(id)) return
  await users.insert(withDefaults(newUser(id, author), options.newUsers), author)
}
