import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { modelList, type ProviderName, recordingsOf } from './all-providers.ts'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

interface Row {
  readonly spend: number
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly metadata: { readonly price_version?: string }
}

const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-prices-'))
let upstream: FakeUpstream
let proxy: RunningProxy
beforeAll(async () => {
  upstream = await createFakeUpstream()
  const priced = (name: string, params: object, info: object = {}): object => ({ model_name: name, litellm_params: { api_key: 'sk-upstream-secret', api_base: `${upstream.url}/v1`, ...params }, model_info: info })
  proxy = await startProxy({
    database: 'embedded', dataDir,
    config: {
      model_list: [
        ...modelList(upstream.url),
        priced('mini', { model: 'openai/gpt-4o-mini' }),
        priced('own', { model: 'openai/gpt-4o', input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }),
        priced('deployment', { model: 'azure/production-chat', api_base: upstream.url, api_version: '2024-10-21' }, { base_model: 'azure/gpt-4o' }),
        priced('mystery', { model: 'openai/our-own-model' }),
        priced('endless', { model: 'openai/our-own-model', input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }),
        priced('timed', { model: 'openai/our-own-model' }, { input_cost_per_second: 0.5 }),
      ],
    },
  })
  await proxy.logged(({ msg }) => msg === 'database connected')
})
afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  await upstream.close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => void upstream.reset())

const rowOf = async (id: string): Promise<Row> => {
  const find = async (): Promise<Row[]> => ((await (await proxy.fetch(`/spend/logs?limit=10&request_id=${id}`)).json()) as { data: Row[] }).data
  await expect.poll(async () => (await find()).length, { timeout: 10_000, interval: 30 }).toBe(1)
  return (await find())[0]!
}
const post = async (path: string, body: object): Promise<Response> => proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })
const generate = async (body: object): Promise<string> => ((await (await post('/key/generate', body)).json()) as { key: string }).key

/** USD, from the vendors' prices per million tokens. */
const recorded: readonly (readonly [ProviderName, string, number])[] = [
  // 8 at 0.15, 16 cached at 0.075, 3 at 0.60
  ['openai', 'chat', (8 * 0.15 + 16 * 0.075 + 3 * 0.6) / 1e6],
  // 40 at 1.10; 90 at 4.40, of which 64 reasoning are not counted twice
  ['openai', 'chat-reasoning', (40 * 1.1 + 90 * 4.4) / 1e6],
  ['openai', 'chat-stream', (24 * 0.15 + 9 * 0.6) / 1e6],
  ['azure', 'chat', (8 * 0.15 + 16 * 0.075 + 3 * 0.6) / 1e6],
  // 3 at 1; 100 read at 0.10; 20 written for 5 minutes at 1.25 and 30 for an hour at 2; 2 at 5
  ['anthropic', 'chat-cache', (3 * 1 + 100 * 0.1 + 20 * 1.25 + 30 * 2 + 2 * 5) / 1e6],
  // 18 at 5; 30 at 25, thinking within
  ['anthropic', 'chat-reasoning-adaptive', (18 * 5 + 30 * 25) / 1e6],
  ['anthropic', 'chat-stream', (11 * 1 + 6 * 5) / 1e6],
  // 5 at 0.30; 3 and 20 of thoughts, which Gemini counts beside them, at 2.50
  ['gemini', 'reasoning', (5 * 0.3 + 23 * 2.5) / 1e6],
  ['gemini', 'speech', (4 * 0.5 + 32 * 10) / 1e6],
  // US profile: 4 at 3.30; 1,000 read at 0.33; 200 written for 5 minutes at 4.125 and 2,000 for an hour at 6.60; 5 at 16.50
  ['bedrock', 'cache', (4 * 3.3 + 1000 * 0.33 + 200 * 4.125 + 2000 * 6.6 + 5 * 16.5) / 1e6],
  ['bedrock', 'chat', (12 * 0.06 + 5 * 0.24) / 1e6],
  ['groq', 'groq-reasoning', (9 * 0.29 + 12 * 0.59) / 1e6],
]

