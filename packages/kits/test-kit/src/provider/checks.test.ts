import { type AdapterOf, type ChatChunk, type ProviderPlugin } from '@tianjillm/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { TEST_SECRET } from '../fakes/builders.ts'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import { acme, chunks, recordings, suiteOf } from './__fixtures__/acme.ts'
import { providerChecks } from './checks.ts'
import { describeProvider } from './describe-provider.ts'

type Chat = AdapterOf<'chat'>
type Translator = ReturnType<NonNullable<Chat['stream']>>

// The reference passes as authors run it, with its real address and with the fake upstream's.
describeProvider(suiteOf(acme()))
describeProvider(suiteOf(acme(), { config: (url: string) => ({ api_key: TEST_SECRET, api_base: `${url}/v1` }), sharedRecordings: recordings }))

/** The stream of the reference with something done to what it emits. */
const emitting = (change: (chunk: ChatChunk, emit: (chunk: ChatChunk) => void) => void) => (chat: Chat): Partial<Chat> => ({
  stream(call) {
    const inner = chat.stream!(call)
    return { ...inner, push: (frame, emit) => inner.push(frame, (chunk) => change(chunk, emit)) }
  },
})

const streaming = (change: (inner: Translator) => Partial<Translator>) => (chat: Chat): Partial<Chat> => ({
  stream(call) {
    const inner = chat.stream!(call)
    return { ...inner, ...change(inner) }
  },
})

describe('describeProvider catches', () => {
  let lastSeen = ''
  const bugs: [string, ReturnType<typeof acme>, string, string?][] = [
    ['a manifest that can be changed', { ...acme() }, 'the manifest is well formed', 'frozen'],
    ['another apiVersion', Object.freeze({ ...acme(), apiVersion: 2 }) as unknown as ProviderPlugin<never> as ReturnType<typeof acme>, 'the manifest is well formed'],
    ['a config that takes any key', acme(undefined, { config: v.object({ api_key: v.string(), api_base: v.optional(v.string(), 'https://api.acme.example/v1') }) }), 'the config refuses unknown keys with their path'],
    ['I/O in create', acme(undefined, { create: async (_config, host) => { await host.http.send({ method: 'GET', url: 'https://x.example' }); return { adapters: {} } } }), 'creating an instance does no I/O'],
    ['a timer left by close', acme(undefined, { create: (config, host) => { host.clock.after(1000, () => {}); return { ...acme().create(config, host) as object, close() {} } as never } }), 'creating an instance does no I/O', 'timers'],
    ['a stream without framing', acme((chat) => { const { framing: _framing, ...rest } = chat; return { ...rest, framing: undefined as never } }), 'every adapter is complete'],
    ['a target made anew for each call', acme((chat) => ({ target: (call) => ({ ...chat.target(call) }) })), 'the target is the same object for the same model'],
    ['a rate limit that may not be retried', acme((chat) => ({ error: (reply, call) => chat.error(reply.status === 429 ? { ...reply, status: 400 } : reply, call) })), 'status 429 becomes a code that may be retried'],
    ['a lost Retry-After', acme((chat) => ({ error: (reply, call) => chat.error({ ...reply, headers: {} }, call) })), 'status 429 becomes a code that may be retried', 'Retry-After'],
    ['an error reader that throws', acme(() => ({ error: (reply) => JSON.parse(Buffer.from(reply.body).toString()) as never })), 'an error body that is not JSON becomes a code'],
    ['a decoder that trusts the upstream', acme(() => ({ decode: (body) => ({ ...(body as { choices: { message: object }[] }).choices[0]!.message }) as never })), 'an answer that makes no sense is a coded error, never a TypeError'],
    ['a usage reader that trusts the upstream', acme(() => ({ usageOf: (body) => (body as { usage: { x: never } }).usage.x })), 'an answer that makes no sense is a coded error, never a TypeError'],
    ['a key in an error message', acme((_chat, config) => ({ error: (reply) => Object.assign(acme().config, {}) && new (class extends Error {})(config.api_key + reply.status) as never })), 'a key that the upstream quotes is in no error'],
    ['another path', acme((chat) => ({ target: (call) => ({ ...chat.target(call), url: 'https://api.acme.example/v2/chat' }) })), 'chat: the request is the recorded one', 'URL'],
    ['a missing credential', acme((chat) => { const { credential: _credential, ...target } = chat.target({} as never); return { target: () => target } }), 'chat: the request is the recorded one', 'authorization'],
    ['a credential bound to another host', acme((chat) => { const target = { ...chat.target({} as never), credential: { hosts: ['other.example'], headers: { authorization: 'x' } } }; return { target: () => target } }), 'chat: the answer is decoded', 'bound'],
    ['an extra field in the request', acme(() => ({ encode: (request) => ({ ...request, extra: 1 }) })), 'chat: the request is the recorded one', 'body'],
    ['an input that is changed', acme(() => ({ encode: (request) => { request.messages.push({ role: 'user', content: 'x' }); return request } })), 'chat: the request is the recorded one'],
    ['a field dropped in silence', acme(() => ({ supports: () => true, encode: ({ logit_bias: _bias, ...rest }) => rest })), 'chat: the answer is decoded', 'dropped'],
    ['text that differs', acme((chat) => ({ decode: (body, call) => { const answer = structuredClone(chat.decode(body, call)); answer.choices[0]!.message.content += '!'; return answer } })), 'chat: the answer is decoded', 'text'],
    ['usage that is not told', acme(() => ({ usageOf: () => undefined })), 'chat: the answer is decoded', 'usageOf'],
    ['a status that is lost', acme((chat) => ({ error: (reply, call) => chat.error({ ...reply, status: reply.status === 404 ? 410 : reply.status }, call) })), 'chat-404: the error answer becomes a code', 'status'],
    ['two finishes', acme(emitting((chunk, emit) => { emit(chunk); if (chunk.choices[0]?.finish_reason) emit(chunk) })), 'chat-stream: each choice is finished once, usage is told at most once', '2 times'],
    ['no finish', acme(emitting((chunk, emit) => emit({ ...chunk, choices: chunk.choices.map((choice) => ({ ...choice, finish_reason: null })) }))), 'chat-stream: each choice is finished once, usage is told at most once', '0 times'],
    ['usage in each chunk', acme(emitting((chunk, emit) => emit({ ...chunk, usage: { prompt_tokens: 1, total_tokens: 1 } }))), 'chat-stream: each choice is finished once, usage is told at most once', 'Usage'],
    ['tool arguments cut short', acme(emitting((chunk, emit) => { if (!JSON.stringify(chunk).includes('"}')) emit(chunk) })), 'chat-stream: the answer is decoded'],
    ['a stream that ends early in silence', acme(streaming(() => ({ end: () => {} }))), 'chat-stream: a stream that ends early is an error'],
    ['state that outlives a stream', acme(emitting((chunk, emit) => { emit({ ...chunk, id: lastSeen }); lastSeen += 'x' })), 'chat-stream: the stream is the same however it is cut'],
    ['a stream translator that is shared', acme((chat) => { const shared = chat.stream!({} as never); return { stream: () => shared } }), 'chat-stream: a stream that ends early is an error'],
  ]

  it.each(bugs)('%s', async (_, plugin, name, message = '') => {
    const failed = await failures(providerChecks(suiteOf(plugin)))
    expect([...failed.keys()]).toContain(name)
    expect(failed.get(name)).toContain(message)
  })

  it('a key in the log', async () => {
    const plugin = acme(undefined, { create: (config, host) => { host.log.info({ config }, 'Created.'); return acme().create(config, host) } })
    expect([...(await failures(providerChecks(suiteOf(plugin)))).values()].join()).toContain('to be read in the log')
  })
})

