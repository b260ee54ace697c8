import { noLimits, type TeamMember, type TeamRecord } from '@tianjillm/auth'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { adminOnly, seesAll } from '../access.ts'
import { withBody } from '../body.ts'
import { id, inert, instant, limitEntries, limitsToWire, metadata, names, patch, patched, patchLimits, text, usd } from '../fields.ts'
import { keyRow } from '../keys/wire.ts'
import { actor, change, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'

const member = v.strictObject({ user_id: id, role: v.optional(v.picklist(['admin', 'user']), 'user'), max_budget_in_team: patch(usd) })
const entries = {
  team_alias: patch(text),
  organization_id: patch(id),
  members_with_roles: patch(v.array(member)),
  models: patch(names),
  model_aliases: patch(v.record(text, text)),
  metadata: patch(metadata),
  tags: patch(names),
  blocked: patch(v.boolean()),
  team_member_budget: patch(usd),
  ...limitEntries,
  ...inert(
    'team_member_permissions', 'tpm_limit_type', 'rpm_limit_type', 'router_settings', 'access_group_ids', 'guardrails', 'policies', 'prompts', 'object_permission', 'allowed_passthrough_routes',
    'allowed_vector_store_indexes', 'secret_manager_settings', 'team_member_budget_duration', 'team_member_rpm_limit', 'team_member_tpm_limit', 'team_member_key_duration',
    'enforced_batch_output_expires_after', 'enforced_file_expires_after', 'budget_id',
  ),
}
const newBody = v.strictObject({ ...entries, team_id: v.optional(v.nullable(id)), admins: patch(v.array(id)), members: patch(v.array(id)) })
const updateBody = v.strictObject({ ...entries, team_id: id })
type TeamFields = Omit<v.InferOutput<typeof updateBody>, 'team_id'>

/** `/team/*`. Only admins make and change teams; members look at theirs. */
export function teamRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory: { teams, keys }, clock } = options

  const shown = async (team: TeamRecord): Promise<Record<string, unknown>> => {
    const { spend, resetsAt } = await spendOf(options, { team })
    return teamToWire(team, spend, resetsAt)
  }
  const ensureMembers = async (team: TeamRecord, principal: Query['principal']): Promise<void> => {
    for (const { userId } of team.members) await ensureUser(options, principal, userId)
  }

  const create = withBody(newBody, async ({ team_id, admins, members, ...body }, { principal }) => {
    adminOnly(principal, 'make teams')
    const now = clock.now()
    const by = actor(principal)
    const listed = [...(admins ?? []).map((user_id) => ({ user_id, role: 'admin' as const })), ...(members ?? []).map((user_id) => ({ user_id, role: 'user' as const })), ...(body.members_with_roles ?? [])]
    const blank: TeamRecord = {
      ...noLimits, id: team_id ?? crypto.randomUUID(), alias: null, organizationId: null, models: [], modelAliases: {}, members: [], blocked: false, tags: [], metadata: {},
      createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1,
    }
    const team = patchTeam(blank, { ...body, members_with_roles: listed }, now, by)
    await ensureMembers(team, principal)
    const written = await teams.insert(team)
    if (written !== 'ok') throw refusedWrite(written, 'team')
    return { status: 200, body: await shown(team) }
  })

  const update = withBody(updateBody, async ({ team_id, ...body }, { principal }) => {
    adminOnly(principal, 'change teams')
    const now = clock.now()
    const after = await change(teams, team_id, 'team', (before) => patchTeam(before, body, now, actor(principal)))
    await ensureMembers(after, principal)
    return { status: 200, body: { team_id, data: await shown(after) } }
  })

  const block = (blocked: boolean): ((query: Query) => Promise<QueryAnswer>) =>
    withBody(v.strictObject({ team_id: id }), async ({ team_id }, { principal }) => {
      adminOnly(principal, 'block and unblock teams')
      const now = clock.now()
      const after = await change(teams, team_id, 'team', (before) => ({ ...before, blocked, updatedAt: now, updatedBy: actor(principal) }))
        return { status: 200, body: await shown(after) }
    })

  const info = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const named = search.get('team_id') ?? principal?.team?.id
    const team = named === undefined ? undefined : await teams.get(named)
    const inTeam = team !== undefined && (principal?.team?.id === team.id || team.members.some(({ userId }) => userId === principal?.user?.id))
    if (!team || !(seesAll(principal) || inTeam)) throw notFound('team')
    const all = seesAll(principal) || team.members.some(({ userId, role }) => userId === principal?.user?.id && role === 'admin')
    const listed = await keys.list({ filter: { teamId: team.id, ...(!all && { userId: principal?.user?.id ?? '' }) }, limit: 100 })
    const rows = await Promise.all(listed.records.map(async (key) => {
      const { spend, resetsAt } = await spendOf(options, { key })
      return keyRow(key, spend, resetsAt)
    }))
    return { status: 200, body: { team_id: team.id, team_info: await shown(team), keys: rows, team_memberships: team.members.map((one) => membership(team, one)) } }
  }

  return [
    { kind: 'query', method: 'POST', paths: ['/team/new'], permission: 'teams:write', answer: create },
    { kind: 'query', method: 'POST', paths: ['/team/update'], permission: 'teams:write', answer: update },
    { kind: 'query', method: 'POST', paths: ['/team/block'], permission: 'teams:write', answer: block(true) },
    { kind: 'query', method: 'POST', paths: ['/team/unblock'], permission: 'teams:write', answer: block(false) },
    { kind: 'query', method: 'GET', paths: ['/team/info'], permission: 'teams:read', answer: info },
  ]
}

