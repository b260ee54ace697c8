import type { ChatChunk, ChatRequest, ChatResponse, ResponsesEvent, ResponsesRequest, ResponsesResponse } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAttempt } from '../call/attempt.ts'
import { createOpenAIAdapters } from '../openai/adapters.ts'
import { EventWriter } from './event-writer.ts'
import { bridgeResponses } from './responses-bridge.ts'
import { responseOf } from './response-of.ts'

const chat = createOpenAIAdapters({ provider: 'acme', baseUrl: 'https://acme.test/v1', quirks: { keeps: ['cache_control', 'reasoning_content', 'thinking_blocks', 'provider_specific_fields'] } }).chat!
const bridge = bridgeResponses(chat)
const callOf = (more: object = {}) => createAttempt({ model: 'up', id: 'req-1', created: 7, ...more })
const asked = (request: Partial<ResponsesRequest>, more: object = {}): ChatRequest => bridge.encode({ model: 'gpt', input: 'hi', ...request }, callOf(more)) as ChatRequest

describe('a request of the Responses API as a chat', () => {
  it('has its texts, images, files, calls and their results in order', () => {
    const { messages } = asked({
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'See' }, { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'low' }, { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' }] },
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look.', annotations: [] }] },
        { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' },
        { type: 'function_call', call_id: 'c2', name: 'g', arguments: '{}', provider_specific_fields: { thought_signature: 's' } },
        { type: 'function_call_output', call_id: 'c1', output: 'one' },
        { type: 'function_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'two' }] },
        { role: 'developer', content: 'Go on.' },
      ],
    })
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'See' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } }, { type: 'file', file: { file_data: 'data:application/pdf;base64,AA==', filename: 'a.pdf' } }] },
      { role: 'assistant', reasoning_content: 'Hm.', content: [{ type: 'text', text: 'I look.' }], tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }, { id: 'c2', type: 'function', function: { name: 'g', arguments: '{}' }, provider_specific_fields: { thought_signature: 's' } }] },
      { role: 'tool', tool_call_id: 'c1', content: 'one' },
      { role: 'tool', tool_call_id: 'c2', content: [{ type: 'text', text: 'two' }] },
      { role: 'developer', content: 'Go on.' },
    ])
  })

  it('LL#26625, LL#33687: every mark of what to cache stays where it was, however many and wherever', () => {
    const mark = { type: 'ephemeral', ttl: '1h' }
    const part = fc.record({ type: fc.constantFrom('input_text', 'input_image'), marked: fc.boolean() })
    const item = fc.record({ kind: fc.constantFrom('user', 'system', 'assistant', 'output'), marked: fc.boolean(), parts: fc.array(part, { minLength: 1, maxLength: 3 }) })
    fc.assert(fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), fc.array(fc.boolean(), { maxLength: 3 }), (items, tools) => {
      const marks = (value: unknown): number => JSON.stringify(value).split('"cache_control"').length - 1
      const request = {
        input: items.map(({ kind, marked, parts }, i) => {
          const content = parts.map((one, n) => ({ ...(one.type === 'input_text' || kind === 'assistant' ? { type: kind === 'assistant' ? 'output_text' : 'input_text', text: `t${i}${n}` } : { type: 'input_image', image_url: `https://x.test/${i}${n}` }), ...(one.marked && { cache_control: mark }) }))
          return { ...(kind === 'output' ? { type: 'function_call_output', call_id: `c${i}`, output: content } : { role: kind, content }), ...(marked && { cache_control: mark }) }
        }),
        tools: tools.map((marked, i) => ({ type: 'function', name: `f${i}`, parameters: {}, strict: false, ...(marked && { cache_control: mark }) })),
      }
      const sent = asked(request)
      expect(marks(sent)).toBe(marks(request))
      sent.messages.forEach(({ content }, i) => {
        const given = (request.input[i] as { content?: object[]; output?: object[] })
        expect((content as { cache_control?: object }[]).map(({ cache_control: at }) => at)).toEqual((given.content ?? given.output)!.map((one) => (one as { cache_control?: object }).cache_control))
      })
    }))
  })

  it('has its fields under the names of a chat', () => {
    expect(asked({
      tools: [{ type: 'function', name: 'f', description: 'd', parameters: { type: 'object' }, strict: true }], tool_choice: { type: 'function', name: 'f' }, parallel_tool_calls: false, max_output_tokens: 50, reasoning: { effort: 'low', summary: 'auto' },
      text: { format: { type: 'json_schema', name: 'answer', schema: { type: 'object' }, strict: true }, verbosity: 'low' }, temperature: 0.5, top_logprobs: 2, user: 'u', store: true, include: ['reasoning.encrypted_content'], metadata: { a: 'b' }, truncation: 'disabled', seed: 3,
    })).toEqual({
      model: 'up', messages: [{ role: 'user', content: 'hi' }], tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true } }], tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false,
      max_completion_tokens: 50, reasoning_effort: 'low', response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' }, strict: true } }, verbosity: 'low', temperature: 0.5, logprobs: true, top_logprobs: 2, user: 'u', seed: 3,
    })
    expect(asked({ stream: true }, { stream: true })).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(asked({ tools: [{ type: 'function', name: 'f' }, { type: 'function', name: 'g' }], tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'g' }] } })).toMatchObject({ tool_choice: 'required', tools: [{ function: { name: 'g' } }] })
    expect(asked({ tools: [{ type: 'web_search_preview', search_context_size: 'low', user_location: { type: 'approximate', country: 'DE' } }] })).toMatchObject({ web_search_options: { search_context_size: 'low', user_location: { type: 'approximate', approximate: { country: 'DE' } } } })
  })

  it.each<[string, Partial<ResponsesRequest>]>([
    ['previous_response_id', { previous_response_id: 'resp_1' }], ['background', { background: true }], ['conversation', { conversation: 'conv_1' }], ['prompt', { prompt: { id: 'p' } }], ['truncation', { truncation: 'auto' }], ['tools[0]', { tools: [{ type: 'code_interpreter' }] }],
    ['input[0]', { input: [{ type: 'item_reference', id: 'x' }] }], ['input[0]', { input: [{ type: 'computer_call' }] }], ['input[0].content[0].image_url', { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'file_1' }] }] }], ['input[0].call_id', { input: [{ type: 'function_call_output', output: 'x' }] }], ['input[0].role', { input: [{ role: 'robot', content: 'x' }] }],
  ])('%s cannot be said to a chat, and is refused by name', (param, request) => {
    expect(() => asked(request)).toThrow(expect.objectContaining({ param, status: 400 }) as Error)
  })
})

