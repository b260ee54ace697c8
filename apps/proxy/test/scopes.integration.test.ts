import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { COST, manage, priced, type Reply, ROOM, unique } from './management-client.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('limits of every scope', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { send, post, get, make, generate, ask, untilRefused, explain } = manage(() => proxy)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({ config: {
      model_list: [priced(upstream.url, 'gpt'), priced(upstream.url, 'second')],
    } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  /** How an owner of each scope is made with limits, and how a call comes under them. */
  const owners: readonly (readonly [scope: string, make: (limits: object) => Promise<{ id: string; call: readonly [key: string | undefined, body?: object, headers?: object]; update?: (limits: object) => Promise<Reply> }>])[] = [
    ['key', async (limits) => {
      const key = await generate(limits)
      return { id: key, call: [key], update: (more) => post('/key/update', { key, ...more }) }
    }],
    ['team', async (limits) => {
      const team_id = unique()
      await make('/team/new', { team_id, ...limits })
      return { id: team_id, call: [await generate({ team_id })], update: (more) => post('/team/update', { team_id, ...more }) }
    }],
    ['user', async (limits) => {
      const user_id = unique()
      await make('/user/new', { user_id, auto_create_key: false, max_budget: null, budget_duration: null, ...limits })
      return { id: user_id, call: [await generate({ user_id })], update: (more) => post('/user/update', { user_id, ...more }) }
    }],
    ['organization', async (limits) => {
      const organization_id = unique()
      await make('/organization/new', { organization_id, ...limits })
      const team_id = unique()
      await make('/team/new', { team_id, organization_id })
      return { id: organization_id, call: [await generate({ team_id })], update: (more) => send('PATCH', '/organization/update', { organization_id, ...more }) }
    }],
    ['end_user', async (limits) => {
      const user_id = unique()
      await make('/customer/new', { user_id, ...limits })
      return { id: user_id, call: [await generate(), { user: user_id }], update: (more) => post('/end_user/update', { user_id, ...more }) }
    }],
    ['tag', async (limits) => {
      const name = unique()
      await make('/tag/new', { name, ...limits })
      return { id: name, call: [await generate(), { metadata: { tags: [name] } }], update: (more) => post('/tag/update', { name, ...more }) }
    }],
    ['member', async ({ max_budget, ...limits }: { max_budget?: number }) => {
      const [team_id, user_id] = [unique(), unique()]
      await make('/team/new', { team_id })
      await make('/team/member_add', { team_id, member: { user_id, role: 'user' }, ...limits, ...(max_budget !== undefined && { max_budget_in_team: max_budget }) })
      return { id: `${team_id}:${user_id}`, call: [await generate({ team_id, user_id })] }
    }],
  ]

  it.each(owners)('LL#26672, LL#23714: a budget of its own refuses calls of the %s, and says whose it is', async (scope, owner) => {
    const { id, call } = await owner({ max_budget: ROOM, budget_duration: '30d' })
    const { served, refused } = await untilRefused(...call)
    expect(served).toBeGreaterThanOrEqual(1)
    expect([refused.status, refused.body.error.type]).toEqual([429, 'budget_exceeded'])
    expect(refused.body.error.message).toContain(`Budget of ${scope.replace('_', ' ')} `)
    const budget = (await explain(scope, id)).find(({ limit_type }) => limit_type === 'max_budget')!
    expect(budget).toMatchObject({ limit: ROOM, window: '30d', source: 'own', held: 0 })
    expect(budget.settled).toBeCloseTo(COST * served, 12)
    expect(budget.remaining).toBeCloseTo(ROOM - COST * served, 12)
    expect(Date.parse(budget.resets_at!)).toBeGreaterThan(Date.now())
  })

  it.each(owners)('LL#26672: a budget object refuses calls of the %s that names it, and its change counts at once', async (scope, owner) => {
    const budget_id = unique()
    await make('/budget/new', { budget_id, max_budget: ROOM, budget_duration: '30d' })
    const { id, call } = await owner({ budget_id })
    const { served, refused } = await untilRefused(...call)
    expect(refused.body.error.message).toContain(`Budget of ${scope.replace('_', ' ')} `)
    expect((await explain(scope, id))[0]).toMatchObject({ limit: ROOM, window: '30d', source: `budget ${budget_id}` })
    await make('/budget/update', { budget_id, max_budget: 1 })
    expect((await ask(...call)).status).toBe(200)
    expect((await explain(scope, id))[0]!.settled).toBeCloseTo(COST * (served + 1), 12)
    await make('/budget/update', { budget_id, rpm_limit: 0 })
    expect((await ask(...call)).body.error.type).toBe('throttling_error')
    await make('/budget/delete', { id: budget_id })
    expect((await ask(...call)).status).toBe(200)
  })

  it.each(owners)('TZ#3678: requests and tokens a minute refuse calls of the %s, which the refusal names', async (scope, owner) => {
    for (const limit of [{ rpm_limit: 0 }, { tpm_limit: 1 }]) {
      const { refused } = await untilRefused(...(await owner(limit)).call)
      expect([refused.status, refused.body.error.type]).toEqual([429, 'throttling_error'])
      expect(refused.body.error.message).toContain(`Rate limit exceeded for ${scope.replace('_', ' ')} `)
    }
  })

  it.each(owners)('LL#20615, LL#22726: the %s without a budget is never refused for its cost', async (scope, owner) => {
    const { id, call } = await owner({})
    for (let i = 0; i < 3; i += 1) expect((await ask(call[0], { ...call[1], max_tokens: 1_000_000 }, call[2])).status).toBe(200)
    const budget = (await explain(scope, id)).find(({ limit_type }) => limit_type === 'max_budget')!
    expect(budget.settled).toBeCloseTo(COST * 3, 12)
    expect([budget.limit, budget.remaining]).toEqual([null, null])
  })

  it.each(owners.filter(([scope]) => scope !== 'member'))('LL#11636, LL#32474: a limit of the %s is kept when a change leaves it out, cleared by null, and 0 is zero', async (scope, owner) => {
    const { id, call, update } = await owner({ max_budget: 0 })
    expect((await ask(...call)).status).toBe(429)
    await update!({ rpm_limit: 100 })
    expect((await ask(...call)).status).toBe(429)
    expect((await update!({ max_budget: null })).status).toBe(200)
    expect((await ask(...call)).status).toBe(200)
    expect((await explain(scope, id)).map(({ limit_type, limit }) => [limit_type, limit])).toEqual([['requests', 100], ['max_budget', null]])
  })

  it.each(owners.filter(([scope]) => scope !== 'member'))('several windows, parallel calls, single models and an increase hold for the %s', async (_scope, owner) => {
    const { call, update } = await owner({ max_budget: 1, budget_limits: [{ max_budget: ROOM, budget_duration: '24h' }] })
    expect((await untilRefused(...call)).refused.body.error.message).toContain('The 24h budget resets at')
    await update!({ budget_limits: null, max_parallel_requests: 0 })
    expect((await ask(...call)).body.error.message).toContain('max_parallel_requests')
    await update!({ max_parallel_requests: null, model_max_budget: { gpt: { max_budget: 0 } } })
    expect((await ask(...call)).body.error.message).toContain('model "gpt"')
    expect((await ask(call[0], { ...call[1], model: 'second' }, call[2])).status).toBe(200)
    await update!({ model_max_budget: null, max_budget: 0 })
    expect((await ask(...call)).status).toBe(429)
    await update!({ temp_budget_increase: 1, temp_budget_expiry: new Date(Date.now() + 3_600_000).toISOString() })
    expect((await ask(...call)).status).toBe(200)
  })

  it('own limits win over those of the budget object, field by field', async () => {
    const budget_id = unique()
    await make('/budget/new', { budget_id, max_budget: 0, budget_duration: '30d', tpm_limit: 100_000, rpm_limit: 0 })
    const key = await generate({ budget_id, max_budget: 1, rpm_limit: 50 })
    expect((await ask(key)).status).toBe(200)
    expect(await explain('key', key)).toMatchObject([
      { limit_type: 'requests', limit: 50, source: 'own' }, { limit_type: 'tokens', limit: 100_000, source: `budget ${budget_id}` }, { limit_type: 'max_budget', limit: 1, window: 'total', source: 'own' },
    ])
    expect((await get(`/key/info?key=${key}`)).body['info']).toMatchObject({ budget_id, max_budget: 1, litellm_budget_table: { budget_id, max_budget: 0, budget_duration: '30d' } })
  })

  it('members without limits of their own have those that the team gives to each', async () => {
    const team_id = unique()
    await make('/team/new', { team_id, members_with_roles: [{ user_id: 'plain' }, { user_id: 'rich', max_budget_in_team: 1 }], team_member_budget: ROOM, team_member_budget_duration: '7d', team_member_rpm_limit: 60, team_member_tpm_limit: 60_000 })
    const [plain, rich] = [await generate({ team_id, user_id: 'plain' }), await generate({ team_id, user_id: 'rich' })]
    const { served, refused } = await untilRefused(plain)
    expect(refused.body.error.message).toContain('Budget of member "plain in')
    for (let i = 0; i <= served; i += 1) expect((await ask(rich)).status).toBe(200)
    expect((await explain('member', `${team_id}:plain`)).map(({ limit_type, limit, window, source }) => [limit_type, limit, window, source])).toEqual([
      ['requests', 60, '1m', 'team_member defaults'], ['tokens', 60_000, '1m', 'team_member defaults'], ['max_budget', ROOM, '7d', 'team_member defaults'],
    ])
    expect((await explain('member', `${team_id}:rich`)).at(-1)).toMatchObject({ limit: 1, source: 'own' })
    // A later one too.
    await make('/team/member_add', { team_id, member: [{ user_id: 'later' }] })
    expect((await explain('member', `${team_id}:later`)).at(-1)).toMatchObject({ limit: ROOM })
  })

  it('LL#20615: what a team\'s key spends counts for its user, whose own budget is for its own keys', async () => {
    const [user_id, team_id] = [unique(), unique()]
    await make('/user/new', { user_id, max_budget: ROOM, budget_duration: null, auto_create_key: false })
    await make('/team/new', { team_id, members_with_roles: [{ user_id }] })
    const ofTeam = await generate({ team_id, user_id })
    for (let i = 0; i < 5; i += 1) expect((await ask(ofTeam)).status).toBe(200)
    expect((await ask(await generate({ user_id }))).body.error.message).toContain('Budget of user')
  })
})
