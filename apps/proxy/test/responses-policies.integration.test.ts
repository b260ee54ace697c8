import { answer, controlledStream, type ControlledStream, createFakeUpstream, type FakeUpstream, sseText } from '@tianjillm/test-kit'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFakeResponses, type FakeResponses } from './fake-responses.ts'
import { manage } from './management-client.ts'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

const PATH = '/one/v1/responses'

describe('policies over the Responses API', () => {
  let upstream: FakeUpstream
  let fake: FakeResponses
  let proxy: RunningProxy
  const { generate, get } = manage(() => proxy)
  const client = (apiKey: string = MASTER_KEY): OpenAI => new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey, maxRetries: 0 })
  const sent = (): Record<string, unknown> => upstream.requests.findLast(({ method, path }) => method === 'POST' && path === PATH)!.json as Record<string, unknown>
  const streamed = async (body: object = {}): Promise<OpenAI.Responses.ResponseStreamEvent[]> => {
    const events: OpenAI.Responses.ResponseStreamEvent[] = []
    for await (const event of await client().responses.create({ model: 'gpt', input: 'x', ...body, stream: true })) events.push(event)
    return events
  }

  const delta = (text: string): string => sseText({ event: 'response.output_text.delta', data: { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: text } })
  /** A stream that has begun to reach its caller. */
  const begun = async (input: string): Promise<{ stream: ControlledStream; reply: Promise<Response> }> => {
    const stream = controlledStream()
    upstream.on((call) => call.path === PATH && call.text.includes(input), stream.answer)
    const reply = proxy.fetch('/v1/responses', { method: 'POST', body: JSON.stringify({ model: 'gpt', input, stream: true }) })
    await stream.opened
    await stream.send(sseText({ event: 'response.created', data: { type: 'response.created', response: { id: 'resp_one_x', object: 'response', status: 'in_progress', output: [] } } }))
    for (let i = 0; i < 10; i += 1) await stream.send(delta('word '.repeat(200)))
    await reply
    return { stream, reply }
  }

  beforeEach(() => fake.say(undefined))
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    fake = createFakeResponses(upstream, 'one')
    upstream.on('/sink', answer.json({}))
    proxy = await startProxy({
      config: {
        model_list: [{ model_name: 'gpt', model_info: { max_output_tokens: 20_000 }, litellm_params: { model: 'openai/gpt-upstream', api_key: 'sk-upstream-secret', api_base: `${upstream.url}/one/v1`, input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 } }],
        guardrails: [{ guardrail_name: 'words', litellm_params: { guardrail: 'litellm_content_filter', mode: ['pre_call', 'post_call'], default_on: true, patterns: [{ pattern_type: 'prebuilt', pattern_name: 'email', action: 'MASK' }], blocked_words: [{ keyword: 'apollo', action: 'BLOCK' }] } }],
        litellm_settings: { cache: true, cache_params: { type: 'local' } },
        router_settings: { num_retries: 0, disable_cooldowns: true },
      },
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  it.each([
    ['input', { input: 'about Apollo' }], ['a message', { input: [{ role: 'user', content: 'Apollo' }] }], ['a part', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Apollo' }] }] }], ['instructions', { input: 'x', instructions: 'Apollo' }],
    ['a tool\'s answer', { input: [{ type: 'function_call_output', call_id: 'c', output: 'Apollo' }] }], ['a tool\'s description', { input: 'x', tools: [{ type: 'function', name: 'f', description: 'Apollo', parameters: {}, strict: false }] }],
    ['a variable of a prompt', { prompt: { id: 'pmpt_1', variables: { topic: 'Apollo' } } }],
  ] as const)('a blocked word in %s is refused, and never reaches the provider', async (_where, body) => {
    const before = upstream.requests.length
    await expect(client().responses.create({ model: 'gpt', ...body } as never)).rejects.toMatchObject({ status: 400, code: 'content_policy_violation' })
    expect(upstream.requests.length).toBe(before)
  })

  it('an address is masked on its way there and back, and wherever the answer is read again', async () => {
    fake.say('write to john@example.com')
    const made = await client().responses.create({ model: 'gpt', input: 'I am john@example.com' })
    expect(sent()['input']).toBe('I am [EMAIL_REDACTED]')
    expect(made.output_text).toBe('write to [EMAIL_REDACTED]')
    expect((await client().responses.retrieve(made.id)).output_text).toBe('write to [EMAIL_REDACTED]')
    const replay: unknown[] = []
    for await (const event of await client().responses.retrieve(made.id, { stream: true })) replay.push(event)
    expect(JSON.stringify(replay)).not.toContain('john')
  })

  it('LL#35257: a stream is masked in its pieces and in the events that repeat them', async () => {
    fake.say('write to john@example.com, now')
    const events = await streamed()
    expect(events.filter((event) => event.type === 'response.output_text.delta').map(({ delta }) => delta).join('')).toBe('write to [EMAIL_REDACTED], now')
    expect(events.find((event) => event.type === 'response.completed')).toMatchObject({ response: { output: [{ content: [{ text: 'write to [EMAIL_REDACTED], now' }] }] } })
    expect(JSON.stringify(events)).not.toContain('john')
    expect(JSON.stringify(events)).not.toContain('resp_one_')
  })

  it('a blocked answer is refused: as a status where nothing left, else as an error event without an end', async () => {
    fake.say('it is apollo')
    await expect(client().responses.create({ model: 'gpt', input: 'x' })).rejects.toMatchObject({ status: 400, code: 'content_policy_violation' })
    await expect(streamed()).rejects.toMatchObject({ status: 400, code: 'content_policy_violation' })
    const { stream, reply } = await begun('blocking')
    await stream.send(delta('and so to apollo'))
    await stream.send(delta('word '.repeat(2000)))
    const text = await (await reply).text()
    expect(text).not.toMatch(/apollo|response\.completed/)
    expect(text).toMatch(/event: error\ndata: \{"type":"error","code":"content_policy_violation"/)
  })

  it('what somebody keeps at the provider is not answered from the cache; what stands alone is', async () => {
    const hits: (string | null)[] = []
    const key = await generate()
    for (const body of [{}, {}, { store: false }, { store: false }, { store: false, stream: true }, { store: false, background: true }]) {
      const reply = await proxy.fetch('/v1/responses', { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ model: 'gpt', input: 'cached?', ...body }) })
      await reply.text()
      hits.push(reply.headers.get('x-litellm-cache-hit'))
    }
    expect(hits).toEqual([null, null, 'False', 'True', null, null])
    const other = await proxy.fetch('/v1/responses', { method: 'POST', headers: { authorization: `Bearer ${await generate()}` }, body: JSON.stringify({ model: 'gpt', input: 'cached?', store: false }) })
    expect(other.headers.get('x-litellm-cache-hit')).toBe('False')
  })

  it('rate and token limits, and budgets, hold as for chat: what is asked for counts before, what was used after', async () => {
    const busy = await generate({ rpm_limit: 1 })
    await client(busy).responses.create({ model: 'gpt', input: 'x' })
    await expect(client(busy).responses.create({ model: 'gpt', input: 'x' })).rejects.toMatchObject({ status: 429 })
    const counted = await generate({ tpm_limit: 100 })
    await expect(client(counted).responses.create({ model: 'gpt', input: 'x', max_output_tokens: 200 })).rejects.toMatchObject({ status: 429 })
    await client(counted).responses.create({ model: 'gpt', input: 'x', max_output_tokens: 20 })
    expect(((await get(`/budget/explain?scope=key&id=${counted}`)).body.limits as readonly { limit_type: string; settled: number }[]).find(({ limit_type: type }) => /token|tpm/.test(type))!.settled).toBe(15)
    const poor = await generate({ max_budget: 0.01 })
    const held = await proxy.fetch('/v1/responses', { method: 'POST', headers: { authorization: `Bearer ${poor}` }, body: JSON.stringify({ model: 'gpt', input: 'x' }) })
    expect([held.status, held.headers.get('x-tianjillm-max-output-tokens')]).toEqual([200, '4096'])
    expect(sent()['max_output_tokens']).toBe(4096)
    await expect(client(poor).responses.create({ model: 'gpt', input: 'x', max_output_tokens: 15_000 })).rejects.toMatchObject({ status: 429, type: 'budget_exceeded' })
  })

  it('a caller who leaves ends the upstream\'s stream', async () => {
    const stream = controlledStream()
    upstream.on((call) => call.path === PATH && call.text.includes('leaving'), stream.answer)
    const leaving = new AbortController()
    const asked = proxy.fetch('/v1/responses', { method: 'POST', signal: leaving.signal, body: JSON.stringify({ model: 'gpt', input: 'leaving', stream: true }) })
    const call = await stream.opened
    leaving.abort()
    await expect(asked).rejects.toThrow(/abort/)
    await call.aborted
    expect(await proxy.logged((line) => line['error'] === 'client_closed')).toMatchObject({ route: 'responses', status: 499 })
  })

  it('a mock answers, plain and streamed, through the same guardrails', async () => {
    const mock = { mock_response: 'from john@example.com' } as object
    const before = upstream.requests.length
    expect((await client().responses.create({ model: 'gpt', input: 'x', ...mock })).output_text).toBe('from [EMAIL_REDACTED]')
    const events = await streamed(mock)
    expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { output: [{ content: [{ text: 'from [EMAIL_REDACTED]' }] }] } })
    expect(upstream.requests.length).toBe(before)
  })

  it('an error in the middle is one that the client throws', async () => {
    const stream = controlledStream()
    upstream.on((call) => call.path === PATH && call.text.includes('half of it'), stream.answer)
    const seen: OpenAI.Responses.ResponseStreamEvent[] = []
    const read = async (): Promise<void> => {
      for await (const event of await client().responses.create({ model: 'gpt', input: 'half of it', stream: true })) seen.push(event)
    }
    const reading = read()
    await stream.opened
    for (let i = 0; i < 10; i += 1) await stream.send(delta('word '.repeat(200)))
    await expect.poll(() => seen.length).toBeGreaterThan(0)
    await stream.send(sseText({ event: 'error', data: { type: 'error', sequence_number: 2, error: { type: 'server_error', code: 'server_error', message: 'It broke.', param: null } } }))
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining('It broke.') as string, code: 'server_error' })
  })

  it('a stream that breaks ends with one error event', async () => {
    const { stream, reply: asked } = await begun('breaking')
    const reply = await asked
    await stream.reset()
    const text = await reply.text()
    expect(text).toContain('event: response.created')
    expect(text.match(/event: error/g)).toHaveLength(1)
    expect(text).not.toContain('resp_one_x')
  })
})

