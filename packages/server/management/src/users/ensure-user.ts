import { noLimits, type Principal, type UserRecord } from '@tianjillm/auth'
import { actor, type ManagementOptions } from '../service.ts'

/** A user without rights of its own worth speaking of: may call models and manage its keys. */
export function blankUser(id: string, now: number, by: string): UserRecord {
  return { ...noLimits, id, email: null, alias: null, role: 'internal_user', models: [], blocked: false, metadata: {}, createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }
}

/** Makes the user that an admin names for the first time, as LiteLLM does. */
export async function ensureUser({ directory, clock }: ManagementOptions, principal: Principal | undefined, id: string): Promise<void> {
  if (await directory.users.get(id)) return
  await directory.users.insert(blankUser(id, clock.now(), actor(principal)))
}
