import type { ChatMessage, ChatRequest, FunctionTool } from '@tianjillm/core'
import { deepFreeze, testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../model.ts'
import { encodeChat } from './encode-request.ts'

const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
const NOVA = 'amazon.nova-lite-v1:0'
const META = 'meta.llama3-1-8b-instruct-v1:0'

const tool = (name: string): FunctionTool => ({ type: 'function', function: { name, parameters: { type: 'object', properties: {} } } })
const spec = (name: string) => ({ toolSpec: { name, inputSchema: { json: { type: 'object', properties: {} } } } })
const used: ChatMessage[] = [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', tool_calls: [{ id: 't1', type: 'function', function: { name: 'a', arguments: '{}' } }] },
  { role: 'tool', tool_call_id: 't1', content: '' },
]

function encode(fields: Partial<ChatRequest>, { model = NOVA, dropParams = false } = {}) {
  const call = testCall({ model, dropParams })
  const body = encodeChat(deepFreeze({ model, messages: [{ role: 'user', content: 'Hi' }], ...fields } as ChatRequest), call, parseModel(model))
  return { body, dropped: call.dropped }
}

const content = (messages: ChatMessage[], model = NOVA) => encode({ messages }, { model }).body['messages'] as unknown[]

describe('messages', () => {
  it('are refused by the path of the part that cannot be sent', () => {
    const part = (one: unknown) => [{ role: 'user', content: [{ type: 'text', text: 'x' }, one] }] as ChatMessage[]
    const cases: [ChatMessage[], string][] = [
      [part({ type: 'image_url', image_url: { url: 'https://a.example/b.png' } }), 'messages[0].content[1].image_url.url'],
      [part({ type: 'image_url', image_url: 'HTTP://a.example/b.png' }), 'messages[0].content[1].image_url'],
      [part({ type: 'image_url', image_url: { url: 'data:image/tiff;base64,AA==' } }), 'messages[0].content[1].image_url.url'],
      [part({ type: 'image_url', image_url: { url: 'iVBORw0KGgo=' } }), 'messages[0].content[1].image_url.url'],
      [part({ type: 'file', file: { file_id: 'file-abc' } }), 'messages[0].content[1].file.file_id'],
      [part({ type: 'file', file: {} }), 'messages[0].content[1].file'],
      [part({ type: 'hologram' }), 'messages[0].content[1].type'],
      [[{ role: 'function', name: 'f', content: '1' }], 'messages[0].role'],
      [[{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"a":' } }] }], 'messages[0].tool_calls[0].function.arguments'],
      [[{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '[1]' } }] }], 'messages[0].tool_calls[0].function.arguments'],
    ]
    for (const [messages, param] of cases) expect(() => encode({ messages }), param).toThrow(expect.objectContaining({ code: 'invalid_request', param }))
  })

  it.each([
    [{ file_data: 'JVBERi0=', format: 'application/pdf' }, { document: { format: 'pdf', name: 'document-1', source: { bytes: 'JVBERi0=' } } }],
    [{ file_data: 'JVBERi0=', filename: 'a  b/ü_c.PDF' }, { document: { format: 'pdf', name: 'a b-c-1', source: { bytes: 'JVBERi0=' } } }],
    [{ file_data: 'data:application/vnd.openxmlformats-officedocument.wordprocessingml.document;base64,UEs=' }, { document: { format: 'docx', name: 'document-1', source: { bytes: 'UEs=' } } }],
    [{ file_data: 'data:text/plain,h%20i' }, { document: { format: 'txt', name: 'document-1', source: { bytes: 'aCBp' } } }],
    [{ file_data: 'data:image/webp;base64,UklG' }, { image: { format: 'webp', source: { bytes: 'UklG' } } }],
    [{ file_data: 'data:video/quicktime;base64,AAAA' }, { video: { format: 'mov', source: { bytes: 'AAAA' } } }],
    [{ file_data: 'data:audio/mpeg;base64,SUQz' }, { audio: { format: 'mp3', source: { bytes: 'SUQz' } } }],
    [{ file_id: 's3://b/x', format: 'video/mp4' }, { video: { format: 'mp4', source: { s3Location: { uri: 's3://b/x' } } } }],
    [{ file_id: 's3://b/deep/x.png' }, { image: { format: 'png', source: { s3Location: { uri: 's3://b/deep/x.png' } } } }],
  ])('take the file %j', (file, block) => {
    expect(content([{ role: 'user', content: [{ type: 'file', file }] }])).toEqual([{ role: 'user', content: [block] }])
  })

  it('keep no blank text, and no reasoning without a signature', () => {
    expect(content([{ role: 'user', content: [{ type: 'text', text: ' ' }, { type: 'text', text: 'a' }] }, { role: 'assistant', content: 'b', reasoning_content: 'r', thinking_blocks: [{ type: 'thinking', thinking: 'r' }] }]))
      .toEqual([{ role: 'user', content: [{ text: 'a' }] }, { role: 'assistant', content: [{ text: 'b' }] }])
  })

  it('send an empty tool result without blank text, and a refusal as text', () => {
    expect(content([...used, { role: 'assistant', content: null, refusal: 'No.' }]).at(2)).toEqual({ role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [] } }] })
    expect(content([...used, { role: 'assistant', content: null, refusal: 'No.' }]).at(3)).toEqual({ role: 'assistant', content: [{ text: 'No.' }] })
  })

  it('send blocks in Converse\'s own form as they are', () => {
    const block = { document: { format: 'pdf', name: 'x', source: { s3Location: { uri: 's3://b/x' } } } }
    expect(content([{ role: 'user', content: [block] as never }])).toEqual([{ role: 'user', content: [block] }])
    expect(content([{ role: 'user', content: 'a' }, ...used.slice(1, 2), { role: 'tool', tool_call_id: 't1', content: [{ json: { a: 1 } }] as never }]).at(2))
      .toEqual({ role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ json: { a: 1 } }] } }] })
  })

  it.each([[META, []], [NOVA, [{ cachePoint: { type: 'default' } }]], [SONNET, [{ cachePoint: { type: 'default', ttl: '1h' } }]]])('%s gets the cache points that it can take', (model, points) => {
    const { body } = encode({ messages: [{ role: 'user', content: 'Hi', cache_control: { type: 'ephemeral', ttl: '1h' } }], tools: [{ ...tool('a'), cache_control: { type: 'ephemeral' } }] }, { model })
    expect(body['messages']).toEqual([{ role: 'user', content: [{ text: 'Hi' }, ...points] }])
    expect(body['toolConfig']).toEqual({ tools: [spec('a'), ...(model === SONNET ? [{ cachePoint: { type: 'default' } }] : [])] })
  })
})

