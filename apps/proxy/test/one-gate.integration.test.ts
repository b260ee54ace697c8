import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { COST, manage, priced, ROOM, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const database = await createDatabase()

describe.skipIf(database === undefined)('limits and the ledger', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { post, get, make, generate, ask, untilRefused } = manage(() => proxy)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')] }, database: database!.url })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await database!.drop()
  })

  it('LL#40050, LL#27735: what is enforced is what the ledger has, and /budget/explain shows both', async () => {
    const [team_id, user] = [unique(), unique()]
    await make('/team/new', { team_id, max_budget: ROOM })
    await make('/customer/new', { user_id: user, max_budget: 1 })
    const key = await generate({ team_id })
    const { served } = await untilRefused(key, { user })
    for (const [scope, id] of [['key', key], ['team', team_id], ['end_user', user]] as const) {
      await expect.poll(async () => (await get(`/budget/explain?scope=${scope}&id=${id}`)).body['ledger'], { timeout: 10_000 }).toMatchObject({ requests: served + 1, failures: 1 })
      const { limits, ledger } = (await get(`/budget/explain?scope=${scope}&id=${id}`)).body as unknown as { limits: { settled: number; held: number; enforced: number }[]; ledger: { spend: number } }
      expect(limits).toHaveLength(1)
      expect(limits[0]!.enforced).toBe(ledger.spend)
    }
  })

  it('BF#2873, BF#5673: every route that calls a model passes the same gate', async () => {
    const key = await generate({ rpm_limit: 0 })
    const paths = ['chat/completions', 'completions', 'embeddings'].flatMap((path) => [`/v1/${path}`, `/${path}`, `/openai/deployments/gpt/${path}`, `/engines/gpt/${path}`])
    for (const path of ['/v1/responses', '/responses', '/openai/v1/responses', '/openai/responses']) expect((await post(path, { model: 'gpt', input: 'hi' }, key)).status, path).toBe(429)
    for (const path of paths) expect((await post(path, { model: 'gpt', messages: [{ role: 'user', content: 'hi' }], prompt: 'hi', input: 'hi' }, key)).status, path).toBe(429)
  })

  it('LL#25991: a budget_id of null is none, on every route that takes one', async () => {
    const organization_id = unique()
    await make('/organization/new', { organization_id, budget_id: null })
    await make('/organization/update', { organization_id, budget_id: null })
    for (const [path, body] of [['/team/new', { organization_id }], ['/user/new', { auto_create_key: false }], ['/customer/new', { user_id: unique() }], ['/tag/new', { name: unique() }]] as const) expect(await make(path, { ...body, budget_id: null })).toBeDefined()
    expect((await ask(await generate({ budget_id: null, organization_id }))).status).toBe(200)
  })

  it('LL#26672: organizations, customers, tags, budget objects and what was spent on them outlive the process', async () => {
    const [budget_id, organization_id, user_id, name, owner] = [unique(), unique(), unique(), unique(), unique()]
    await make('/budget/new', { budget_id, max_budget: ROOM })
    await make('/organization/new', { organization_id, budget_id })
    await make('/organization/member_add', { organization_id, member: { user_id: owner, role: 'org_admin' } })
    await make('/customer/new', { user_id, budget_id })
    await make('/tag/new', { name, budget_id })
    const calls: Readonly<Record<string, readonly [key: string, body?: object]>> = { organization: [await generate({ organization_id })], end_user: [await generate(), { user: user_id }], tag: [await generate({ tags: [name] })] }
    const served: Record<string, number> = {}
    for (const [scope, call] of Object.entries(calls)) served[scope] = (await untilRefused(...call)).served
    proxy.process.kill('SIGTERM')
    await proxy.exited
    proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')] }, database: database!.url })
    for (const [scope, call] of Object.entries(calls)) {
      const refused = await ask(...call)
      expect([refused.status, refused.body.error.message]).toEqual([429, expect.stringContaining(`Budget of ${scope.replace('_', ' ')}`)])
    }
    for (const [scope, id] of [['organization', organization_id], ['end_user', user_id], ['tag', name]] as const) {
      const [limit] = (await get(`/budget/explain?scope=${scope}&id=${id}`)).body.limits
      expect(limit).toMatchObject({ limit: ROOM, source: `budget ${budget_id}` })
      expect(limit!.settled).toBeCloseTo(COST * served[scope]!, 12)
    }
    expect((await get(`/organization/info?organization_id=${organization_id}`)).body).toMatchObject({ members: [{ user_id: owner, user_role: 'org_admin' }] })
    await make('/budget/update', { budget_id, max_budget: 1 })
    for (const call of Object.values(calls)) expect((await ask(...call)).status).toBe(200)
  })

  it('a change in one replica counts in the others within a second', async () => {
    await using other = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')] }, database: database!.url })
    const there = manage(() => other)
    const [user, name, budget_id] = [unique(), unique(), unique()]
    await make('/budget/new', { budget_id, rpm_limit: 50 })
    const key = await generate({ budget_id })
    expect((await there.ask(key, { user, tags: [name] })).status).toBe(200)
    const soon = async (call: () => Promise<{ status: number }>, status: number): Promise<void> => expect.poll(async () => (await call()).status, { timeout: 1500, interval: 50 }).toBe(status)
    await make('/customer/block', { user_ids: [user] })
    await soon(() => there.ask(key, { user }), 400)
    await make('/tag/new', { name, rpm_limit: 0 })
    await soon(() => there.ask(key, { tags: [name] }), 429)
    await make('/budget/update', { budget_id, rpm_limit: 0 })
    await soon(() => there.ask(key), 429)
  })
})
