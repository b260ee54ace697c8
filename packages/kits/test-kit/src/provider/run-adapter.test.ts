import { createConnector } from '@tianjillm/connector'
import { isGatewayError, type Provider } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { chatRequest, TEST_SECRET } from '../fakes/builders.ts'
import { createTestHost } from '../fakes/host.ts'
import { createInstance } from '../suite/manifest.ts'
import { answer } from '../upstream/answers.ts'
import { controlledStream } from '../upstream/controlled.ts'
import { createFakeUpstream } from '../upstream/fake-upstream.ts'
import { acme, chunks, recordings } from './__fixtures__/acme.ts'
import { type AdapterRun, runAdapter } from './run-adapter.ts'

type Chat = NonNullable<Provider['adapters']['chat']>

/** The reference provider against a fake upstream, with something changed. */
async function setUp(change: (chat: Chat) => Partial<Chat> = () => ({})) {
  const upstream = await createFakeUpstream()
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  const provider: Provider = await createInstance(acme(change), { api_key: TEST_SECRET, api_base: `${upstream.url}/v1` }, createTestHost())
  const run = (more: Partial<AdapterRun<'chat'>> = {}) => runAdapter({ operation: 'chat', adapter: provider.adapters.chat!, input: chatRequest(), http: connector, ...more })
  return { upstream, run, async [Symbol.asyncDispose]() { await connector.destroy(); await upstream.close() } }
}

describe('runAdapter', () => {
  it('sends what the gateway sends, and decodes the answer', async () => {
    await using env = await setUp()
    env.upstream.next(answer.recording(recordings[0]!))
    const { output, usage, dropped } = await env.run({ model: 'acme-large' })
    expect(output?.choices[0]?.message.content).toBe('Hello')
    expect(usage).toMatchObject({ input: 3, output: 2 })
    expect(dropped).toEqual([])
    const [sent] = env.upstream.requests
    expect(sent).toMatchObject({ method: 'POST', path: '/v1/chat/completions', json: { model: 'acme-large' } })
    expect(sent?.headers).toMatchObject({ 'content-type': 'application/json', authorization: `Bearer ${TEST_SECRET}` })
  })

  it('refuses what the adapter has no equivalent for, or drops it', async () => {
    await using env = await setUp()
    env.upstream.otherwise(answer.recording(recordings[0]!))
    const input = chatRequest({ logit_bias: { 1: 1 }, temperature: null })
    await expect(env.run({ input })).rejects.toMatchObject({ code: 'unsupported_parameter', param: 'logit_bias' })
    expect(env.upstream.requests).toHaveLength(0)
    expect((await env.run({ input, dropParams: true })).dropped).toEqual(['logit_bias'])
    expect(Object.keys(env.upstream.requests[0]!.json as object)).not.toContain('logit_bias')
  })

  it('gives a stream\'s chunks as they come, and its usage', async () => {
    await using env = await setUp()
    env.upstream.next(answer.recording(recordings[1]!))
    const seen: unknown[] = []
    const { chunks: all, usage, output } = await env.run({ input: chatRequest({ stream: true }), onChunk: (chunk) => seen.push(chunk) })
    expect(all).toEqual(chunks)
    expect(seen).toEqual(chunks)
    expect([usage?.input, output]).toEqual([3, undefined])
  })

  it('asks for usage in a stream where the adapter wants it asked for', async () => {
    await using env = await setUp(() => ({ asksForStreamUsage: true }))
    env.upstream.otherwise(answer.recording(recordings[1]!))
    await env.run({ input: chatRequest({ stream: true }) })
    expect(env.upstream.requests[0]?.json).toMatchObject({ stream_options: { include_usage: true } })
  })

  it('authorizes last, over the body', async () => {
    await using env = await setUp(() => ({ authorize: async (request) => ({ ...request, headers: { ...request.headers, 'x-length': String(request.body.length) } }) }))
    env.upstream.next(answer.recording(recordings[0]!))
    await env.run()
    expect(env.upstream.requests[0]?.headers['x-length']).toBe(String(env.upstream.requests[0]?.body.length))
  })

  it.each([false, true])('rejects with the adapter\'s error (stream: %s)', async (stream) => {
    await using env = await setUp()
    env.upstream.next(answer.error(429, undefined, { 'retry-after': '5' }))
    await expect(env.run({ input: chatRequest({ stream }) })).rejects.toMatchObject({ code: 'upstream_rate_limit', retryAfter: 5, provider: 'acme' })
  })

  it('rejects with a code when the answer is not JSON, breaks, or makes no sense', async () => {
    await using env = await setUp()
    env.upstream.next(answer.bytes('<html>secret-body</html>'), answer.sse(['not json']), answer.reset('data: {', { 'content-type': 'text/event-stream' }), answer.sse([JSON.stringify(chunks[0])]))
    const codes: string[] = []
    for (const stream of [false, true, true, true]) {
      const error: unknown = await env.run({ input: chatRequest({ stream }) }).catch((caught: unknown) => caught)
      codes.push(isGatewayError(error) ? error.code : String(error))
      expect(String(error)).not.toContain('secret-body')
    }
    expect(codes).toEqual(['upstream_malformed', 'upstream_malformed', 'upstream_interrupted', 'upstream_interrupted'])
  })

  it('ends the upstream call when the client leaves', async () => {
    await using env = await setUp()
    const stream = controlledStream()
    env.upstream.next(stream.answer)
    const leaver = new AbortController()
    const first = Promise.withResolvers<void>()
    const run = env.run({ input: chatRequest({ stream: true }), signal: leaver.signal, onChunk: () => first.resolve() })
    await stream.send(`data: ${JSON.stringify(chunks[0])}\n\n`)
    await first.promise
    leaver.abort()
    await expect(run).rejects.toMatchObject({ code: 'client_closed' })
    await (await stream.opened).aborted
    await expect(env.run({ signal: leaver.signal })).rejects.toMatchObject({ code: 'client_closed' })
    expect(env.upstream.requests).toHaveLength(1)
  })
})
