import { errorToOpenAI, type GatewayError, type Guardrail } from '@tianjillm/core'
import { answer, controlledStream, createFakeClock, type FakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { bindingOf, memoryStore } from '../__fixtures__/cache.ts'
import { chatRoute, KEY, type Stage, stage } from '../__fixtures__/gateway.ts'
import type { CacheBinding, CallRoute, Settings } from '../index.ts'

const completion = { id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }
const chunk = (delta: object, finish: string | null = null, more: object = {}): { data: object } => ({ data: { id: 's', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta, finish_reason: finish, ...more }] } })
const usage = { data: { id: 's', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [], usage: completion.usage } }
const whole = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'h' }), chunk({ content: 'i' }), chunk({}, 'stop'), usage, '[DONE]']

/** The chat route of the ingress, in what the cache needs of it. */
function route(): CallRoute<'chat'> {
  const made = chatRoute()
  return {
    ...made,
    codec: {
      ...made.codec,
      showsUsage: (input) => (input as { stream_options?: { include_usage?: boolean } }).stream_options?.include_usage === true,
      decode: (text) => JSON.parse(text) as never,
      decodeChunk: (data) => (data === '[DONE]' ? undefined : (JSON.parse(data) as never)),
      encodeChunk: (one, showUsage) => (showUsage || !one.usage ? `data: ${JSON.stringify(one)}\n\n` : ''),
      errorEvent: (error: GatewayError) => `data: ${JSON.stringify(errorToOpenAI(error))}\n\n`,
    },
  }
}

interface Cached extends Stage {
  readonly store: ReturnType<typeof memoryStore>
  readonly clock: FakeClock
  /** Sends bodies in turn; tells how many of them reached the upstream. */
  asked(...bodies: readonly object[]): Promise<number>
}

async function cached({ broken = false, settings = {}, guardrail, ...more }: Parameters<typeof bindingOf>[2] & { broken?: boolean; settings?: Partial<Settings>; guardrail?: Guardrail } = {}): Promise<Cached> {
  const store = memoryStore(broken)
  const clock = createFakeClock()
  const cache: CacheBinding = bindingOf(store, clock, more)
  const staged = await stage({ route: route(), settings: { clock, cache, ...settings }, ...(guardrail && { guardrail }) })
  staged.upstream.otherwise(answer.json(completion))
  return {
    ...staged, store, clock,
    async asked(...bodies) {
      for (const body of bodies) {
        const reply = await staged.fetch(body)
        expect([reply.status, await reply.text()]).toEqual([200, expect.any(String)])
      }
      return staged.upstream.requests.length
    },
    [Symbol.asyncDispose]: () => staged[Symbol.asyncDispose](),
  }
}

