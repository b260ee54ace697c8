import { type ChatChunk, usage } from '@tianjillm/core'
import { createUsageTap } from '@tianjillm/provider-kit'
import { describe, expect, it } from 'vitest'
import { decodeChat } from './decode-response.ts'
import { createChatStream } from './stream.ts'
import { usageOfBody } from './usage.ts'

type Event = Record<string, unknown>
const start: Event = { type: 'message_start', message: { id: 'm', model: 'claude-x', usage: { input_tokens: 10, output_tokens: 1 } } }
const block = (index: number, content_block: Event): Event => ({ type: 'content_block_start', index, content_block })
const delta = (index: number, type: string, fields: Event): Event => ({ type: 'content_block_delta', index, delta: { type, ...fields } })
const stop = (index: number): Event => ({ type: 'content_block_stop', index })
const ends = (stop_reason: string, more: Event = {}): Event[] => [{ type: 'message_delta', delta: { stop_reason, ...more }, usage: { output_tokens: 5 } }, { type: 'message_stop' }]
const text = (index: number, words: string): Event[] => [block(index, { type: 'text', text: '' }), delta(index, 'text_delta', { text: words }), stop(index)]

function translated(events: readonly Event[], jsonTool?: 'plain' | 'wrapped'): ChatChunk[] {
  const chunks: ChatChunk[] = []
  const translator = createChatStream({ provider: 'anthropic', model: 'asked', created: 1, jsonTool })
  for (const event of events) translator.push({ event: undefined, data: JSON.stringify(event) }, (chunk) => chunks.push(chunk))
  translator.end((chunk) => chunks.push(chunk))
  return chunks
}
const contentOf = (chunks: readonly ChatChunk[]): string => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
const finishOf = (chunks: readonly ChatChunk[]): unknown => chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean)
const fieldsOf = (chunks: readonly ChatChunk[]): unknown => chunks.find((chunk) => chunk.choices[0]?.finish_reason)?.choices[0]?.delta.provider_specific_fields

