import { createKeyAuthenticator, createMemoryDirectory, type Permission, roleHolds } from '@tianjillm/auth'
import { checkRoutes, createGateway, createLimiter, type Gateway, type Route, type Settings, WebExchange } from '@tianjillm/gateway'
import { createMemoryLimitStore } from '@tianjillm/limits'
import { createFakeClock, createTestHost } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { identityRoutes } from './index.ts'
import { isDocumented } from './openapi/document.ts'

const MASTER = 'sk-master-key-of-tests'

/** What the routes answer; each test reads what its route has. */
type Answer = Readonly<Record<'key' | 'token' | 'team_id' | 'user_id', string>> & Readonly<Record<string, unknown>>

describe('identityRoutes', () => {
  let gateway: Gateway
  let routes: readonly Route[]
  const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))

  beforeEach(() => {
    const directory = createMemoryDirectory()
    const authenticator = createKeyAuthenticator({ directory, masterKey: MASTER, clock })
    const settings = {
      authenticator, clock, log: createTestHost().log, callbacks: [], guardrails: [], dropParams: false, captureText: false,
      limits: { maxBodyBytes: 1_000_000, bodyTimeoutMs: 1000, maxReplyBytes: 1000 }, limiter: createLimiter({ store: createMemoryLimitStore({ clock }) }),
    }
    gateway = createGateway({ settings: settings as Partial<Settings> as Settings })
    routes = identityRoutes({ gateway, directory, clock })
  })

  const call = async (method: Route['method'], path: string, body: unknown, key = MASTER): Promise<{ status: number; body: Answer }> => {
    const [pathname] = path.split('?')
    const route = routes.find((one) => one.method === method && one.paths.includes(pathname!))!
    const request = new Request(`http://localhost${path}`, { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }) })
    const exchange = new WebExchange(request)
    void gateway.handle(exchange, route)
    const response = await exchange.response
    const answer = (await response.json()) as Answer
    // What the document promises of each answer holds wherever these tests come by.
    if (response.status === 200 && isDocumented(route)) expect(v.safeParse(route.doc.answer, answer).issues, path).toBeUndefined()
    return { status: response.status, body: answer }
  }
  const post = (path: string, body: unknown, key?: string): ReturnType<typeof call> => call('POST', path, body, key)
  const get = (path: string, key?: string): ReturnType<typeof call> => call('GET', path, undefined, key)

  it('every route names a permission, and a caller whose role does not hold it gets 403 on each', async () => {
    checkRoutes(routes)
    const callers: Record<string, string> = { nobody: (await post('/key/generate', {})).body.key }
    for (const user_role of ['proxy_admin_viewer', 'internal_user', 'internal_user_viewer'] as const) callers[user_role] = (await post('/user/new', { user_role })).body.key
    const unheld = (role: string, permission: Permission): boolean => !roleHolds((role === 'nobody' ? 'internal_user_viewer' : role) as never, permission)
    const refused = routes.flatMap(({ method, paths: [path], permission }) => Object.keys(callers).filter((role) => unheld(role, permission)).map((role) => ({ method, path: path!, role })))
    expect(refused.length).toBeGreaterThan(20)
    for (const { method, path, role } of refused) expect((await call(method, path, {}, callers[role])).status, `${role} on ${path}`).toBe(403)
    expect(routes.map(({ permission }) => permission)).not.toContain('public')
  })

  it('every route is described, and what its description gives as an example is taken', () => {
    const described = routes.filter(isDocumented)
    expect(described).toHaveLength(routes.length)
    const examples = described.filter(({ doc }) => doc.example !== undefined)
    expect(examples.length).toBeGreaterThan(8)
    for (const { paths: [path], doc } of examples) expect(v.safeParse(doc.body!, doc.example).issues, path).toBeUndefined()
  })

  it('no field of any body makes a user more than it is', async () => {
    const { key, user_id } = (await post('/user/new', { user_id: 'climber' })).body
    const team = (await post('/team/new', { team_id: 'foreign', members_with_roles: [{ user_id: 'other', role: 'admin' }] })).body
    const attempts: readonly [string, object][] = [
      ['/key/generate', { key: 'sk-my-own-choice-of-key' }], ['/key/generate', { organization_id: 'o' }], ['/key/generate', { user_id: 'other' }], ['/key/generate', { user_id: null }], ['/key/generate', { team_id: team.team_id }],
      ['/key/update', { key, user_id: 'other' }], ['/key/update', { key, user_id: null }], ['/key/update', { key, team_id: team.team_id }], ['/key/update', { key, organization_id: 'o' }], ['/key/update', { key, blocked: true }],
      ['/key/regenerate', { key, new_key: 'sk-my-own-choice-of-key' }], ['/key/regenerate', { key, user_id: 'other' }], ['/user/update', { user_id, user_role: 'proxy_admin' }], ['/team/update', { team_id: 'foreign', members_with_roles: [] }],
    ]
    for (const [path, body] of attempts) expect([403, 404], `${path} ${JSON.stringify(body)}`).toContain((await post(path, body, key)).status)
    expect((await get('/key/info', key)).body['info']).toMatchObject({ user_id: 'climber', team_id: null, organization_id: null, blocked: false })
  })

  it.each([{ models: ['gpt'] }, { max_budget: 1 }, { rpm_limit: 1 }, { duration: '1d' }, { model_max_budget: { gpt: { max_budget: 1 } } }, { key_type: 'management' }])('a key with %j of its own makes no keys that have it not', async (limit) => {
    const { user_id } = (await post('/user/new', { auto_create_key: false })).body
    const { key } = (await post('/key/generate', { user_id, ...limit })).body
    expect((await post('/key/generate', {}, key)).status).toBe(403)
    expect((await post('/key/update', { key, models: null, max_budget: null, rpm_limit: null, duration: null, model_max_budget: null, key_type: null }, key)).status).toBe(403)
  })

  it('a team\'s admin makes keys for its members and sees them; its members see only their own', async () => {
    const boss = (await post('/user/new', { user_id: 'boss' })).body.key
    const worker = (await post('/user/new', { user_id: 'worker' })).body.key
    await post('/team/new', { team_id: 'crew', members_with_roles: [{ user_id: 'boss', role: 'admin' }, { user_id: 'worker' }] })
    const made = await post('/key/generate', { team_id: 'crew', user_id: 'worker' }, boss)
    expect(made).toMatchObject({ status: 200, body: { user_id: 'worker', team_id: 'crew' } })
    expect((await post('/key/generate', { team_id: 'crew', user_id: 'boss' }, worker)).status).toBe(403)
    const bosses = (await post('/key/generate', { team_id: 'crew' }, boss)).body
    expect((await get(`/key/info?key=${bosses.token}`, worker)).status).toBe(404)
    expect((await get(`/key/info?key=${made.body.token}`, boss)).status).toBe(200)
    expect((await get('/team/info?team_id=crew', boss)).body['keys']).toHaveLength(2)
    expect((await get('/user/info', worker)).body['teams']).toEqual(['crew'])
    expect((await get('/team/info?team_id=crew', worker)).body['keys']).toHaveLength(1)
    expect((await post('/key/update', { key: made.body.key, team_id: null }, worker)).status).toBe(403)
  })

  it('a user loses what a team gave when it is no longer a member', async () => {
    const boss = (await post('/user/new', { user_id: 'boss' })).body.key
    await post('/team/new', { team_id: 'crew', admins: ['boss'] })
    const { key } = (await post('/key/generate', { team_id: 'crew', user_id: 'someone' })).body
    expect((await post('/key/update', { key, metadata: { a: 1 } }, boss)).status).toBe(404)
    await post('/team/update', { team_id: 'crew', members_with_roles: [{ user_id: 'boss', role: 'admin' }, { user_id: 'someone' }] })
    expect((await post('/key/update', { key, metadata: { a: 1 } }, boss)).status).toBe(200)
    await post('/team/update', { team_id: 'crew', members_with_roles: [{ user_id: 'boss', role: 'user' }] })
    expect((await post('/key/update', { key, metadata: { a: 2 } }, boss)).status).toBe(404)
  })

  it('LL#11636, LL#32474, LL#19781: every limit of a key can be set, set to 0 and cleared again', async () => {
    const { key } = (await post('/key/generate', {})).body
    for (const field of ['max_budget', 'soft_budget', 'rpm_limit', 'tpm_limit', 'max_parallel_requests']) {
      for (const value of [5, 0, null]) {
        expect((await post('/key/update', { key, [field]: value })).body[field], field).toBe(value)
        expect((await post('/key/update', { key, metadata: {} })).body[field], field).toBe(value)
      }
    }
    expect((await post('/key/update', { key, budget_duration: '30d', model_rpm_limit: { gpt: 0 } })).body).toMatchObject({ budget_duration: '30d', model_rpm_limit: { gpt: 0 }, budget_reset_at: '2026-07-01T00:00:00.000Z' })
    expect((await post('/key/update', { key, budget_duration: null, model_rpm_limit: null })).body).toMatchObject({ budget_duration: null, model_rpm_limit: {}, budget_reset_at: null })
  })

  it('LL#16005: an update leaves the expiry alone, unless it names one', async () => {
    const { key } = (await post('/key/generate', { duration: '1mo' })).body
    expect((await post('/key/update', { key, models: ['gpt'] })).body['expires']).toBe('2026-07-10T12:00:00.000Z')
    expect((await post('/key/update', { key, duration: null })).body['expires']).toBeNull()
    expect((await post('/key/update', { key, models: [] })).body['expires']).toBeNull()
  })

  it.each([
    [{ max_budget: -1 }, 'max_budget', 'must not be negative.'],
    [{ max_budget: 1e10 }, 'max_budget', 'must be at most 9,000,000 USD.'],
    [{ max_budget: '5' }, 'max_budget', expect.stringContaining('must be')],
    [{ rpm_limit: 1.5 }, 'rpm_limit', 'must be a whole number.'],
    [{ duration: 'soon' }, 'duration', 'must be a span such as 30s, 30m, 24h, 7d or 1mo.'],
    [{ budget_duration: '0d' }, 'budget_duration', 'must be a span such as 30s, 30m, 24h, 7d or 1mo.'],
    [{ metadata: '{}' }, 'metadata', 'must be an object.'],
    [{ key: 'sk-short' }, 'key', 'is too short to be safe: use at least 20 characters.'],
    [{ key: 'no-prefix-at-the-start' }, 'key', 'must start with `sk-`.'],
    [{ modles: [] }, 'modles', 'unknown key. Did you mean `models`?'],
    [{ permissions: { a: true } }, 'permissions', 'is not supported by this version.'],
    [{ user_id: 'a b' }, 'user_id', expect.stringContaining('must be letters')],
  ])('%j is refused with 422, naming the field and not the value', async (body, param, msg) => {
    const refused = await post('/key/generate', body)
    expect(refused).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', param], msg }], error: { param, type: 'invalid_request_error', code: '422' } } })
    expect(JSON.stringify(refused.body)).not.toContain('sk-short')
  })

  it('a body that is no JSON object, or too long, is refused before anything is done', async () => {
    for (const [body, status] of [['[1]', 400], ['{', 400], ['{"__proto__": {}}', 400], [`{"key_alias": "${'x'.repeat(1_100_000)}"}`, 413]] as const) expect((await post('/key/generate', body)).status).toBe(status)
    expect((await get('/key/list')).body['total_count']).toBe(0)
  })

  it('temp_budget_increase and its expiry come together', async () => {
    const { key } = (await post('/key/generate', { max_budget: 1 })).body
    expect((await post('/key/update', { key, temp_budget_increase: 1 })).status).toBe(400)
    expect((await post('/key/update', { key, temp_budget_expiry: '2026-06-11T00:00:00Z' })).status).toBe(400)
    expect((await post('/key/update', { key, temp_budget_increase: 1, temp_budget_expiry: '2026-06-11T00:00:00Z' })).body).toMatchObject({ temp_budget_increase: 1, temp_budget_expiry: '2026-06-11T00:00:00.000Z' })
    expect((await post('/key/update', { key, temp_budget_increase: null, temp_budget_expiry: null })).body).toMatchObject({ temp_budget_increase: null, temp_budget_expiry: null })
  })

  it('deletes all keys that are named, or none', async () => {
    const { key } = (await post('/key/generate', { key_alias: 'kept' })).body
    expect((await post('/key/delete', { keys: [key, 'sk-unknown'] })).status).toBe(404)
    expect((await get(`/key/info?key=${key}`)).status).toBe(200)
    expect((await post('/key/delete', {})).status).toBe(400)
    expect((await post('/key/delete', { key_aliases: ['kept'] })).status).toBe(200)
    expect((await get(`/key/info?key=${key}`))).toMatchObject({ status: 404, body: { error: { type: 'not_found_error', param: 'key' } } })
  })

  it('two users cannot share an e-mail, and two teams an id', async () => {
    expect((await post('/user/new', { user_email: 'a@example.com' })).status).toBe(200)
    expect((await post('/user/new', { user_email: 'A@example.com' })).status).toBe(409)
    expect((await post('/team/new', { team_id: 't' })).status).toBe(200)
    expect((await post('/team/new', { team_id: 't' })).status).toBe(409)
    expect((await post('/user/update', { user_email: 'a@example.com', user_alias: 'Ann' })).body).toMatchObject({ user_alias: 'Ann' })
  })

  it('updates of different fields at once are all kept', async () => {
    const { key } = (await post('/key/generate', {})).body
    const answers = await Promise.all(Array.from({ length: 3 }, (_, i) => post('/key/update', i === 0 ? { key, max_budget: 7 } : i === 1 ? { key, rpm_limit: 8 } : { key, tags: ['x'] })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await get(`/key/info?key=${key}`)).body['info']).toMatchObject({ max_budget: 7, rpm_limit: 8, tags: ['x'] })
  })
})
