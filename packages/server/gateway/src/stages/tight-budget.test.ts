import { createKey, createKeyAuthenticator, createMemoryDirectory, hashKey } from '@tianjillm/auth'
import { keyRecord } from '@tianjillm/auth/checks'
import { createMemoryLimitStore, type LimitStore } from '@tianjillm/limits'
import { createRouter } from '@tianjillm/router'
import { answer, createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { bindingOf, memoryStore } from '../__fixtures__/cache.ts'
import { stage } from '../__fixtures__/gateway.ts'
import { type CountTokens, createLimiter, type Deployment, type Settings } from '../index.ts'

/** 1 and 10 nano-USD a token; an answer has at most 10,000. */
const deployment: Partial<Deployment> = { prices: { input: 1, output: 10 }, facts: { maxInputTokens: 50_000, maxOutputTokens: 10_000 } }
const reply = (output: number): object => ({ id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: output, total_tokens: 10 + output } })

/** A gateway whose caller has a budget, in front of an upstream that says all it may. */
async function budgeted(maxBudget: number, { over = deployment, wrap = (store) => store, countTokens, settings = {}, keyLimits = {} }: { over?: Partial<Deployment>; wrap?: (store: LimitStore) => LimitStore; countTokens?: CountTokens; settings?: Partial<Settings>; keyLimits?: object } = {}) {
  const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
  const directory = createMemoryDirectory()
  const key = createKey()
  await directory.keys.insert(keyRecord({ hash: hashKey(key), alias: 'app', maxBudget, ...keyLimits }))
  const store = createMemoryLimitStore({ clock })
  const made = await stage({ deployment: over, settings: { authenticator: createKeyAuthenticator({ directory, masterKey: 'sk-master-of-tests', clock }), limiter: createLimiter({ store: wrap(store), ...(countTokens && { countTokens }) }), ...settings } })
  made.upstream.on('/chat/completions', (response, call) => answer.json(reply((call.json as { max_completion_tokens?: number; max_tokens?: number }).max_completion_tokens ?? (call.json as { max_tokens?: number }).max_tokens ?? 10_000))(response, call))
  const ask = (body: object = {}, init: RequestInit = {}): Promise<Response> => made.fetch(body, { headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...init })
  const sent = (at = -1): Record<string, unknown> => made.upstream.requests.at(at)!.json as Record<string, unknown>
  return { ask, sent, made, store, [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() }
}

const clamp = (response: Response): string | null => response.headers.get('x-tianjillm-max-output-tokens')

describe('a tight budget', () => {
  it('holds answers to a common length while there is room for some, then to what there is, then refuses', async () => {
    await using gateway = await budgeted(90_000)
    const held: (string | null)[] = []
    for (;;) {
      const response = await gateway.ask()
      if (response.status !== 200) break
      held.push(clamp(response))
    }
    expect(held.slice(0, 2)).toEqual(['4096', '4096'])
    expect(Number(held[2])).toBeLessThan(900)
    expect(gateway.store.stats().held).toBe(0)
  })

  it('of which calls at once take a share each', async () => {
    await using gateway = await budgeted(1_000_000, { over: { ...deployment, facts: { maxOutputTokens: 200_000 } } })
    expect(Number(clamp(await gateway.ask()))).toBe(Math.floor((250_000 - 29) / 10))
  })

  it('a store that waits does the same', async () => {
    const later = (store: LimitStore): LimitStore => ({ reserve: async (reservation) => store.reserve(reservation), settle: async (id, actual) => store.settle(id, actual), read: async (rules) => store.read(rules) })
    await using gateway = await budgeted(50_000, { wrap: later })
    const responses = await Promise.all(Array.from({ length: 8 }, () => gateway.ask()))
    // One common answer, and a short one from what is left.
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, ...Array.from({ length: 6 }, () => 429)])
  })

  it('a reservation that somebody else came before is tried with what is left then', async () => {
    let first = true
    const racing = (store: LimitStore): LimitStore => ({
      ...store,
      read(rules) {
        const states = store.read(rules)
        if (first) void store.reserve({ id: 'other', rules, estimate: { nanoUsd: 30_000, inputTokens: 0, outputTokens: 0 } })
        first = false
        return states
      },
    })
    await using gateway = await budgeted(50_000, { wrap: racing })
    const response = await gateway.ask()
    expect([response.status, Number(clamp(response))]).toEqual([200, Math.floor((20_000 - 29) / 10)])
  })

  it('another limit refuses as ever', async () => {
    await using gateway = await budgeted(50_000, { keyLimits: { rpmLimit: 0 } })
    const refused = await gateway.ask()
    expect([refused.status, refused.headers.get('rate_limit_type')]).toEqual([429, 'requests'])
  })

  it('the deployment\'s own maximum is what counts, and stays where it is shorter', async () => {
    await using gateway = await budgeted(50_000, { over: { ...deployment, defaults: { max_tokens: 100 } } })
    const response = await gateway.ask()
    expect([response.status, clamp(response), gateway.sent()['max_tokens'], gateway.sent()['max_completion_tokens']]).toEqual([200, null, 100, undefined])
    await using longer = await budgeted(50_000, { over: { ...deployment, defaults: { max_tokens: 9000 } } })
    expect(clamp(await longer.ask())).toBe('4096')
    expect([longer.sent()['max_tokens'], longer.sent()['max_completion_tokens']]).toEqual([undefined, 4096])
  })

  it('choices that the deployment makes on its own are paid for', async () => {
    await using gateway = await budgeted(50_000, { over: { ...deployment, defaults: { n: 4 } } })
    expect(Number(clamp(await gateway.ask()))).toBeLessThanOrEqual(1250)
    expect(gateway.sent()['n']).toBe(4)
  })

  it('no deployment is asked for more than it answers', async () => {
    const one: Deployment = { id: 'd', modelName: 'gpt', model: 'up', providerName: 'openai', trust: 'operator', timeouts: {}, streamTimeouts: {}, dropParams: false, provider: { adapters: {} }, ...deployment }
    await using gateway = await budgeted(90_000)
    const { adapters } = gateway.made.gateway.settings.router.group('gpt')!.candidates[0]!.deployment.provider
    gateway.made.gateway.configure({ ...gateway.made.gateway.settings, router: createRouter({ deployments: [{ ...one, weight: 0, provider: { adapters } }, { ...one, id: 'e', provider: { adapters }, facts: { maxOutputTokens: 1000 } }] }) })
    expect(clamp(await gateway.ask())).toBe('1000')
  })

  it('an answer that was held short is not kept for others', async () => {
    const store = memoryStore()
    await using gateway = await budgeted(50_000, { settings: { cache: bindingOf(store, createFakeClock()) } })
    expect((await gateway.ask()).status).toBe(200)
    expect(store.kept.size).toBe(0)
  })

  it('an answer that ended by itself is kept, though it might have been held', async () => {
    const store = memoryStore()
    await using gateway = await budgeted(1_000_000, { over: { ...deployment, facts: {} }, settings: { cache: bindingOf(store, createFakeClock()) } })
    gateway.made.upstream.on('/chat/completions', answer.json(reply(10)))
    const replies = [await gateway.ask(), await gateway.ask()]
    expect(replies.map(clamp)).toEqual(['4096', null])
    expect(replies.map(({ headers }) => headers.get('x-litellm-cache-hit'))).toEqual(['False', 'True'])
  })

  it('counts a long text before it refuses it, and nothing when the budget could not pay for it anyway', async () => {
    let counted = 0
    const countTokens: CountTokens = async () => (text) => { counted += 1; return Math.ceil(text.length / 5) }
    const messages = [{ role: 'user', content: 'word '.repeat(4000) }]
    await using gateway = await budgeted(15_000, { countTokens })
    expect((await gateway.ask({ max_tokens: 10, messages })).status).toBe(200)
    expect(counted).toBe(1)
    // A short one gains nothing by it: its bytes are close enough, and the tokenizer is not loaded.
    expect((await gateway.ask({ max_tokens: 1490, messages: [{ role: 'user', content: 'hi' }] })).status).toBe(429)
    expect(counted).toBe(1)
    await using empty = await budgeted(1000, { countTokens })
    expect((await empty.ask({ max_tokens: 10, messages })).status).toBe(429)
    expect(counted).toBe(1)
  })

  it('what a prediction may cost is held too', async () => {
    await using gateway = await budgeted(3000)
    expect((await gateway.ask({ max_tokens: 100 })).status).toBe(200)
    expect((await gateway.ask({ max_tokens: 100, prediction: { type: 'content', content: 'x'.repeat(300) } })).status).toBe(429)
  })
})

describe('what was not counted', () => {
  it('costs by the time that it took, where the reservation was for the longest answer there is', async () => {
    await using gateway = await budgeted(1_000_000)
    gateway.made.upstream.reset().on('/chat/completions', answer.reset(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content: 'a' } }] })}\n\n`, { 'content-type': 'text/event-stream' }))
    await (await gateway.ask({ stream: true })).text()
    const { costNanoUsd } = await gateway.made.record(0)
    expect(costNanoUsd).toBeGreaterThanOrEqual(2000)
    expect(costNanoUsd).toBeLessThan(10_000)
  })

  it('a provider that does not keep to the maximum is charged in full, and told', async () => {
    await using gateway = await budgeted(5000)
    gateway.made.upstream.reset().on('/chat/completions', answer.json(reply(5000)))
    expect((await gateway.ask({ max_tokens: 10 })).status).toBe(200)
    expect((await gateway.made.record(0)).costNanoUsd).toBe(50_010)
    expect((await gateway.ask({ max_tokens: 10 })).status).toBe(429)
  })
})
