import type { ChatChunk, ChatRequest } from '@tianjillm/core'
import { testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../model.ts'
import { encodeChat } from './encode-request.ts'
import { createChatStream } from './stream.ts'

type Event = readonly [string, unknown]

const model = 'amazon.nova-lite-v1:0'
const text = (piece: string): Event => ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } }]
const stop = (stopReason = 'end_turn'): Event => ['messageStop', { stopReason }]
const metadata = (more: object = {}): Event => ['metadata', { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 }, ...more }]

function open(request: Partial<ChatRequest> = {}) {
  const call = testCall({ model, stream: true })
  encodeChat({ model, messages: [{ role: 'user', content: 'Hi' }], ...request }, call, parseModel(model))
  const stream = createChatStream(call, ['bedrock-secret-0123456789'])
  const chunks: ChatChunk[] = []
  const emit = (chunk: ChatChunk): void => void chunks.push(chunk)
  return {
    chunks, stream,
    push: (...events: Event[]) => { for (const [event, data] of events) stream.push({ event, data: JSON.stringify(data) }, emit) },
    end: () => stream.end(emit),
  }
}

const deltas = (chunks: readonly ChatChunk[]) => chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))

describe('exceptions inside a stream', () => {
  it.each([
    ['throttlingException', { message: 'Slow down' }, 'upstream_rate_limit', true],
    ['modelStreamErrorException', { message: 'Broken', originalMessage: 'out of memory', originalStatusCode: 500 }, 'upstream_error', true],
    ['internalServerException', { message: 'Oops' }, 'upstream_error', true],
    ['serviceUnavailableException', { message: 'Later' }, 'upstream_overloaded', true],
    ['modelTimeoutException', { message: 'Too slow' }, 'upstream_timeout', true],
    ['validationException', { message: 'Bad' }, 'upstream_invalid_request', false],
    ['validationException', { message: 'Input is too long for requested model.' }, 'upstream_context_window', false],
    ['accessDeniedException', { message: 'No' }, 'upstream_permission', false],
    ['InternalFailure', { message: '' }, 'upstream_error', true],
    ['somethingNew', { message: 'What it means' }, 'upstream_error', true],
  ])('%s %j', (name, payload, code, retryable) => {
    const { push } = open()
    push(text('a'))
    expect(() => push([name, payload])).toThrow(expect.objectContaining({ code, retryable, provider: 'bedrock', message: expect.stringContaining(payload.message) }))
  })

  it('tell the model\'s own words, and no credential', () => {
    expect(() => open().push(['modelStreamErrorException', { message: 'Broken', originalMessage: 'out of memory' }])).toThrow(/Broken \(out of memory\)/)
    expect(() => open().push(['validationException', { message: 'key bedrock-secret-0123456789 is bad' }])).toThrow(expect.not.objectContaining({ message: expect.stringContaining('bedrock-secret') }))
  })
})

describe('a stream', () => {
  it('that ends before messageStop was interrupted, and its usage is known', () => {
    const { push, end, stream } = open()
    push(['messageStart', { role: 'assistant' }], text('a'), metadata())
    expect(end).toThrow(expect.objectContaining({ code: 'upstream_interrupted' }))
    expect(stream.usage()).toMatchObject({ input: 3, output: 2 })
  })

  it('may tell usage before the stop, or not at all', () => {
    const early = open()
    early.push(text('a'), metadata(), stop('max_tokens'))
    early.end()
    const never = open()
    never.push(text('a'), stop('max_tokens'))
    never.end()
    expect(early.chunks.slice(0, -1)).toEqual(never.chunks)
    expect(early.chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } })
    expect(never.chunks.at(-1)?.choices[0]).toEqual({ index: 0, delta: {}, finish_reason: 'length' })
  })

  it('tells the role once, whichever event comes first', () => {
    const { push, chunks } = open()
    push(text('a'), text('b'))
    expect(deltas(chunks)).toEqual([{ role: 'assistant', content: 'a' }, { content: 'b' }])
  })

  it('of a guardrail ends with its trace and the tier', () => {
    const { push, chunks } = open()
    push(text('No.'), stop('guardrail_intervened'), metadata({ trace: { guardrail: { x: 1 } }, serviceTier: { type: 'flex' } }))
    expect(chunks.at(-2)).toMatchObject({ service_tier: 'flex', choices: [{ delta: { provider_specific_fields: { trace: { guardrail: { x: 1 } } } }, finish_reason: 'content_filter' }] })
  })

  it('shows tools that Bedrock runs itself apart from the caller\'s', () => {
    const { push, chunks } = open()
    const server = { toolUse: { name: 'nova_code_interpreter', toolUseId: 't', type: 'server_tool_use' } }
    push(['contentBlockStart', { contentBlockIndex: 0, start: server }], ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '{}' } } }], ['contentBlockStop', { contentBlockIndex: 0 }],
      ['contentBlockStart', { contentBlockIndex: 1, start: { toolResult: { toolUseId: 't' } } }], ['contentBlockDelta', { contentBlockIndex: 2, delta: { citation: { title: 'T' } } }], stop('tool_use'), metadata())
    expect(deltas(chunks).map((delta) => delta.provider_specific_fields)).toEqual([
      { content_block_start: server }, { content_block_delta: { toolUse: { input: '{}' } } }, { content_block_start: { toolResult: { toolUseId: 't' } } }, { content_block_delta: { citation: { title: 'T' } } }, undefined,
    ])
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
  })

  it('gives the input of the schema\'s tool as text', () => {
    const { push, chunks } = open({ response_format: { type: 'json_object' } })
    push(['contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { name: 'json_tool_call', toolUseId: 't' } } }], ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '{"a"' } } }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: ':1}' } } }], ['contentBlockStop', { contentBlockIndex: 0 }], stop('tool_use'), metadata())
    expect(deltas(chunks)).toEqual([{ role: 'assistant', content: '{"a"' }, { content: ':1}' }, {}])
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
  })

  it('with an input of no tool, or of no JSON, is malformed', () => {
    const { push, stream } = open()
    expect(() => push(['contentBlockDelta', { contentBlockIndex: 7, delta: { toolUse: { input: 'x' } } }])).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
    expect(() => stream.push({ event: 'metadata', data: '{' }, () => {})).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
  })

  it('ignores events that say nothing it knows', () => {
    const { push, chunks } = open()
    push(['somethingNew', { p: 'abc' }], ['contentBlockStart', { contentBlockIndex: 0, start: {} }], ['contentBlockDelta', {}], ['contentBlockStop', {}])
    expect(chunks).toEqual([])
  })
})
