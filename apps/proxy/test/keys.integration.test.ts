import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import OpenAI, { AuthenticationError, PermissionDeniedError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** What the routes under test answer; each test reads what its route has. */
interface Reply {
  readonly key: string
  readonly token: string
  readonly team_id: string
  readonly expires: string
  readonly blocked: boolean
  readonly keys: readonly unknown[]
  readonly info: Record<string, unknown>
  readonly data: readonly { readonly id: string }[]
  readonly detail: unknown
}

describe('virtual keys', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    const base = oneModel(upstream.url) as { model_list: { model_name: string }[] }
    proxy = await startProxy({ config: { model_list: [...base.model_list, { ...base.model_list[0], model_name: 'other' }] } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  const post = async (path: string, body: object, key?: string): Promise<{ status: number; body: Reply }> => {
    const reply = await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body), ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }) })
    return { status: reply.status, body: (await reply.json()) as Reply }
  }
  const get = async (path: string, key?: string): Promise<{ status: number; body: Reply }> => {
    const reply = await proxy.fetch(path, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } })
    return { status: reply.status, body: (await reply.json()) as Reply }
  }
  const generate = async (body: object = {}): Promise<string> => (await post('/key/generate', body)).body.key
  const ask = async (key: string, more: object = {}): Promise<{ status: number; type: string | undefined; text: string }> => {
    const reply = await proxy.fetch(CHAT, { ...chatBody(more), headers: { authorization: `Bearer ${key}` } })
    const text = await reply.text()
    return { status: reply.status, type: (JSON.parse(text) as { error?: { type: string } }).error?.type, text }
  }

  it('a generated key is shown once, works with the openai client, and its hash opens nothing', async () => {
    const { status, body } = await post('/key/generate', { key_alias: 'first', metadata: { team: 'a' } })
    expect(status).toBe(200)
    expect(body.key).toMatch(/^sk-[\w-]{43}$/)
    expect(body).toMatchObject({ key_alias: 'first', key_name: `sk-...${body.key.slice(-4)}`, expires: null, spend: 0, max_budget: null, metadata: { team: 'a' } })
    expect(body.token).toMatch(/^[0-9a-f]{64}$/)
    const client = new OpenAI({ apiKey: body.key, baseURL: `${proxy.url}/v1` })
    expect((await client.chat.completions.create({ model: 'gpt', messages: [{ role: 'user', content: 'hi' }] })).choices[0]!.message.content).toBe('hi')
    const info = await get(`/key/info?key=${body.key}`)
    expect(JSON.stringify(info.body.info)).not.toContain(body.key)
    expect(info.body.info).toMatchObject({ key_alias: 'first' })
    expect(info.body.info).not.toHaveProperty('token')
    for (const hash of [body.token, `sk-${body.token}`]) expect((await ask(hash)).status).toBe(401)
    expect(proxy.output).not.toContain(body.key)
  })

  it('LL#39757: an unknown key gets the same words as every other, without the key or its hash', async () => {
    const texts = new Set<string>()
    for (const key of ['sk-unknown-one', 'sk-unknown-two', 'sk-unknown-one']) {
      const reply = await ask(key)
      expect([reply.status, reply.type]).toEqual([401, 'token_not_found_in_db'])
      texts.add(reply.text)
    }
    expect(texts.size).toBe(1)
    expect([...texts][0]).not.toContain('unknown-')
  })

  it('a key calls the models of its list, by name, wildcard and alias, and sees only those', async () => {
    const key = await generate({ models: ['gp*'], aliases: { mine: 'gpt' } })
    expect((await ask(key)).status).toBe(200)
    expect((await ask(key, { model: 'mine' })).status).toBe(200)
    const refused = await ask(key, { model: 'other' })
    expect([refused.status, refused.type]).toEqual([403, 'key_model_access_denied'])
    expect(JSON.parse(refused.text).error.param).toBe('model')
    const client = new OpenAI({ apiKey: key, baseURL: `${proxy.url}/v1`, maxRetries: 0 })
    await expect(client.chat.completions.create({ model: 'other', messages: [{ role: 'user', content: 'hi' }] })).rejects.toBeInstanceOf(PermissionDeniedError)
    expect((await get('/v1/models', key)).body.data.map(({ id }) => id)).toEqual(['gpt'])
    expect((await get('/v1/models/other', key)).status).toBe(404)
  })

  it('a team narrows its keys, and a change to the team counts at once', async () => {
    const { body: team } = await post('/team/new', { team_alias: 'narrow', models: ['other'] })
    const key = await generate({ team_id: team.team_id, models: ['all-team-models'] })
    expect((await ask(key, { model: 'other' })).status).toBe(200)
    expect(await ask(key)).toMatchObject({ status: 403, type: 'team_model_access_denied' })
    expect((await post('/team/update', { team_id: team.team_id, models: ['gpt'] })).status).toBe(200)
    expect((await ask(key)).status).toBe(200)
    expect((await ask(key, { model: 'other' })).status).toBe(403)
    expect((await get(`/team/info?team_id=${team.team_id}`)).body.keys).toHaveLength(1)
  })

  it('LL#15142: a key lives for its duration as elapsed time, and null lets it live for ever', async () => {
    const before = Date.now()
    const { body } = await post('/key/generate', { duration: '7d' })
    const left = Date.parse(body.expires) - before
    expect(left).toBeGreaterThanOrEqual(7 * 86_400_000)
    expect(left).toBeLessThan(7 * 86_400_000 + 60_000)
    expect((await post('/key/update', { key: body.key, duration: null })).body.expires).toBeNull()
    expect((await ask(body.key)).status).toBe(200)
  })

  it('LL#18731: an expired key is told so, in words without the key', async () => {
    const key = await generate({ duration: '1s' })
    const deadline = Date.now() + 10_000
    let reply = await ask(key)
    while (reply.status === 200 && Date.now() < deadline) reply = await ask(key)
    expect([reply.status, reply.type]).toEqual([401, 'expired_key'])
    expect(reply.text).not.toContain(key)
  })

  it('block and unblock count for the next request', async () => {
    const key = await generate()
    expect((await ask(key)).status).toBe(200)
    expect((await post('/key/block', { key })).body.blocked).toBe(true)
    expect(await ask(key)).toMatchObject({ status: 401, type: 'auth_error' })
    await expect(new OpenAI({ apiKey: key, baseURL: `${proxy.url}/v1`, maxRetries: 0 }).models.list()).rejects.toBeInstanceOf(AuthenticationError)
    await post('/key/unblock', { key })
    expect((await ask(key)).status).toBe(200)
  })

  it('regenerate gives a new key with the same permissions, and the old one is dead', async () => {
    const old = await generate({ models: ['gpt'], key_alias: 'rotated' })
    expect((await ask(old)).status).toBe(200)
    const { body } = await post(`/key/${old}/regenerate`, {})
    expect(body).toMatchObject({ key_alias: 'rotated', models: ['gpt'] })
    expect((await ask(old)).status).toBe(401)
    expect((await ask(body.key)).status).toBe(200)
    expect((await ask(body.key, { model: 'other' })).status).toBe(403)
  })

  it('LL#27193: with a grace period both keys work', async () => {
    const old = await generate()
    const { body } = await post('/key/regenerate', { key: old, grace_period: '1h' })
    expect([(await ask(old)).status, (await ask(body.key)).status]).toEqual([200, 200])
    await post('/key/delete', { keys: [body.token] })
    expect([(await ask(old)).status, (await ask(body.key)).status]).toEqual([401, 401])
  })

  it('a deleted key is dead at once and its alias is free again', async () => {
    const key = await generate({ key_alias: 'short' })
    expect((await ask(key)).status).toBe(200)
    expect((await post('/key/generate', { key_alias: 'short' })).status).toBe(409)
    expect((await post('/key/delete', { keys: [key] })).body).toEqual({ deleted_keys: [key] })
    expect((await ask(key)).status).toBe(401)
    expect((await post('/key/generate', { key_alias: 'short' })).status).toBe(200)
    expect((await post('/key/delete', { keys: [key] })).status).toBe(404)
  })

  it('LL#11636: an update keeps what is absent, clears what is null, and takes 0 as zero', async () => {
    const key = await generate({ max_budget: 5, rpm_limit: 100, tags: ['a'] })
    expect((await post('/key/update', { key, rpm_limit: 0 })).body).toMatchObject({ rpm_limit: 0, max_budget: 5, tags: ['a'] })
    expect((await ask(key)).status).toBe(400)
    expect((await post('/key/update', { key, max_budget: null })).body).toMatchObject({ max_budget: null, rpm_limit: 0 })
    expect((await ask(key)).status).toBe(429)
    expect((await post('/key/update', { key, rpm_limit: null })).body).toMatchObject({ rpm_limit: null, tags: ['a'] })
    expect((await ask(key)).status).toBe(200)
  })

  it('a body with an unknown field is refused with the field that was meant', async () => {
    const { status, body } = await post('/key/generate', { max_budgt: 3 })
    expect(status).toBe(422)
    expect(body.detail).toEqual([{ loc: ['body', 'max_budgt'], msg: 'unknown key. Did you mean `max_budget`?', type: 'extra_forbidden' }])
    expect((await post('/key/generate', { metadata: '{"guardrails": []}' })).status).toBe(422)
    expect((await post('/key/generate', { guardrails: ['pii'] })).status).toBe(422)
    expect((await post('/key/generate', { guardrails: [], budget_id: null })).status).toBe(200)
  })

  it('lists keys page by page, never the keys themselves', async () => {
    const { body: team } = await post('/team/new', { team_alias: 'listed' })
    const keys = [await generate({ team_id: team.team_id }), await generate({ team_id: team.team_id }), await generate({ team_id: team.team_id })]
    const first = await get(`/key/list?team_id=${team.team_id}&size=2`)
    const second = await get(`/key/list?team_id=${team.team_id}&size=2&page=2&return_full_object=true`)
    expect(first.body).toMatchObject({ total_count: 3, total_pages: 2, current_page: 1 })
    expect(first.body.keys).toHaveLength(2)
    expect(second.body.keys).toEqual([expect.objectContaining({ team_id: team.team_id })])
    for (const key of keys) expect(JSON.stringify([first, second])).not.toContain(key)
  })

  describe('who may manage', () => {
    it('a key of nobody calls models and looks at itself, and no more', async () => {
      const key = await generate()
      const foreign = await generate()
      expect((await get('/key/info', key)).status).toBe(200)
      for (const path of ['/key/generate', '/key/update', '/key/delete', '/key/block', '/key/regenerate', '/team/new', '/team/update', '/user/new', '/user/update']) expect((await post(path, {}, key)).status, path).toBe(403)
      expect((await get(`/key/info?key=${foreign}`, key)).status).toBe(404)
      expect((await get('/key/list', key)).body).toMatchObject({ total_count: 1 })
    })

    it('LL#7336: two users never reach one another: foreign keys, users and teams are not found', async () => {
      const a = (await post('/user/new', { user_id: 'user-a' })).body.key
      const b = (await post('/user/new', { user_id: 'user-b' })).body.key
      const { body: team } = await post('/team/new', { team_alias: 'of-a', members_with_roles: [{ user_id: 'user-a', role: 'admin' }] })
      const mine = await post('/key/generate', { key_alias: 'of-a', team_id: team.team_id }, a)
      expect(mine).toMatchObject({ status: 200, body: { user_id: 'user-a' } })
      for (const [path, body] of [
        ['/key/update', { key: mine.body.key, max_budget: 1 }], ['/key/delete', { keys: [mine.body.token] }], ['/key/delete', { key_aliases: ['of-a'] }], ['/key/block', { key: mine.body.token }],
        ['/key/regenerate', { key: mine.body.token }], [`/key/${mine.body.token}/regenerate`, {}], ['/key/generate', { user_id: 'user-a' }], ['/key/generate', { team_id: team.team_id }],
      ] as const) expect((await post(path, body, b)).status, path).toBe(404)
      for (const path of [`/key/info?key=${mine.body.key}`, '/user/info?user_id=user-a', `/team/info?team_id=${team.team_id}`, '/key/list?user_id=user-a']) expect((await get(path, b)).status, path).toBe(404)
      expect((await get('/user/info', a)).body).toMatchObject({ user_id: 'user-a', keys: [{}, {}] })
      expect((await get(`/team/info?team_id=${team.team_id}`, a)).status).toBe(200)
      expect((await ask(mine.body.key)).status).toBe(200)
    })

    it('CVE-2026-47102: rights that are the admin\'s to give are refused to users', async () => {
      const { body: user } = await post('/user/new', { user_id: 'climber' })
      const key = user.key
      for (const [path, body] of [
        ['/user/update', { user_id: 'climber', user_role: 'proxy_admin' }], ['/user/new', { user_role: 'proxy_admin' }], ['/key/generate', { key: 'sk-chosen-by-the-caller' }],
        ['/key/generate', { organization_id: 'org' }], ['/key/update', { key, blocked: false }], ['/key/unblock', { key }], ['/team/new', {}],
      ] as const) expect((await post(path, body, key)).status, path).toBe(403)
    })

    it('CVE-2026-47101: allowed_routes and key_type narrow a key, and it cannot make a wider one', async () => {
      await post('/user/new', { user_id: 'narrow', auto_create_key: false })
      const key = await generate({ user_id: 'narrow', allowed_routes: ['/key/generate'] })
      expect((await ask(key)).status).toBe(403)
      expect((await post('/key/generate', {}, key)).status).toBe(403)
      expect((await get('/key/info', key)).status).toBe(403)
      const models = await generate({ key_type: 'llm_api' })
      expect((await ask(models)).status).toBe(200)
      expect((await get('/key/info', models)).status).toBe(403)
      expect((await post('/key/generate', { allowed_routes: ['everything'] })).status).toBe(422)
    })

    it('an admin viewer sees everything and changes nothing', async () => {
      const { body: viewer } = await post('/user/new', { user_role: 'proxy_admin_viewer' })
      const key = await generate({ key_alias: 'seen' })
      expect((await get(`/key/info?key=${key}`, viewer.key)).body.info.key_alias).toBe('seen')
      expect((await post('/key/update', { key, max_budget: 1 }, viewer.key)).status).toBe(403)
      expect((await ask(viewer.key)).status).toBe(403)
    })

    it('a blocked user and a blocked team stop their keys at once', async () => {
      const { body: user } = await post('/user/new', { user_id: 'blocked' })
      const { body: team } = await post('/team/new', {})
      const teamKey = await generate({ team_id: team.team_id })
      expect([(await ask(user.key)).status, (await ask(teamKey)).status]).toEqual([200, 200])
      await post('/user/update', { user_id: 'blocked', blocked: true })
      await post('/team/block', { team_id: team.team_id })
      expect([(await ask(user.key)).status, (await ask(teamKey)).status]).toEqual([401, 401])
    })
  })

  it('tells at start that keys do not survive a restart, and serves no key routes with several workers', async () => {
    expect(proxy.log.some(({ msg }) => String(msg).includes('do not survive a restart'))).toBe(true)
    await using workers = await startProxy({ config: oneModel(upstream.url), args: ['--workers', '2'] })
    expect((await workers.fetch('/key/generate', { method: 'POST', body: '{}' })).status).toBe(404)
  })
})
