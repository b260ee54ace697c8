import type { AssistantMessage, ChatChunk, ChatRequest } from '@tianjillm/core'
import { createTestHost, TEST_SECRET, testCall } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { anthropicConfig } from './config.ts'
import { anthropicPlugin } from './plugin.ts'

const provider = await anthropicPlugin.create(v.parse(anthropicConfig, { api_key: TEST_SECRET, anthropic_beta: ['own'] }), createTestHost())
const chat = provider.adapters.chat!
const input = (more: object): ChatRequest => ({ model: 'claude-sonnet-4-6', messages: [{ role: 'user', content: 'Hi' }], ...more })

/** Interleaved thinking: a second thought between two calls, which must go back in its place. */
const blocks = [
  { type: 'thinking', thinking: 'First.', signature: 's1' },
  { type: 'tool_use', id: 'a', name: 'f', input: { n: 1 } },
  { type: 'thinking', thinking: '', signature: 's2' },
  { type: 'tool_use', id: 'b', name: 'f', input: { n: 2 } },
]
const message = { id: 'm', type: 'message', role: 'assistant', model: 'claude-sonnet-4-6', content: blocks, stop_reason: 'tool_use', usage: { input_tokens: 1, output_tokens: 2 } }
const events = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
  ...blocks.flatMap((block, index) => [
    { type: 'content_block_start', index, content_block: block.type === 'thinking' ? { type: 'thinking', thinking: '', signature: '' } : { ...block, input: {} } },
    ...(block.thinking ? [{ type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: block.thinking } }] : []),
    { type: 'content_block_delta', index, delta: block.type === 'thinking' ? { type: 'signature_delta', signature: block.signature } : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) } },
    { type: 'content_block_stop', index },
  ]),
  { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
]

const sentBack = (assistant: AssistantMessage): unknown => {
  const body = chat.encode(input({ messages: [{ role: 'user', content: 'Hi' }, assistant, { role: 'tool', tool_call_id: 'a', content: '1' }, { role: 'tool', tool_call_id: 'b', content: '2' }] }), testCall({ model: 'claude-sonnet-4-6' }))
  return (body as { messages: { content: unknown }[] }).messages[1]!.content
}

describe('interleaved thinking', () => {
  it('goes back as it came', () => {
    expect(sentBack(chat.decode(message, testCall()).choices[0]!.message)).toEqual(blocks)
  })
  it('goes back as it came, streamed', () => {
    const chunks: ChatChunk[] = []
    const translator = chat.stream!(testCall({ stream: true }))
    for (const event of events) translator.push({ event: event.type, data: JSON.stringify(event) }, (chunk) => chunks.push(chunk))
    translator.end((chunk) => chunks.push(chunk))
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta))
    const calls = deltas.flatMap((delta) => delta.tool_calls ?? [])
    const joined: AssistantMessage = {
      role: 'assistant',
      content: null,
      tool_calls: [0, 1].map((index) => {
        const parts = calls.filter((call) => call.index === index)
        return { id: parts[0]!.id!, type: 'function', function: { name: parts[0]!.function!.name!, arguments: parts.map((part) => part.function?.arguments ?? '').join('') } }
      }),
      provider_specific_fields: Object.assign({}, ...deltas.map((delta) => delta.provider_specific_fields ?? {})) as Record<string, unknown>,
    }
    expect(sentBack(joined)).toEqual(blocks)
  })
})

describe('what a request needs', () => {
  it('is named in the header of that request, beside what the config names', () => {
    const headersOf = (fields: object): unknown => {
      const call = testCall({ model: 'claude-sonnet-4-6' })
      chat.encode(input(fields), call)
      return chat.target(call).headers['anthropic-beta']
    }
    expect(headersOf({ mcp_servers: [{ type: 'url', url: 'https://m.test', name: 'm' }] })).toBe('own,mcp-client-2025-04-04')
    expect(headersOf({})).toBe('own')
  })
  it('is remembered for the call that asked only', () => {
    const jsonAnswer = { ...message, content: [{ type: 'tool_use', id: 'j', name: 'json_tool_call', input: { a: 1 } }] }
    const choiceOf = (fields: object): unknown => {
      const call = testCall({ model: 'claude-sonnet-4-6' })
      chat.encode(input(fields), call)
      return chat.decode(jsonAnswer, call).choices[0]
    }
    expect(choiceOf({ response_format: { type: 'json_object' } })).toMatchObject({ message: { content: '{"a":1}' }, finish_reason: 'stop' })
    expect(choiceOf({})).toMatchObject({ message: { content: null, tool_calls: [{ id: 'j' }] }, finish_reason: 'tool_calls' })
  })
})
