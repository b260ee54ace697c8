import { newUser, type Stamp, type UserRecord } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { adminOnly, seesAll } from '../access.ts'
import { whole } from '../query.ts'
import { withBody } from '../body.ts'
import { budgetTable } from '../budgets/wire.ts'
import { duration, id, inert, instant, metadata, names, patch, patched, text } from '../fields.ts'
import { holderEntries, limitsToWire, patchHolder } from '../limit-fields.ts'
import { makeKey } from '../keys/make-key.ts'
import { keyRow } from '../keys/wire.ts'
import { all, change, checkBudget, type ManagementOptions, notFound, refusedWrite, type Spent, spendOf, stampOf } from '../service.ts'
import { withDefaults } from './defaults.ts'

const entries = {
  user_email: patch(v.pipe(v.string(), v.email('must be an e-mail address'))),
  user_alias: patch(text),
  user_role: patch(v.picklist(['proxy_admin', 'proxy_admin_viewer', 'internal_user', 'internal_user_viewer'])),
  models: patch(names),
  metadata: patch(metadata),
  blocked: patch(v.boolean()),
  ...holderEntries,
  ...inert('teams', 'organizations', 'sso_user_id', 'password', 'send_invite_email', 'guardrails', 'policies', 'prompts', 'permissions', 'config', 'spend', 'object_permission', 'allowed_cache_controls'),
}
const newBody = v.strictObject({ ...entries, user_id: v.optional(v.nullable(id)), auto_create_key: v.optional(v.boolean(), true), key_alias: patch(text), duration: patch(duration), team_id: patch(id) })
const updateBody = v.strictObject({ ...entries, user_id: v.optional(id), user_email: patch(v.pipe(v.string(), v.email('must be an e-mail address'))) })
type UserFields = Omit<v.InferOutput<typeof updateBody>, 'user_id'>

