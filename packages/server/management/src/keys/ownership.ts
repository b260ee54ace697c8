import type { KeyRecord, Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import { administers, isAdmin, mayHandOn } from '../access.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { type ManagementOptions, notFound } from '../service.ts'
import type { KeyFields } from './body.ts'

/**
 * Checks that the caller may give a key these owners, and makes sure that they exist. Callers that are no
 * admins make keys for themselves, and in teams that they administer for the members.
 * @throws `permission_denied`, `not_found`
 */
export async function settleOwners(options: ManagementOptions, principal: Principal | undefined, body: KeyFields, before?: KeyRecord): Promise<KeyFields> {
  const { directory } = options
  const teamId = body.team_id === undefined ? before?.teamId : body.team_id
  const team = teamId === null || teamId === undefined ? undefined : await directory.teams.get(teamId)
  if (teamId && !team) throw notFound('team')
  if (isAdmin(principal)) {
    if (body.user_id) await ensureUser(options, principal, body.user_id)
    return body
  }
  mayHandOn(principal)
  const self = principal?.user?.id
  if (self === undefined) throw new GatewayError('permission_denied', 'This API key belongs to no user, so it may not make or change keys.')
  if (body.organization_id || (before && body.blocked !== undefined && body.blocked !== null)) throw new GatewayError('permission_denied', 'Only a proxy admin may set organization_id, block or unblock.')
  const inTeam = team?.members.some(({ userId }) => userId === self) ?? false
  // A team's limits bind its keys, so a key leaves its team only by the hand of an admin.
  if (before && before.teamId !== null && body.team_id !== undefined && body.team_id !== before.teamId) throw new GatewayError('permission_denied', 'Only a proxy admin may move a key out of its team.')
  if (team && !inTeam) throw notFound('team')
  const owner = body.user_id === undefined ? (before ? before.userId : self) : body.user_id
  if (owner !== self && !(team && administers(self, team) && (owner === null || team.members.some(({ userId }) => userId === owner)))) throw notFound('user')
  return before ? body : { ...body, user_id: owner }
}