function patchTeam(before: TeamRecord, body: TeamFields, now: number, by: string): TeamRecord {
  const given = body.members_with_roles?.map(({ user_id, role, max_budget_in_team }): TeamMember => ({ userId: user_id, role: role ?? 'user', maxBudget: max_budget_in_team ?? null }))
  const members = patched(body.members_with_roles === null ? null : given, before.members, [])
  const budget = body.team_member_budget
  return {
    ...before,
    ...patchLimits(before, body),
    alias: patched(body.team_alias, before.alias, null),
    organizationId: patched(body.organization_id, before.organizationId, null),
    models: patched(body.models, before.models, []),
    modelAliases: patched(body.model_aliases, before.modelAliases, {}),
    // What every member may spend that has no budget of its own yet.
    members: budget === undefined || budget === null ? members : members.map((one) => (one.maxBudget === null ? { ...one, maxBudget: budget } : one)),
    metadata: patched(body.metadata, before.metadata, {}),
    tags: patched(body.tags, before.tags, []),
    blocked: patched(body.blocked, before.blocked, false),
    updatedAt: now,
    updatedBy: by,
  }
}

function membership(team: TeamRecord, { userId, maxBudget }: TeamMember): object {
  return { team_id: team.id, user_id: userId, budget_id: null, litellm_budget_table: maxBudget === null ? null : { max_budget: maxBudget / 1_000_000_000 } }
}

function teamToWire(team: TeamRecord, spend: number, resetsAt: number | null): Record<string, unknown> {
  return {
    team_id: team.id, team_alias: team.alias, organization_id: team.organizationId, models: team.models, model_aliases: team.modelAliases, metadata: team.metadata, tags: team.tags, blocked: team.blocked, spend,
    members_with_roles: team.members.map(({ userId, role, maxBudget }) => ({ user_id: userId, role, max_budget_in_team: maxBudget === null ? null : maxBudget / 1_000_000_000 })),
    admins: team.members.filter(({ role }) => role === 'admin').map(({ userId }) => userId), members: team.members.map(({ userId }) => userId),
    ...limitsToWire(team), budget_reset_at: instant(resetsAt), created_at: instant(team.createdAt), updated_at: instant(team.updatedAt),
  }
}