/** `/user/*`. Only admins make and change users: a role, a budget or a list of models is theirs to give. */
export function userRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory } = options
  const { users, keys, teams } = directory

  const create = withBody(newBody, async ({ user_id, auto_create_key, key_alias, duration: keyDuration, team_id, ...body }, { principal }) => {
    adminOnly(principal, 'make users')
    await checkBudget(options, body.budget_id)
    const at = stampOf(options, principal)
    const user = patchUser(withDefaults(newUser(user_id ?? crypto.randomUUID(), at), options.newUsers), body, at)
    if (team_id && !(await teams.get(team_id))) throw notFound('team')
    const written = await users.insert(user)
    if (written !== 'ok') throw refusedWrite(written, 'user')
    const wire = userToWire(user, await spendOf(options, { user }))
    if (!auto_create_key) return { status: 200, body: { ...wire, key: null } }
    const { key, record } = makeKey({ user_id: user.id, ...(key_alias !== undefined && { key_alias }), ...(keyDuration !== undefined && { duration: keyDuration }), ...(team_id !== undefined && { team_id }) }, at)
    const stored = await keys.insert(record)
    if (stored !== 'ok') throw refusedWrite(stored, 'key')
    return { status: 200, body: { ...keyRow(record, await spendOf(options, { key: record })), ...wire, key } }
  })

  const update = withBody(updateBody, async ({ user_id, ...body }, { principal }) => {
    adminOnly(principal, 'change users')
    const byEmail = user_id === undefined && body.user_email ? (await users.list({ filter: { email: body.user_email }, limit: 1 })).records[0]?.id : undefined
    const named = user_id ?? byEmail
    if (named === undefined) throw notFound('user')
    await checkBudget(options, body.budget_id)
    const at = stampOf(options, principal)
    const after = await change(users, named, 'user', (before) => patchUser(before, body, at))
    return { status: 200, body: await shown(after) }
  })

  const answerInfo = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const named = search.get('user_id') ?? principal?.user?.id
    const user = named === undefined ? undefined : await users.get(named)
    if (!user || !(seesAll(principal) || principal?.user?.id === user.id)) throw notFound('user')
    const own = await keys.list({ filter: { userId: user.id }, limit: 100 })
    const rows = await Promise.all(own.records.map(async (key) => keyRow(key, await spendOf(options, { key }))))
    const info = await shown(user)
    return { status: 200, body: { user_id: user.id, user_info: info, keys: rows, teams: info['teams'] } }
  }

  const shown = async (user: UserRecord): Promise<Record<string, unknown>> => {
    const spent = await spendOf(options, { user })
    const { records } = await teams.list({ filter: { member: user.id }, limit: 100 })
    return { ...userToWire(user, spent), teams: records.map((team) => team.id) }
  }

  const remove = withBody(v.strictObject({ user_ids: v.pipe(v.array(id), v.minLength(1, 'must name at least one'), v.maxLength(500, 'holds too many')) }), async ({ user_ids }, { principal }) => {
    adminOnly(principal, 'delete users')
    // All or nothing: every user is found before the first is deleted.
    for (const one of user_ids) if (!(await users.get(one))) throw notFound('user')
    const { now, by } = stampOf(options, principal)
    for (const one of user_ids) {
      for (const key of await all(keys, { userId: one })) await keys.delete(key.id)
      const without = <R extends { readonly members: readonly { readonly userId: string }[] }>(before: R): R => ({ ...before, members: before.members.filter(({ userId }) => userId !== one), updatedAt: now, updatedBy: by })
      for (const team of await all(teams, { member: one })) await change(teams, team.id, 'team', without)
      for (const organization of await all(directory.organizations, { member: one })) await change(directory.organizations, organization.id, 'organization', without)
      await users.delete(one)
    }
    return { status: 200, body: { deleted_users: user_ids.length, message: `Deleted ${user_ids.length} users, with their keys and their places in teams and organizations.` } }
  })

  const list = async ({ search }: Query): Promise<QueryAnswer> => {
    const page = whole(search, 'page', 1, 1_000_000)
    const size = whole(search, 'page_size', 25, 100)
    const role = search.get('role') ?? undefined
    if (role !== undefined && !isRole(role)) throw new GatewayError('invalid_request', '`role` must be one of proxy_admin, proxy_admin_viewer, internal_user, internal_user_viewer.', { param: 'role' })
    const email = search.get('user_email') ?? undefined
    const named = search.get('user_ids')
    const { records, total } = named === null
      ? await users.list({ filter: { ...(role !== undefined && { role }), ...(email !== undefined && { email }) }, skip: (page - 1) * size, limit: size })
      : await Promise.all(named.split(',').slice(0, size).map((one) => users.get(one))).then((found) => found.filter((user) => user !== undefined)).then((found) => ({ records: found, total: found.length }))
    const rows = await Promise.all(records.map(async (user) => ({ ...(await shown(user)), key_count: (await keys.list({ filter: { userId: user.id }, limit: 1 })).total })))
    return { status: 200, body: { users: rows, total, page, page_size: size, total_pages: Math.ceil(total / size) } }
  }

  return [
    { kind: 'query', method: 'POST', paths: ['/user/delete'], permission: 'users:write', answer: remove },
    { kind: 'query', method: 'GET', paths: ['/user/list', '/user/get_users'], permission: 'users:read', answer: async (query) => {
      if (!seesAll(query.principal)) throw new GatewayError('permission_denied', 'Only admins may list users.')
      return list(query)
    } },
    { kind: 'query', method: 'POST', paths: ['/user/new'], permission: 'users:write', answer: create },
    { kind: 'query', method: 'POST', paths: ['/user/update'], permission: 'users:write', answer: update },
    { kind: 'query', method: 'GET', paths: ['/user/info'], permission: 'users:read', answer: answerInfo },
  ]
}

function isRole(text: string): text is UserRecord['role'] {
  return text === 'proxy_admin' || text === 'proxy_admin_viewer' || text === 'internal_user' || text === 'internal_user_viewer'
}

function patchUser(before: UserRecord, body: UserFields, { now, by }: Stamp): UserRecord {
  return {
    ...before,
    ...patchHolder(before, body),
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

function userToWire(user: UserRecord, { spend, resetsAt, budget }: Spent): Record<string, unknown> {
  return {
    user_id: user.id, user_email: user.email, user_alias: user.alias, user_role: user.role, models: user.models, metadata: user.metadata, blocked: user.blocked, spend, teams: [],
    ...limitsToWire(user), budget_reset_at: instant(resetsAt), budget_id: user.budgetId, litellm_budget_table: budgetTable(budget), created_at: instant(user.createdAt), created_by: user.createdBy, updated_at: instant(user.updatedAt), updated_by: user.updatedBy,
  }
}