describe('what providers counted is what is charged', () => {
  it.each(recorded)('%s %s', async (provider, name, cost) => {
    const recording = recordingsOf(provider).find((one) => one.name === name)!
    upstream.otherwise(answer.recording(recording))
    const id = `${provider}-${name}`
    const stream = recording.stream === true || recording.input?.stream === true
    const reply = await proxy.fetch(CHAT, { method: 'POST', body: JSON.stringify({ ...recording.input, model: `${provider}/${recording.input!.model}`, drop_params: true, ...(stream && { stream: true }) }), headers: { 'x-litellm-call-id': id } })
    await reply.text()
    expect(reply.status).toBe(200)
    const row = await rowOf(id)
    expect(row.spend).toBeCloseTo(cost, 9)
    expect(row.metadata.price_version).toMatch(/^genai-prices@[\d.]+/)
    // The cost of a stream is not known when its headers leave.
    const header = reply.headers.get('x-litellm-response-cost')
    expect(header === null ? undefined : Number(header)).toBe(stream ? undefined : row.spend)
  })
})

describe('prices of the configuration', () => {
  const cost = async (model: string, id: string, answered = answer.json(completion('hi'))): Promise<{ header: string | null; row: Row }> => {
    upstream.otherwise(answered)
    const reply = await proxy.fetch(CHAT, { ...chatBody({ model }), headers: { 'x-litellm-call-id': id } })
    await reply.text()
    return { header: reply.headers.get('x-litellm-response-cost'), row: await rowOf(id) }
  }

  it('the deployment\'s own go before all others, with a version of their own', async () => {
    const { header, row } = await cost('own', 'own-1')
    expect(Number(header)).toBe(0.00002)
    expect(row.metadata.price_version).toMatch(/^config:[0-9a-f]{12}$/)
  })

  it('base_model says what an Azure deployment is', async () => {
    const { header } = await cost('deployment', 'base-1')
    expect(Number(header)).toBeCloseTo((10 * 2.5 + 5 * 10) / 1e6, 12)
  })

  it('no price is no cost, and not a cost of 0: the start tells of it once', async () => {
    const { header, row } = await cost('mystery', 'mystery-1')
    expect([header, row.metadata.price_version]).toEqual([null, undefined])
    const told = proxy.log.filter(({ msg }) => /without a known price/.test(String(msg)))
    expect(told.map(({ msg }) => msg)).toEqual([expect.stringContaining('known price: mystery.')])
  })

  it('by the second that the upstream worked', async () => {
    const body = JSON.stringify(completion('hi'))
    const { row } = await cost('timed', 'timed-1', answer.slow(body, { headers: { 'content-type': 'application/json' }, pieceBytes: Math.ceil(body.length / 10), everyMs: 2 }))
    expect(row.spend).toBeGreaterThan(0)
    expect(row.spend).toBeLessThan(5)
  })

  it.each([
    [{ input_cost_per_token: -1 }, {}, 'model_list[0].litellm_params.input_cost_per_token: must not be negative'],
    [{ input_cost_per_tokem: 0.1 }, {}, 'input_cost_per_tokem'],
    [{}, { output_cost_per_tokn: 1 }, 'model_list[0].model_info.output_cost_per_tokn'],
    [{}, { max_output_tokens: 'many' }, 'model_list[0].model_info.max_output_tokens: must be a whole number of tokens'],
  ])('%j %j stop the start with their path', async (params, info, words) => {
    const config = oneModel(upstream.url, { params }) as { model_list: { model_info?: object }[] }
    config.model_list[0]!.model_info = info
    await expect(startProxy({ config })).rejects.toThrow(words)
  })

  it('LITELLM_MODEL_COST_MAP_URL: the operator\'s map goes before the tables; one that cannot be read is told', async () => {
    const file = join(dataDir, 'map.json')
    writeFileSync(file, JSON.stringify({ 'gpt-4o-mini': { litellm_provider: 'openai', input_cost_per_token: 0.001, output_cost_per_token: 0.002 } }))
    const config = oneModel(upstream.url, { params: { model: 'openai/gpt-4o-mini' } })
    upstream.otherwise(answer.json(completion('hi')))
    await using mapped = await startProxy({ config, env: { LITELLM_MODEL_COST_MAP_URL: file } })
    expect((await mapped.fetch(CHAT, chatBody())).headers.get('x-litellm-response-cost')).toBe('0.02')
    upstream.reset().on('/missing.json', answer.error(404)).on(CHAT, answer.json(completion('hi')))
    await using lost = await startProxy({ config, env: { LITELLM_MODEL_COST_MAP_URL: `${upstream.url}/missing.json` } })
    expect(Number((await lost.fetch(CHAT, chatBody())).headers.get('x-litellm-response-cost'))).toBeCloseTo((10 * 0.15 + 5 * 0.6) / 1e6, 12)
    await lost.logged(({ msg }) => /LITELLM_MODEL_COST_MAP_URL could not be read/.test(String(msg)))
  })
})