describe('a stream', () => {
  it.each([
    ['end_turn', 'stop'], ['stop_sequence', 'stop'], ['pause_turn', 'stop'], ['max_tokens', 'length'], ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'], ['refusal', 'content_filter'], ['compaction', 'length'], ['something_new', 'stop'],
  ])('that stops by %s finishes with %s', (reason, finish) => {
    expect(finishOf(translated([start, ...text(0, 'Hi'), ...ends(reason)]))).toEqual([finish])
  })
  it('tells a pause, a stop sequence and why it refused', () => {
    expect(fieldsOf(translated([start, ...text(0, 'Hi'), ...ends('pause_turn')]))).toEqual({ stop_reason: 'pause_turn' })
    expect(fieldsOf(translated([start, ...text(0, 'Hi'), ...ends('stop_sequence', { stop_sequence: 'END' })]))).toEqual({ stop_reason: 'stop_sequence', stop_sequence: 'END' })
    const refused = translated([start, ...ends('refusal', { stop_details: { type: 'refusal', category: 'cyber', explanation: 'No.' } })])
    expect(refused.find((chunk) => chunk.choices[0]?.finish_reason)?.choices[0]?.delta).toMatchObject({ refusal: 'No.', provider_specific_fields: { stop_details: { category: 'cyber' } } })
  })
  it('begins once, with a role, and tells usage last, without choices', () => {
    const chunks = translated([start, { type: 'ping' }, ...text(0, 'Hi'), ...ends('end_turn')])
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.role)).toHaveLength(1)
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant')
    expect(chunks.at(-1)).toMatchObject({ id: 'm', model: 'claude-x', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } })
  })
  it('gives input that came whole with the start of a tool call', () => {
    const chunks = translated([start, block(0, { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } }), stop(0), ...ends('tool_use')])
    expect(chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []).map((call) => call.function?.arguments).join('')).toBe('{"a":1}')
  })
  it('keeps blocks of interleaved calls apart', () => {
    const tool = (index: number, id: string): Event => block(index, { type: 'tool_use', id, name: 'f', input: {} })
    const chunks = translated([start, tool(0, 'a'), tool(1, 'b'), delta(1, 'input_json_delta', { partial_json: '{"b":1}' }), delta(0, 'input_json_delta', { partial_json: '{"a":1}' }), stop(0), stop(1), ...ends('tool_use')])
    const calls = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
    expect(calls.filter(({ index }) => index === 0).map((call) => call.function?.arguments).join('')).toBe('{"a":1}')
    expect(calls.filter(({ index }) => index === 1).map((call) => call.function?.arguments).join('')).toBe('{"b":1}')
  })
  it('gives server tools and citations as the whole answer gives them', () => {
    const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }
    const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [{ type: 'web_search_result', url: 'https://x.test' }] }
    const citation = { type: 'web_search_result_location', url: 'https://x.test', title: 'X', cited_text: 'c' }
    const chunks = translated([
      start, ...text(0, 'So: '), block(1, search), delta(1, 'input_json_delta', { partial_json: '{"query":"q"}' }), stop(1), block(2, found), stop(2),
      block(3, { type: 'text', text: '', citations: [] }), delta(3, 'citations_delta', { citation }), delta(3, 'text_delta', { text: 'Bern' }), stop(3), ...ends('end_turn'),
    ])
    const whole = decodeChat({ id: 'm', model: 'claude-x', stop_reason: 'end_turn', usage: {}, content: [{ type: 'text', text: 'So: ' }, { ...search, input: { query: 'q' } }, found, { type: 'text', text: 'Bern', citations: [citation] }] }, { provider: 'anthropic', created: 1, jsonTool: undefined }).choices[0]!.message
    expect(chunks.flatMap((chunk) => chunk.choices[0]?.delta.annotations ?? [])).toEqual(whole.annotations)
    expect(whole.annotations).toEqual([{ type: 'url_citation', url_citation: { url: 'https://x.test', title: 'X', start_index: 4, end_index: 8 } }])
    expect(fieldsOf(chunks)).toEqual(whole.provider_specific_fields)
    expect(whole.provider_specific_fields).toMatchObject({ web_search_results: [found], citations: [[citation]], content_blocks: [{ type: 'text' }, { input: { query: 'q' } }, {}, {}] })
    expect(chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])).toEqual([])
  })
  it.each([
    ['overloaded_error', 'upstream_overloaded', 529], ['rate_limit_error', 'upstream_rate_limit', 429], ['api_error', 'upstream_error', 500], ['invalid_request_error', 'upstream_invalid_request', 400],
    ['authentication_error', 'upstream_auth', 401], ['timeout_error', 'upstream_timeout', 504], ['new_error', 'upstream_error', 500],
  ])('throws an event of type %s as %s', (type, code, status) => {
    expect(() => translated([start, { type: 'error', error: { type, message: 'Sorry' } }])).toThrow(expect.objectContaining({ code, status, message: 'anthropic: Sorry' }))
  })
  it('that ends early is interrupted, and still tells what it used', () => {
    const translator = createChatStream({ provider: 'anthropic', model: 'asked', created: 1, jsonTool: undefined })
    for (const event of [start, ...text(0, 'Hi')]) translator.push({ event: undefined, data: JSON.stringify(event) }, () => {})
    expect(() => translator.end(() => {})).toThrow(expect.objectContaining({ code: 'upstream_interrupted' }))
    expect(translator.usage()).toEqual(usage({ input: 10, output: 1 }))
  })
  it('is whole without message_stop once it said why it stopped', () => {
    expect(finishOf(translated([start, ...text(0, 'Hi'), ends('end_turn')[0]!]))).toEqual(['stop'])
  })
  it('that is not JSON is malformed', () => {
    const translator = createChatStream({ provider: 'anthropic', model: 'asked', created: 1, jsonTool: undefined })
    expect(() => translator.push({ event: 'message_start', data: '{"type":' }, () => {})).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
  })
})

