import { answer, controlledStream, createFakeUpstream, type FakeUpstream, sseText } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, chunk, completion, oneModel, streamed } from './chat-answers.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const says = (content: string, more: object = {}) => chatBody({ messages: [{ role: 'user', content }], ...more })

describe('guardrails', () => {
  let upstream: FakeUpstream
  let service: FakeUpstream
  let proxy: RunningProxy

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    service = await createFakeUpstream()
    const guardrail = (guardrail_name: string, litellm_params: object) => ({ guardrail_name, litellm_params })
    const remote = { guardrail: 'generic_guardrail_api', mode: ['pre_call', 'post_call'], api_base: service.url, api_key: 'guard-key' }
    proxy = await startProxy({
      config: oneModel(upstream.url, {
        config: {
          guardrails: [
            guardrail('words', { guardrail: 'litellm_content_filter', mode: ['pre_call', 'post_call'], default_on: true, patterns: [{ pattern_type: 'prebuilt', pattern_name: 'email', action: 'MASK' }], blocked_words: [{ keyword: 'apollo', action: 'BLOCK' }] }),
            guardrail('closed', { ...remote, unreachable_fallback: 'fail_closed' }),
            guardrail('open', { ...remote, unreachable_fallback: 'fail_open' }),
          ],
        },
      }),
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await service.close()
  })
  beforeEach(() => {
    upstream.reset()
    service.reset()
  })

  it('a blocked word in the request is refused by name, and never reaches the provider', async () => {
    for (const hidden of ['Project APOLLO', 'ａｐｏｌｌｏ', 'apo\u200bllo']) {
      const reply = await proxy.fetch(CHAT, says(hidden))
      expect(reply.status).toBe(400)
      expect(await reply.json()).toMatchObject({ error: { code: 'content_policy_violation', message: expect.stringContaining('"words"') as string } })
    }
    expect(upstream.requests).toHaveLength(0)
  })

  it('an address in the request is masked before the provider sees it', async () => {
    upstream.on(CHAT, answer.json(completion('ok')))
    const reply = await proxy.fetch(CHAT, says('I am john@example.com.'))
    expect(reply.status).toBe(200)
    expect(reply.headers.get('x-litellm-applied-guardrails')).toBe('words')
    expect(upstream.requests[0]!.json).toMatchObject({ messages: [{ content: 'I am [EMAIL_REDACTED].' }] })
  })

  it('a guardrail that does not exist is refused by its place in the list', async () => {
    const reply = await proxy.fetch(CHAT, chatBody({ guardrails: ['no-such-guardrail'] }))
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { param: 'guardrails[0]' } })
    expect(upstream.requests).toHaveLength(0)
  })

  it('answers are blocked and masked', async () => {
    upstream.on(CHAT, answer.json(completion('about Apollo')), answer.json(completion('write to john@example.com')))
    expect((await proxy.fetch(CHAT, says('x'))).status).toBe(400)
    expect(await (await proxy.fetch(CHAT, says('x'))).json()).toMatchObject({ choices: [{ message: { content: 'write to [EMAIL_REDACTED]' } }] })
  })

  it('a streamed word that is cut over chunks does not leak', async () => {
    upstream.on(CHAT, streamed('tell ', 'ap', 'ol', 'lo', ' more'))
    const early = await proxy.fetch(CHAT, says('x', { stream: true }))
    // Nothing had left, so the refusal is a status.
    expect([early.status, await early.text()]).toEqual([400, expect.stringContaining('content_policy_violation')])
    const stream = controlledStream()
    upstream.reset().on(CHAT, stream.answer)
    const reply = proxy.fetch(CHAT, says('x', { stream: true }))
    for (let i = 0; i < 150; i += 1) await stream.send(sseText({ data: chunk({ content: 'quiet words ' }) }))
    const late = await reply
    for (const piece of ['ap', 'ol', 'lo', ...Array.from({ length: 150 }, () => 'quiet words ')]) await stream.send(sseText({ data: chunk({ content: piece }) })).catch(() => {})
    const text = await late.text()
    expect(late.status).toBe(200)
    expect(text).toContain('quiet words')
    expect(text).not.toContain('"ap"')
    expect(text).not.toContain('ollo')
    expect(text).toContain('content_policy_violation')
    expect(text).not.toContain('[DONE]')
    expect((await proxy.fetch('/v1/models')).status).toBe(200)
  })

  it('a streamed address that is cut over chunks is masked', async () => {
    upstream.on(CHAT, streamed('mail ', 'john', '@exam', 'ple.co', 'm now'))
    const text = await (await proxy.fetch(CHAT, says('x', { stream: true }))).text()
    const joined = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => (JSON.parse(json!) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content ?? '').join('')
    expect(joined).toBe('mail [EMAIL_REDACTED] now')
    expect(text).toContain('[DONE]')
  })

  it('clean text flows while the provider is still speaking', async () => {
    const stream = controlledStream()
    upstream.on(CHAT, stream.answer)
    const reply = proxy.fetch(CHAT, says('x', { stream: true }))
    for (let i = 0; i < 150; i += 1) await stream.send(sseText({ data: chunk({ content: 'quiet words ' }) }))
    const { body, headers } = await reply
    expect(headers.get('x-litellm-applied-guardrails')).toBe('words')
    const first = await body!.getReader().read()
    expect(Buffer.from(first.value!).toString()).toContain('quiet')
    await stream.end()
  })

  describe('a service of your own', () => {
    const PATH = '/beta/litellm_basic_guardrail_api'
    const judge = (): void => void service.on(PATH, (response, call) => {
      const { texts } = call.json as { texts: string[] }
      if (texts.some((text) => text.includes('weapon'))) response.end(JSON.stringify({ action: 'BLOCKED', blocked_reason: 'No weapons.' }))
      else if (texts.some((text) => text.includes('blue'))) response.end(JSON.stringify({ action: 'GUARDRAIL_INTERVENED', texts: texts.map((text) => text.replaceAll('blue', 'red')) }))
      else response.end(JSON.stringify({ action: 'NONE' }))
    })

    it('is asked only when the request names it, and about both sides', async () => {
      judge()
      upstream.on(CHAT, answer.json(completion('a blue sky')))
      await proxy.fetch(CHAT, says('hello'))
      expect(service.requests).toHaveLength(0)
      const reply = await proxy.fetch(CHAT, says('blue?', { guardrails: ['closed'] }))
      expect(reply.headers.get('x-litellm-applied-guardrails')).toBe('words,closed')
      expect(await reply.json()).toMatchObject({ choices: [{ message: { content: 'a red sky' } }] })
      expect(upstream.requests[1]!.json).toMatchObject({ messages: [{ content: 'red?' }] })
      expect(upstream.requests[1]!.text).not.toContain('guardrails')
      expect(service.requests.map(({ json }) => (json as { input_type: string }).input_type)).toEqual(['request', 'response'])
      expect(service.requests[0]!.headers['x-api-key']).toBe('guard-key')
    })

    it('blocks with its reason', async () => {
      judge()
      upstream.on(CHAT, streamed('a ', 'weapon'))
      expect(await (await proxy.fetch(CHAT, says('weapon', { guardrails: ['closed'] }))).text()).toContain('No weapons.')
      const out = await proxy.fetch(CHAT, says('x', { stream: true, guardrails: ['closed'] }))
      expect([out.status, await out.text()]).toEqual([400, expect.stringContaining('No weapons.')])
    })

    it.each(['error', 'malformed'])('that is down (%s): fail_closed refuses, fail_open passes', async (how) => {
      service.otherwise(how === 'error' ? answer.error(500) : answer.json({}))
      upstream.on(CHAT, answer.json(completion('ok')))
      const closed = await proxy.fetch(CHAT, says('x', { guardrails: ['closed'] }))
      expect([closed.status, upstream.requests.length]).toEqual([503, 0])
      expect(await closed.json()).toMatchObject({ error: { code: 'guardrail_unavailable' } })
      expect((await proxy.fetch(CHAT, says('x', { guardrails: ['open'] }))).status).toBe(200)
    })
  })
})
