import type { ChatMessage, ChatRequest } from '@tianjillm/core'
import { testCall, type TestCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { encodeChat } from './encode-request.ts'

const HAIKU = 'claude-haiku-4-5'
const user: ChatMessage = { role: 'user', content: 'Hi' }
const called: ChatMessage = { role: 'assistant', tool_calls: [{ id: 't1', type: 'function', function: { name: 'f', arguments: '{}' } }] }
const result: ChatMessage = { role: 'tool', tool_call_id: 't1', content: 'ok' }
const f = { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } } as const

function encoded(fields: Partial<ChatRequest>, model = HAIKU, dropParams = false): { body: Record<string, unknown>; betas: readonly string[]; call: TestCall } {
  const call = testCall({ model, dropParams })
  return { ...encodeChat({ model, messages: [user], ...fields } as ChatRequest, call), call }
}
const bodyOf = (fields: Partial<ChatRequest>, model?: string): Record<string, unknown> => encoded(fields, model).body
const messagesOf = (messages: ChatMessage[]): unknown => bodyOf({ messages, tools: [f] })['messages']
const dropped = (fields: Partial<ChatRequest>, model?: string): readonly string[] => encoded(fields, model, true).call.dropped

describe('max_tokens', () => {
  it.each([
    [HAIKU, 64_000], ['claude-3-haiku-20240307', 4096], ['claude-3-5-sonnet-latest', 8192], ['claude-opus-4-20250514', 32_000],
    ['claude-opus-4-1', 32_000], ['claude-sonnet-4-20250514', 64_000], ['claude-opus-4.6', 128_000], ['claude-opus-5-5', 128_000], ['some-new-model', 4096],
  ])('is the largest of %s when absent: %i', (model, most) => {
    expect(bodyOf({}, model)['max_tokens']).toBe(most)
  })
  it('leaves room beside a large explicit budget', () => {
    expect(bodyOf({ thinking: { type: 'enabled', budget_tokens: 10_000 } }, 'some-new-model')['max_tokens']).toBe(14_096)
  })
  it('prefers max_completion_tokens, and sends neither name of OpenAI twice', () => {
    const body = bodyOf({ max_tokens: 5, max_completion_tokens: 7 })
    expect(body['max_tokens']).toBe(7)
    expect(body).not.toHaveProperty('max_completion_tokens')
  })
})

