import type { Author, Principal, TeamMember, TeamRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { managesMembers } from '../access.ts'
import { numberOrNone, textOrNone } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id } from '../fields.ts'
import { dollars } from '../limit-fields.ts'
import { change, checkBudget, type ManagementOptions, notFound, spendOf, stampOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { userIdOf, who } from '../users/find-user.ts'
import { memberLimits, newMember, patchMember, role } from './record.ts'
import { membership, membershipAnswer, teamAnswer, teamEntriesAnswer, teamToWire } from './wire.ts'

const member = v.strictObject({ ...who, role: v.optional(role, 'user') })
const addBody = v.strictObject({ team_id: id, member: v.union([member, v.array(member)], 'must be a member or a list of members'), ...memberLimits })
const updateBody = v.strictObject({ team_id: id, ...who, role: v.optional(v.nullable(role)), ...memberLimits })
const deleteBody = v.strictObject({ team_id: id, ...who })
const placeAnswer = v.object({
  team_id: v.string(), user_id: v.string(), user_email: textOrNone, role, max_budget_in_team: numberOrNone, budget_duration: textOrNone, rpm_limit: numberOrNone, tpm_limit: numberOrNone, budget_id: textOrNone,
})

/** Who is in a team: for proxy admins, admins of its organization, and its own admins. */
export function memberRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory } = options
  const { teams } = directory
  const writes = { method: 'POST', permission: 'teams:write', tag: 'Teams' } as const

  /** The team, when its members are the caller's to manage; other teams are as if they were not there. */
  const managed = async (principal: Principal | undefined, teamId: string): Promise<TeamRecord> => {
    const team = await teams.get(teamId)
    if (!team || !(await managesMembers(directory, principal, team))) throw notFound('team')
    return team
  }
  const idOf = async (named: Parameters<typeof userIdOf>[1]): Promise<string> => {
    if (!named.user_id && !named.user_email) throw new GatewayError('invalid_request', 'Name the member by `user_id` or `user_email`.', { param: 'user_id' })
    const found = await userIdOf(options, named)
    if (found === undefined) throw notFound('user')
    return found
  }
  const put = (team: TeamRecord, stamp: Author, make: (members: readonly TeamMember[]) => readonly TeamMember[]): Promise<TeamRecord> =>
    change(teams, team.id, 'team', stamp, (before) => ({ ...before, members: make(before.members) }))
  const shown = async (team: TeamRecord) => teamToWire(team, await spendOf(options, { team }))

  return [
    defineRoute({
      ...writes, paths: ['/team/member_add'], summary: 'Puts users into a team.', body: addBody,
      answer: v.object({ ...teamEntriesAnswer, updated_users: v.array(v.object({ user_id: v.string() })), updated_team_memberships: v.array(membershipAnswer) }),
      async handle({ body: { team_id, member: given, ...limits }, principal, caller }) {
        const stamp = stampOf(options, caller)
        const team = await managed(principal, team_id)
        await checkBudget(options, limits.budget_id)
        const added: TeamMember[] = []
        for (const one of [given].flat()) {
          const userId = await idOf(one)
          if (team.members.some((other) => other.userId === userId)) throw new GatewayError('already_exists', `The user ${JSON.stringify(userId)} is in the team already. POST /team/member_update changes its place.`, { param: 'member' })
          added.push(patchMember(newMember(userId), { ...limits, role: one.role }))
        }
        for (const { userId } of added) await ensureUser(options, stamp, userId)
        const after = await put(team, stamp, (members) => [...members.filter(({ userId }) => !added.some((one) => one.userId === userId)), ...added])
        return { ...(await shown(after)), updated_users: added.map(({ userId }) => ({ user_id: userId })), updated_team_memberships: added.map((one) => membership(after, one)) }
      },
    }),
    defineRoute({
      ...writes, paths: ['/team/member_update'], summary: 'Changes a user\'s role and limits in a team.', body: updateBody, answer: placeAnswer,
      async handle({ body: { team_id, user_id, user_email, role: asked, ...limits }, principal, caller }) {
        const stamp = stampOf(options, caller)
        const team = await managed(principal, team_id)
        await checkBudget(options, limits.budget_id)
        const userId = await idOf({ user_id, user_email })
        if (!team.members.some((one) => one.userId === userId)) throw notFound('member')
        const after = await put(team, stamp, (members) => members.map((one) => (one.userId === userId ? patchMember(one, { ...limits, ...(asked && { role: asked }) }) : one)))
        const placed = after.members.find((one) => one.userId === userId)!
        return { team_id, user_id: userId, user_email: user_email ?? null, role: placed.role, max_budget_in_team: dollars(placed.maxBudget), budget_duration: placed.budgetDuration, rpm_limit: placed.rpmLimit, tpm_limit: placed.tpmLimit, budget_id: placed.budgetId }
      },
    }),
    defineRoute({
      ...writes, paths: ['/team/member_delete'], summary: 'Takes a user out of a team, and deletes its keys of the team.', body: deleteBody, answer: teamAnswer,
      async handle({ body: { team_id, ...named }, principal, caller }) {
        const stamp = stampOf(options, caller)
        const team = await managed(principal, team_id)
        const userId = await idOf(named)
        if (!team.members.some((one) => one.userId === userId)) throw notFound('member')
        const after = await put(team, stamp, (members) => members.filter((one) => one.userId !== userId))
        // A key of the team outlives its user's place there only without limits of that place: it goes too.
        for (const key of (await directory.keys.list({ filter: { teamId: team_id, userId }, limit: 1000 })).records) await directory.keys.delete(key.id, stamp)
        return shown(after)
      },
    }),
  ]
}
