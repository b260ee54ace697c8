import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, chunk, completion, oneModel, streamed } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('a cache that a team shares', () => {
  it('answers all keys of the team, and nobody else; embeddings too, and only the kinds of call that it is for', async () => {
    await using upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi'))).on('/v1/embeddings', answer.json({ object: 'list', model: 'upstream-model', data: [{ object: 'embedding', index: 0, embedding: [1] }], usage: { prompt_tokens: 1, total_tokens: 1 } }))
    await using proxy = await startProxy({ config: { ...oneModel(upstream.url), litellm_settings: { cache: true, cache_params: { scope: 'team', supported_call_types: ['acompletion', 'aembedding'] } } } })
    const post = async (path: string, body: object, key?: string): Promise<Response> => proxy.fetch(path, { method: 'POST', body: JSON.stringify(body), ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }) })
    const { team_id } = (await (await post('/team/new', {})).json()) as { team_id: string }
    const keys = await Promise.all([{ team_id }, { team_id }, {}].map(async (body) => ((await (await post('/key/generate', body)).json()) as { key: string }).key))
    for (const [path, body] of [[CHAT, { model: 'gpt', messages: [{ role: 'user', content: 'hi' }] }], ['/v1/embeddings', { model: 'gpt', input: 'hi' }]] as const) {
      const hits: (string | null)[] = []
      for (const key of keys) hits.push((await post(path, body, key)).headers.get('x-litellm-cache-hit'))
      expect(hits, path).toEqual(['False', 'True', 'False'])
    }
    upstream.on('/v1/completions', answer.json({ id: 'c', object: 'text_completion', created: 1, model: 'm', choices: [{ index: 0, text: 'hi', finish_reason: 'stop' }] }))
    for (let i = 0; i < 2; i += 1) expect((await post('/v1/completions', { model: 'gpt', prompt: 'hi' }, keys[0])).headers.get('x-litellm-cache-hit')).toBeNull()
  })
})

describe('a cache on the disk', () => {
  it('keeps answers through a restart', async () => {
    await using upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    const config = { ...oneModel(upstream.url), litellm_settings: { cache: true, cache_params: { type: 'disk', disk_cache_dir: mkdtempSync(join(tmpdir(), 'answers-')) } } }
    const hit = async (proxy: RunningProxy): Promise<string | null> => {
      const reply = await proxy.fetch(CHAT, chatBody())
      expect(await reply.text()).toContain('hi')
      return reply.headers.get('x-litellm-cache-hit')
    }
    {
      await using proxy = await startProxy({ config })
      expect([await hit(proxy), await hit(proxy)]).toEqual(['False', 'True'])
    }
    await using proxy = await startProxy({ config })
    expect(await hit(proxy)).toBe('True')
    expect((await proxy.fetch('/cache/flushall', { method: 'POST' })).status).toBe(200)
    expect(await hit(proxy)).toBe('False')
  })
})

