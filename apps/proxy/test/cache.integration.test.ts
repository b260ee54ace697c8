import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel, streamed } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

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
    expect([first.headers.get('x-litellm-cache-key'), first.headers.get('x-litellm-response-cost')]).toEqual([null, '0.00002'])
    const body = await first.text()
    const second = await ask(text)
    expect(await second.text()).toBe(body)
    expect(second.headers.get('x-litellm-cache-key')).toMatch(/^[0-9a-f]{64}$/)
    expect(second.headers.get('x-litellm-response-cost')).toBe('0')
    expect(upstream.requests).toHaveLength(1)
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

  it('a stream goes to the provider and comes whole, even when a plain answer is kept', async () => {
    const text = fresh()
    await (await ask(text)).text()
    upstream.reset().on(CHAT, streamed('a', 'b'))
    const stream = await ask(text, { stream: true })
    expect(stream.headers.get('content-type')).toContain('event-stream')
    expect(await stream.text()).toContain('[DONE]')
    expect(await (await ask(text)).json()).toMatchObject({ object: 'chat.completion' })
    expect(upstream.requests).toHaveLength(1)
  })
})
