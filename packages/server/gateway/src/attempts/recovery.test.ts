import { createKey, createKeyAuthenticator, createMemoryDirectory, hashKey } from '@tianjillm/auth'
import { keyRecord } from '@tianjillm/auth/checks'
import { systemClock } from '@tianjillm/core'
import { createMemoryLimitStore } from '@tianjillm/limits'
import { fallbackLists, noFallbacks } from '@tianjillm/router'
import { createMemoryLedger } from '@tianjillm/spend'
import { type Answer, answer, createFakeClock } from '@tianjillm/test-kit'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { chatRoute, type Stage, stage, type StageOptions } from '../__fixtures__/gateway.ts'
import { createLimiter, type Resilience } from '../index.ts'

const reply = (model = 'up') => answer.json({ id: 'c', object: 'chat.completion', created: 1, model, choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } })
const chunks = answer.sse([{ data: { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }] } }, '[DONE]'])

/** Breaks the connection in the middle of an answer with this status. */
const resetAfter = (status: number, body: string): Answer => (response) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.write(body, () => response.socket?.resetAndDestroy())
}

/** An error that goes on, and never ends. */
const endless = (status: number): Answer => (response) => void response.writeHead(status, { 'content-type': 'text/plain' }).write('x'.repeat(400_000))

/** Waits of no length: what is tested is who is asked, and in which order. */
const resilience = (over: Partial<Resilience> = {}): Resilience => ({ retry: { retries: 2 }, retryOf: new Map(), fallbacks: noFallbacks, deadlineMs: 10_000, continueStreams: false, random: () => 0, ...over })

/** Two deployments of `gpt`, tried in this order, and one each of `claude` and `long`. */
function twoGroups(over: Partial<Resilience> = {}, options: StageOptions = {}): Promise<Stage> {
  return stage({
    router: { random: () => 0 },
    deployments: [{ id: 'one' }, { id: 'two' }, { id: 'other', modelName: 'claude' }, { id: 'wide', modelName: 'long' }],
    ...options,
    settings: { resilience: resilience(over), ...options.settings },
  })
}

const asked = ({ upstream }: Stage): string[] => upstream.requests.map(({ path }) => path.split('/')[1]!)
const at = (id: string): string => `/${id}/chat/completions`