describe('turns', () => {
  it('merges neighbours of one role and lifts system prompts out, wherever they stand', () => {
    const body = bodyOf({ messages: [user, { role: 'user', content: 'there' }, { role: 'system', content: 'Late.' }, { role: 'assistant', content: 'A' }, { role: 'assistant', content: 'B' }, user] })
    expect(body['system']).toEqual([{ type: 'text', text: 'Late.' }])
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }, { type: 'text', text: 'there' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'A' }, { type: 'text', text: 'B' }] },
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    ])
  })
  it('leaves out texts that the API refuses as empty', () => {
    expect(messagesOf([{ role: 'system', content: '' }, { role: 'user', content: [{ type: 'text', text: ' \n' }, { type: 'text', text: 'Hi' }] }, { role: 'assistant', content: '' }, user])).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }, { type: 'text', text: 'Hi' }] },
    ])
  })
  it('takes Anthropic\'s own system field before system messages', () => {
    expect(bodyOf({ system: 'First.', messages: [{ role: 'system', content: 'Second.' }, user] })['system']).toEqual([{ type: 'text', text: 'First.' }, { type: 'text', text: 'Second.' }])
  })
  it('sends no field of a text that the API does not know', () => {
    expect(messagesOf([{ role: 'user', content: [{ type: 'text', text: 'Hi', annotations: [] } as never] }])).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }])
  })
  it('trims the end of a prefill, and no other turn', () => {
    expect(messagesOf([user, { role: 'assistant', content: 'One: ' }, user, { role: 'assistant', content: '{ \n' }])).toMatchObject([{}, { content: [{ text: 'One: ' }] }, {}, { content: [{ text: '{' }] }])
  })
  it('marks the last block of a message that carries the mark itself', () => {
    expect(messagesOf([{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }], cache_control: { type: 'ephemeral', ttl: '1h' } }])).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
    ])
  })
  it('sends thinking without a signature nowhere', () => {
    expect(messagesOf([user, { role: 'assistant', content: 'A', reasoning_content: 'x', thinking_blocks: [{ type: 'thinking', thinking: 'x' }] }, user])).toMatchObject([{}, { content: [{ type: 'text', text: 'A' }] }, {}])
  })
  it('maps the legacy function form with ids of its own', () => {
    expect(messagesOf([user, { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } }, { role: 'function', name: 'f', content: '2' }])).toMatchObject([
      {}, { content: [{ type: 'tool_use', id: 'function_1', name: 'f', input: { a: 1 } }] }, { content: [{ type: 'tool_result', tool_use_id: 'function_1', content: '2' }] },
    ])
  })
  it('keeps an error mark and a cache mark of a tool result, and leaves out empty content', () => {
    expect(messagesOf([user, called, { ...result, content: '', is_error: true, cache_control: { type: 'ephemeral' } } as ChatMessage])).toMatchObject([{}, {}, { content: [{ type: 'tool_result', tool_use_id: 't1', is_error: true, cache_control: { type: 'ephemeral' } }] }])
  })
  it('sends the answer\'s own blocks back, until the caller edits the message', () => {
    const blocks = [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, { type: 'text', text: 'A', citations: [{ url: 'https://x.test' }] }, { type: 'tool_use', id: 't1', name: 'f', input: {} }]
    const answer = { ...called, content: 'A', provider_specific_fields: { content_blocks: blocks } } as ChatMessage
    expect(messagesOf([user, answer, result])).toMatchObject([{}, { content: blocks }, {}])
    expect(messagesOf([user, { ...answer, content: 'B' } as ChatMessage, result])).toMatchObject([{}, { content: [{ type: 'text', text: 'B' }, { type: 'tool_use', id: 't1' }] }, {}])
  })
  it.each([
    ['messages[1].tool_calls[0].function.arguments', [user, { role: 'assistant', tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{"a":' } }] }]],
    ['messages[1].tool_calls[0]', [user, { role: 'assistant', tool_calls: [{ id: 't', type: 'custom', custom: { name: 'f', input: '' } }] }]],
    ['messages[0].content[0]', [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: '', format: 'wav' } }] }]],
    ['messages[0].content[0].image_url.url', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'gs://bucket/a.png' } }] }]],
    ['messages[0].content[0].file', [{ role: 'user', content: [{ type: 'file', file: { filename: 'a.pdf' } }] }]],
    ['messages[0].content[0]', [{ role: 'user', content: [{ type: 'file', file: { filename: 'a.zip', file_data: 'data:application/zip;base64,AA==' } }] }]],
    ['messages[0].content', [{ role: 'system', content: [{ type: 'image_url', image_url: { url: 'https://x.test/a.png' } }] }, user]],
    ['messages[0].role', [{ role: 'robot', content: 'Hi' }]],
    ['messages', [{ role: 'system', content: 'Only me.' }]],
  ])('names %s when it cannot be sent', (param, messages) => {
    expect(() => bodyOf({ messages: messages as ChatMessage[] })).toThrow(expect.objectContaining({ code: 'invalid_request', param }))
  })
})

