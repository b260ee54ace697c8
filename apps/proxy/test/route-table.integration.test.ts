import { type Permission, type Role, roleHolds } from '@tianjillm/auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manage, type Reply, unique } from './management-client.ts'
import { startProxy } from './start-proxy.ts'

interface Schema {
  readonly type?: string
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}
interface Operation {
  readonly description: string
  readonly tags: readonly string[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
}

/** What this file's tests know to be decided by the handler: the permission alone does not open these. */
const forProxyAdmins = new Set([
  'POST /key/block', 'POST /key/unblock', 'POST /key/bulk_update', 'POST /team/new', 'GET /user/list', 'GET /user/get_users', 'POST /organization/new', 'PATCH /organization/update', 'POST /organization/update', 'DELETE /organization/delete', 'POST /organization/delete',
])
const groups = new Set(['Keys', 'Teams', 'Users', 'Organizations', 'Budgets', 'Customers', 'Tags', 'Limits', 'Audit', 'Spend', 'Cache'])

describe('every management route of the document', async () => {
  const proxy = await startProxy({ config: { model_list: [], litellm_settings: { cache: true } } })
  const { send, post, get, make } = manage(() => proxy)
  const { paths } = (await (await proxy.fetch('/openapi.json')).json()) as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).flatMap(([method, operation]) => {
    const permission = /Permission: `([^`]+)`/.exec(operation.description ?? '')?.[1] as Permission | undefined
    return permission === undefined || permission === 'public' || !operation.tags.some((tag) => groups.has(tag)) ? [] : [{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'none'), permission, body: operation.requestBody?.content['application/json'].schema }]
  }))
  const bodied = routes.flatMap((route) => (route.body?.properties ? [{ ...route, fields: route.body.properties }] : []))
  const callers = new Map<Role | 'nobody', string>()
  beforeAll(async () => {
    for (const user_role of ['proxy_admin', 'proxy_admin_viewer', 'internal_user', 'internal_user_viewer'] as const) callers.set(user_role, (await make('/user/new', { user_role })).key)
    callers.set('nobody', (await make('/key/generate', {})).key)
  })
  afterAll(() => proxy[Symbol.asyncDispose]())

  it('is there: more than sixty ways in', () => {
    expect(routes.length).toBeGreaterThan(60)
  })

  it.each(routes)('$name: each role gets in or is refused as $permission is granted, and nobody without a key', async ({ name, method, path, permission }) => {
    // A body that no route accepts: who gets in is told so, and nothing is done.
    const body = method === 'GET' ? undefined : { no_such_field: 1 }
    const statuses = await Promise.all([...callers].map(async ([role, key]) => [role, (await send(method, path, body, key)).status] as const))
    for (const [role, status] of statuses) {
      const holds = roleHolds(role === 'nobody' ? 'internal_user_viewer' : role, permission)
      const mayRefuse = role !== 'proxy_admin' && forProxyAdmins.has(name)
      expect(holds ? [200, 400, 404, 422, ...(mayRefuse ? [403] : [])] : [403], `${role}: ${status}`).toContain(status)
    }
    expect((await fetch(proxy.url + path, { method, ...(body && { body: JSON.stringify(body) }) })).status).toBe(401)
  })

  it.each(bodied)('$name: an unknown field, and a wrong type of each field, are told by name', async ({ method, path, fields }) => {
    const refused = async (body: object, field: string): Promise<void> => {
      const { status, body: said } = await send(method, path, body)
      expect(status, field).toBe(422)
      expect((said['detail'] as readonly { loc: readonly unknown[] }[]).some(({ loc }) => loc[1] === field), `${field}: ${JSON.stringify(said['detail'])}`).toBe(true)
    }
    await refused({ no_such_field: 1 }, 'no_such_field')
    for (const [field, schema] of Object.entries(fields)) await refused({ [field]: misfit(schema) }, field)
  })

  it.each(bodied)('$name: fields for proxy admins are refused to all others, by name', async ({ method, path, fields, permission, body }) => {
    const marked = Object.entries(fields).filter(([, { description }]) => description === 'For proxy admins only.')
    for (const [field, schema] of marked) {
      const required = Object.fromEntries((body?.required ?? []).map((name) => [name, 'none']))
      for (const [role, key] of callers) {
        if (role === 'proxy_admin' || !roleHolds(role === 'nobody' ? 'internal_user_viewer' : role, permission)) continue
        const { status, body: said } = await send(method, path, { ...required, [field]: fitting(field, schema) }, key)
        expect([status, said.error.param], `${role} ${field}`).toEqual([403, field])
      }
    }
    expect(marked.length).toBeGreaterThanOrEqual(/^\/key\/(?:generate|update|none\/regenerate)$/.test(path) ? 2 : 0)
  })

  describe('patches', () => {
    const limits = { max_budget: 5, soft_budget: 4, budget_duration: '30d', rpm_limit: 3, tpm_limit: 2, max_parallel_requests: 1, model_rpm_limit: { a: 1 }, model_tpm_limit: { a: 2 } }
    const kinds: readonly (readonly [string, string, () => Promise<object>, (more: object) => Promise<Reply>, (reply: Reply) => unknown, object])[] = [
      ['key', '/key/update', async () => ({ key: (await make('/key/generate', {})).key }), (body) => post('/key/update', body), ({ body }) => body, { ...limits, key_alias: unique(), models: ['m'], aliases: { a: 'b' }, metadata: { a: 1 }, tags: ['t'], allowed_routes: ['/key/*'], duration: '1d', blocked: true }],
      ['team', '/team/update', async () => ({ team_id: (await make('/team/new', {}))['team_id'] }), (body) => post('/team/update', body), ({ body }) => body['data'], { ...limits, team_alias: 'a', models: ['m'], model_aliases: { a: 'b' }, metadata: { a: 1 }, tags: ['t'], blocked: true, team_member_budget: 1, team_member_rpm_limit: 1 }],
      ['user', '/user/update', async () => ({ user_id: (await make('/user/new', { auto_create_key: false }))['user_id'] }), (body) => post('/user/update', body), ({ body }) => body, { ...limits, user_alias: 'a', user_email: `${unique()}@example.com`, models: ['m'], metadata: { a: 1 }, blocked: true, user_role: 'proxy_admin_viewer' }],
      ['organization', '/organization/update', async () => ({ organization_id: (await make('/organization/new', {}))['organization_id'] }), (body) => post('/organization/update', body), ({ body }) => body, { ...limits, organization_alias: 'a', models: ['m'], metadata: { a: 1 }, blocked: true }],
      ['budget', '/budget/update', async () => ({ budget_id: (await make('/budget/new', {}))['budget_id'] }), (body) => post('/budget/update', body), ({ body }) => body, limits],
      ['customer', '/customer/update', async () => ({ user_id: (await make('/customer/new', { user_id: unique() }))['user_id'] }), (body) => post('/customer/update', body), ({ body }) => body, { ...limits, alias: 'a', blocked: true, allowed_model_region: 'eu', metadata: { a: 1 } }],
      ['tag', '/tag/update', async () => ({ name: ((await make('/tag/new', { name: unique() }))['tag'] as { name: string }).name }), (body) => post('/tag/update', body), ({ body }) => body['tag'], { ...limits, description: 'd', models: ['m'] }],
    ]
    it.each(kinds)('%s: absent keeps, null clears, 0 is zero, for each field', async (_kind, _path, create, update, rowOf, fields) => {
      const named = await create()
      const row = async (body: object): Promise<Record<string, unknown>> => {
        const reply = await update({ ...named, ...body })
        expect([reply.status, reply.body.error]).toEqual([200, undefined])
        return rowOf(reply) as Record<string, unknown>
      }
      const fresh = await row({})
      for (const [field, value] of Object.entries(fields)) {
        const shown = field === 'duration' ? 'expires' : field
        const set = await row({ [field]: value })
        expect(field === 'duration' ? value : set[shown], field).toEqual(value)
        expect((await row({}))[shown], `${field} kept`).toEqual(set[shown])
        expect(typeof value === 'number' ? (await row({ [field]: 0 }))[shown] : 0, `${field} zero`).toBe(0)
        expect((await row({ [field]: null }))[shown], `${field} cleared`).toEqual(fresh[shown])
      }
    })
  })

  it('two tenants never see each other\'s objects', async () => {
    const tenant = async (): Promise<{ key: string; token: string; user: string; team: string; organization: string }> => {
      const user = unique()
      const { key } = await make('/user/new', { user_id: user, user_role: 'internal_user' })
      const organization = (await make('/organization/new', {}))['organization_id'] as string
      await make('/organization/member_add', { organization_id: organization, member: { user_id: user, role: 'org_admin' } })
      const team = (await make('/team/new', { organization_id: organization, members_with_roles: [{ user_id: user, role: 'admin' }] }))['team_id'] as string
      return { key, token: (await make('/key/generate', { team_id: team, user_id: user, key_alias: unique() }))['token'] as string, user, team, organization }
    }
    const [mine, theirs] = [await tenant(), await tenant()]
    const asks = ({ token, user, team, organization }: typeof mine): readonly (readonly [string, string, object?])[] => [
      ['GET', `/key/info?key=${token}`], ['GET', `/user/info?user_id=${user}`], ['GET', `/v2/user/info?user_id=${user}`], ['GET', `/team/info?team_id=${team}`], ['GET', `/organization/info?organization_id=${organization}`], ['GET', `/budget/explain?scope=key&id=${token}`],
      ['GET', `/budget/explain?scope=team&id=${team}`], ['GET', `/budget/explain?scope=organization&id=${organization}`], ['POST', '/key/update', { key: token, models: [] }], ['POST', `/key/${token}/reset_spend`, { reset_to: 0 }],
      ['POST', '/team/member_add', { team_id: team, member: { user_id: 'x' } }], ['POST', '/team/bulk_member_add', { team_id: team, members: [{ user_id: 'x' }] }], ['POST', '/team/model/add', { team_id: team, models: ['m'] }], ['POST', '/team/model/delete', { team_id: team, models: ['m'] }],
      ['POST', '/team/key/bulk_update', { team_id: team, all_keys_in_team: true, update_fields: { rpm_limit: 1 } }], ['POST', '/team/update', { team_id: team }], ['POST', '/team/block', { team_id: team }], ['POST', '/organization/member_add', { organization_id: organization, member: { user_id: 'x' } }],
      ['POST', `/key/${token}/regenerate`, {}], ['POST', '/key/generate', { team_id: team }], ['POST', '/team/delete', { team_ids: [team] }], ['POST', '/key/delete', { keys: [token] }],
    ]
    for (const [method, path, body] of asks(theirs)) expect((await send(method, path, body, mine.key)).status, path).toBe(404)
    for (const path of ['/key/list', '/key/aliases', '/team/list', '/v2/team/list', '/organization/list']) {
      const text = JSON.stringify((await get(path, mine.key)).body)
      for (const id of [theirs.token, theirs.user, theirs.team, theirs.organization]) expect(text, path).not.toContain(id)
    }
    expect((await post('/v2/key/info', { keys: [theirs.token, mine.token] }, mine.key)).body['info']).toMatchObject([{ token: mine.token }])
    // The refusals changed nothing, and the same asked by their owner is answered; the key is gone with its team at the end.
    for (const [method, path, body] of asks(theirs).slice(0, -1)) expect([200, 400], path).toContain((await send(method, path, body, theirs.key)).status)
  })
})

/** A value that the schema does not allow. */
function misfit(schema: Schema): unknown {
  const kinds = [schema, ...(schema.anyOf ?? [])].flatMap(({ type, enum: choices, const: only }) => [type, ...(choices ?? []).map((one) => typeof one), only === undefined ? undefined : typeof only])
  if (!kinds.includes('boolean') && kinds.some((kind) => kind !== undefined)) return true
  // Nothing has a name of its own in the schema: a field without effect, which refuses whatever asks for something.
  return kinds.includes('string') ? 7 : 'x'
}

/** A value that the schema allows. */
function fitting(field: string, { type, anyOf }: Schema): unknown {
  const kinds = [type, ...(anyOf ?? []).map((one) => one.type)]
  if (kinds.includes('boolean')) return true
  if (kinds.includes('array')) return ['ttl']
  return field === 'key' || field === 'new_key' ? 'sk-a-key-of-ones-own-choice' : 'none'
}