describe('POST /spend/calculate', () => {
  const calculate = async (body: object, headers: Record<string, string> = {}): Promise<{ status: number; body: { cost?: number; error?: { param: string; code: string; message: string } } }> => {
    const reply = await proxy.fetch('/spend/calculate', { method: 'POST', body: JSON.stringify(body), headers })
    return { status: reply.status, body: (await reply.json()) as never }
  }
  // "Hello world" is 2 tokens, a message has 4 more, an answer begins with 3.
  const messages = [{ role: 'user', content: 'Hello world' }]

  it.each([
    ['a configured model', { model: 'own', messages }, 9 * 0.000001],
    ['a model behind a pattern', { model: 'openai/gpt-4o', messages }, 9 * 0.0000025],
    ['a model that nobody configured, by its name alone', { model: 'claude-3-5-haiku-20241022', messages }, 9 * 0.0000008],
    ['an answer', { completion_response: { id: 'c', object: 'chat.completion', model: 'gpt-4o-mini', choices: [], usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110, prompt_tokens_details: { cached_tokens: 50 } } } }, (50 * 0.15 + 50 * 0.075 + 10 * 0.6) / 1e6],
    ['an answer, at a named model\'s price', { model: 'own', completion_response: { usage: { prompt_tokens: 10, completion_tokens: 5 } } }, 0.00002],
  ])('%s', async (_name, body, cost) => {
    const { status, body: said } = await calculate(body)
    expect(status).toBe(200)
    expect(said.cost).toBeCloseTo(cost, 12)
  })

  it.each([
    [{}, 'model'], [{ model: 'own' }, 'messages'], [{ model: 'own', messages: 'hi' }, 'messages', 422], [{ model: 'no-such', messages }, 'model'], [{ model: 'mystery', messages }, 'model'],
    [{ completion_response: 7 }, 'completion_response', 422], [{ completion_response: { model: 'own' } }, 'completion_response.usage'], [{ completion_response: { usage: {} } }, 'completion_response.model'],
    [{ completion_response: { model: 'no-such', usage: { prompt_tokens: 1 } } }, 'completion_response.model'],
  ])('%j is refused, naming %s', async (body, param, status = 400) => {
    const { status: got, body: said } = await calculate(body)
    expect([got, said.error?.param]).toEqual([status, param])
  })

  it('asks for the permission that the other spend routes ask for', async () => {
    const key = await generate({})
    const theirs = await proxy.fetch('/spend/logs', { headers: { authorization: `Bearer ${key}` } })
    expect((await calculate({ model: 'own', messages }, { authorization: `Bearer ${key}` })).status).toBe(theirs.status)
  })
})