describe('a JSON answer that comes through a tool', () => {
  const answer = (index: number, json: string): Event[] => [block(index, { type: 'tool_use', id: 'j', name: 'json_tool_call', input: {} }), delta(index, 'input_json_delta', { partial_json: json.slice(0, 4) }), delta(index, 'input_json_delta', { partial_json: json.slice(4) }), stop(index)]
  it('is content, and nothing but JSON', () => {
    const chunks = translated([start, ...text(0, 'Here: '), ...answer(1, '{"a":1}'), ...ends('tool_use')], 'plain')
    expect(contentOf(chunks)).toBe('{"a":1}')
    expect(finishOf(chunks)).toEqual(['stop'])
    expect(fieldsOf(chunks)).toBeUndefined()
  })
  it('is unwrapped', () => {
    expect(contentOf(translated([start, ...answer(0, '{"values":[1,2]}'), ...ends('tool_use')], 'wrapped'))).toBe('[1,2]')
    expect(decodeChat({ content: [{ type: 'tool_use', id: 'j', name: 'json_tool_call', input: { values: [1] } }], stop_reason: 'tool_use' }, { provider: 'anthropic', created: 1, jsonTool: 'wrapped' }).choices[0]).toMatchObject({ message: { content: '[1]' }, finish_reason: 'stop' })
  })
  it('may be plain text after all, or another tool\'s call', () => {
    expect(contentOf(translated([start, ...text(0, 'I cannot.'), ...ends('end_turn')], 'plain'))).toBe('I cannot.')
    const other = translated([start, block(0, { type: 'tool_use', id: 't', name: 'f', input: {} }), stop(0), ...ends('tool_use')], 'plain')
    expect(finishOf(other)).toEqual(['tool_calls'])
  })
  it('leaves a tool of that name alone when none was asked for', () => {
    expect(translated([start, ...answer(0, '{"a":1}'), ...ends('tool_use')]).flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])[0]?.function?.name).toBe('json_tool_call')
  })
})

describe('usage', () => {
  const first = { type: 'message_start', message: { usage: { input_tokens: 3, cache_read_input_tokens: 100, cache_creation_input_tokens: 50, cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 30 }, output_tokens: 1 } } }
  const last = { type: 'message_delta', usage: { input_tokens: 3, cache_creation_input_tokens: 50, cache_read_input_tokens: 100, output_tokens: 40, output_tokens_details: { thinking_tokens: 15 } } }
  const expected = usage({ input: 3, cacheRead: 100, cacheWrite5m: 20, cacheWrite1h: 30, output: 25, reasoning: 15 })
  it('adds up over the events of a stream, and keeps the split of cache writes', () => {
    expect(usageOfBody(last, usageOfBody(first))).toEqual(expected)
  })
  it('is read from bytes that pass by', () => {
    const tap = createUsageTap(usageOfBody)
    for (const event of [first, { type: 'ping' }, last]) tap.see(Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).toString('latin1'))
    expect(tap.read()).toEqual(expected)
  })
  it('takes totals of a later event over those of an earlier one', () => {
    expect(usageOfBody({ usage: { input_tokens: 4714, output_tokens: 304 } }, usage({ input: 2293, output: 1 }))).toEqual(usage({ input: 4714, output: 304 }))
  })
  it('counts writes without a split as of five minutes', () => {
    expect(usageOfBody({ usage: { input_tokens: 1, output_tokens: 2, cache_creation_input_tokens: 7 } })).toEqual(usage({ input: 1, output: 2, cacheWrite5m: 7 }))
  })
  it('is silent where nothing is told', () => {
    expect(usageOfBody({ type: 'ping' })).toBeUndefined()
    expect(usageOfBody({ type: 'message_delta', usage: {} }, expected)).toBe(expected)
  })
  it('tells how often the server searched', () => {
    const body = { content: [], usage: { input_tokens: 1, output_tokens: 2, server_tool_use: { web_search_requests: 3 } } }
    expect(decodeChat(body, { provider: 'anthropic', created: 1, jsonTool: undefined }).usage).toMatchObject({ server_tool_use: { web_search_requests: 3 } })
  })
})