describe('tools', () => {
  it('are left out where none may be called', () => {
    expect(encode({ tools: [tool('a')], tool_choice: 'none' }).body['toolConfig']).toBeUndefined()
  })

  it('that were called already cannot be forbidden', () => {
    expect(() => encode({ messages: used, tools: [tool('a')], tool_choice: 'none' })).toThrow(expect.objectContaining({ code: 'unsupported_parameter', param: 'tool_choice' }))
    const { body, dropped } = encode({ messages: used, tools: [tool('a')], tool_choice: 'none' }, { dropParams: true })
    expect([body['toolConfig'], dropped]).toEqual([{ tools: [spec('a')] }, ['tool_choice']])
  })

  it('are cut to those that are allowed', () => {
    const allowed = (mode: 'auto' | 'required') => encode({ tools: [tool('a'), tool('b')], tool_choice: { type: 'allowed_tools', allowed_tools: { mode, tools: [{ type: 'function', function: { name: 'b' } }] } } }).body['toolConfig']
    expect(allowed('auto')).toEqual({ tools: [spec('b')], toolChoice: { auto: {} } })
    expect(allowed('required')).toEqual({ tools: [spec('b')], toolChoice: { any: {} } })
  })

  it('with names that Bedrock refuses are renamed, unless two become one', () => {
    expect(encode({ tools: [tool('a.b'), tool('x'.repeat(70))] }).body['toolConfig']).toEqual({ tools: [spec('a_b'), spec('x'.repeat(64))] })
    expect(() => encode({ tools: [tool('a.b'), tool('a_b')] })).toThrow(/`a\.b` and `a_b`/)
  })

  it('of Bedrock\'s own form are sent as they are, others than functions refused', () => {
    const system = { systemTool: { name: 'nova_grounding' } } as never
    expect(encode({ tools: [system] }).body['toolConfig']).toEqual({ tools: [system] })
    expect(() => encode({ tools: [{ type: 'custom', custom: { name: 'x' } }] as never })).toThrow(/only tools of the type `function`/)
  })

  it('one at a time is Claude\'s alone', () => {
    expect(() => encode({ tools: [tool('a')], parallel_tool_calls: false })).toThrow(expect.objectContaining({ param: 'parallel_tool_calls' }))
    expect(encode({ tools: [tool('a')], tool_choice: 'required', parallel_tool_calls: false }, { model: SONNET }).body['additionalModelRequestFields']).toEqual({ tool_choice: { type: 'any', disable_parallel_tool_use: true } })
    expect(encode({ parallel_tool_calls: false }).dropped).toEqual([])
  })
})

