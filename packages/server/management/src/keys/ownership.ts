import type { Author, KeyRecord, Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import { actsAs, isAdmin, isAdministrator, managesMembers, mayHandOn } from '../access.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { checkBudget, type ManagementOptions, notFound } from '../service.ts'
import { checkMember, type MemberPermission } from '../teams/member-permissions.ts'
import type { KeyFields } from './body.ts'

/**
 * Checks that the caller may give a key these owners, and makes sure that they exist. Callers that are no
 * admins make keys for themselves, and in teams that they administer, or whose organization they administer,
 * for the members. What plain members may do with keys of their team, the team says.
 * @param route what is asked for
 * @throws `permission_denied`, `not_found`
 */
export async function settleOwners(options: ManagementOptions, principal: Principal | undefined, author: Author, route: MemberPermission, body: KeyFields, before?: KeyRecord): Promise<KeyFields> {
  const { directory } = options
  const teamId = body.team_id === undefined ? before?.teamId : body.team_id
  const team = teamId === null || teamId === undefined ? undefined : await directory.teams.get(teamId)
  if (teamId && !team) throw notFound('team')
  if (isAdmin(principal)) {
    if (body.organization_id && !(await directory.organizations.get(body.organization_id))) throw notFound('organization')
    await checkBudget(options, body.budget_id)
    if (body.user_id) await ensureUser(options, author, body.user_id)
    return body
  }
  mayHandOn(principal)
  const self = actsAs(principal, teamId ?? null)
  if (self === undefined) throw new GatewayError('permission_denied', 'This API key belongs to no user, or to a team, so it may not make or change keys of others.')
  const runsTeam = team !== undefined && (await managesMembers(directory, principal, team))
  const inTeam = runsTeam || (team?.members.some(({ userId }) => userId === self) ?? false)
  // A team's limits bind its keys, so a key leaves its team only by the hand of an admin.
  if (before && before.teamId !== null && body.team_id !== undefined && body.team_id !== before.teamId) throw new GatewayError('permission_denied', 'Only a proxy admin may move a key out of its team.')
  if (team && !inTeam) throw notFound('team')
  await checkMember(options, principal, team, route)
  const owner = body.user_id === undefined ? (before ? before.userId : self) : body.user_id
  if (owner !== self && !(team && owner === null && route === '/key/service-account/generate') && !(team && runsTeam && (owner === null || team.members.some(({ userId }) => userId === owner)))) throw notFound('user')
  if (owner !== null && owner !== self && isAdministrator(await directory.users.get(owner))) throw new GatewayError('permission_denied', 'Only a proxy admin may make keys for an admin: they would have its rights.')
  return before ? body : { ...body, user_id: owner }
}