describe('the answer cache', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    const base = oneModel(upstream.url, { params: { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 } }) as { model_list: { model_name: string }[] }
    proxy = await startProxy({ config: { model_list: [...base.model_list, { ...base.model_list[0], model_name: 'other' }], litellm_settings: { cache: true, cache_params: { type: 'local', ttl: 600 } } } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  let n = 0
  const ask = (text: string, more: object = {}): Promise<Response> => proxy.fetch(CHAT, chatBody({ messages: [{ role: 'user', content: text }], ...more }))
  const fresh = (): string => `question ${(n += 1)}`

  it('answers the second identical request itself, at no cost', async () => {
    const text = fresh()
    const first = await ask(text)
    const key = first.headers.get('x-litellm-cache-key')
    expect([key, first.headers.get('x-litellm-cache-hit'), first.headers.get('x-litellm-response-cost')]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'False', '0.00002'])
    const body = await first.text()
    const second = await ask(text)
    expect(await second.text()).toBe(body)
    expect(['x-litellm-cache-key', 'x-litellm-cache-hit', 'x-litellm-response-cost', 'x-tianjillm-saved-cost'].map((name) => second.headers.get(name))).toEqual([key, 'True', '0', '0.00002'])
    expect(upstream.requests).toHaveLength(1)
    await proxy.logged(({ cache, cost }) => cache === 'hit' && cost === 0)
  })

  it('misses for another text, parameter, model or namespace, and not for another user', async () => {
    const text = fresh()
    for (const more of [{}, { temperature: 0.5 }, { model: 'other' }, { cache: { namespace: 'n' } }]) await (await ask(text, more)).text()
    expect(upstream.requests).toHaveLength(4)
    await (await ask(text, { user: 'u2', metadata: { trace: 1 } })).text()
    expect(upstream.requests).toHaveLength(4)
  })

  it('no-cache asks again, no-store does not keep, a ttl of 0 is over at once', async () => {
    const text = fresh()
    await (await ask(text, { cache: { 'no-store': true } })).text()
    await (await ask(text, { cache: { ttl: 0 } })).text()
    await (await ask(text)).text()
    expect(upstream.requests).toHaveLength(3)
    await (await ask(text, { cache: { 'no-cache': true } })).text()
    expect(upstream.requests).toHaveLength(4)
    await (await ask(text)).text()
    expect(upstream.requests).toHaveLength(4)
    expect(upstream.requests[0]!.text).not.toContain('no-store')
    expect((await ask(text, { cache: { ttl: 'long' } })).status).toBe(400)
  })

  it('an error is not kept', async () => {
    upstream.reset().on(CHAT, answer.error(400), answer.json(completion('hi')))
    const text = fresh()
    expect((await ask(text)).status).toBe(400)
    expect((await ask(text)).status).toBe(200)
  })

  it('a stream is kept, and comes again as a stream or whole; a whole answer comes as a stream', async () => {
    upstream.reset().on(CHAT, streamed('a', 'b'))
    const text = fresh()
    const live = await (await ask(text, { stream: true })).text()
    expect(live).not.toContain('"usage":{')
    const again = await ask(text, { stream: true, stream_options: { include_usage: true } })
    expect(again.headers.get('content-type')).toContain('event-stream')
    const events = (await again.text()).trim().split('\n\n')
    expect(events.at(-1)).toBe('data: [DONE]')
    expect(JSON.parse(events.at(-2)!.slice(6))).toMatchObject({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } })
    expect(events.join('')).toContain('"content":"ab"')
    expect(await (await ask(text)).json()).toMatchObject({ object: 'chat.completion', model: 'gpt', choices: [{ message: { role: 'assistant', content: 'ab' }, finish_reason: 'stop' }], usage: { total_tokens: 15 } })
    expect(upstream.requests).toHaveLength(1)

    upstream.reset().on(CHAT, answer.json(completion('whole')))
    const other = fresh()
    await (await ask(other)).text()
    expect(await (await ask(other, { stream: true })).text()).toMatch(/"content":"whole".*\n\ndata: \[DONE\]\n\n$/s)
    expect(upstream.requests).toHaveLength(1)
  })

  it('a stream that breaks is not kept', async () => {
    upstream.reset().on(CHAT, answer.sse([{ data: chunk({ role: 'assistant', content: 'half' }) }]), streamed('whole'))
    const text = fresh()
    expect(await (await ask(text, { stream: true })).text()).toContain('error')
    expect(await (await ask(text, { stream: true })).text()).toContain('whole')
  })

  it('what many ask at the same time is asked once', async () => {
    const text = fresh()
    let release = (): void => {}
    const reached = new Promise<void>((there) => upstream.reset().on(CHAT, async (response, call) => {
      there()
      await new Promise<void>((resolve) => void (release = resolve))
      await answer.json(completion('hi'))(response, call)
    }))
    const replies = Array.from({ length: 8 }, (_, i) => ask(text, { stream: i % 2 === 1 }))
    await reached
    // Those that were sent before are there when later ones are answered.
    for (let i = 0; i < 5; i += 1) await (await proxy.fetch('/health/readiness')).text()
    release()
    const costs = await Promise.all(replies.map(async (reply) => (await reply).headers.get('x-litellm-response-cost')))
    expect(costs.filter((cost) => cost === '0')).toHaveLength(7)
    expect(upstream.requests).toHaveLength(1)
    await proxy.logged(({ cache }) => cache === 'collapsed')
  })

  it('a key may be held to some controls, and have its own', async () => {
    const make = async (body: object): Promise<string> => ((await (await proxy.fetch('/key/generate', { method: 'POST', body: JSON.stringify(body) })).json()) as { key: string }).key
    const send = async (key: string, text: string, more: object = {}): Promise<[number, string | null]> => {
      const reply = await proxy.fetch(CHAT, { ...chatBody({ messages: [{ role: 'user', content: text }], ...more }), headers: { authorization: `Bearer ${key}` } })
      return [reply.status, reply.headers.get('x-litellm-cache-hit')]
    }
    const held = await make({ allowed_cache_controls: ['ttl'] })
    expect(await send(held, fresh(), { cache: { ttl: 60 } })).toEqual([200, 'False'])
    expect(await send(held, fresh(), { cache: { 'no-cache': true } })).toEqual([403, null])
    const without = await make({ metadata: { cache: { 'no-cache': true, 'no-store': true } } })
    const text = fresh()
    expect([await send(without, text), await send(without, text)]).toEqual([[200, null], [200, null]])
    expect([await send(without, text, { cache: { ttl: 60 } }), await send(without, text, { cache: { ttl: 60 } })]).toEqual([[200, 'False'], [200, 'True']])
    expect((await proxy.fetch('/key/generate', { method: 'POST', body: JSON.stringify({ allowed_cache_controls: ['no-cash'] }) })).status).toBe(422)
  })

  it('LL#29955: one key is not given the answer of another, nor told that there is one', async () => {
    const keys = await Promise.all([0, 1].map(async () => ((await (await proxy.fetch('/key/generate', { method: 'POST', body: '{}' })).json()) as { key: string }).key))
    const text = fresh()
    const hits: (string | null)[] = []
    for (const key of [keys[0]!, keys[1]!, keys[0]!]) hits.push((await proxy.fetch(CHAT, { ...chatBody({ messages: [{ role: 'user', content: text }] }), headers: { authorization: `Bearer ${key}` } })).headers.get('x-litellm-cache-hit'))
    expect(hits).toEqual(['False', 'False', 'True'])
    expect(upstream.requests).toHaveLength(2)
  })
})