describe('files', () => {
  const blockOf = (part: object): unknown => (encoded({ messages: [{ role: 'user', content: [part as never] }] }).body['messages'] as { content: unknown[] }[])[0]!.content[0]
  it.each([
    [{ file_id: 'file_1', filename: 'a.pdf' }, { type: 'document', source: { type: 'file', file_id: 'file_1' }, title: 'a.pdf' }],
    [{ file_id: 'file_1', format: 'image/png' }, { type: 'image', source: { type: 'file', file_id: 'file_1' } }],
    [{ file_id: 'https://x.test/a.pdf' }, { type: 'document', source: { type: 'url', url: 'https://x.test/a.pdf' } }],
    [{ file_data: 'JVBERi0=' }, { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } }],
    [{ file_data: 'YSxi', filename: 'a.CSV' }, { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a,b' }, title: 'a.CSV' }],
    [{ file_data: 'AAAA', filename: 'a.jpg' }, { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } }],
  ])('%j', (file, block) => {
    expect(blockOf({ type: 'file', file })).toEqual(block)
  })
  it('sends a PDF as a document also when it came as an image', () => {
    expect(blockOf({ type: 'image_url', image_url: 'data:application/pdf;base64,JVBERi0=' })).toMatchObject({ type: 'document' })
  })
  it('keeps the cache mark of an image and passes Anthropic\'s own blocks', () => {
    expect(blockOf({ type: 'image_url', image_url: { url: 'https://x.test/a' }, cache_control: { type: 'ephemeral' } })).toMatchObject({ type: 'image', cache_control: { type: 'ephemeral' } })
    const result = { type: 'search_result', source: 'https://x.test', title: 't', content: [{ type: 'text', text: 'x' }] }
    expect(blockOf(result)).toEqual(result)
  })
  it('asks for the files feature where a file is named, also inside a tool result', () => {
    expect(encoded({ messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file_1' } }] }] }).betas).toEqual(['files-api-2025-04-14'])
    expect(encoded({ tools: [f], messages: [user, called, { ...result, content: [{ type: 'file', file: { file_id: 'file_1' } }] } as ChatMessage] }).betas).toEqual(['files-api-2025-04-14'])
  })
})

describe('tools', () => {
  it.each([
    ['none', { type: 'none' }], ['auto', { type: 'auto' }], ['required', { type: 'any' }],
    [{ type: 'function', function: { name: 'f' } }, { type: 'tool', name: 'f' }], [{ type: 'any' }, { type: 'any' }],
  ])('tool_choice %j', (choice, expected) => {
    expect(bodyOf({ tools: [f], tool_choice: choice as never })['tool_choice']).toEqual(expected)
  })
  it('puts parallel_tool_calls: false into tool_choice, but not beside none, and not without tools', () => {
    expect(bodyOf({ tools: [f], parallel_tool_calls: false })['tool_choice']).toEqual({ type: 'auto', disable_parallel_tool_use: true })
    expect(bodyOf({ tools: [f], parallel_tool_calls: false, tool_choice: 'required' })['tool_choice']).toEqual({ type: 'any', disable_parallel_tool_use: true })
    expect(bodyOf({ tools: [f], parallel_tool_calls: false, tool_choice: 'none' })['tool_choice']).toEqual({ type: 'none' })
    expect(bodyOf({ parallel_tool_calls: false })).not.toHaveProperty('tool_choice')
  })
  it('keeps the allowed tools only', () => {
    const g = { type: 'function', function: { name: 'g' } } as const
    expect(bodyOf({ tools: [f, g], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'g' } }] } } })).toMatchObject({ tools: [{ name: 'g' }], tool_choice: { type: 'any' } })
  })
  it('defines tools that were called but are no longer offered, and has none called', () => {
    expect(bodyOf({ messages: [user, called, result] })).toMatchObject({ tools: [{ name: 'f', input_schema: { type: 'object' } }], tool_choice: { type: 'none' } })
  })
  it('refuses to force a tool where the model or a thinking budget forbids it', () => {
    expect(dropped({ tools: [f], tool_choice: 'required' }, 'claude-opus-5-5')).toEqual(['tool_choice'])
    expect(dropped({ tools: [f], tool_choice: 'required', reasoning_effort: 'low' })).toEqual(['tool_choice'])
    expect(dropped({ tools: [f], tool_choice: 'required', reasoning_effort: 'low' }, 'claude-opus-4-6')).toEqual([])
  })
  it('sends strict where the model enforces it, with a schema that it can enforce', () => {
    const strict = { type: 'function', function: { name: 's', strict: true, parameters: { type: 'object', properties: { n: { type: 'number', maximum: 3 } } } } } as const
    expect(bodyOf({ tools: [strict] })['tools']).toEqual([{ name: 's', strict: true, input_schema: { type: 'object', properties: { n: { type: 'number', description: '{"maximum":3}' } }, additionalProperties: false } }])
    expect(bodyOf({ tools: [strict] }, 'claude-3-5-haiku-latest')['tools']).toEqual([{ name: 's', input_schema: strict.function.parameters }])
  })
  it('passes Anthropic\'s own tools, flat or as LiteLLM writes them, and names the features they need', () => {
    const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 2 }
    const computer = { type: 'computer_20250124', function: { name: 'computer', parameters: { display_width_px: 10, display_height_px: 20 } } }
    const { body, betas } = encoded({ tools: [search, computer] as never })
    expect(body['tools']).toEqual([search, { type: 'computer_20250124', name: 'computer', display_width_px: 10, display_height_px: 20 }])
    expect(betas).toEqual(['computer-use-2025-01-24'])
  })
  it('turns an MCP tool into a server', () => {
    const { body, betas } = encoded({ tools: [{ type: 'mcp', server_url: 'https://m.test/sse', server_label: 'm', headers: { Authorization: 'Bearer tok' }, allowed_tools: ['a'] }] as never })
    expect(body['mcp_servers']).toEqual([{ type: 'url', url: 'https://m.test/sse', name: 'm', authorization_token: 'tok', tool_configuration: { enabled: true, allowed_tools: ['a'] } }])
    expect(body).not.toHaveProperty('tools')
    expect(betas).toEqual(['mcp-client-2025-04-04'])
  })
  it('turns web_search_options into the search tool', () => {
    expect(bodyOf({ web_search_options: { search_context_size: 'high', user_location: { type: 'approximate', approximate: { city: 'Bern', country: 'CH' } } } })['tools']).toEqual([
      { type: 'web_search_20250305', name: 'web_search', max_uses: 10, user_location: { type: 'approximate', city: 'Bern', country: 'CH' } },
    ])
  })
  it('names a tool that is none', () => {
    expect(() => bodyOf({ tools: [f, { type: 'custom', custom: { name: 'x' } }] as never })).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'tools[1]' }))
  })
})