describe('a call whose upstream fails', () => {
  it.each([
    ['a server error', answer.error(500)],
    ['a rate limit', answer.error(429, undefined, { 'retry-after': '30' })],
    ['a refused credential', answer.error(401)],
    ['an unknown model', answer.error(404)],
    ['a broken connection', answer.reset()],
    ['a break in the middle of the answer', answer.reset('{"id":', { 'content-length': '100' })],
    ['something that is not HTTP', answer.garbage()],
    ['a page instead of an answer', answer.bytes('<html>Please log in</html>', { headers: { 'content-type': 'text/html' } })],
    ['half an answer', answer.bytes('{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"content":"h')],
    ['an answer without content', answer.bytes('', { status: 204 })],
    ['an error with status 200', answer.json({ error: { message: 'overloaded', type: 'server_error', code: 503 } })],
    ['JSON that is no answer', answer.json({})],
    ['a stream that nobody asked for', chunks],
    ['an answer in an encoding that nobody asked for', answer.bytes(gzipSync('{}'), { headers: { 'content-encoding': 'gzip' } })],
    ['an error whose body never ends', endless(500)],
    ['an error whose body breaks off', resetAfter(500, '{"error":')],
  ])('is answered by another deployment after %s', async (_name, failure) => {
    await using made = await twoGroups()
    made.upstream.on(at('one'), failure).on(at('two'), reply())
    const response = await made.fetch({})
    expect([response.status, asked(made)]).toEqual([200, ['one', 'two']])
    expect(response.headers.get('x-litellm-model-id')).toBe('two')
    expect(response.headers.get('x-litellm-attempted-retries')).toBe('1')
    expect(await made.record(0)).toMatchObject({ status: 'success', attempts: 2 })
  })

  it.each([
    ['plain', false], ['streamed', true],
  ])('tells the status of an error whose body breaks off or is endless, %s', async (_name, stream) => {
    await using made = await stage()
    made.upstream.next(resetAfter(529, '{"error":'), endless(418))
    expect((await made.fetch({ stream })).status).toBe(529)
    expect((await made.fetch({ stream })).status).toBe(418)
    await made.upstream.idle()
  })

  // https://docs.litellm.ai/docs/proxy/load_balancing#how-order-based-fallback-works
  it('goes through every order of deployments before the fallbacks, whatever the retries', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks: { ...noFallbacks, general: fallbackLists([{ gpt: ['claude'] }]) } }, { deployments: [{ id: 'one', order: 1 }, { id: 'one-more', order: 1 }, { id: 'two', order: 2 }, { id: 'three', order: 3 }, { id: 'other', modelName: 'claude' }] })
    made.upstream.otherwise(answer.error(500)).on(at('other'), reply())
    expect((await made.fetch({})).status).toBe(200)
    expect(asked(made)).toEqual(['one', 'two', 'three', 'other'])
    await made.fetch({ num_retries: 1 })
    expect(asked(made).slice(4)).toEqual(['one', 'one-more', 'two', 'three', 'other'])
  })

  it('LL#6957: is answered as a stream by another deployment, before the first byte', async () => {
    await using made = await twoGroups()
    made.upstream.on(at('one'), answer.sse([{ data: { error: { message: 'overloaded', type: 'server_error', code: 503 } } }])).on(at('two'), chunks)
    const response = await made.fetch({ stream: true })
    expect([response.status, asked(made)]).toEqual([200, ['one', 'two']])
    expect(await response.text()).toContain('[DONE]')
  })

  it('is not answered twice: after the first byte a stream that breaks is told as broken', async () => {
    await using made = await twoGroups()
    made.upstream.on(at('one'), answer.reset('data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":null}]}\n\n', { 'content-type': 'text/event-stream' })).on(at('two'), chunks)
    const text = await (await made.fetch({ stream: true })).text()
    expect(asked(made)).toEqual(['one'])
    expect(text).toContain('"error"')
    expect(text).not.toContain('[DONE]')
  })

  it('asks the same deployment again when it is the only one, as often as the policy says', async () => {
    await using made = await stage({ settings: { resilience: resilience() } })
    made.upstream.on('/chat/completions', answer.error(500))
    const response = await made.fetch({})
    expect([response.status, made.upstream.requests.length]).toEqual([500, 3])
    expect(await made.record(0)).toMatchObject({ status: 'failure', attempts: 3 })
  })

  it('is not sent again when the request is at fault', async () => {
    await using made = await twoGroups()
    made.upstream.on(at('one'), answer.error(400))
    expect((await made.fetch({})).status).toBe(400)
    expect(asked(made)).toEqual(['one'])
  })

  it.each([['num_retries', { num_retries: 0 }, {}], ['x-litellm-num-retries', {}, { 'x-litellm-num-retries': '0' }]])('is retried as often as the request says in %s', async (_name, body, headers) => {
    await using made = await twoGroups()
    made.upstream.on(at('one'), answer.error(500))
    expect((await ask(made, body, headers)).status).toBe(500)
    expect(asked(made)).toEqual(['one'])
  })

  it('keeps its usage and cost when a guardrail refuses the answer', async () => {
    const guardrail = { on: ['output'] as const, streaming: 'whole' as const, check: () => ({ outcome: 'flag' as const, reason: 'no' }) }
    await using made = await twoGroups({}, { guardrail: guardrail as never, deployments: [{ id: 'one', prices: { input: 1, output: 2 } }] })
    made.upstream.on(at('one'), reply())
    expect((await made.fetch({})).status).toBe(400)
    expect(await made.record(0)).toMatchObject({ status: 'blocked', attempts: 1, costNanoUsd: 20, usage: { input: 10, output: 5 } })
  })

  it('has its deadline: an attempt gets no more time than is left', async () => {
    await using made = await twoGroups({}, { settings: { clock: systemClock } })
    made.upstream.on(at('one'), answer.hang()).on(at('two'), reply())
    const response = await ask(made, { timeout: 0.2 })
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([408, 'upstream_timeout'])
  })

  it('is given up at once when the caller leaves while it waits', async () => {
    await using made = await stage({ settings: { resilience: resilience({ random: () => 0.99, retry: { retries: 2, baseMs: 60_000, maxWaitMs: 60_000 }, deadlineMs: 600_000 }) } })
    made.upstream.on('/chat/completions', answer.error(500))
    const leaving = new AbortController()
    const gone = made.fetch({}, { signal: leaving.signal }).catch((error: unknown) => error)
    await made.upstream.request(0)
    await made.upstream.idle().catch(() => {})
    leaving.abort()
    await gone
    expect(await made.record(0)).toMatchObject({ status: 'cancelled', attempts: 1 })
  })
})

const ask = (made: Stage, body: object, headers: Readonly<Record<string, string>> = {}, key = 'sk-gateway-test'): Promise<Response> => made.fetch(body, { headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers } })

