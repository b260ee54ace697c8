import type { Principal, TeamMember, TeamRecord } from '@tianjillm/auth'
import type { QueryRoute } from '@tianjillm/gateway'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { managesMembers } from '../access.ts'
import { withBody } from '../body.ts'
import { id, patch } from '../fields.ts'
import { dollars } from '../limit-fields.ts'
import { change, checkBudget, type ManagementOptions, notFound, spendOf, stampOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { memberLimits, newMember, patchMember, role } from './record.ts'
import { membership, teamToWire } from './wire.ts'

const who = { user_id: v.optional(v.nullable(id)), user_email: patch(v.pipe(v.string(), v.email('must be an e-mail address'))) }
const member = v.strictObject({ ...who, role: v.optional(role, 'user') })
const addBody = v.strictObject({ team_id: id, member: v.union([member, v.array(member)], 'must be a member or a list of members'), ...memberLimits })
const updateBody = v.strictObject({ team_id: id, ...who, role: v.optional(v.nullable(role)), ...memberLimits })
const deleteBody = v.strictObject({ team_id: id, ...who })

/** Who is in a team: for proxy admins, admins of its organization, and its own admins. */
export function memberRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory } = options
  const { teams, users } = directory

  /** The team, when its members are the caller's to manage; other teams are as if they were not there. */
  const managed = async (principal: Principal | undefined, teamId: string): Promise<TeamRecord> => {
    const team = await teams.get(teamId)
    if (!team || !(await managesMembers(directory, principal, team))) throw notFound('team')
    return team
  }
  const idOf = async ({ user_id, user_email }: { readonly user_id?: string | null | undefined; readonly user_email?: string | null | undefined }): Promise<string> => {
    if (user_id) return user_id
    if (!user_email) throw new GatewayError('invalid_request', 'Name the member by `user_id` or `user_email`.', { param: 'user_id' })
    const found = (await users.list({ filter: { email: user_email }, limit: 1 })).records[0]
    if (!found) throw notFound('user')
    return found.id
  }
  const put = (team: TeamRecord, principal: Principal | undefined, make: (members: readonly TeamMember[]) => readonly TeamMember[]): Promise<TeamRecord> => {
    const stamp = stampOf(options, principal)
    return change(teams, team.id, 'team', (before) => ({ ...before, members: make(before.members), updatedAt: stamp.now, updatedBy: stamp.by }))
  }
  const shown = async (team: TeamRecord): Promise<Record<string, unknown>> => teamToWire(team, await spendOf(options, { team }))

  const add = withBody(addBody, async ({ team_id, member: given, ...limits }, { principal }) => {
    const team = await managed(principal, team_id)
    await checkBudget(options, limits.budget_id)
    const added: TeamMember[] = []
    for (const one of [given].flat()) {
      const userId = await idOf(one)
      if (team.members.some((other) => other.userId === userId)) throw new GatewayError('already_exists', `The user ${JSON.stringify(userId)} is in the team already. POST /team/member_update changes its place.`, { param: 'member' })
      added.push(patchMember(newMember(userId), { ...limits, role: one.role }))
    }
    for (const { userId } of added) await ensureUser(options, principal, userId)
    const after = await put(team, principal, (members) => [...members.filter(({ userId }) => !added.some((one) => one.userId === userId)), ...added])
    return { status: 200, body: { ...(await shown(after)), updated_users: added.map(({ userId }) => ({ user_id: userId })), updated_team_memberships: added.map((one) => membership(after, one)) } }
  })

  const update = withBody(updateBody, async ({ team_id, user_id, user_email, role: asked, ...limits }, { principal }) => {
    const team = await managed(principal, team_id)
    await checkBudget(options, limits.budget_id)
    const userId = await idOf({ user_id, user_email })
    if (!team.members.some((one) => one.userId === userId)) throw notFound('member')
    const after = await put(team, principal, (members) => members.map((one) => (one.userId === userId ? patchMember(one, { ...limits, ...(asked && { role: asked }) }) : one)))
    const placed = after.members.find((one) => one.userId === userId)!
    return { status: 200, body: { team_id, user_id: userId, user_email: user_email ?? null, role: placed.role, max_budget_in_team: dollars(placed.maxBudget), budget_duration: placed.budgetDuration, rpm_limit: placed.rpmLimit, tpm_limit: placed.tpmLimit, budget_id: placed.budgetId } }
  })

  const remove = withBody(deleteBody, async ({ team_id, ...named }, { principal }) => {
    const team = await managed(principal, team_id)
    const userId = await idOf(named)
    if (!team.members.some((one) => one.userId === userId)) throw notFound('member')
    const after = await put(team, principal, (members) => members.filter((one) => one.userId !== userId))
    // A key of the team outlives its user's place there only without limits of that place: it goes too.
    for (const key of (await directory.keys.list({ filter: { teamId: team_id, userId }, limit: 1000 })).records) await directory.keys.delete(key.id)
    return { status: 200, body: await shown(after) }
  })

  return [
    { kind: 'query', method: 'POST', paths: ['/team/member_add'], permission: 'teams:write', answer: add },
    { kind: 'query', method: 'POST', paths: ['/team/member_update'], permission: 'teams:write', answer: update },
    { kind: 'query', method: 'POST', paths: ['/team/member_delete'], permission: 'teams:write', answer: remove },
  ]
}
