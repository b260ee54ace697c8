import type { Author, Principal, TeamMember, TeamRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { adminOnly, managesMembers } from '../access.ts'
import { numberOrNone, textOrNone } from '../answer-fields.ts'
import { each } from '../bulk.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, patch } from '../fields.ts'
import { dollars } from '../limit-fields.ts'
import { all, authorOf, change, checkBudget, type ManagementOptions, notFound, spendOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { userIdOf, who } from '../users/find-user.ts'
import { joins } from './available.ts'
import { memberLimits, newMember, patchMember, role } from './record.ts'
import { membership, membershipAnswer, teamAnswer, teamEntriesAnswer, teamToWire } from './wire.ts'

const member = v.strictObject({ ...who, role: v.optional(role, 'user') })
const addBody = v.strictObject({ team_id: id, member: v.union([member, v.array(member)], 'must be a member or a list of members'), ...memberLimits })
const bulkAddBody = v.strictObject({ team_id: id, members: patch(v.pipe(v.array(member), v.maxLength(500, 'holds more than 500'))), all_users: v.optional(v.boolean(), false), ...memberLimits })
const bulkAddAnswer = v.object({
  team_id: v.string(), total_requested: v.number(), successful_additions: v.number(), failed_additions: v.number(), updated_team: teamAnswer,
  results: v.array(v.object({ user_id: textOrNone, user_email: textOrNone, success: v.boolean(), error: textOrNone, updated_team_membership: v.nullable(membershipAnswer) })),
})
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
  const joining = async (team: TeamRecord, one: v.InferOutput<typeof member>, limits: Parameters<typeof patchMember>[1]): Promise<TeamMember> => {
    const userId = await idOf(one)
    if (team.members.some((other) => other.userId === userId)) throw new GatewayError('already_exists', `The user ${JSON.stringify(userId)} is in the team already. POST /team/member_update changes its place.`, { param: 'member' })
    return patchMember(newMember(userId), { ...limits, role: one.role })
  }
  const join = async (team: TeamRecord, stamp: Author, added: readonly TeamMember[]): Promise<TeamRecord> => {
    for (const { userId } of added) await ensureUser(options, stamp, userId)
    return put(team, stamp, (members) => [...members.filter(({ userId }) => !added.some((one) => one.userId === userId)), ...added])
  }
  const shown = async (team: TeamRecord) => teamToWire(team, await spendOf(options, { team }))

  return [
    defineRoute({
      ...writes, paths: ['/team/member_add'], summary: 'Puts users into a team; users put themselves into one that is held open (GET /team/available).', body: addBody,
      answer: v.object({ ...teamEntriesAnswer, updated_users: v.array(v.object({ user_id: v.string() })), updated_team_memberships: v.array(membershipAnswer) }),
      async handle({ body: { team_id, member: given, ...limits }, principal, caller }) {
        const stamp = authorOf(options, caller)
        const open = await teams.get(team_id)
        const team = open && joins(options, principal, open, { member: given, limits }) ? open : await managed(principal, team_id)
        await checkBudget(options, limits.budget_id)
        const added: TeamMember[] = []
        for (const one of [given].flat()) added.push(await joining(team, one, limits))
        const after = await join(team, stamp, added)
        return { ...(await shown(after)), updated_users: added.map(({ userId }) => ({ user_id: userId })), updated_team_memberships: added.map((one) => membership(after, one)) }
      },
    }),
    defineRoute({
      ...writes, paths: ['/team/bulk_member_add'], summary: 'Puts up to 500 users, or all, into a team; each is added, or told as failed.', body: bulkAddBody, answer: bulkAddAnswer,
      async handle({ body: { team_id, members, all_users: everybody, ...limits }, principal, caller }) {
        const team = await managed(principal, team_id)
        await checkBudget(options, limits.budget_id)
        if (everybody) adminOnly(principal, 'put all users into a team')
        const wanted = everybody ? (await all(directory.users)).map(({ id: user_id }) => ({ user_id, role: 'user' as const })) : (members ?? [])
        if (wanted.length === 0) throw new GatewayError('invalid_request', 'Name at least one user in `members`, or send `all_users: true`.', { param: 'members' })
        const { done, failed } = await each(wanted, (one) => joining(team, one, limits))
        const added = [...new Map(done.map(({ result }) => [result.userId, result])).values()]
        const after = added.length > 0 ? await join(team, authorOf(options, caller), added) : team
        const named = ({ user_id, user_email }: v.InferOutput<typeof member>) => ({ user_id: user_id ?? null, user_email: user_email ?? null })
        return {
          team_id, total_requested: wanted.length, successful_additions: done.length, failed_additions: failed.length, updated_team: await shown(after),
          results: [
            ...done.map(({ item, result }) => ({ ...named(item), user_id: result.userId, success: true, error: null, updated_team_membership: membership(after, result) })),
            ...failed.map(({ item, reason }) => ({ ...named(item), success: false, error: reason, updated_team_membership: null })),
          ],
        }
      },
    }),
    defineRoute({
      ...writes, paths: ['/team/member_update'], summary: 'Changes a user\'s role and limits in a team.', body: updateBody, answer: placeAnswer,
      async handle({ body: { team_id, user_id, user_email, role: asked, ...limits }, principal, caller }) {
        const stamp = authorOf(options, caller)
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
        const stamp = authorOf(options, caller)
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