describe('the suite itself', () => {
  it('leaves out what an author skips, with the reason', () => {
    const checks = providerChecks(suiteOf(acme(), { skip: { 'chat-404': 'retired', 'a broken connection is passed on': 'slow' } }))
    expect(checks.filter((check) => check.skipped !== undefined).map(({ name, skipped }) => [name, skipped])).toEqual([
      ['a broken connection is passed on', 'slow'], ['chat-404: the request is the recorded one', 'retired'], ['chat-404: the error answer becomes a code', 'retired'],
    ])
  })

  it('refuses a skip that names nothing', () => {
    expect(() => providerChecks(suiteOf(acme(), { skip: { 'no such check': 'x' } }))).toThrow('no such check')
  })

  it('notices a recording without what it expects', async () => {
    const wrong = [{ ...recordings[1]!, output: chunks.slice(1) }, { ...recordings[0]!, name: 'other', expect: { finish: ['length', 'tool_calls'] } }]
    const failed = await failures(providerChecks(suiteOf(acme(), { recordings: wrong })))
    expect([...failed.keys()]).toEqual(['chat-stream: the answer is decoded', 'other: the answer is decoded'])
    expect(failed.get('other: the answer is decoded')).toContain('"stop", expected "length" or "tool_calls"')
  })

  it('skips the live cases without a key', () => {
    const checks = providerChecks(suiteOf(acme(), { live: { env: 'NO_SUCH_KEY_IN_THE_ENVIRONMENT', config: (key) => ({ api_key: key }), input: { model: 'acme-1' } } }))
    expect(checks.filter(({ name }) => name.startsWith('live')).map(({ skipped }) => skipped)).toEqual(Array.from({ length: 2 }, () => 'no NO_SUCH_KEY_IN_THE_ENVIRONMENT in the environment'))
  })
})
