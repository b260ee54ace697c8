import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { manage, priced, ROOM, unique } from './management-client.ts'
import { createDatabase } from './postgres.ts'
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
    for (const path of paths) expect((await post(path, { model: 'gpt', messages: [{ role: 'user', content: 'hi' }], prompt: 'hi', input: 'hi' }, key)).status, path).toBe(429)
  })

  it('LL#25991: a budget_id of null is none, on every route that takes one', async () => {
    const organization_id = unique()
    await make('/organization/new', { organization_id, budget_id: null })
    await make('/organization/update', { organization_id, budget_id: null })
    for (const [path, body] of [['/team/new', { organization_id }], ['/user/new', { auto_create_key: false }], ['/customer/new', { user_id: unique() }], ['/tag/new', { name: unique() }]] as const) expect(await make(path, { ...body, budget_id: null })).toBeDefined()
    expect((await ask(await generate({ budget_id: null, organization_id }))).status).toBe(200)
  })
})