describe('response_format', () => {
  const schema = (inner: object) => ({ type: 'json_schema', json_schema: { name: 'x', schema: inner } }) as never
  it('asks nothing for text', () => {
    expect(bodyOf({ response_format: { type: 'text' } })).not.toHaveProperty('tools')
  })
  it('lets the caller\'s tools be called instead of the answer\'s', () => {
    expect(bodyOf({ tools: [f], response_format: { type: 'json_object' } })).toMatchObject({ tools: [{ name: 'f' }, { name: 'json_tool_call' }], tool_choice: { type: 'any' } })
  })
  it('does not force the tool where thinking forbids it', () => {
    expect(bodyOf({ response_format: { type: 'json_object' }, reasoning_effort: 'low' })).not.toHaveProperty('tool_choice')
    expect(bodyOf({ response_format: { type: 'json_object' } }, 'claude-opus-5-5')).not.toHaveProperty('tool_choice')
  })
  it('uses the tool for maps, which structured outputs would close', () => {
    const map = { type: 'object', additionalProperties: { type: 'number' } }
    expect(bodyOf({ response_format: schema(map) })).toMatchObject({ tools: [{ name: 'json_tool_call', input_schema: map }] })
  })
  it('wraps a schema that is no object, with its definitions in reach', () => {
    const list = { type: 'array', items: { $ref: '#/$defs/a' }, $defs: { a: { type: 'string' } } }
    expect(bodyOf({ response_format: schema(list) }, 'claude-3-5-haiku-latest')['tools']).toMatchObject([{ input_schema: { type: 'object', properties: { values: { type: 'array' } }, required: ['values'], $defs: { a: { type: 'string' } } } }])
  })
  it('keeps output_config of the caller beside it', () => {
    expect(bodyOf({ response_format: schema({ type: 'object', properties: {} }), output_config: { effort: 'low' } }, 'claude-opus-4-6')['output_config']).toMatchObject({ effort: 'low', format: { type: 'json_schema' } })
  })
})