describe('fallbacks', () => {
  const fallbacks = { ...noFallbacks, general: fallbackLists([{ gpt: ['claude', 'long'] }]), contextWindow: fallbackLists([{ gpt: ['long'] }]) }

  it('answer when every deployment of the model failed, and say who they are', async () => {
    await using made = await twoGroups({ fallbacks })
    made.upstream.on(at('one'), answer.error(500)).on(at('two'), answer.error(500)).on(at('other'), reply())
    const response = await made.fetch({})
    expect([response.status, asked(made)]).toEqual([200, ['one', 'two', 'one', 'other']])
    expect(((await response.json()) as { model: string }).model).toBe('claude')
    expect(response.headers.get('x-litellm-attempted-fallbacks')).toBe('1')
    expect(response.headers.get('x-litellm-model-group')).toBe('claude')
  })

  it('have fallbacks of their own, and none is asked twice', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks: { ...fallbacks, general: fallbackLists([{ gpt: ['claude'] }, { claude: ['gpt', 'long'] }]) } })
    made.upstream.on(at('one'), answer.error(500)).on(at('other'), answer.error(500)).on(at('wide'), reply())
    expect((await made.fetch({})).status).toBe(200)
    expect(asked(made)).toEqual(['one', 'other', 'wide'])
  })

  it('that failed too are told in the headers of the error', async () => {
    await using made = await twoGroups({ retry: { retries: 1 }, fallbacks })
    made.upstream.otherwise(answer.error(500))
    const { status, headers } = await ask(made, {}, { 'x-tianjillm-trace': 'true' })
    expect([status, headers.get('x-litellm-attempted-retries'), headers.get('x-litellm-attempted-fallbacks')]).toEqual([500, '3', '2'])
    expect(headers.get('x-tianjillm-trace')).toMatch(/^attempt one upstream_error .*; fallback gpt>claude .*attempt wide upstream_error/)
  })

  it('leave the caller with the error of the first group when all fail', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks })
    made.upstream.on(at('one'), answer.error(429, { error: { message: 'slow down', type: 'requests' } })).on(at('other'), answer.error(500)).on(at('wide'), answer.error(401))
    const response = await made.fetch({})
    expect(response.status).toBe(429)
    expect(((await response.json()) as { error: { message: string } }).error.message).toContain('slow down')
    expect(asked(made)).toEqual(['one', 'other', 'wide'])
  })

  it('for a request that is too long are its own list', async () => {
    await using made = await twoGroups({ fallbacks })
    made.upstream.on(at('one'), answer.error(400, { error: { message: "This model's maximum context length is 8192 tokens.", type: 'invalid_request_error', code: 'context_length_exceeded' } })).on(at('wide'), reply())
    expect((await made.fetch({})).status).toBe(200)
    expect(asked(made)).toEqual(['one', 'wide'])
  })

  it('are those of the request when it names some', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks })
    made.upstream.on(at('one'), answer.error(500)).on(at('wide'), reply())
    expect((await made.fetch({ fallbacks: ['no-such-model', { model: 'long', messages: [{ role: 'user', content: 'shorter' }] }] })).status).toBe(200)
    expect(asked(made)).toEqual(['one', 'wide'])
    expect(made.upstream.requests[1]!.json).toEqual({ model: 'up', messages: [{ role: 'user', content: 'shorter' }] })
  })

  it('with fields of their own keep them to themselves', async () => {
    await using made = await twoGroups({ retry: { retries: 0 } })
    made.upstream.on(at('one'), answer.error(500)).on(at('other'), answer.error(500)).on(at('wide'), reply())
    await made.fetch({ temperature: 1, fallbacks: [{ model: 'claude', temperature: 0.5 }, 'long'] })
    expect(made.upstream.requests.map(({ json }) => (json as { temperature: number }).temperature)).toEqual([1, 0.5, 1])
  })

  it.each([[false], [true]])('are not needed where the request says what is to be answered (stream %s)', async (stream) => {
    await using made = await twoGroups({ fallbacks })
    const response = await made.fetch({ stream, mock_response: 'as you wish' })
    expect([response.status, await response.text(), asked(made)]).toEqual([200, expect.stringContaining('"as you wish"'), []])
    expect(await made.record(0)).toMatchObject({ status: 'success', attempts: 0 })
    expect(await (await made.fetch({ mock_response: { a: 1 } })).json()).toMatchObject({ error: { param: 'mock_response' } })
    expect((await made.fetch({ mock_response: 'litellm.RateLimitError', disable_fallbacks: true, num_retries: 0 })).status).toBe(429)
  })

  it.each(['mock_testing_rate_limit_error', 'mock_timeout'])('are not needed where the model itself answers after %s', async (field) => {
    await using made = await twoGroups({ fallbacks })
    made.upstream.on(at('one'), reply())
    const response = await made.fetch({ [field]: true })
    expect([response.status, asked(made), response.headers.get('x-litellm-attempted-retries')]).toEqual([200, ['one'], '1'])
  })

  it('may be one deployment, by its id', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks: { ...noFallbacks, general: fallbackLists([{ claude: ['two'] }]) } })
    made.upstream.on(at('other'), answer.error(500)).on(at('two'), reply())
    const response = await made.fetch({ model: 'claude' })
    expect([response.status, asked(made), response.headers.get('x-litellm-model-id')]).toEqual([200, ['other', 'two'], 'two'])
    expect(((await response.json()) as { model: string }).model).toBe('gpt')
  })

  it.each([
    ['mock_testing_fallbacks', 'other'], ['mock_testing_context_window_fallbacks', 'wide'], ['mock_testing_context_fallbacks', 'wide'], ['mock_testing_content_policy_fallbacks', 'other'],
  ])('can be tried out with %s', async (field, answering) => {
    await using made = await twoGroups({ fallbacks })
    made.upstream.on(at(answering), reply())
    expect((await made.fetch({ [field]: true })).status).toBe(200)
    expect(asked(made)).toEqual([answering])
    expect(made.upstream.requests[0]!.json).not.toHaveProperty(field)
    const failed = await made.fetch({ [field]: true, disable_fallbacks: true })
    expect([failed.status, ((await failed.json()) as { error: { message: string } }).error.message]).toEqual([field.includes('content') || field.includes('context') ? 400 : 500, expect.stringContaining('to test what follows')])
    expect((await made.fetch({ [field]: 'perhaps' })).status).toBe(400)
  })

  it('answer as the request wants to be answered: whole, or as a stream', async () => {
    await using made = await twoGroups({ retry: { retries: 0 } })
    const response = await made.fetch({ fallbacks: [{ model: 'claude', stream: true }] })
    expect([response.status, ((await response.json()) as { error: { param: string } }).error.param]).toEqual([400, 'fallbacks[0].stream'])
    expect(asked(made)).toEqual([])
  })

  it('are not asked when the request says so', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks })
    made.upstream.on(at('one'), answer.error(500))
    expect((await made.fetch({ disable_fallbacks: true })).status).toBe(500)
    expect(asked(made)).toEqual(['one'])
  })

  it('in the form of LiteLLM\'s router are those of the model', async () => {
    await using made = await twoGroups({ retry: { retries: 0 } })
    made.upstream.on(at('one'), answer.error(500)).on(at('wide'), reply())
    expect((await made.fetch({ fallbacks: [{ claude: ['claude'] }, { gpt: ['long'] }] })).status).toBe(200)
    expect(asked(made)).toEqual(['one', 'wide'])
  })

  it.each([['x-litellm-num-retries', false], ['x-litellm-timeout', false], ['x-litellm-stream-timeout', true]])('are refused by the name of the header %s', async (name, stream) => {
    await using made = await twoGroups()
    const response = await ask(made, { stream }, { [name]: 'x' })
    expect([response.status, ((await response.json()) as { error: { param: string } }).error.param]).toEqual([400, name])
  })

  it('are at most as many as the operator allows', async () => {
    await using made = await twoGroups({ retry: { retries: 0 }, fallbacks: { ...fallbacks, max: 1 } })
    made.upstream.on(at('one'), answer.error(500)).on(at('other'), answer.error(500)).on(at('wide'), reply())
    expect((await made.fetch({})).status).toBe(500)
    expect(asked(made)).toEqual(['one', 'other'])
  })

  it.each([
    [{ fallbacks: 'claude' }, 'fallbacks'], [{ fallbacks: [[['claude']]] }, 'fallbacks[0]'], [{ fallbacks: [{ gpt: Array(21).fill('claude') }] }, 'fallbacks'], [{ fallbacks: [7] }, 'fallbacks[0]'], [{ num_retries: -1 }, 'num_retries'], [{ timeout: 'soon' }, 'timeout'], [{ disable_fallbacks: 'perhaps' }, 'disable_fallbacks'],
  ])('%j is refused by its name', async (body, param) => {
    await using made = await twoGroups()
    const response = await made.fetch(body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: { param: string } }).error.param).toBe(param)
  })
})

