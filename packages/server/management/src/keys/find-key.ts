import { hashKey, KEY_PREFIX, type KeyRecord, type Principal } from '@tianjillm/auth'
import { type Above, mayReadKey, mayWriteKey } from '../access.ts'
import { type ManagementOptions, notFound } from '../service.ts'

/** The key that a body or address names, by itself or by its hash, when the caller may see it. @throws `not_found` */
export async function findKey(options: ManagementOptions, principal: Principal | undefined, named: string, purpose: 'read' | 'write'): Promise<KeyRecord> {
  const key = await options.directory.keys.byHash(named.startsWith(KEY_PREFIX) ? hashKey(named) : named)
  if (!key) throw notFound('key')
  return visible(options, principal, key, purpose)
}

/** As {@link findKey}, by the alias. @throws `not_found` */
export async function findAlias(options: ManagementOptions, principal: Principal | undefined, alias: string, purpose: 'read' | 'write'): Promise<KeyRecord> {
  const [key] = (await options.directory.keys.list({ filter: { alias }, limit: 1 })).records
  if (!key) throw notFound('key')
  return visible(options, principal, key, purpose)
}

/** @throws `not_found` */
export async function visible({ directory }: ManagementOptions, principal: Principal | undefined, key: KeyRecord, purpose: 'read' | 'write'): Promise<KeyRecord> {
  if (!(purpose === 'read' ? mayReadKey : mayWriteKey)(principal, key, await aboveOf(directory, key))) throw notFound('key')
  return key
}

/** The user, the team and the organization of a key. */
async function aboveOf({ users, teams, organizations }: ManagementOptions['directory'], key: KeyRecord): Promise<Above> {
  const team = key.teamId === null ? undefined : await teams.get(key.teamId)
  const organizationId = key.organizationId ?? team?.organizationId ?? null
  return { user: key.userId === null ? undefined : await users.get(key.userId), team, organization: organizationId === null ? undefined : await organizations.get(organizationId) }
}