describe('sampling and the rest', () => {
  it('leaves out defaults that newer models refuse, and reports other values', () => {
    expect(bodyOf({ temperature: 1, top_p: 1 }, 'claude-opus-4-7')).not.toHaveProperty('temperature')
    expect(dropped({ temperature: 0.2, top_p: 0.9, top_k: 5 }, 'claude-opus-5')).toEqual(['temperature', 'top_p', 'top_k'])
  })
  it('sends one of temperature and top_p where the model takes one', () => {
    expect(bodyOf({ temperature: 0.2, top_p: 1 })).toMatchObject({ temperature: 0.2 })
    expect(bodyOf({ temperature: 1, top_p: 0.9 })).toEqual(expect.not.objectContaining({ temperature: 1 }))
    expect(bodyOf({ temperature: 1, top_p: 0.9 })['top_p']).toBe(0.9)
    expect(dropped({ temperature: 0.2, top_p: 0.9 })).toEqual(['top_p'])
    expect(bodyOf({ temperature: 0.2, top_p: 0.9 }, 'claude-3-opus-20240229')).toMatchObject({ temperature: 0.2, top_p: 0.9 })
  })
  it('reports what a thinking budget forbids', () => {
    expect(dropped({ reasoning_effort: 'low', temperature: 0.5, top_p: 0.5, top_k: 3 })).toEqual(['temperature', 'top_p', 'top_k'])
    expect(dropped({ reasoning_effort: 'low', temperature: 1 })).toEqual([])
    expect(dropped({ reasoning_effort: 'low', temperature: 0.5 }, 'claude-opus-4-6')).toEqual(['temperature'])
  })
  it('hides addresses and numbers of people behind a hash', () => {
    const hashed = (user: string): unknown => (bodyOf({ user })['metadata'] as { user_id: string }).user_id
    expect(hashed('ada@example.com')).toMatch(/^[0-9a-f]{64}$/)
    expect(hashed('+41 79 123 45 67')).toMatch(/^[0-9a-f]{64}$/)
    expect(hashed('user-7')).toBe('user-7')
    expect(bodyOf({ metadata: { user_id: 'm', team: 'x' } })['metadata']).toEqual({ user_id: 'm' })
  })
  it('maps service tiers', () => {
    expect(bodyOf({ service_tier: 'default' })['service_tier']).toBe('standard_only')
    expect(dropped({ service_tier: 'flex' })).toEqual(['service_tier'])
  })
  it('sends Anthropic\'s own fields as they are, with the feature they need', () => {
    const edits = { edits: [{ type: 'clear_tool_uses_20250919' }] }
    const { body, betas } = encoded({ context_management: edits, container: 'c1', cache_control: { type: 'ephemeral' } })
    expect(body).toMatchObject({ context_management: edits, container: 'c1', cache_control: { type: 'ephemeral' } })
    expect(betas).toEqual(['context-management-2025-06-27'])
  })
  it('reports answers that Claude cannot give', () => {
    expect(dropped({ n: 2, modalities: ['text', 'audio'] })).toEqual(['n', 'modalities'])
    expect(dropped({ n: 1, modalities: ['text'] })).toEqual([])
  })
})
