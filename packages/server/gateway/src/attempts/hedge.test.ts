import { createFakeClock, controlledStream, answer, turn, type FakeClock } from '@tianjillm/test-kit'
import { fallbackLists, noFallbacks } from '@tianjillm/router'
import { createKey, createKeyAuthenticator, createMemoryDirectory, hashKey } from '@tianjillm/auth'
import { keyRecord } from '@tianjillm/auth/checks'
import { createMemoryLimitStore, type Reservation } from '@tianjillm/limits'
import { describe, expect, it } from 'vitest'
import { type Stage, stage } from '../__fixtures__/gateway.ts'
import { createLimiter } from '../index.ts'

const reply = (content: string) => answer.json({ id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } })
const at = (id: string): string => `/${id}/chat/completions`
const event = (content: string): string => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`

/** Two deployments, the first of which is asked first; the other one after a second of silence. */
async function hedging(limits: object = {}) {
  const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
  const directory = createMemoryDirectory()
  const key = createKey()
  await directory.keys.insert(keyRecord({ hash: hashKey(key), alias: 'app', ...limits }))
  const store = createMemoryLimitStore({ clock })
  const reserved: Reservation[] = []
  const limiter = createLimiter({ store: { ...store, reserve: (asked) => { reserved.push(asked); return store.reserve(asked) } } })
  const prices = { input: 0, output: 10 }
  const made = await stage({
    deployments: [{ id: 'first', order: 1, prices }, { id: 'second', order: 2, prices }, { id: 'dear', modelName: 'claude', prices: { input: 0, output: 1000 } }],
    settings: {
      clock, limiter, authenticator: createKeyAuthenticator({ directory, masterKey: 'sk-master-of-tests', clock }),
      resilience: { retry: { retries: 0 }, retryOf: new Map(), fallbacks: { ...noFallbacks, general: fallbackLists([{ gpt: ['claude'] }]) }, deadlineMs: 60_000, hedgeAfterMs: 1000, continueStreams: false },
    },
  })
  const ask = (body: object = {}): Promise<Response> => made.fetch({ max_tokens: 100, ...body }, { headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } })
  const budget = async () => (await store.read(limiter.rulesOf({ key: (await directory.keys.byHash(hashKey(key)))! }))).find(({ rule }) => rule.counted === 'budget')
  return { made, clock, ask, reserved, budget, [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() }
}

/** Moves time on until the second deployment was asked. */
async function untilAsked(made: Stage, clock: FakeClock, count: number): Promise<void> {
  await made.upstream.request(0)
  while (made.upstream.requests.length < count) {
    clock.advance(250)
    await turn()
  }
}

describe('a deployment that keeps the caller waiting', () => {
  it('is overtaken by a second one, and ended', async () => {
    await using gateway = await hedging()
    const { made, clock } = gateway
    const slow = controlledStream({ headers: { 'content-type': 'application/json' } })
    made.upstream.on(at('first'), slow.answer).on(at('second'), reply('from the second'))
    const asking = gateway.ask()
    await untilAsked(made, clock, 2)
    const response = await asking
    expect(response.headers.get('x-litellm-model-id')).toBe('second')
    expect(await response.text()).toContain('from the second')
    await (await slow.opened).aborted
    expect(await made.record(0)).toMatchObject({ status: 'success', attempts: 2, deployment: { id: 'second' } })
  })

  it('leaves nothing held when both fail and the budget refuses the fallback', async () => {
    await using gateway = await hedging({ maxBudget: 5000 })
    const { made, clock } = gateway
    let fail = (): void => {}
    made.upstream.on(at('first'), async (response, call) => {
      await new Promise<void>((resolve) => void (fail = resolve))
      await answer.error(500)(response, call)
    }).on(at('second'), answer.error(500))
    const asking = gateway.ask()
    await untilAsked(made, clock, 2)
    fail()
    expect((await asking).status).toBe(500)
    await made.record(0)
    expect(made.upstream.requests.map(({ path }) => path)).toEqual([at('first'), at('second')])
    expect(await gateway.budget()).toMatchObject({ used: 0, held: 0 })
  })

  it('answers all the same when its first byte comes first, streams too', async () => {
    await using gateway = await hedging()
    const { made, clock } = gateway
    const [slow, slower] = [controlledStream(), controlledStream()]
    made.upstream.on(at('first'), slow.answer).on(at('second'), slower.answer)
    const asking = gateway.ask({ stream: true })
    await untilAsked(made, clock, 2)
    await slow.send(event('from the first'))
    const response = await asking
    expect(response.headers.get('x-litellm-model-id')).toBe('first')
    await (await slower.opened).aborted
    await slow.send('data: [DONE]\n\n')
    await slow.end()
    expect(await response.text()).toContain('from the first')
  })

  it('is not hedged when it answers in time', async () => {
    await using gateway = await hedging()
    gateway.made.upstream.on(at('first'), reply('quick'))
    expect((await gateway.ask()).status).toBe(200)
    gateway.clock.advance(60_000)
    await turn()
    expect(gateway.made.upstream.requests).toHaveLength(1)
  })

  it('leaves the caller with the first error when neither answers', async () => {
    await using gateway = await hedging()
    const { made, clock } = gateway
    const slow = controlledStream({ status: 429, headers: { 'content-type': 'application/json' } })
    made.upstream.on(at('first'), slow.answer).on(at('second'), answer.error(500))
    const asking = gateway.ask()
    await untilAsked(made, clock, 2)
    await slow.send('{"error":{"message":"too fast"}}')
    await slow.end()
    expect((await asking).status).toBe(429)
  })

  it('is ended with its second when the caller leaves', async () => {
    await using gateway = await hedging()
    const { made, clock } = gateway
    const [slow, slower] = [controlledStream(), controlledStream()]
    made.upstream.on(at('first'), slow.answer).on(at('second'), slower.answer)
    const leaving = new AbortController()
    const gone = made.fetch({}, { signal: leaving.signal, headers: { authorization: 'Bearer sk-master-of-tests', 'content-type': 'application/json' } }).catch(() => 'gone')
    await untilAsked(made, clock, 2)
    leaving.abort()
    await gone
    await Promise.all([(await slow.opened).aborted, (await slower.opened).aborted])
    expect(await made.record(0)).toMatchObject({ status: 'cancelled', attempts: 2 })
  })
})

describe('both calls', () => {
  it('are reserved before they go out, and paid: the one that lost by the time that it worked', async () => {
    await using gateway = await hedging({ maxBudget: 1_000_000 })
    const { made, clock } = gateway
    made.upstream.on(at('first'), answer.hang()).on(at('second'), reply('hi'))
    const asking = gateway.ask()
    await untilAsked(made, clock, 2)
    await (await asking).text()
    await made.record(0)
    expect(gateway.reserved.map(({ estimate }) => estimate.nanoUsd)).toEqual([1000, 1000])
    // 5 tokens of the answer, and no more than was reserved for the other call.
    expect(await gateway.budget()).toMatchObject({ used: 50 + 1000, held: 0 })
  })

  it('must be covered by the budget: else there is only one', async () => {
    await using gateway = await hedging({ maxBudget: 1500 })
    const { made, clock } = gateway
    const slow = controlledStream({ headers: { 'content-type': 'application/json' } })
    made.upstream.on(at('first'), slow.answer).on(at('second'), reply('never'))
    const asking = gateway.ask()
    await made.upstream.request(0)
    for (let i = 0; i < 8; i += 1) {
      clock.advance(250)
      await turn()
    }
    await slow.send(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } }))
    await slow.end()
    expect((await asking).status).toBe(200)
    expect(made.upstream.requests).toHaveLength(1)
  })
})