const thinking = fc.option(fc.record({ text: fc.string({ minLength: 1 }), signature: fc.option(fc.string({ minLength: 1 }), { nil: undefined }) }), { nil: undefined })
const answers = fc.record({
  reasoning: thinking, content: fc.option(fc.string({ minLength: 1 }), { nil: null }), calls: fc.array(fc.record({ name: fc.stringMatching(/^[a-z]{1,5}$/), args: fc.dictionary(fc.string(), fc.integer()).map((value) => JSON.stringify(value)) }), { maxLength: 3 }),
  finish: fc.constantFrom('stop' as const, 'length' as const, 'content_filter' as const), image: fc.boolean(), size: fc.integer({ min: 1, max: 7 }),
})
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 } }

describe('a chat\'s answer as a response', () => {
  it('is the same streamed, cut anywhere, as whole; its events are numbered and end what they begin', () => {
    fc.assert(fc.property(answers, ({ reasoning, content, calls, finish, image, size }) => {
      const blocks = reasoning ? [{ type: 'thinking' as const, thinking: reasoning.text, ...(reasoning.signature !== undefined && { signature: reasoning.signature }) }] : []
      const images = image ? [{ type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA==' } }] : []
      const whole: ChatResponse = {
        id: 'c', object: 'chat.completion', created: 1, model: 'up', usage,
        choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, ...(reasoning && { reasoning_content: reasoning.text, thinking_blocks: blocks }), ...(calls.length > 0 && { tool_calls: calls.map(({ name, args }, i) => ({ id: `c${i}`, type: 'function', function: { name, arguments: args } })) }), ...(image && { images }) } }],
      }
      const chunk = (delta: object, more: object = {}): ChatChunk => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta, finish_reason: null }], ...more })
      const cut = (text: string): string[] => [...Array(Math.ceil(text.length / size)).keys()].map((i) => text.slice(i * size, (i + 1) * size))
      const chunks = [
        chunk({ role: 'assistant' }),
        ...(reasoning ? cut(reasoning.text).map((text) => chunk({ reasoning_content: text, thinking_blocks: [{ type: 'thinking', thinking: text }] })) : []),
        ...(reasoning?.signature === undefined ? [] : [chunk({ thinking_blocks: [{ type: 'thinking', thinking: '', signature: reasoning.signature }] })]),
        ...cut(content ?? '').map((text) => chunk({ content: text })),
        ...(image ? [chunk({ images })] : []),
        ...calls.flatMap(({ name, args }, i) => [chunk({ tool_calls: [{ index: i, id: `c${i}`, type: 'function', function: { name, arguments: '' } }] }), ...cut(args).map((text) => chunk({ tool_calls: [{ index: i, function: { arguments: text } }] }))]),
        chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: finish }] }), chunk({}, { choices: [], usage }),
      ]
      const call = callOf()
      const request: ResponsesRequest = { model: 'gpt', input: 'hi', instructions: 'x' }
      const events: ResponsesEvent[] = []
      const writer = new EventWriter(request, call, (event) => events.push(structuredClone(event)))
      for (const one of chunks) writer.push(one)
      writer.end(null)
      expect(events.map(({ sequence_number: at }) => at)).toEqual(events.map((_, i) => i))
      expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['response.created', 'response.in_progress'])
      const last = events.at(-1)!
      expect(last.type).toBe(finish === 'stop' ? 'response.completed' : 'response.incomplete')
      const response = last['response'] as ResponsesResponse
      expect(response).toEqual(responseOf(whole, request, call))
      expect(response.usage).toEqual({ input_tokens: 10, input_tokens_details: { cached_tokens: 4 }, output_tokens: 5, output_tokens_details: { reasoning_tokens: 2 }, total_tokens: 15 })
      const of = (type: string): unknown[] => events.filter((event) => event.type === type).map((event) => event['output_index'])
      expect(of('response.output_item.done').toSorted()).toEqual(response.output.map((_, i) => i))
      expect(of('response.output_item.added')).toEqual(response.output.map((_, i) => i))
      const joined = (type: string): string => events.filter((event) => event.type === type).map((event) => event['delta']).join('')
      expect(joined('response.output_text.delta')).toBe(content ?? '')
      expect(joined('response.reasoning_summary_text.delta')).toBe(reasoning?.text ?? '')
    }), { numRuns: 300 })
  })

  it('what a provider wants back of its reasoning comes back when a client sends the items again', () => {
    const call = callOf()
    const blocks = [{ type: 'thinking' as const, thinking: 'Hm.', signature: 'sig' }, { type: 'redacted_thinking' as const, data: 'enc' }]
    const { output } = responseOf({ id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: null, reasoning_content: 'Hm.', thinking_blocks: blocks, tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }] } }] }, undefined, call)
    const { messages } = asked({ input: [{ role: 'user', content: 'hi' }, ...output, { type: 'function_call_output', call_id: 't', output: '1' }] })
    expect(messages[1]).toEqual({ role: 'assistant', content: null, reasoning_content: 'Hm.', thinking_blocks: blocks, tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }] })
    // What others encrypted is not ours to read.
    expect(asked({ input: [{ type: 'reasoning', summary: [], encrypted_content: 'gAAAAAB' }, { role: 'user', content: 'x' }] }).messages).toEqual([{ role: 'user', content: 'x' }])
  })
})