describe('POST /cost/estimate', () => {
  const estimate = async (body: object): Promise<{ status: number; body: Record<string, unknown> & { error?: { param: string } } }> => {
    const reply = await proxy.fetch('/cost/estimate', { method: 'POST', body: JSON.stringify(body) })
    return { status: reply.status, body: (await reply.json()) as never }
  }

  it('tells what a call is charged, its parts, and what a day and a month of them come to', async () => {
    const { status, body } = await estimate({ model: 'mini', input_tokens: 1000, cache_read_input_tokens: 400, output_tokens: 500, reasoning_tokens: 200, num_requests_per_day: 100, num_requests_per_month: 3000 })
    expect(status).toBe(200)
    const [input, output] = [(600 * 0.15 + 400 * 0.075) / 1e6, (500 * 0.6) / 1e6]
    const lines = { cost: input + output, input_cost: input, output_cost: output, margin_cost: 0, cache_read_cost: (400 * 0.075) / 1e6, cache_creation_cost: 0, reasoning_cost: (200 * 0.6) / 1e6 }
    for (const [line, cost] of Object.entries(lines)) {
      expect(body[`${line}_per_request`], line).toBeCloseTo(cost, 9)
      expect(body[`daily_${line}`], line).toBeCloseTo(cost * 100, 7)
      expect(body[`monthly_${line}`], line).toBeCloseTo(cost * 3000, 6)
    }
    expect(body).toMatchObject({ model: 'mini', input_tokens: 1000, output_tokens: 500, cache_read_input_tokens: 400, cache_creation_input_tokens: 0, reasoning_tokens: 200, num_requests_per_day: 100, num_requests_per_month: 3000, input_cost_per_token: 0.00000015, output_cost_per_token: 0.0000006, cache_read_input_token_cost: 0.000000075, provider: 'openai' })
  })

  it('without a number of calls tells of one, also of a model that nobody configured', async () => {
    const { body } = await estimate({ model: 'claude-3-5-haiku-20241022', input_tokens: 10, output_tokens: 0 })
    expect(body).toMatchObject({ cost_per_request: 0.000008, daily_cost: null, monthly_cost: null, num_requests_per_day: null, provider: null })
  })

  it.each([
    [{ model: 'no-such' }, 'model', 400], [{ model: 'mystery' }, 'model', 400], [{ input_tokens: -1 }, 'input_tokens', 422], [{ output_tokens: 1.5 }, 'output_tokens', 422], [{ num_requests_per_day: 'many' }, 'num_requests_per_day', 422],
    [{ cache_read_input_tokens: 11 }, 'input_tokens', 400], [{ reasoning_tokens: 11 }, 'reasoning_tokens', 400], [{ tokens: 1 }, 'tokens', 422],
  ])('%j is refused, naming %s', async (body, param, status) => {
    const { status: got, body: said } = await estimate({ model: 'mini', input_tokens: 10, output_tokens: 10, ...body })
    expect([got, said.error?.param]).toEqual([status, param])
  })
})