it('ids are shared as far as the operator says, and no further', async () => {
  await using upstream = await createFakeUpstream()
  createFakeResponses(upstream, 'one')
  const config = (general_settings: object): object => ({ general_settings, model_list: [{ model_name: 'gpt', litellm_params: { model: 'openai/gpt-upstream', api_key: 'k', api_base: `${upstream.url}/one/v1` } }] })
  for (const body of [{ conversation: 'conv_theirs' }, { previous_response_id: 'resp_one_theirs' }]) {
    await using proxy = await startProxy({ config: config({}) })
    await using open = await startProxy({ config: config({ allow_unmanaged_response_ids: true }) })
    const post = { method: 'POST', body: JSON.stringify({ model: 'gpt', input: 'x', ...body }) }
    expect([(await proxy.fetch('/v1/responses', post)).status, upstream.requests.length]).toEqual([400, 0])
    await open.fetch('/v1/responses', post)
    expect(upstream.requests[0]!.json).toMatchObject(body)
    upstream.reset()
    createFakeResponses(upstream, 'one')
  }
  for (const [settings, statuses] of [[{}, [200, 404, 404, 404]], [{ response_id_scope: 'team' }, [200, 200, 404, 404]], [{ disable_responses_id_security: true }, [200, 200, 200, 200]]] as const) {
    await using proxy = await startProxy({ config: config(settings) })
    const { generate, make, get } = manage(() => proxy)
    const { team_id } = await make('/team/new', {})
    const keys = [await generate({ team_id }), await generate({ team_id }), await generate(), undefined]
    const { id } = await new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: keys[0]!, maxRetries: 0 }).responses.create({ model: 'gpt', input: 'x' })
    expect(await Promise.all(keys.map(async (key) => (await get(`/v1/responses/${id}`, key)).status)), JSON.stringify(settings)).toEqual(statuses)
  }
})
