import { hashKey, KEY_PREFIX, type Principal } from '@tianjillm/auth'
import type { UsageQuery } from '@tianjillm/spend'
import { actsAs, managesMembers, managesOrganization, seesAll } from '../access.ts'
import { visible } from '../keys/find-key.ts'
import { notFound } from '../service.ts'
import type { SpendOptions } from './options.ts'

/** Whose calls to look at; `{}` is everybody's. */
export type Reach = NonNullable<UsageQuery['only']>

/** Nobody's calls. */
const nothing: Reach = { key: [] }

/** What a caller sees when it names nobody: all for those who see all, else what its user spent, or without a user the key. */
export function ownReach(principal: Principal | undefined): Reach {
  if (seesAll(principal)) return {}
  const { user, key } = principal ?? {}
  // A key of a team may have been made by the team's admin: it speaks for its user in that team only.
  if (user) return { user: [user.id], ...(typeof key?.teamId === 'string' && { team: [key.teamId] }) }
  return key ? { key: [key.id] } : nothing
}

/** A team's calls: all for those who manage its members, the own ones for a member. @throws `not_found` */
export async function teamReach({ directory }: SpendOptions, principal: Principal | undefined, teamId: string): Promise<Reach> {
  if (seesAll(principal)) return { team: [teamId] }
  const team = await directory.teams.get(teamId)
  if (!team) throw notFound('team_id')
  if (await managesMembers(directory, principal, team)) return { team: [teamId] }
  const user = actsAs(principal, teamId)
  if (principal?.key?.teamId !== teamId && !team.members.some(({ userId }) => userId === user)) throw notFound('team_id')
  return both(ownReach(principal), { team: [teamId] })
}

/** Several teams' calls at once: of all of them, or the own ones of all of them. @throws `not_found` */
export async function teamsReach(options: SpendOptions, principal: Principal | undefined, teamIds: readonly string[]): Promise<Reach> {
  const reaches = await Promise.all(teamIds.map((id) => teamReach(options, principal, id)))
  return { ...reaches.find((reach) => Object.keys(reach).length > 1), team: teamIds }
}

/** @throws `not_found` */
export async function organizationReach({ directory }: SpendOptions, principal: Principal | undefined, organizationIds: readonly string[]): Promise<Reach> {
  for (const id of organizationIds) if (!seesAll(principal) && !(await managesOrganization(directory, principal, id))) throw notFound('organization_id')
  return { organization: organizationIds }
}

/** The hash of a key that is named by itself or by its hash. */
export function hashNamed(key: string): string {
  return key.startsWith(KEY_PREFIX) ? hashKey(key) : key
}

/** Keys by themselves or by their hashes, also deleted ones for those who see all. Unknown ones have no calls. @throws `not_found` */
export async function keyReach(options: SpendOptions, principal: Principal | undefined, named: readonly string[]): Promise<Reach> {
  const hashes = named.map(hashNamed)
  const { keys } = options.directory
  const found = await Promise.all(hashes.map(async (hash) => {
    const key = await keys.byHash(hash)
    if (seesAll(principal)) return key ? [key.id] : (await options.directory.names('key', [hash])).map(({ id }) => id)
    if (!key) throw notFound('api_key')
    return [(await visible(options, principal, key, 'read')).id]
  }))
  return { key: found.flat() }
}

/** Whom a caller names. */
export interface Whose {
  readonly apiKey?: string | undefined
  readonly userId?: string | undefined
  readonly teamId?: string | undefined
  readonly organizationId?: string | undefined
}

/** What a caller sees of those whom it names; all names together hold. @throws `not_found` for what is not there and for what it may not see */
export async function reachOf(options: SpendOptions, principal: Principal | undefined, { apiKey, userId, teamId, organizationId }: Whose): Promise<Reach> {
  const granted: Reach[] = []
  if (teamId) granted.push(await teamReach(options, principal, teamId))
  if (organizationId) granted.push(await organizationReach(options, principal, [organizationId]))
  if (apiKey) granted.push(await keyReach(options, principal, [apiKey]))
  if (userId) {
    const self = userId === principal?.user?.id
    if (!self && granted.length === 0 && !seesAll(principal)) throw notFound('user_id')
    // Within what another name grants, a user is but a filter.
    granted.push(self && granted.length === 0 ? both(ownReach(principal), { user: [userId] }) : { user: [userId] })
  }
  return granted.length === 0 ? ownReach(principal) : granted.reduce(both)
}

/** What both let through. */
export function both(a: Reach, b: Reach): Reach {
  const shared = (Object.keys(a) as (keyof Reach)[]).filter((dimension) => b[dimension])
  return { ...a, ...b, ...Object.fromEntries(shared.map((dimension) => [dimension, a[dimension]!.filter((value) => b[dimension]!.includes(value))])) }
}