describe('an answer is never dearer than what was reserved', () => {
  const ask = (key: string, body: object): Promise<Response> => proxy.fetch(CHAT, { ...chatBody(body), headers: { authorization: `Bearer ${key}` } })
  /** An upstream that answers as long as it may: as the model can, where nobody says. */
  const talkative = (): void => void upstream.otherwise((response, call) => {
    const { max_completion_tokens: most = 16_384, n = 1 } = call.json as { max_completion_tokens?: number; n?: number }
    return answer.json(completion('word', { usage: { prompt_tokens: 9, completion_tokens: most * n, total_tokens: 9 + most * n } }))(response, call)
  })
  const sent = (): Record<string, unknown> => upstream.requests.at(-1)!.json as Record<string, unknown>
  const spend = async (key: string): Promise<number> => ((await (await proxy.fetch(`/key/info?key=${key}`)).json()) as { info: { spend: number } }).info.spend

  it('a roomy budget reserves the model\'s longest answer, and the caller\'s bytes go out as they came', async () => {
    upstream.otherwise(answer.json(completion('hi')))
    const reply = await ask(await generate({ max_budget: 1 }), { model: 'mini' })
    expect([reply.status, reply.headers.get('x-tianjillm-max-output-tokens')]).toEqual([200, null])
    expect(sent()).toEqual({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] })
  })

  it('a tight one holds the answer to what remains, and says so', async () => {
    talkative()
    // 16,384 tokens at 0.60 would be 0.0098 USD.
    const key = await generate({ max_budget: 0.002 })
    const reply = await ask(key, { model: 'mini' })
    const most = Number(reply.headers.get('x-tianjillm-max-output-tokens'))
    expect(reply.status).toBe(200)
    expect(most).toBeGreaterThan(1000)
    expect(sent()['max_completion_tokens']).toBe(most)
    expect(await spend(key)).toBeLessThanOrEqual(0.002)
  })

  it('however many come at once, with several choices each: the budget holds', async () => {
    talkative()
    const key = await generate({ max_budget: 0.01 })
    const replies = await Promise.all(Array.from({ length: 60 }, (_, i) => ask(key, { model: 'mini', n: 1 + (i % 3) })))
    const served = replies.filter(({ status }) => status === 200).length
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(60 - served)
    expect(served).toBeGreaterThan(1)
    expect(await spend(key)).toBeLessThanOrEqual(0.01)
    expect(proxy.log.some(({ msg }) => /cost more than was reserved/.test(String(msg)))).toBe(false)
  })

  it('a model that is not known to end is always told where to', async () => {
    talkative()
    const key = await generate({ max_budget: 1 })
    const reply = await ask(key, { model: 'endless' })
    expect([reply.status, reply.headers.get('x-tianjillm-max-output-tokens'), sent()['max_completion_tokens']]).toEqual([200, '4096', 4096])
  })

  it('too little for a useful answer is refused, and says how much it takes', async () => {
    const reply = await ask(await generate({ max_budget: 0.0001 }), { model: 'mini' })
    const { error } = (await reply.json()) as { error: { code: string; message: string } }
    expect([reply.status, error.code]).toEqual([429, '429'])
    // 256 tokens at 0.60, and up to 29 at 0.15 per million.
    expect(error.message).toMatch(/this call may cost: 0\.00015795/)
    expect(upstream.requests).toHaveLength(0)
  })

  it('the caller\'s own maximum is kept: it fits or it is refused', async () => {
    talkative()
    const key = await generate({ max_budget: 0.002 })
    expect((await ask(key, { model: 'mini', max_completion_tokens: 16_000 })).status).toBe(429)
    expect((await ask(key, { model: 'mini', max_completion_tokens: 3000 })).status).toBe(200)
    expect(sent()['max_completion_tokens']).toBe(3000)
    expect(await spend(key)).toBeLessThanOrEqual(0.002)
  })

  it('a provider\'s own word for the maximum does not go around it', async () => {
    const key = await generate({ max_budget: 0.002 })
    const reply = await ask(key, { model: 'gemini/gemini-2.5-flash', max_tokens: 1, maxOutputTokens: 60_000 })
    expect(reply.status).toBe(429)
    expect(upstream.requests).toHaveLength(0)
  })

  it('a long text is counted before it is refused for its bytes', async () => {
    talkative()
    // 60,000 bytes would be 0.009 USD as tokens; they are about 12,000 tokens.
    const content = 'The quick brown fox jumps over it. '.repeat(1715)
    const key = await generate({ max_budget: 0.005 })
    expect((await ask(key, { model: 'mini', max_tokens: 10, messages: [{ role: 'user', content }] })).status).toBe(200)
  })

  it('an image is held to the context window, for its bytes say nothing', async () => {
    talkative()
    const image = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/cat.png' } }] }]
    // 128,000 tokens at 0.15 per million are 0.0192 USD.
    expect((await ask(await generate({ max_budget: 0.015 }), { model: 'mini', max_tokens: 10, messages: image })).status).toBe(429)
    expect((await ask(await generate({ max_budget: 0.02 }), { model: 'mini', max_tokens: 10, messages: image })).status).toBe(200)
  })
})
