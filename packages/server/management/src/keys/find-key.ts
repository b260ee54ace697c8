import { hashKey, KEY_PREFIX, type KeyRecord, type Principal, type TeamRecord } from '@tianjillm/auth'
import { mayReadKey, mayWriteKey } from '../access.ts'
import { type ManagementOptions, notFound } from '../service.ts'

/** The key that a body or address names, by itself or by its hash, when the caller may see it. @throws `not_found` */
export async function findKey(options: ManagementOptions, principal: Principal | undefined, named: string, purpose: 'read' | 'write'): Promise<KeyRecord> {
  const key = await options.directory.keys.byHash(named.startsWith(KEY_PREFIX) ? hashKey(named) : named)
  if (!key) throw notFound('key')
  return visible(options, principal, key, purpose)
}

/** @throws `not_found` */
export async function visible({ directory }: ManagementOptions, principal: Principal | undefined, key: KeyRecord, purpose: 'read' | 'write'): Promise<KeyRecord> {
  const team: TeamRecord | undefined = key.teamId === null ? undefined : await directory.teams.get(key.teamId)
  if (!(purpose === 'read' ? mayReadKey : mayWriteKey)(principal, key, team)) throw notFound('key')
  return key
}
