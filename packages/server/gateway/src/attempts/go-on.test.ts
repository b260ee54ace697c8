import { noFallbacks } from '@tianjillm/router'
import { answer, sseText } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { type Stage, stage, type StageOptions } from '../__fixtures__/gateway.ts'

const event = (content: string, more: object = {}): object => ({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content, ...more }, finish_reason: null }] })
const last = { id: 'c2', object: 'chat.completion.chunk', created: 2, model: 'up', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
const used = { id: 'c2', object: 'chat.completion.chunk', created: 2, model: 'up', choices: [], usage: { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 } }
const sse = { 'content-type': 'text/event-stream' }
const at = (id: string): string => `/${id}/chat/completions`

const continuing = (options: StageOptions = {}, continueStreams = true): Promise<Stage> => stage({
  deployments: [{ id: 'one', order: 1 }, { id: 'two', order: 2 }, { id: 'three', order: 3 }],
  ...options,
  settings: { resilience: { retry: { retries: 0 }, retryOf: new Map(), fallbacks: noFallbacks, deadlineMs: 60_000, continueStreams }, ...options.settings },
})
const broken = (...texts: string[]) => answer.reset(texts.map((text) => sseText({ data: event(text) })).join(''), sse)
const rest = (...texts: string[]) => answer.sse([...texts.map((text) => ({ data: { ...event(text), id: 'c2' } })), { data: last }, { data: used }, '[DONE]'])

/** The events of a stream, parsed. */
async function events(response: Response): Promise<{ id?: string; choices?: { delta: { content?: string } }[]; tianjillm?: object; error?: object }[]> {
  return (await response.text()).trim().split('\n\n').filter((text) => !text.includes('[DONE]')).map((text) => JSON.parse(text.slice('data: '.length)) as never)
}
const textOf = (all: Awaited<ReturnType<typeof events>>): string => all.map(({ choices }) => choices?.[0]?.delta.content ?? '').join('')

describe('a stream that breaks', () => {
  it('goes on with the next deployment, behind a mark, under one id', async () => {
    await using made = await continuing()
    made.upstream.on(at('one'), broken('Once upon', ' a time')).on(at('two'), rest(' there was', ' a gateway.'))
    const all = await events(await made.fetch({ stream: true, max_tokens: 100, messages: [{ role: 'user', content: 'Tell me a story' }] }))
    expect(textOf(all)).toBe('Once upon a time there was a gateway.')
    expect(all.filter(({ tianjillm }) => tianjillm)).toEqual([expect.objectContaining({ tianjillm: { continued: { after: 'one', because: 'upstream_interrupted', chars: 16 } } })])
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(['c1']))
    expect(made.upstream.requests[1]!.json).toMatchObject({
      max_tokens: 96,
      messages: [{ role: 'user', content: 'Tell me a story' }, { role: 'system', content: expect.stringContaining('Go on exactly') as string }, { role: 'assistant', content: 'Once upon a time' }],
    })
    expect(await made.record(0)).toMatchObject({ status: 'success', attempts: 2, deployment: { id: 'two' } })
  })

  it('goes on more than once', async () => {
    await using made = await continuing()
    made.upstream.on(at('one'), broken('a')).on(at('two'), broken('b')).on(at('three'), rest('c'))
    expect(textOf(await events(await made.fetch({ stream: true })))).toBe('abc')
  })

  it('ends with an error event when nobody can go on', async () => {
    await using made = await continuing()
    made.upstream.on(at('one'), broken('a')).on(at('two'), answer.error(500)).on(at('three'), answer.error(503))
    const all = await events(await made.fetch({ stream: true }))
    expect(all.at(-1)).toHaveProperty('error')
    expect(await made.record(0)).toMatchObject({ status: 'failure' })
  })

  it.each([
    ['nobody asked for it', false, 'a', {}],
    ['a tool was being called', true, '', { tool_calls: [{ index: 0, id: 't', type: 'function', function: { name: 'f', arguments: '{' } }] }],
  ])('ends with an error event when %s', async (_name, on, text, more) => {
    await using made = await continuing({}, on)
    made.upstream.on(at('one'), answer.reset(sseText({ data: event(text, more) }), sse)).on(at('two'), rest('never'))
    expect((await events(await made.fetch({ stream: true }))).at(-1)).toHaveProperty('error')
    expect(made.upstream.requests).toHaveLength(1)
  })

  it('that said more than a model takes is not continued', async () => {
    await using made = await continuing()
    made.upstream.on(at('one'), answer.sse(Array.from({ length: 5 }, () => ({ data: event('x'.repeat(300_000)) })))).on(at('two'), rest('never'))
    expect((await events(await made.fetch({ stream: true }))).at(-1)).toHaveProperty('error')
    expect(made.upstream.requests).toHaveLength(1)
  })

  it.each([['true', false, 2], ['false', true, 1]])('is for the request to say: x-tianjillm-continue-stream: %s', async (wish, configured, calls) => {
    await using made = await continuing({}, configured)
    made.upstream.on(at('one'), broken('a')).on(at('two'), rest('b'))
    await (await made.fetch({ stream: true }, { headers: { authorization: 'Bearer sk-gateway-test', 'content-type': 'application/json', 'x-tianjillm-continue-stream': wish } })).text()
    expect(made.upstream.requests).toHaveLength(calls)
  })

  it('is judged by guardrails as one text: what breaks off in the middle of a word is no way around them', async () => {
    const guardrail = { on: ['output'] as const, streaming: 'window' as const, windowChars: 20, check: ({ texts }: { texts: readonly { text: string }[] }) => (texts.some(({ text }) => text.includes('secret')) ? { outcome: 'flag' as const, reason: 'a secret' } : { outcome: 'pass' as const }) }
    await using made = await continuing({ guardrail: guardrail as never })
    made.upstream.on(at('one'), broken('This answer is long enough', ' for its beginning to leave,', ' and then it tells the sec')).on(at('two'), rest('ret word'))
    const text = await (await made.fetch({ stream: true })).text()
    expect(text).toContain('long enough')
    expect(text).not.toContain('tells the')
    expect(text).toContain('"error"')
  })

  it('before its first byte is a retry like any other, and nothing is said twice', async () => {
    await using made = await continuing({ settings: { resilience: { retry: { retries: 1 }, retryOf: new Map(), fallbacks: noFallbacks, deadlineMs: 60_000, continueStreams: true } } })
    made.upstream.on(at('one'), answer.error(500)).on(at('two'), rest('whole'))
    const all = await events(await made.fetch({ stream: true }))
    expect([textOf(all), all.some(({ tianjillm }) => tianjillm)]).toEqual(['whole', false])
  })

  it('is paid with what every deployment wrote', async () => {
    await using made = await continuing({ deployments: [{ id: 'one', order: 1, prices: { input: 0, output: 10 } }, { id: 'two', order: 2, prices: { input: 0, output: 10 } }] })
    made.upstream.on(at('one'), broken('12345678')).on(at('two'), rest('x'))
    await (await made.fetch({ stream: true })).text()
    const { usage, costNanoUsd } = await made.record(0)
    // 8 characters, about 2 tokens, and the 3 that the second one counted.
    expect([usage!.output, costNanoUsd]).toEqual([5, 50])
  })
})
