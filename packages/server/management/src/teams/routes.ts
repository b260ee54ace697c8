import { newTeam, type Principal, type TeamRecord } from '@tianjillm/auth'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { administers, adminOnly, isAdmin, managesOrganization, seesAll } from '../access.ts'
import { withBody } from '../body.ts'
import { id, names } from '../fields.ts'
import { keyRow } from '../keys/wire.ts'
import { all, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf, stampOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { memberRoutes } from './members.ts'
import { newTeamBody, patchTeam, type TeamFields, updateTeamBody } from './record.ts'
import { membership, teamToWire } from './wire.ts'

/** `/team/*`. Proxy admins make and change teams, and admins of an organization those in it; members look at theirs. */
export function teamRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory } = options
  const { teams, keys, organizations } = directory

  const shown = async (team: TeamRecord): Promise<Record<string, unknown>> => teamToWire(team, await spendOf(options, { team }))
  const ensureMembers = async (team: TeamRecord, principal: Principal | undefined): Promise<void> => {
    for (const { userId } of team.members) await ensureUser(options, principal, userId)
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

  const create = withBody(newTeamBody, async ({ team_id, admins, members, ...body }, { principal }) => {
    if (!body.organization_id) adminOnly(principal, 'make teams outside of an organization')
    await checkOwners(principal, body)
    const stamp = stampOf(options, principal)
    const listed = [...(admins ?? []).map((user_id) => ({ user_id, role: 'admin' as const })), ...(members ?? []).map((user_id) => ({ user_id, role: 'user' as const })), ...(body.members_with_roles ?? [])]
    const team = patchTeam(newTeam(team_id ?? crypto.randomUUID(), stamp), { ...body, members_with_roles: listed }, stamp)
    await ensureMembers(team, principal)
    const written = await teams.insert(team)
    if (written !== 'ok') throw refusedWrite(written, 'team')
    return { status: 200, body: await shown(team) }
  })

  const update = withBody(updateTeamBody, async ({ team_id, ...body }, { principal }) => {
    await managed(principal, team_id)
    if (body.organization_id !== undefined && !isAdmin(principal)) throw new GatewayError('permission_denied', 'Only a proxy admin may move a team into or out of an organization.')
    await checkOwners(principal, body)
    const stamp = stampOf(options, principal)
    const after = await change(teams, team_id, 'team', (before) => patchTeam(before, body, stamp))
    await ensureMembers(after, principal)
    return { status: 200, body: { team_id, data: await shown(after) } }
  })

  const block = (blocked: boolean): ((query: Query) => Promise<QueryAnswer>) =>
    withBody(v.strictObject({ team_id: id }), async ({ team_id }, { principal }) => {
      await managed(principal, team_id)
      const stamp = stampOf(options, principal)
      return { status: 200, body: await shown(await change(teams, team_id, 'team', (before) => ({ ...before, blocked, updatedAt: stamp.now, updatedBy: stamp.by }))) }
    })

  const remove = withBody(v.strictObject({ team_ids: v.pipe(names, v.minLength(1, 'must name at least one')) }), async ({ team_ids }, { principal }) => {
    // All or nothing: every team is found before the first is deleted.
    const found = await Promise.all(team_ids.map((one) => managed(principal, one)))
    const rows = await Promise.all(found.map(shown))
    for (const team of found) {
      for (const key of await all(keys, { teamId: team.id })) await keys.delete(key.id)
      await teams.delete(team.id)
    }
    return { status: 200, body: rows }
  })

  const list = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const organizationId = search.get('organization_id') ?? undefined
    const wanted = search.get('user_id') ?? undefined
    const self = principal?.user?.id
    const everything = seesAll(principal) || (organizationId !== undefined && (await managesOrganization(directory, principal, organizationId)))
    if (!everything && wanted !== undefined && wanted !== self) throw notFound('user')
    const member = everything ? wanted : (self ?? '')
    const found = await all(teams, { ...(organizationId !== undefined && { organizationId }), ...(member !== undefined && { member }) })
    return { status: 200, body: await Promise.all(found.map(async (team) => ({ ...(await shown(team)), team_memberships: team.members.map((one) => membership(team, one)) }))) }
  }

  const info = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const named = search.get('team_id') ?? principal?.team?.id
    const team = named === undefined ? undefined : await teams.get(named)
    const self = principal?.user?.id
    const runsIt = team !== undefined && (seesAll(principal) || (await managesOrganization(directory, principal, team.organizationId)))
    const inTeam = team !== undefined && (principal?.team?.id === team.id || team.members.some(({ userId }) => userId === self))
    if (!team || !(runsIt || inTeam)) throw notFound('team')
    const seesKeys = runsIt || (self !== undefined && administers(self, team))
    const listed = await keys.list({ filter: { teamId: team.id, ...(!seesKeys && { userId: self ?? '' }) }, limit: 100 })
    const rows = await Promise.all(listed.records.map(async (key) => keyRow(key, await spendOf(options, { key }))))
    return { status: 200, body: { team_id: team.id, team_info: await shown(team), keys: rows, team_memberships: team.members.map((one) => membership(team, one)) } }
  }

  return [
    { kind: 'query', method: 'POST', paths: ['/team/new'], permission: 'teams:write', answer: create },
    { kind: 'query', method: 'POST', paths: ['/team/update'], permission: 'teams:write', answer: update },
    { kind: 'query', method: 'POST', paths: ['/team/block'], permission: 'teams:write', answer: block(true) },
    { kind: 'query', method: 'POST', paths: ['/team/unblock'], permission: 'teams:write', answer: block(false) },
    { kind: 'query', method: 'POST', paths: ['/team/delete'], permission: 'teams:write', answer: remove },
    ...memberRoutes(options),
    { kind: 'query', method: 'GET', paths: ['/team/list'], permission: 'teams:read', answer: list },
    { kind: 'query', method: 'GET', paths: ['/team/info'], permission: 'teams:read', answer: info },
  ]
}
