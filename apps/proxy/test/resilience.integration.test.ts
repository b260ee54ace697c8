import { type Answer, answer, createFakeUpstream, type FakeUpstream, sseText } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, chunk, completion, streamed } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** A deployment of `model` at the upstream's path of its id. */
const deployment = (url: string, id: string, model = 'gpt', more: object = {}): object => ({
  model_name: model,
  litellm_params: { model: 'openai/upstream-model', api_key: 'sk-upstream', api_base: `${url}/${id}/v1`, first_token_timeout: 0.4, ...more },
  model_info: { id },
})
const at = (id: string): string => `/${id}/v1/chat/completions`
const ok = answer.json(completion('hi'))
const both: Answer = (response, call) => ((call.json as { stream?: boolean }).stream === true ? streamed('hi')(response, call) : ok(response, call))

/** Answers with a fault in this share of calls, evenly spread. */
function sometimes(fault: Answer, every: number): Answer {
  let calls = 0
  return (response, call) => (calls++ % every === 0 ? fault : both)(response, call)
}

describe('three deployments of which one answers 429, one hangs, one resets', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({
      config: {
        model_list: [...['limited', 'hanging', 'resetting'].map((id) => deployment(upstream.url, id)), ...['limited', 'hanging', 'resetting', 'well'].map((id) => deployment(upstream.url, id, 'four')).map((one, at) => ({ ...one, model_info: { id: `four-${at}` } }))],
        router_settings: { num_retries: 10, cooldown_time: 0.2, total_timeout: 15 },
      },
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset())

  const faults = { limited: answer.error(429), hanging: answer.hang(), resetting: answer.reset() }

  it.each([['plain', false], ['streamed', true]])('lose no request within its deadline when they fail now and then, %s', async (_name, stream) => {
    for (const [id, fault] of Object.entries(faults)) upstream.on(at(id), sometimes(fault, 3))
    const replies = await Promise.all(Array.from({ length: 150 }, () => proxy.fetch(CHAT, chatBody({ stream }))))
    const texts = await Promise.all(replies.map((reply) => reply.text()))
    expect(replies.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
    expect(texts.every((text) => text.includes('hi') && !text.includes('"error"'))).toBe(true)
  })

  it('lose no request while a fourth one is well', async () => {
    for (const [id, fault] of Object.entries(faults)) upstream.on(at(id), fault)
    upstream.on(at('well'), both)
    const replies = await Promise.all(Array.from({ length: 60 }, () => proxy.fetch(CHAT, chatBody({ model: 'four' }))))
    expect(replies.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
    expect(new Set(replies.map(({ headers }) => headers.get('x-litellm-model-id')))).toEqual(new Set(['four-3']))
  })

  it('leave a caller with a deadline of its own an error in that time', async () => {
    for (const id of Object.keys(faults)) upstream.on(at(id), answer.hang())
    const began = Date.now()
    const reply = await proxy.fetch(CHAT, { ...chatBody(), headers: { 'x-litellm-timeout': '0.7' } })
    expect(reply.status).toBeGreaterThanOrEqual(408)
    expect(Date.now() - began).toBeLessThan(2500)
  })
})

describe('time-outs', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    const slow = { first_token_timeout: undefined, timeout: 60, max_retries: 0 }
    proxy = await startProxy({
      config: {
        model_list: [deployment(upstream.url, 'one', 'gpt', slow), deployment(upstream.url, 'streaming', 'streaming', { ...slow, stream_timeout: 0.4 })],
        router_settings: { total_timeout: 2, num_retries: 0 },
      },
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset())

  /** Chunks with a pause before each. */
  const paced = (everyMs: number): Answer => answer.slow([chunk({ content: 'a' }), chunk({ content: 'b' }), chunk({ content: 'c' }), chunk({}, 'stop'), '[DONE]'].map((one) => sseText(typeof one === 'string' ? one : { data: one })).join(''), { headers: { 'content-type': 'text/event-stream' }, pieceBytes: 200, everyMs })

  it.each([['plain', false], ['streamed', true]])('of the whole call hold for its first attempt too, %s', async (_name, stream) => {
    upstream.on(at('one'), answer.hang())
    const began = Date.now()
    expect((await proxy.fetch(CHAT, chatBody({ stream }))).status).toBe(408)
    expect(Date.now() - began).toBeLessThan(5000)
  })

  // LiteLLM's documentation: how long the first chunk may take, and not all of them. It waits as long for each further one.
  it('of streams are for the first chunk and each further one, not for all of them', async () => {
    upstream.on(at('streaming'), paced(150))
    const whole = await (await proxy.fetch(CHAT, chatBody({ model: 'streaming', stream: true }))).text()
    expect(whole).toContain('[DONE]')
    upstream.reset().on(at('streaming'), answer.hang())
    expect((await proxy.fetch(CHAT, chatBody({ model: 'streaming', stream: true }))).status).toBe(408)
    upstream.reset().on(at('streaming'), answer.hang(sseText({ data: chunk({ content: 'a' }) }), { 'content-type': 'text/event-stream' }))
    expect(await (await proxy.fetch(CHAT, chatBody({ model: 'streaming', stream: true }))).text()).toContain('the idle time-out of 400 ms passed')
  })

  it('that a request asks for its stream are of the same kind', async () => {
    const ask = (): Promise<Response> => proxy.fetch(CHAT, { ...chatBody({ stream: true }), headers: { 'x-litellm-stream-timeout': '0.3' } })
    upstream.on(at('one'), paced(120))
    expect(await (await ask()).text()).toContain('[DONE]')
    upstream.reset().on(at('one'), answer.hang('', { 'content-type': 'text/event-stream' }))
    const reply = await ask()
    expect([reply.status, await reply.text()]).toEqual([408, expect.stringContaining('of 300 ms passed')])
  })
})

describe('fallbacks, traces and time-outs', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({
      database: 'embedded',
      config: {
        model_list: [deployment(upstream.url, 'one'), deployment(upstream.url, 'other', 'claude'), deployment(upstream.url, 'wide', 'long'), deployment(upstream.url, 'stored', 'stored-model')],
        litellm_settings: { num_retries: 1, fallbacks: [{ gpt: ['claude'] }], context_window_fallbacks: [{ gpt: ['long'] }] },
        general_settings: { store_model_in_db: true },
      },
    })
  }, 60_000)
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset())

  const trace = async (id: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const reply = await proxy.fetch(`/requests/${id}/trace`)
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
  }

  it('are configured by LiteLLM\'s keys, and the trace tells each decision', async () => {
    upstream.on(at('one'), answer.error(503)).on(at('other'), both)
    const reply = await proxy.fetch(CHAT, { ...chatBody(), headers: { 'x-litellm-call-id': 'fell-back', 'x-tianjillm-trace': 'true' } })
    expect(reply.status).toBe(200)
    expect(((await reply.json()) as { model: string }).model).toBe('claude')
    expect(Object.fromEntries([...reply.headers].filter(([name]) => /attempted|model-id|model-group/.test(name)))).toEqual({ 'x-litellm-attempted-retries': '1', 'x-litellm-attempted-fallbacks': '1', 'x-litellm-model-id': 'other', 'x-litellm-model-group': 'claude' })
    expect(reply.headers.get('x-tianjillm-trace')).toMatch(/^attempt one upstream_overloaded \d+ms; retry \d+ms; attempt one upstream_overloaded \d+ms; fallback gpt>claude internal_server; chose other only 1\/1$/)
    const { status, body } = await trace('fell-back')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'success', model: 'gpt', model_group: 'claude', stand_in: 'claude', attempts: 3, retries: 1, fallbacks: 1, deployment: { id: 'other', provider: 'openai' }, source: 'memory' })
    expect((body['steps'] as { step: string }[]).map(({ step }) => step)).toEqual(['attempt', 'retry', 'attempt', 'fallback'])
  })

  it('make one row of the ledger, under the model that answered', async () => {
    upstream.on(at('one'), answer.error(503)).on(at('other'), both)
    await proxy.fetch(CHAT, { ...chatBody(), headers: { 'x-litellm-call-id': 'one-row' } })
    const rows = async (): Promise<readonly Record<string, unknown>[]> => (await (await proxy.fetch('/spend/logs?request_id=one-row')).json()) as Record<string, unknown>[]
    await expect.poll(async () => (await rows()).length, { timeout: 5000 }).toBe(1)
    expect((await rows())[0]).toMatchObject({ model_group: 'claude', model_id: 'other', metadata: { tianjillm_decisions: expect.stringContaining('fallback gpt>claude') as string } })
  })

  it('are in the ledger from the call\'s beginning, not their own', async () => {
    const key = ((await (await proxy.fetch('/key/generate', { method: 'POST', body: '{"rpm_limit": 100}' })).json()) as { key: string }).key
    upstream.on(at('one'), answer.hang()).on(at('other'), both)
    const reply = await proxy.fetch(CHAT, { ...chatBody({ num_retries: 0, max_tokens: 10 }), headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-litellm-call-id': 'from-the-beginning' } })
    expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'other'])
    const row = async (): Promise<Record<string, unknown> | undefined> => ((await (await proxy.fetch('/spend/logs?request_id=from-the-beginning')).json()) as Record<string, unknown>[])[0]
    await expect.poll(row, { timeout: 5000 }).toMatchObject({ model_id: 'other' })
    expect((await row())!['request_duration_ms']).toBeGreaterThanOrEqual(400)
  })

  it('for a request that is too long are those for that', async () => {
    upstream.on(at('one'), answer.error(400, { error: { message: 'maximum context length is 8192 tokens', type: 'invalid_request_error', code: 'context_length_exceeded' } })).on(at('wide'), both)
    const reply = await proxy.fetch(CHAT, chatBody())
    expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'wide'])
  })

  it('are set over the API, at once, but not for models whose fallbacks the file sets', async () => {
    const post = (body: object): Promise<Response> => proxy.fetch('/fallback', { method: 'POST', body: JSON.stringify(body) })
    expect((await post({ model: 'gpt', fallback_models: ['long'] })).status).toBe(409)
    expect((await post({ model: 'stored-model', fallback_models: ['claude'] })).status).toBe(200)
    upstream.on(at('stored'), answer.error(500)).on(at('other'), both)
    const reply = await proxy.fetch(CHAT, chatBody({ model: 'stored-model' }))
    expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'other'])
  })

  it('of a request must make requests that could stand by themselves', async () => {
    const reply = await proxy.fetch(CHAT, chatBody({ fallbacks: ['claude', { model: 'claude', messages: 'hello' }] }))
    expect([reply.status, ((await reply.json()) as { error: { param: string } }).error.param]).toEqual([400, 'fallbacks[1].messages'])
  })

  it('answer where an upstream says with status 200 that it cannot, or shows a page; and nothing is owed for that', async () => {
    for (const [at_, said] of [answer.json({ error: { message: 'overloaded', code: 503 } }), answer.bytes('<html>Log in</html>', { headers: { 'content-type': 'text/html' } })].entries()) {
      upstream.reset().on(at('one'), said).on(at('other'), both)
      const reply = await proxy.fetch(CHAT, { ...chatBody({ num_retries: 0 }), headers: { 'x-litellm-call-id': `page-${at_}` } })
      expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'other'])
      expect((await trace(`page-${at_}`)).body).toMatchObject({ status: 'success', attempts: 2 })
    }
  })

  it('leave the first group\'s error when all fail', async () => {
    upstream.on(at('one'), answer.error(429, { error: { message: 'You are too fast', type: 'requests', code: 'rate_limit' } })).on(at('other'), answer.error(500))
    const reply = await proxy.fetch(CHAT, { ...chatBody({ num_retries: 0 }), headers: { 'x-litellm-call-id': 'all-failed' } })
    expect([reply.status, await reply.text()]).toEqual([429, expect.stringContaining('You are too fast')])
    expect((await trace('all-failed')).body).toMatchObject({ status: 'failure', error: 'upstream_rate_limit' })
  })

  it('give up on a deployment that sends no first token in time, streams too', async () => {
    upstream.on(at('one'), answer.hang('', { 'content-type': 'text/event-stream' })).on(at('other'), both)
    const reply = await proxy.fetch(CHAT, chatBody({ stream: true, num_retries: 0 }))
    expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'other'])
    expect(await reply.text()).toContain('[DONE]')
  })

  it('tell a trace to whose call it was, and to nobody else', async () => {
    const key = async (): Promise<string> => ((await (await proxy.fetch('/key/generate', { method: 'POST', body: '{}' })).json()) as { key: string }).key
    const [mine, other] = [await key(), await key()]
    upstream.on(at('one'), both)
    const as = (secret: string, path: string, init: RequestInit = {}): Promise<Response> => proxy.fetch(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${secret}` } })
    await as(mine, CHAT, { ...chatBody(), headers: { 'content-type': 'application/json', 'x-litellm-call-id': 'mine' } })
    expect((await as(mine, '/requests/mine/trace')).status).toBe(200)
    expect((await as(other, '/requests/mine/trace')).status).toBe(404)
    expect((await trace('no-such-call')).status).toBe(404)
  })
})

describe('hedges and continued streams', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({
      config: {
        model_list: [{ ...deployment(upstream.url, 'one', 'gpt', { order: 1, first_token_timeout: 20 }) }, deployment(upstream.url, 'two', 'gpt', { order: 2 })],
        router_settings: { hedge_after: 0.1, continue_streams: true, num_retries: 0 },
      },
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset())

  it('a deployment that is silent is overtaken by another one', async () => {
    upstream.on(at('one'), answer.hang()).on(at('two'), both)
    const reply = await proxy.fetch(CHAT, { ...chatBody(), headers: { 'x-tianjillm-trace': '1' } })
    expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'two'])
    expect(reply.headers.get('x-tianjillm-trace')).toContain('hedge two won')
    await expect.poll(() => upstream.hanging).toBe(0)
  })

  it('a stream that breaks goes on with another deployment, behind a mark', async () => {
    upstream.on(at('one'), answer.reset(sseText({ data: chunk({ role: 'assistant', content: 'half of it, ' }) }), { 'content-type': 'text/event-stream' })).on(at('two'), streamed('and the rest'))
    const text = await (await proxy.fetch(CHAT, chatBody({ stream: true }))).text()
    expect(text).toContain('half of it, ')
    expect(text).toContain('"continued":{"after":"one"')
    expect(text).toContain('and the rest')
    expect(text).toContain('[DONE]')
  })
})