describe('the answer cache', () => {
  it('answers the second time by itself, free of charge, whatever the order of keys', async () => {
    await using staged = await cached()
    expect(await staged.asked({ temperature: 1, top_p: 1 }, { top_p: 1, temperature: 1 })).toBe(1)
    expect(staged.records[1]).toMatchObject({ cacheHit: true, attempts: 0, costNanoUsd: 0, status: 'success' })
  })

  it.each([
    ['another parameter', { temperature: 1 }, { temperature: 0.5 }, 2], ['another namespace', { cache: { namespace: 'a' } }, { cache: { namespace: 'b' } }, 2],
    ['another user', { user: 'a' }, { user: 'b' }, 1], ['a list for an object', { x: [['a', 1]] }, { x: { a: 1 } }, 2],
    ['no-cache', {}, { cache: { 'no-cache': true } }, 2], ['no-store before', { cache: { 'no-store': true } }, {}, 2], ['a ttl of nothing before', { cache: { ttl: 0 } }, {}, 2],
    ['other guardrails', { guardrails: [] }, {}, 2],
  ])('told by %s', async (_name, first, second, calls) => {
    await using staged = await cached()
    expect(await staged.asked(first, second)).toBe(calls)
  })

  it('keeps an answer as long as the request says, in its body or its header', async () => {
    await using staged = await cached()
    await staged.asked({}, { top_p: 1, cache: { ttl: 5 } })
    await (await staged.fetch({ top_p: 0.5 }, { headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'cache-control': 'no-transform, s-maxage=7' } })).text()
    expect([...staged.store.kept.values()]).toEqual([60_000, 5000, 7000])
  })

  it('takes no answer older than s-maxage, nor one whose time is over though the store still has it', async () => {
    await using staged = await cached()
    await staged.asked({})
    staged.clock.advance(20_000)
    expect(await staged.asked({ cache: { 's-maxage': 20 } })).toBe(1)
    expect(await staged.asked({ cache: { 's-maxage': 19, 'no-store': true } })).toBe(2)
    staged.clock.advance(40_000)
    expect(await staged.asked({})).toBe(3)
  })

  it('is asked only on wish when it is off by default, and only for the kinds of call that it is for', async () => {
    await using staged = await cached({ byDefault: false })
    expect(await staged.asked({}, {})).toBe(2)
    expect(await staged.asked({ cache: { 'use-cache': true } }, { cache: { 'use-cache': true } })).toBe(3)
    await using other = await cached({ operations: new Set(['embeddings']) })
    expect(await other.asked({}, {})).toBe(2)
  })

  it('is passed by when it fails, or holds what is no answer', async () => {
    await using broken = await cached({ broken: true })
    expect(await broken.asked({}, {})).toBe(2)
    await using staged = await cached()
    await staged.asked({})
    for (const key of staged.store.values.keys()) staged.store.values.set(key, Buffer.from('{"not":"ours"}'))
    expect(await staged.asked({})).toBe(2)
  })

  it('has no part in requests of more than a MiB', async () => {
    await using staged = await cached({ settings: { limits: { maxBodyBytes: 4_000_000, bodyTimeoutMs: 1000, maxReplyBytes: 1_000_000 } } })
    expect(await staged.asked({ x: 'x'.repeat(2 ** 20) }, { x: 'x'.repeat(2 ** 20) })).toBe(2)
  })

  it('keeps no answer that is too large, and none that failed', async () => {
    await using staged = await cached({ maxBytes: 20 })
    expect(await staged.asked({}, {})).toBe(2)
    await using failing = await cached()
    failing.upstream.otherwise(answer.error(500))
    expect((await failing.fetch({})).status).toBeGreaterThanOrEqual(500)
    expect(failing.store.kept.size).toBe(0)
  })

  it.each([[{ cache: 'yes' }, 'cache'], [{ cache: [] }, 'cache'], [{ cache: { ttl: -1 } }, 'cache.ttl'], [{ cache: { ttl: '5' } }, 'cache.ttl'], [{ cache: { no_store: true } }, 'cache.no_store'], [{ cache: { 'no-cache': 'true' } }, 'cache.no-cache']])('refuses %j', async (body, param) => {
    await using staged = await cached()
    const reply = await staged.fetch(body)
    expect([reply.status, ((await reply.json()) as { error: { param: string } }).error.param]).toEqual([400, param])
    expect(staged.upstream.requests).toHaveLength(0)
  })

  it('LL#8570: tells the key when an answer is kept and when it is found, and nothing when neither', async () => {
    await using staged = await cached()
    const [kept, found, other] = [await staged.fetch({}), await staged.fetch({}), await staged.fetch({ cache: { 'no-store': true }, top_p: 1 })]
    const key = kept.headers.get('x-litellm-cache-key')
    expect([key, kept.headers.get('x-litellm-cache-hit')]).toEqual([[...staged.store.kept.keys()][0], 'False'])
    expect([found.headers.get('x-litellm-cache-key'), found.headers.get('x-litellm-cache-hit')]).toEqual([key, 'True'])
    expect(other.headers.get('x-litellm-cache-key')).toBeNull()
  })
})

describe('streams', () => {
  const events = async (reply: Response): Promise<unknown[]> => (await reply.text()).trim().split('\n\n').map((event) => (event === 'data: [DONE]' ? 'done' : JSON.parse(event.slice(6))))

  it('a stream is kept and comes again as a stream, with usage only for who asks', async () => {
    await using staged = await cached()
    staged.upstream.otherwise(answer.sse(whole))
    await staged.asked({ stream: true })
    const again = await staged.fetch({ stream: true })
    expect(again.headers.get('content-type')).toContain('event-stream')
    const base = { id: 's', object: 'chat.completion.chunk', created: 1, model: 'gpt' }
    expect(await events(again)).toEqual([
      { ...base, choices: [{ index: 0, delta: { role: 'assistant', content: 'hi' }, finish_reason: null }] },
      { ...base, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }, 'done',
    ])
    const told = await events(await staged.fetch({ stream: true, stream_options: { include_usage: true } }))
    expect(told.at(-2)).toEqual({ ...base, choices: [], usage: completion.usage })
    expect(staged.upstream.requests).toHaveLength(1)
    expect(staged.records.map(({ cacheHit, costNanoUsd }) => [cacheHit, costNanoUsd])).toEqual([[false, undefined], [true, 0], [true, 0]])
  })

  it('a plain request is answered from a stream, and a stream from a plain answer', async () => {
    await using staged = await cached()
    staged.upstream.otherwise(answer.sse(whole))
    await staged.asked({ stream: true })
    expect(await (await staged.fetch({})).json()).toEqual({ ...completion, id: 's', model: 'gpt' })
    staged.upstream.otherwise(answer.json({ ...completion, choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }] }, finish_reason: 'tool_calls' }] }))
    await staged.asked({ top_p: 1 })
    const [first] = await events(await staged.fetch({ stream: true, top_p: 1 }))
    expect(first).toMatchObject({ choices: [{ delta: { role: 'assistant', tool_calls: [{ index: 0, id: 't', function: { name: 'f' } }] } }] })
    expect(staged.upstream.requests).toHaveLength(2)
  })

  it.each([
    ['ends without an end', [chunk({ content: 'h' })]],
    ['has an answer without a reason to finish', [chunk({ content: 'a' }, null, { index: 0 }), chunk({}, 'stop', { index: 1 }), '[DONE]']],
    ['ends with an error', [chunk({ content: 'h' }), { data: { error: { message: 'broken', type: 'server_error' } } }]],
    ['holds more than an answer put together would', [chunk({ content: 'h', audio: { data: 'x' } }), chunk({}, 'stop'), '[DONE]']],
    ['another deployment went on with', [chunk({ content: 'h' }), { data: { ...chunk({}).data, tianjillm: { continued: { after: 'd', because: 'x', chars: 1 } } } }, chunk({}, 'stop'), '[DONE]']],
    ['has log probabilities', [chunk({ content: 'h' }, null, { logprobs: { content: [] } }), chunk({}, 'stop'), '[DONE]']],
  ])('one that %s is not kept', async (_name, sent) => {
    await using staged = await cached()
    staged.upstream.otherwise(answer.sse(sent))
    await (await staged.fetch({ stream: true })).text()
    await staged.record(0)
    expect(staged.store.kept.size).toBe(0)
  })

  it('one that is too long passes, and is not kept', async () => {
    await using staged = await cached({ maxBytes: 50 })
    staged.upstream.otherwise(answer.sse(whole))
    expect(await staged.asked({ stream: true }, { stream: true })).toBe(2)
  })
})