describe('fallbacks and the caller\'s rights and budget', () => {
  /** A key with these limits, one deployment each of a cheap and of a dear model. */
  async function limited(limits: object, options: StageOptions = {}) {
    const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
    const directory = createMemoryDirectory()
    const key = createKey()
    await directory.keys.insert(keyRecord({ hash: hashKey(key), alias: 'app', ...limits }))
    const store = createMemoryLimitStore({ clock })
    const limiter = createLimiter({ store })
    const ledger = createMemoryLedger()
    const made = await stage({
      ...options,
      deployments: [{ id: 'cheap', prices: { input: 0, output: 1 } }, { id: 'dear', modelName: 'claude', prices: { input: 0, output: 100 } }],
      settings: { resilience: resilience({ retry: { retries: 0 }, fallbacks: { ...noFallbacks, general: fallbackLists([{ gpt: ['claude'] }]) } }), authenticator: createKeyAuthenticator({ directory, masterKey: 'sk-master-of-tests', clock }), limiter, ledger },
    })
    made.upstream.on(at('cheap'), answer.error(500)).on(at('dear'), reply())
    const rules = async () => limiter.rulesOf({ key: (await directory.keys.byHash(hashKey(key)))! })
    return { made, clock, ledger, ask: (body: object = {}) => ask(made, { max_tokens: 10, ...body }, {}, key), states: async () => store.read(await rules()), [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() }
  }

  it('are paid by the budget as what they are, once', async () => {
    await using gateway = await limited({ maxBudget: 10_000, rpmLimit: 10 })
    expect((await gateway.ask()).status).toBe(200)
    await gateway.made.record(0)
    expect((await gateway.states()).map(({ rule, used, held }) => [rule.counted, used, held])).toEqual(expect.arrayContaining([['budget', 500, 0], ['requests', 1, 0]]))
  })

  it('that begin in the next period of the budget are paid by that one, in the ledger too', async () => {
    await using gateway = await limited({ maxBudget: 10_000, budgetDuration: '1d' })
    gateway.made.upstream.on(at('cheap'), (response) => {
      gateway.clock.jump(86_400_000)
      void response.writeHead(500).end()
    })
    expect((await gateway.ask()).status).toBe(200)
    await gateway.made.record(0)
    const { entries } = await gateway.ledger.page({}, 10)
    expect(entries.map(({ startedAt, costNanoUsd }) => [new Date(startedAt).toISOString().slice(0, 10), costNanoUsd])).toEqual([['2026-06-11', 500]])
    expect((await gateway.states()).find(({ rule }) => rule.counted === 'budget')).toMatchObject({ used: 500, held: 0 })
  })

  it('are not asked when the budget does not cover them, and nothing stays held', async () => {
    await using gateway = await limited({ maxBudget: 600 })
    expect((await gateway.ask({ max_tokens: 5 })).status).toBe(200)
    expect((await gateway.ask({ max_tokens: 5 })).status).toBe(500)
    await gateway.made.record(1)
    expect(asked(gateway.made)).toEqual(['cheap', 'dear', 'cheap'])
    expect((await gateway.states()).find(({ rule }) => rule.counted === 'budget')).toMatchObject({ used: 500, held: 0 })
  })

  it('that the budget refuses leave what the attempts before cost with the budget', async () => {
    await using gateway = await limited({ maxBudget: 450 }, { route: chatRoute('another') })
    // Counted, and then no answer: the provider is paid.
    gateway.made.upstream.on(at('cheap'), answer.json({ usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }))
    await gateway.ask({ max_tokens: 5 })
    await gateway.made.record(0)
    const spent = (await gateway.states()).find(({ rule }) => rule.counted === 'budget')
    expect(asked(gateway.made)).toEqual(['cheap'])
    expect(spent).toMatchObject({ used: 5, held: 0 })
    expect(gateway.made.records[0]).toMatchObject({ status: 'failure', costNanoUsd: 5 })
  })

  it('are held to the limits of their own model', async () => {
    await using gateway = await limited({ modelRpmLimit: { claude: 1 } })
    expect((await gateway.ask()).status).toBe(200)
    expect((await gateway.ask()).status).toBe(500)
  })

  it('are not asked for a key that wants none', async () => {
    await using gateway = await limited({ metadata: { disable_fallbacks: true } })
    expect((await gateway.ask()).status).toBe(500)
    expect(asked(gateway.made)).toEqual(['cheap'])
  })

  it('of the request are only models that the key may call; the operator\'s are the operator\'s word', async () => {
    await using gateway = await limited({ models: ['gpt'] })
    expect((await gateway.ask({ fallbacks: ['claude'] })).status).toBe(500)
    expect((await gateway.ask()).status).toBe(200)
  })
})
