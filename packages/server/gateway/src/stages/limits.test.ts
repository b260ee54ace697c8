import { createKey, createKeyAuthenticator, createMemoryDirectory, hashKey, type KeyRecord } from '@tianjillm/auth'
import { keyRecord } from '@tianjillm/auth/checks'
import { type Amount, createMemoryLimitStore, type LimitStore, type MemoryLimitStoreOptions, type Reservation } from '@tianjillm/limits'
import { answer, createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { type Stage, stage } from '../__fixtures__/gateway.ts'
import { createLimiter, type Deployment } from '../index.ts'

/** 1 and 2 nano-USD a token. */
const prices = { input: 1, output: 2 }
const reply = { id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }

/** A gateway whose caller has a key with these limits, and what its store was asked. */
async function limited(limits: Partial<KeyRecord>, { wrap = (store) => store, deployment = { prices }, spent }: { wrap?: (store: LimitStore) => LimitStore; deployment?: Partial<Deployment>; spent?: NonNullable<MemoryLimitStoreOptions['spent']> } = {}) {
  const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
  const directory = createMemoryDirectory()
  const key = createKey()
  await directory.keys.insert(keyRecord({ hash: hashKey(key), alias: 'app', ...limits }))
  const inner = createMemoryLimitStore({ clock, ...(spent && { spent }) })
  const reserved: Reservation[] = []
  const settled: Amount[] = []
  const watched: LimitStore = {
    reserve: (reservation) => { reserved.push(reservation); return inner.reserve(reservation) },
    settle: (id, actual) => { settled.push(actual); return inner.settle(id, actual) },
    read: (rules) => inner.read(rules),
  }
  const made: Stage = await stage({ deployment, settings: { authenticator: createKeyAuthenticator({ directory, masterKey: 'sk-master-of-tests', clock }), limiter: createLimiter({ store: wrap(watched) }) } })
  made.upstream.on('/chat/completions', answer.json(reply))
  const ask = (body: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> => made.fetch(body, { headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers } })
  return { ask, reserved, settled, inner, made, [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() }
}

describe('what a call is reserved for', () => {
  it.each([
    ['max_tokens', { max_tokens: 100 }, 100],
    ['the newer name', { max_completion_tokens: 50, max_tokens: 100 }, 50],
    ['every choice', { max_tokens: 100, n: 3 }, 300],
    ['4,096 when nothing is said, of an unknown model', {}, 4096],
  ])('%s', async (_name, body, output) => {
    await using gateway = await limited({ maxBudget: 1_000_000 })
    expect((await gateway.ask(body)).status).toBe(200)
    const bytes = Buffer.byteLength(JSON.stringify({ model: 'gpt', messages: [], ...body }))
    expect(gateway.reserved[0]!.estimate.nanoUsd).toBe(bytes + 2 * output)
    expect(gateway.settled).toEqual([{ nanoUsd: 20, inputTokens: 10, outputTokens: 5 }])
  })

  it('the dearest class of input, and what a call costs as such', async () => {
    await using gateway = await limited({ maxBudget: 1_000_000 }, { deployment: { prices: { input: 1, output: 2, cacheWrite1h: 10, reasoning: 5, perRequest: 1000 } } })
    await gateway.ask({ max_tokens: 1 })
    expect(gateway.reserved[0]!.estimate.nanoUsd).toBe(Buffer.byteLength(JSON.stringify({ model: 'gpt', messages: [], max_tokens: 1 })) * 10 + 5 + 1000)
  })

  it('nothing, when no limit asks for it', async () => {
    await using gateway = await limited({ rpmLimit: 5 })
    await gateway.ask()
    expect(gateway.reserved[0]!.estimate).toEqual({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })
  })

  it('under an id that the caller cannot choose', async () => {
    await using gateway = await limited({})
    const replies = [await gateway.ask({}, { 'x-litellm-call-id': 'chosen' }), await gateway.ask({}, { 'x-litellm-call-id': 'chosen' })]
    expect(replies.map(({ headers }) => headers.get('x-litellm-call-id'))).toEqual(['chosen', 'chosen'])
    expect(new Set([...gateway.reserved.map(({ id }) => id), 'chosen']).size).toBe(3)
  })
})

describe('usage that cannot be', () => {
  it.each([
    ['beyond all reason', { prompt_tokens: 1e308, completion_tokens: 1e30, total_tokens: 1 }],
    ['more than any model takes', { prompt_tokens: 10, completion_tokens: 2_000_000_000, total_tokens: 1 }],
  ])('%s is taken for none: the call costs what was held for it', async (_name, usage) => {
    await using gateway = await limited({ maxBudget: 1_000_000 })
    gateway.made.upstream.on('/chat/completions', answer.json({ ...reply, usage }))
    expect((await gateway.ask({ max_tokens: 100 })).status).toBe(200)
    expect(gateway.settled).toEqual([{ nanoUsd: gateway.reserved[0]!.estimate.nanoUsd, inputTokens: 0, outputTokens: 0 }])
    expect((await gateway.made.record(0)).usage).toBeUndefined()
  })
})

describe('a store that waits', () => {
  it('serves, refuses and settles as one that does not', async () => {
    await using gateway = await limited({ rpmLimit: 1 }, { wrap: (store) => ({ ...store, reserve: async (reservation) => store.reserve(reservation), settle: async (id, actual) => store.settle(id, actual) }) })
    const [first, second] = [await gateway.ask(), await gateway.ask()]
    expect([first.status, first.headers.get('x-ratelimit-remaining-requests'), second.status]).toEqual([200, '0', 429])
    expect(gateway.inner.stats().held).toBe(0)
  })

  it('takes up stored spend before the first call passes', async () => {
    await using gateway = await limited({ maxBudget: 5000 }, { spent: () => Promise.resolve(5000) })
    const refused = await gateway.ask()
    expect([refused.status, ((await refused.json()) as { error: { message: string } }).error.message]).toEqual([429, expect.stringContaining('Current cost: 0.000005')])
    expect(gateway.made.upstream.requests).toHaveLength(0)
  })

  it('that is down lets nothing pass, says nothing of why, and holds nothing', async () => {
    await using gateway = await limited({ maxBudget: 1_000_000 }, { wrap: (store) => ({ ...store, reserve: () => Promise.reject(new Error('redis at 10.0.0.7 is down')) }) })
    const refused = await gateway.ask()
    expect(refused.status).toBe(500)
    expect(await refused.text()).not.toContain('10.0.0.7')
    expect(gateway.made.upstream.requests).toHaveLength(0)
    expect(gateway.settled).toEqual([])
  })

  it('that fails to settle spoils no answer', async () => {
    await using gateway = await limited({}, { wrap: (store) => ({ ...store, settle: () => Promise.reject(new Error('down')) }) })
    expect((await gateway.ask()).status).toBe(200)
  })
})

describe('what a call is settled with', () => {
  it('nothing for an upstream that failed', async () => {
    await using gateway = await limited({ maxBudget: 1_000_000 })
    gateway.made.upstream.reset().on('/chat/completions', answer.error(500))
    expect((await gateway.ask()).status).toBe(500)
    expect(gateway.settled).toEqual([{ nanoUsd: 0, inputTokens: 0, outputTokens: 0 }])
    expect(gateway.inner.stats().held).toBe(0)
  })

  it('what was held, when the stream broke before the provider told its count: the record says the same', async () => {
    await using gateway = await limited({ maxBudget: 1_000_000 })
    gateway.made.upstream.reset().on('/chat/completions', answer.reset(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content: 'a' } }] })}\n\n`, { 'content-type': 'text/event-stream' }))
    await (await gateway.ask({ stream: true, max_tokens: 10 })).text()
    const record = await gateway.made.record(0)
    expect(gateway.settled[0]!.nanoUsd).toBe(gateway.reserved[0]!.estimate.nanoUsd)
    expect(record.costNanoUsd).toBe(gateway.settled[0]!.nanoUsd)
  })
})

it('a model whose name no header may hold is limited without a header of its own', async () => {
  await using gateway = await limited({ modelRpmLimit: { 'gpt/ä\n': 1 } }, { deployment: { prices, modelName: 'gpt/*' } })
  const reply1 = await gateway.ask({ model: 'gpt/ä\n' })
  expect([reply1.status, [...reply1.headers.keys()].filter((name) => name.startsWith('x-litellm-key-remaining'))]).toEqual([200, []])
  expect((await gateway.ask({ model: 'gpt/ä\n' })).status).toBe(429)
})
