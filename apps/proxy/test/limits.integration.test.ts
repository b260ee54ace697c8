import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import OpenAI, { RateLimitError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel, streamed } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** A call costs 10 x 1e-6 + 5 x 2e-6 USD. */
const COST = 0.00002

describe('limits and budgets', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    const priced = oneModel(upstream.url, { params: { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 } }) as { model_list: object[] }
    const unpriced = oneModel(upstream.url) as { model_list: object[] }
    proxy = await startProxy({ config: { model_list: [...priced.model_list, { ...priced.model_list[0], model_name: 'second' }, { ...unpriced.model_list[0], model_name: 'unpriced' }] } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  const post = async (path: string, body: object): Promise<{ key: string; team_id: string; user_id: string }> => (await (await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })).json()) as never
  const generate = async (body: object): Promise<string> => (await post('/key/generate', body)).key
  const info = async (key: string): Promise<Record<string, unknown>> => ((await (await proxy.fetch(`/key/info?key=${key}`)).json()) as { info: Record<string, unknown> }).info
  const ask = (key: string, more: object = {}): Promise<Response> => proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5, ...more }), headers: { authorization: `Bearer ${key}` } })
  const errorOf = async (reply: Response): Promise<{ type: string; code: string; message: string }> => ((await reply.json()) as { error: { type: string; code: string; message: string } }).error
  /** Moves away from the end of a minute, where a window would turn in the middle of a test. */
  const withinMinute = async (): Promise<void> => {
    while (Date.now() % 60_000 > 55_000) await ask(await generate({}))
    upstream.reset().on(CHAT, answer.json(completion('hi')))
  }

  it('LL#34732: 500 concurrent requests on a key with a budget for 20 never spend more than it', async () => {
    const key = await generate({ max_budget: COST * 20, key_alias: 'twenty' })
    const replies = await Promise.all(Array.from({ length: 500 }, () => ask(key)))
    const served = replies.filter(({ status }) => status === 200).length
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(500 - served)
    expect(served).toBeGreaterThan(0)
    expect(served).toBeLessThanOrEqual(20)
    expect(upstream.requests).toHaveLength(served)
    expect((await info(key))['spend']).toBeCloseTo(COST * served, 12)
    // What was held came back: one after the other, the rest of the budget can be used.
    let more = 0
    while ((await ask(key)).status === 200) more += 1
    expect(served + more).toBeLessThanOrEqual(20)
    expect(served + more).toBeGreaterThanOrEqual(18)
  })

  it('a caller that sends one x-litellm-call-id for all its calls is held to its budget as well', async () => {
    const key = await generate({ max_budget: COST * 20 })
    const replies = await Promise.all(Array.from({ length: 100 }, () => proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5 }), headers: { authorization: `Bearer ${key}`, 'x-litellm-call-id': 'same' } })))
    const served = replies.filter(({ status }) => status === 200).length
    expect(served).toBeLessThanOrEqual(20)
    expect((await info(key))['spend']).toBeCloseTo(COST * served, 12)
  })

  it('the refusal of a spent budget says whose it is, what was spent and when it resets', async () => {
    const key = await generate({ max_budget: COST, budget_duration: '30d', key_alias: 'monthly' })
    expect((await ask(key, { max_tokens: 5 })).status).toBe(429)
    await post('/key/update', { key, max_budget: COST * 3 })
    expect((await ask(key, { max_tokens: 1 })).status).toBe(200)
    await post('/key/update', { key, max_budget: COST })
    const reply = await ask(key)
    const error = await errorOf(reply)
    expect([reply.status, error.type, error.code]).toEqual([429, 'budget_exceeded', '429'])
    expect(error.message).toMatch(/^Budget has been exceeded! Current cost: 0\.00002, Max budget: 0\.00002\. Budget of key "monthly"/)
    expect(reply.headers.get('rate_limit_type')).toBe('budget')
    const now = new Date()
    expect(reply.headers.get('reset_at')).toBe(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString())
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await info(key)).toMatchObject({ spend: COST, max_budget: COST })
  })

  it('LL#32245, LL#26672: the budget of a team and of a user holds for all their keys', async () => {
    const { team_id } = await post('/team/new', { team_alias: 'poor', max_budget: COST * 3 })
    const { user_id } = await post('/user/new', { user_email: 'poor@example.com', max_budget: COST * 3, auto_create_key: false })
    for (const [owner, scope] of [[{ team_id }, 'team "poor"'], [{ user_id }, 'user "poor@example.com"']] as const) {
      const keys = [await generate(owner), await generate(owner)]
      let served = 0
      for (let i = 0; i < 6; i += 1) if ((await ask(keys[i % 2]!)).status === 200) served += 1
      expect(served).toBeGreaterThanOrEqual(1)
      expect(served).toBeLessThanOrEqual(3)
      expect((await errorOf(await ask(keys[1]!))).message).toContain(scope)
    }
  })

  it('a member\'s budget in a team holds for its keys of the team, and for nobody else\'s', async () => {
    const { team_id } = await post('/team/new', { team_alias: 'crew', members_with_roles: [{ user_id: 'ann', max_budget_in_team: COST * 2 }, { user_id: 'bob' }] })
    const ann = await generate({ team_id, user_id: 'ann' })
    const bob = await generate({ team_id, user_id: 'bob' })
    let served = 0
    for (let i = 0; i < 4; i += 1) if ((await ask(ann, { max_tokens: 1 })).status === 200) served += 1
    expect([1, 2]).toContain(served)
    expect((await errorOf(await ask(ann))).message).toContain('Budget of member "ann in crew"')
    expect((await ask(bob)).status).toBe(200)
    expect((await ask(await generate({ user_id: 'ann' }))).status).toBe(200)
  })

  it('LL#20615: without a budget nothing is ever refused for its cost, and spend is counted', async () => {
    const key = await generate({})
    for (let i = 0; i < 3; i += 1) expect((await ask(key, { max_tokens: 1_000_000 })).status).toBe(200)
    expect((await info(key))['spend']).toBeCloseTo(COST * 3, 12)
    expect((await ask(key, { model: 'unpriced' })).status).toBe(200)
  })

  it('a temporary increase counts until it ends', async () => {
    const key = await generate({ max_budget: 0 })
    expect((await ask(key)).status).toBe(429)
    await post('/key/update', { key, temp_budget_increase: 1, temp_budget_expiry: new Date(Date.now() + 3_600_000).toISOString() })
    expect((await ask(key)).status).toBe(200)
    await post('/key/update', { key, temp_budget_expiry: new Date(Date.now() - 1000).toISOString(), temp_budget_increase: 1 })
    expect((await ask(key)).status).toBe(429)
  })

  it('a hard budget meets a model without a price: refused, unless the operator allows it', async () => {
    const refused = await ask(await generate({ max_budget: 1 }), { model: 'unpriced' })
    expect([refused.status, (await errorOf(refused)).code]).toEqual([400, 'unpriced_model'])
    await using lenient = await startProxy({ config: oneModel(upstream.url, { config: { general_settings: { allow_unpriced_models_on_budgets: true } } }) })
    const made = (await (await lenient.fetch('/key/generate', { method: 'POST', body: '{"max_budget":1}' })).json()) as { key: string }
    expect((await lenient.fetch(CHAT, { ...chatBody(), headers: { authorization: `Bearer ${made.key}` } })).status).toBe(200)
  })

  it('a soft budget refuses nothing and is told once', async () => {
    const key = await generate({ soft_budget: COST * 2, key_alias: 'soft' })
    for (let i = 0; i < 4; i += 1) expect((await ask(key)).status).toBe(200)
    await proxy.logged(({ msg, name }) => msg === 'soft budget reached' && name === 'soft')
    expect(proxy.log.filter(({ msg, name }) => msg === 'soft budget reached' && name === 'soft')).toHaveLength(1)
  })

  it('an upstream that fails costs nothing and holds nothing', async () => {
    upstream.reset().on(CHAT, answer.error(400))
    const key = await generate({ max_budget: COST * 3 })
    for (let i = 0; i < 10; i += 1) expect((await ask(key)).status).toBe(400)
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    expect((await ask(key)).status).toBe(200)
    expect((await info(key))['spend']).toBeCloseTo(COST, 12)
  })

  it('LL#37923: a streamed call costs what the same call costs unstreamed', async () => {
    upstream.reset().on(CHAT, streamed('h', 'i'))
    const key = await generate({ max_budget: 1 })
    await (await ask(key, { stream: true })).text()
    expect((await info(key))['spend']).toBeCloseTo(COST, 12)
  })

  it('requests a minute: the headers count down, the refusal names the key and the window', async () => {
    await withinMinute()
    const key = await generate({ rpm_limit: 2, key_alias: 'slow' })
    const first = await ask(key)
    expect(Object.fromEntries(['x-litellm-key-rpm-limit', 'x-ratelimit-limit-requests', 'x-ratelimit-remaining-requests'].map((name) => [name, first.headers.get(name)]))).toEqual({
      'x-litellm-key-rpm-limit': '2', 'x-ratelimit-limit-requests': '2', 'x-ratelimit-remaining-requests': '1',
    })
    expect((await ask(key)).headers.get('x-ratelimit-remaining-requests')).toBe('0')
    const refused = await ask(key)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('rate_limit_type')).toBe('requests')
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    const error = await errorOf(refused)
    expect(error).toMatchObject({ type: 'throttling_error', code: 'rate_limit_exceeded' })
    expect(error.message).toMatch(/^Rate limit exceeded for key "slow"\. Limit type: requests\. Current limit: 2 \(1m\), remaining: 0\. Limit resets at: \d{4}-\d\d-\d\d \d\d:\d\d:00 UTC\.$/)
    const client = new OpenAI({ apiKey: key, baseURL: `${proxy.url}/v1`, maxRetries: 0 })
    await expect(client.chat.completions.create({ model: 'gpt', messages: [{ role: 'user', content: 'hi' }] })).rejects.toBeInstanceOf(RateLimitError)
    expect(upstream.requests).toHaveLength(2)
  })

  it('requests a minute of one model leave the others alone', async () => {
    await withinMinute()
    const key = await generate({ model_rpm_limit: { gpt: 1 } })
    expect((await ask(key)).headers.get('x-litellm-key-remaining-requests-gpt')).toBe('0')
    const refused = await ask(key)
    expect([refused.status, (await errorOf(refused)).message]).toEqual([429, expect.stringContaining('model "gpt"')])
    expect((await ask(key, { model: 'second' })).status).toBe(200)
  })

  it('tokens a minute: what is asked for is counted before the call, what was used after it', async () => {
    await withinMinute()
    const key = await generate({ tpm_limit: 120 })
    const tooMuch = await ask(key, { max_tokens: 200 })
    expect([tooMuch.status, tooMuch.headers.get('rate_limit_type')]).toEqual([429, 'tokens'])
    const first = await ask(key)
    expect([first.status, first.headers.get('x-litellm-key-tpm-limit')]).toEqual([200, '120'])
    let served = 1
    while ((await ask(key)).status === 200) served += 1
    // 15 tokens each, and an estimate of about 35 must still fit.
    expect(served).toBeGreaterThanOrEqual(5)
    expect(served).toBeLessThanOrEqual(8)
  })

  it('LL#16011: parallel requests: one more than the limit is refused, and each end makes room', async () => {
    const release = Promise.withResolvers<void>()
    upstream.reset().on(CHAT, async (response, call) => {
      await release.promise
      await answer.json(completion('hi'))(response, call)
    })
    const key = await generate({ max_parallel_requests: 2, key_alias: 'narrow' })
    const two = [ask(key), ask(key)]
    await expect.poll(() => upstream.requests.length).toBe(2)
    const third = await ask(key)
    expect([third.status, third.headers.get('rate_limit_type'), third.headers.get('retry-after')]).toEqual([429, 'concurrent_requests', '1'])
    expect((await errorOf(third)).message).toContain('max_parallel_requests')
    release.resolve()
    expect((await Promise.all(two)).map(({ status }) => status)).toEqual([200, 200])
    expect((await ask(key)).status).toBe(200)
  })

  it('a caller that leaves in the middle gives its place back, and the call is not free', async () => {
    upstream.reset().on(CHAT, answer.hang(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: 'a' } }] })}\n\n`, { 'content-type': 'text/event-stream' }))
    const key = await generate({ max_parallel_requests: 1, max_budget: 1 })
    const leave = new AbortController()
    const reply = await proxy.fetch(CHAT, { ...chatBody({ stream: true, max_tokens: 5 }), headers: { authorization: `Bearer ${key}` }, signal: leave.signal })
    await reply.body!.getReader().read()
    expect((await ask(key)).status).toBe(429)
    leave.abort()
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    await expect.poll(async () => (await ask(key)).status).toBe(200)
    expect((await info(key))['spend']).toBeGreaterThan(COST)
  })

  it('the provider\'s own limits go by another name beside the key\'s', async () => {
    upstream.reset().on(CHAT, answer.json(completion('hi'), { headers: { 'x-ratelimit-remaining-requests': '4999' } }))
    const limited = await ask(await generate({ rpm_limit: 50 }))
    expect([limited.headers.get('x-ratelimit-remaining-requests'), limited.headers.get('llm_provider-x-ratelimit-remaining-requests')]).toEqual(['49', '4999'])
    expect((await ask(await generate({}))).headers.get('x-ratelimit-remaining-requests')).toBe('4999')
  })

  it('the master key has no limits', async () => {
    for (let i = 0; i < 5; i += 1) expect((await proxy.fetch(CHAT, chatBody({ max_tokens: 1_000_000, model: 'unpriced' }))).status).toBe(200)
  })
})
