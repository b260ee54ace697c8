import { type Author, newTeam, type Principal, type TeamFilter, type TeamRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { administers, adminOnly, managesOrganization, seesAll } from '../access.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, names } from '../fields.ts'
import { keyRow, keyRowAnswer } from '../keys/wire.ts'
import { numberParam, pageParam, skipped, textParam } from '../search-fields.ts'
import { all, authorOf, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { availableRoute } from './available.ts'
import { memberRoutes } from './members.ts'
import { teamModelRoutes } from './models.ts'
import { permissionRoutes } from './permissions.ts'
import { newTeamBody, patchTeam, type TeamFields, updateTeamBody } from './record.ts'
import { membership, membershipAnswer, teamAnswer, teamEntriesAnswer, teamToWire } from './wire.ts'

const whose = { organization_id: textParam('Id of the organization whose teams.'), user_id: textParam('Id of the user who is in them.') }
const listedTeamAnswer = v.object({ ...teamEntriesAnswer, team_memberships: v.array(membershipAnswer) })

/** `/team/*`. Proxy admins make and change teams, and admins of an organization those in it; members look at theirs. */
export function teamRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory } = options
  const { teams, keys, organizations } = directory
  const writes = { method: 'POST', permission: 'teams:write', tag: 'Teams' } as const
  const reads = { method: 'GET', permission: 'teams:read', tag: 'Teams' } as const

  const shown = async (team: TeamRecord) => teamToWire(team, await spendOf(options, { team }))
  const ensureMembers = async (team: TeamRecord, stamp: Author): Promise<void> => {
    for (const { userId } of team.members) await ensureUser(options, stamp, userId)
  }
  /** A team that the caller may change; others are as if they were not there. */
  const managed = async (principal: Principal | undefined, named: string): Promise<TeamRecord> => {
    const team = await teams.get(named)
    if (team && (await managesOrganization(directory, principal, team.organizationId))) return team
    throw notFound('team')
  }
  const checkOwners = async (principal: Principal | undefined, body: TeamFields): Promise<void> => {
    if (body.organization_id && (!(await organizations.get(body.organization_id)) || !(await managesOrganization(directory, principal, body.organization_id)))) throw notFound('organization')
    for (const one of [body.budget_id, ...(body.members_with_roles ?? []).map(({ budget_id }) => budget_id)]) await checkBudget(options, one)
  }

  /** Which of the teams that are asked for the caller may see. @throws `not_found` */
  const withinReach = async (principal: Principal | undefined, { organization_id: organizationId, user_id: wanted }: { readonly organization_id?: string | undefined; readonly user_id?: string | undefined }): Promise<TeamFilter> => {
    const self = principal?.user?.id
    const everything = seesAll(principal) || (organizationId !== undefined && (await managesOrganization(directory, principal, organizationId)))
    if (!everything && wanted !== undefined && wanted !== self) throw notFound('user')
    const member = everything ? wanted : (self ?? '')
    return { ...(organizationId !== undefined && { organizationId }), ...(member !== undefined && { member }) }
  }
  const oneOf = async (named: string, { organizationId, member, alias }: TeamFilter): Promise<{ readonly records: readonly TeamRecord[]; readonly total: number }> => {
    const team = await teams.get(named)
    const fits = team && (organizationId ?? team.organizationId) === team.organizationId && (alias ?? team.alias) === team.alias && (member === undefined || team.members.some(({ userId }) => userId === member))
    return fits ? { records: [team], total: 1 } : { records: [], total: 0 }
  }
  const listed = async (team: TeamRecord) => ({ ...(await shown(team)), team_memberships: team.members.map((one) => membership(team, one)) })

  const block = (blocked: boolean) => defineRoute({
    ...writes, paths: [blocked ? '/team/block' : '/team/unblock'], summary: blocked ? 'Blocks a team, and all its keys with it.' : 'Lets a blocked team in again.', body: v.strictObject({ team_id: id }), answer: teamAnswer,
    async handle({ body: { team_id }, principal, caller }) {
      await managed(principal, team_id)
      const stamp: Author = { ...authorOf(options, caller), action: blocked ? 'blocked' : 'unblocked' }
      return shown(await change(teams, team_id, 'team', stamp, (before) => ({ ...before, blocked })))
    },
  })

  return [
    defineRoute({
      ...writes, paths: ['/team/new'], summary: 'Makes a team.', body: newTeamBody,
      example: { team_alias: 'search', models: ['gpt-4o'], max_budget: 500, budget_duration: '30d' },
      answer: teamAnswer,
      async handle({ body: { team_id, admins, members, ...body }, principal, caller }) {
        if (!body.organization_id) adminOnly(principal, 'make teams outside of an organization')
        await checkOwners(principal, body)
        const stamp = authorOf(options, caller)
        const listed = [...(admins ?? []).map((user_id) => ({ user_id, role: 'admin' as const })), ...(members ?? []).map((user_id) => ({ user_id, role: 'user' as const })), ...(body.members_with_roles ?? [])]
        const team = patchTeam(newTeam(team_id ?? crypto.randomUUID(), stamp), { ...body, members_with_roles: listed }, stamp)
        await ensureMembers(team, stamp)
        const written = await teams.insert(team, stamp)
        if (written !== 'ok') throw refusedWrite(written, 'team')
        return shown(team)
      },
    }),
    defineRoute({
      ...writes, paths: ['/team/update'], summary: 'Changes a team: absent fields stay, null clears.', body: updateTeamBody,
      example: { team_id: 'search', tpm_limit: 100_000 },
      answer: v.object({ team_id: v.string(), data: teamAnswer }),
      async handle({ body: { team_id, ...body }, principal, caller }) {
        await managed(principal, team_id)
        await checkOwners(principal, body)
        const stamp = authorOf(options, caller)
        const after = await change(teams, team_id, 'team', stamp, (before) => patchTeam(before, body, stamp))
        await ensureMembers(after, stamp)
        return { team_id, data: await shown(after) }
      },
    }),
    block(true),
    block(false),
    defineRoute({
      ...writes, paths: ['/team/delete'], summary: 'Deletes teams with their keys: all that are named, or none.', body: v.strictObject({ team_ids: v.pipe(names, v.minLength(1, 'must name at least one')) }), answer: v.array(teamAnswer),
      async handle({ body: { team_ids }, principal, caller }) {
        const stamp = authorOf(options, caller)
        // All or nothing: every team is found before the first is deleted.
        const found = await Promise.all(team_ids.map((one) => managed(principal, one)))
        const rows = await Promise.all(found.map(shown))
        for (const team of found) {
          for (const key of await all(keys, { teamId: team.id })) await keys.delete(key.id, stamp)
          await teams.delete(team.id, stamp)
        }
        return rows
      },
    }),
    ...memberRoutes(options),
    ...permissionRoutes(options),
    availableRoute(options),
    ...teamModelRoutes(options, managed),
    defineRoute({
      ...reads, paths: ['/team/list'], summary: 'Teams: all for admins, for others those that they are in.', search: v.object(whose), answer: v.array(listedTeamAnswer),
      handle: async ({ search, principal }) => Promise.all((await all(teams, await withinReach(principal, search))).map(listed)),
    }),
    defineRoute({
      ...reads, paths: ['/v2/team/list'], summary: 'As /team/list, in pages, newest first.',
      search: v.object({ ...whose, team_id: textParam('Id of the team.'), team_alias: textParam('The alias of the team.'), page: pageParam, page_size: numberParam('Teams of a page.', 10, 100) }),
      answer: v.object({ teams: v.array(listedTeamAnswer), total: v.number(), page: v.number(), page_size: v.number(), total_pages: v.number() }),
      async handle({ search: { page, page_size: size, team_id: named, team_alias: alias, ...search }, principal }) {
        const filter = { ...(await withinReach(principal, search)), ...(alias !== undefined && { alias }) }
        const found = named === undefined ? await teams.list({ filter, skip: skipped(page, size), limit: size }) : await oneOf(named, filter)
        return { teams: await Promise.all(found.records.map(listed)), total: found.total, page, page_size: size, total_pages: Math.ceil(found.total / size) }
      },
    }),
    defineRoute({
      ...reads, paths: ['/team/info'], summary: 'One team, with its members and those of its keys that the caller may see.', search: v.object({ team_id: textParam('Id of the team; absent: the caller\'s.') }),
      answer: v.object({ team_id: v.string(), team_info: teamAnswer, keys: v.array(keyRowAnswer), team_memberships: v.array(membershipAnswer) }),
      async handle({ search: { team_id }, principal }) {
        const named = team_id ?? principal?.team?.id
        const team = named === undefined ? undefined : await teams.get(named)
        const self = principal?.user?.id
        const runsIt = team !== undefined && (seesAll(principal) || (await managesOrganization(directory, principal, team.organizationId)))
        const inTeam = team !== undefined && (principal?.team?.id === team.id || team.members.some(({ userId }) => userId === self))
        if (!team || !(runsIt || inTeam)) throw notFound('team')
        const seesKeys = runsIt || (self !== undefined && administers(self, team))
        const listed = await keys.list({ filter: { teamId: team.id, ...(!seesKeys && { userId: self ?? '' }) }, limit: 100 })
        const rows = await Promise.all(listed.records.map(async (key) => keyRow(key, await spendOf(options, { key }))))
        return { team_id: team.id, team_info: await shown(team), keys: rows, team_memberships: team.members.map((one) => membership(team, one)) }
      },
    }),
  ]
}