describe('response_format', () => {
  const format = { type: 'json_schema', json_schema: { name: 'a', description: 'An answer', schema: { properties: {} } } } as const
  const json = { toolSpec: { name: 'json_tool_call', description: 'An answer', inputSchema: { json: { type: 'object', properties: {} } } } }

  it('is only offered as a tool to models that cannot be forced, or that think', () => {
    expect(encode({ response_format: format }, { model: META }).body['toolConfig']).toEqual({ tools: [json] })
    expect(encode({ response_format: format, reasoning_effort: 'low' }, { model: 'anthropic.claude-3-7-sonnet-20250219-v1:0' }).body['toolConfig']).toEqual({ tools: [json] })
  })

  it('leaves a tool that the caller forces', () => {
    expect(encode({ response_format: format, tools: [tool('a')], tool_choice: { type: 'function', function: { name: 'a' } } }).body['toolConfig']).toEqual({ tools: [spec('a'), json], toolChoice: { tool: { name: 'a' } } })
  })

  it('of plain text is nothing, and clashes with a tool of the same name', () => {
    expect(encode({ response_format: { type: 'text' } }).body['toolConfig']).toBeUndefined()
    expect(() => encode({ response_format: format, tools: [tool('json_tool_call')] })).toThrow(/json_tool_call/)
  })

  it('closes every object of a schema, and nothing that only looks like one', () => {
    const schema = { type: 'object', properties: { default: { type: 'object', properties: {} }, list: { type: 'array', items: { $ref: '#/$defs/x' } } }, $defs: { x: { type: 'object', additionalProperties: { type: 'string' } } }, default: { type: 'object' } }
    const { body } = encode({ response_format: { type: 'json_schema', json_schema: { name: 'a', schema } } }, { model: SONNET })
    const sent = JSON.parse((body['outputConfig'] as { textFormat: { structure: { jsonSchema: { schema: string } } } }).textFormat.structure.jsonSchema.schema)
    expect(sent).toEqual({ ...schema, additionalProperties: false, properties: { ...schema.properties, default: { type: 'object', properties: {}, additionalProperties: false } } })
  })
})

describe('reasoning', () => {
  const fields = (model: string, request: Partial<ChatRequest>) => encode(request, { model }).body['additionalModelRequestFields']

  it.each([
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'minimal', { thinking: { type: 'enabled', budget_tokens: 1024 } }],
    [SONNET, 'medium', { thinking: { type: 'enabled', budget_tokens: 2048 } }],
    [SONNET, 'max', { thinking: { type: 'enabled', budget_tokens: 16_384 } }],
    [SONNET, 'none', undefined],
    ['us.amazon.nova-2-lite-v1:0', 'max', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } }],
    ['anthropic.claude-opus-4-6-v1', 'minimal', { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }],
    ['anthropic.claude-opus-4-7', 'xhigh', { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }],
    ['us.amazon.nova-2-lite-v1:0', 'xhigh', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } }],
    ['openai.gpt-oss-120b-1:0', 'minimal', { reasoning_effort: 'low' }],
    ['qwen.qwen3-32b-v1:0', 'medium', { reasoning_config: 'high' }],
  ] as const)('%s, %s', (model, effort, expected) => {
    expect(fields(model, { reasoning_effort: effort as never })).toEqual(expected)
  })

  it('of an effort that nobody knows is refused', () => {
    expect(() => fields(SONNET, { reasoning_effort: 'toString' as never })).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'reasoning_effort' }))
  })

  it('as thinking goes to Claude untouched, and makes room for the answer', () => {
    const { body } = encode({ thinking: { type: 'enabled', budget_tokens: 2000 }, top_k: 5 }, { model: SONNET })
    expect(body).toMatchObject({ inferenceConfig: { maxTokens: 6096 }, additionalModelRequestFields: { top_k: 5, thinking: { type: 'enabled', budget_tokens: 2000 } } })
    expect(encode({ thinking: { type: 'enabled', budget_tokens: 2000 }, max_tokens: 2500 }, { model: SONNET }).body['inferenceConfig']).toEqual({ maxTokens: 2500 })
    expect(fields('anthropic.claude-opus-4-6-v1', { thinking: { type: 'adaptive' }, reasoning_effort: 'high' })).toEqual({ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } })
  })
})

describe('other fields', () => {
  it('that nobody knows are the model\'s, and Bedrock\'s own win', () => {
    const { body } = encode({ anthropic_beta: ['x'], mode: null, additionalModelRequestFields: { top_k: 9 }, top_k: 1, inferenceConfig: { maxTokens: 1, temperature: 0.1 }, max_tokens: 2 }, { model: SONNET })
    expect(body).toMatchObject({ additionalModelRequestFields: { anthropic_beta: ['x'], top_k: 9 }, inferenceConfig: { maxTokens: 2, temperature: 0.1 } })
    expect(body['additionalModelRequestFields']).not.toHaveProperty('mode')
    expect(() => encode({ additionalModelRequestFields: 'x' })).toThrow(expect.objectContaining({ param: 'additionalModelRequestFields' }))
  })

  it('that only say who asks are left out', () => {
    expect(encode({ user: 'u1' }).body).toEqual(encode({}).body)
  })

  it('say which tier and how many answers', () => {
    expect(encode({ service_tier: 'auto' }).body['serviceTier']).toEqual({ type: 'default' })
    expect(encode({ service_tier: 'auto', serviceTier: { type: 'priority' } }).body['serviceTier']).toEqual({ type: 'priority' })
    expect(() => encode({ n: 2 })).toThrow(expect.objectContaining({ code: 'unsupported_parameter', param: 'n' }))
    expect(encode({ n: 2 }, { dropParams: true }).dropped).toEqual(['n'])
  })
})
