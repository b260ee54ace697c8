import type { Principal, UserRecord } from '@tianjillm/auth'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { adminOnly, seesAll } from '../access.ts'
import { withBody } from '../body.ts'
import { duration, id, inert, instant, limitEntries, limitsToWire, metadata, names, patch, patched, patchLimits, text } from '../fields.ts'
import { makeKey } from '../keys/make-key.ts'
import { keyRow } from '../keys/wire.ts'
import { actor, change, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { blankUser } from './ensure-user.ts'

const entries = {
  user_email: patch(v.pipe(v.string(), v.email('must be an e-mail address'))),
  user_alias: patch(text),
  user_role: patch(v.picklist(['proxy_admin', 'proxy_admin_viewer', 'internal_user', 'internal_user_viewer'])),
  models: patch(names),
  metadata: patch(metadata),
  blocked: patch(v.boolean()),
  ...limitEntries,
  ...inert('teams', 'organizations', 'sso_user_id', 'password', 'send_invite_email', 'guardrails', 'policies', 'prompts', 'permissions', 'config', 'spend', 'budget_id', 'object_permission', 'allowed_cache_controls'),
}
const newBody = v.strictObject({ ...entries, user_id: v.optional(v.nullable(id)), auto_create_key: v.optional(v.boolean(), true), key_alias: patch(text), duration: patch(duration), team_id: patch(id) })
const updateBody = v.strictObject({ ...entries, user_id: v.optional(id), user_email: patch(v.pipe(v.string(), v.email('must be an e-mail address'))) })
type UserFields = Omit<v.InferOutput<typeof updateBody>, 'user_id'>

/** `/user/*`. Only admins make and change users: a role, a budget or a list of models is theirs to give. */
export function userRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory: { users, keys, teams }, clock } = options

  const create = withBody(newBody, async ({ user_id, auto_create_key, key_alias, duration: keyDuration, team_id, ...body }, { principal }) => {
    adminOnly(principal, 'make users')
    const at = stamp(clock.now(), principal)
    const user = patchUser(blankUser(user_id ?? crypto.randomUUID(), at.now, at.by), body, at)
    if (team_id && !(await teams.get(team_id))) throw notFound('team')
    const written = await users.insert(user)
    if (written !== 'ok') throw refusedWrite(written, 'user')
    const wire = userToWire(user, 0, null)
    if (!auto_create_key) return { status: 200, body: { ...wire, key: null } }
    const { key, record } = makeKey({ user_id: user.id, ...(key_alias !== undefined && { key_alias }), ...(keyDuration !== undefined && { duration: keyDuration }), ...(team_id !== undefined && { team_id }) }, at)
    const stored = await keys.insert(record)
    if (stored !== 'ok') throw refusedWrite(stored, 'key')
    return { status: 200, body: { ...keyRow(record, 0, null), ...wire, key } }
  })

  const update = withBody(updateBody, async ({ user_id, ...body }, { principal }) => {
    adminOnly(principal, 'change users')
    const byEmail = user_id === undefined && body.user_email ? (await users.list({ filter: { email: body.user_email }, limit: 1 })).records[0]?.id : undefined
    const named = user_id ?? byEmail
    if (named === undefined) throw notFound('user')
    const at = stamp(clock.now(), principal)
    const after = await change(users, named, 'user', (before) => patchUser(before, body, at))
    return { status: 200, body: await shown(after) }
  })

  const answerInfo = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const named = search.get('user_id') ?? principal?.user?.id
    const user = named === undefined ? undefined : await users.get(named)
    if (!user || !(seesAll(principal) || principal?.user?.id === user.id)) throw notFound('user')
    const own = await keys.list({ filter: { userId: user.id }, limit: 100 })
    const rows = await Promise.all(own.records.map(async (key) => {
      const { spend, resetsAt } = await spendOf(options, { key })
      return keyRow(key, spend, resetsAt)
    }))
    const info = await shown(user)
    return { status: 200, body: { user_id: user.id, user_info: info, keys: rows, teams: info['teams'] } }
  }

  const shown = async (user: UserRecord): Promise<Record<string, unknown>> => {
    const { spend, resetsAt } = await spendOf(options, { user })
    const { records } = await teams.list({ filter: { member: user.id }, limit: 100 })
    return { ...userToWire(user, spend, resetsAt), teams: records.map((team) => team.id) }
  }

  return [
    { kind: 'query', method: 'POST', paths: ['/user/new'], permission: 'users:write', answer: create },
    { kind: 'query', method: 'POST', paths: ['/user/update'], permission: 'users:write', answer: update },
    { kind: 'query', method: 'GET', paths: ['/user/info'], permission: 'users:read', answer: answerInfo },
  ]
}

function stamp(now: number, principal: Principal | undefined): { now: number; by: string } {
  return { now, by: actor(principal) }
}

function patchUser(before: UserRecord, body: UserFields, { now, by }: { now: number; by: string }): UserRecord {
  return {
    ...before,
    ...patchLimits(before, body),
    email: patched(body.user_email, before.email, null),
    alias: patched(body.user_alias, before.alias, null),
    role: patched(body.user_role, before.role, 'internal_user'),
    models: patched(body.models, before.models, []),
    metadata: patched(body.metadata, before.metadata, {}),
    blocked: patched(body.blocked, before.blocked, false),
    updatedAt: now,
    updatedBy: by,
  }
}

function userToWire(user: UserRecord, spend: number, resetsAt: number | null): Record<string, unknown> {
  return {
    user_id: user.id, user_email: user.email, user_alias: user.alias, user_role: user.role, models: user.models, metadata: user.metadata, blocked: user.blocked, spend, teams: [],
    ...limitsToWire(user), budget_reset_at: instant(resetsAt), created_at: instant(user.createdAt), created_by: user.createdBy, updated_at: instant(user.updatedAt), updated_by: user.updatedBy,
  }
}