describe('guardrails', () => {
  /** Lets pass until told otherwise. */
  function changing(): Guardrail & { verdict: Awaited<ReturnType<Guardrail['check']>> } {
    return { on: ['output'], streaming: 'whole', verdict: { outcome: 'pass' }, check() { return this.verdict } }
  }

  it.each([[false], [true]])('judge a kept answer as they would a fresh one (stream %s)', async (stream) => {
    const guardrail = changing()
    await using staged = await cached({ guardrail })
    await staged.asked({})
    guardrail.verdict = { outcome: 'rewrite', texts: ['***'], reason: 'secret' }
    expect(await (await staged.fetch({ stream })).text()).toContain('"content":"***"')
    guardrail.verdict = { outcome: 'flag', reason: 'no' }
    expect((await staged.fetch({ stream })).status).toBe(400)
    expect(staged.upstream.requests).toHaveLength(1)
  })
})

describe('the same at the same time', () => {
  const waiting = (staged: Cached): Promise<void> => new Promise((resolve) => { const look = (): void => void (staged.gateway.inFlight >= 3 ? setTimeout(resolve, 20) : setImmediate(look)); look() })

  it('is asked once', async () => {
    await using staged = await cached()
    let release = (): void => {}
    staged.upstream.otherwise(async (response, call) => {
      await new Promise<void>((resolve) => void (release = resolve))
      await answer.json(completion)(response, call)
    })
    const replies = [{}, {}, { stream: true }].map((body) => staged.fetch(body))
    await waiting(staged)
    release()
    expect(await Promise.all(replies.map(async (reply) => [(await reply).status, (await (await reply).text()).includes('"hi"')]))).toEqual(Array.from({ length: 3 }, () => [200, true]))
    expect(staged.upstream.requests).toHaveLength(1)
    expect(staged.records.filter(({ cacheHit }) => cacheHit)).toHaveLength(2)
  })

  it('goes on with another when the first fails, or leaves', async () => {
    await using staged = await cached()
    const held: (() => void)[] = []
    let call = 0
    staged.upstream.otherwise(async (response, asked) => {
      call += 1
      const mine = call
      await new Promise<void>((resolve) => held.push(resolve))
      await (mine === 1 ? answer.error(400) : answer.json(completion))(response, asked)
    })
    const replies = [0, 1, 2].map(() => staged.fetch({}))
    await waiting(staged)
    held.shift()!()
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve))
    held.shift()!()
    const statuses = (await Promise.all(replies)).map(({ status }) => status).sort()
    expect([statuses, call]).toEqual([[200, 200, 400], 2])

    const leaving = new AbortController()
    const first = staged.fetch({ top_p: 1 }, { signal: leaving.signal }).catch(() => 'left')
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const second = staged.fetch({ top_p: 1 })
    while (staged.gateway.inFlight < 2) await new Promise((resolve) => setImmediate(resolve))
    leaving.abort()
    expect(await first).toBe('left')
    while (held.length < 2) await new Promise((resolve) => setImmediate(resolve))
    for (const go of held) go()
    expect((await second).status).toBe(200)
  })

  it('waits no longer than it may', async () => {
    await using staged = await cached({ waitMs: 5000 })
    const stuck = controlledStream()
    staged.upstream.otherwise((response, call) => (staged.upstream.requests.length === 1 ? stuck.answer : answer.json(completion))(response, call))
    const first = staged.fetch({ stream: true })
    await stuck.opened
    const second = staged.fetch({})
    while (staged.clock.pending() === 0) await new Promise((resolve) => setImmediate(resolve))
    staged.clock.advance(5000)
    expect((await second).status).toBe(200)
    await stuck.reset()
    expect((await first).status).toBe(502)
  })
})
