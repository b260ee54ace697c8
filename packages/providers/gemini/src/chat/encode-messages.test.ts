import type { ChatMessage } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { encodeMessages } from './encode-messages.ts'

const G2 = 'gemini-2.5-flash'
const G3 = 'gemini-3-flash-preview'
const encode = (messages: unknown[], model = G2) => encodeMessages(messages as ChatMessage[], model, (id) => (id.startsWith('files/') ? `https://files.example/${id}` : undefined))
const call = (id: string, args = '{}', more: object = {}) => ({ id, type: 'function', function: { name: `fn_${id}`, arguments: args }, ...more })

describe('turns', () => {
  it('joins neighbours of one role, and keeps a user apart from the results before', () => {
    const { contents } = encode([
      { role: 'user', content: 'a' }, { role: 'user', content: [{ type: 'text', text: 'b' }] },
      { role: 'assistant', content: 'c' }, { role: 'assistant', content: null, tool_calls: [call('1')] },
      { role: 'tool', tool_call_id: '1', content: 'r' }, { role: 'user', content: 'd' },
    ])
    expect(contents.map(({ role, parts }) => [role, parts.length])).toEqual([['user', 2], ['model', 2], ['user', 1], ['user', 1]])
  })

  it('collects system and developer messages, wherever they stand', () => {
    const { system, contents } = encode([{ role: 'system', content: 'a' }, { role: 'user', content: 'u' }, { role: 'developer', content: [{ type: 'text', text: 'b' }] }])
    expect(system).toEqual([{ text: 'a' }, { text: 'b' }])
    expect(contents).toEqual([{ role: 'user', parts: [{ text: 'u' }] }])
  })

  it('puts them into the user\'s turn for models that refuse system instructions', () => {
    expect(encode([{ role: 'system', content: 'a' }, { role: 'user', content: 'u' }], 'gemma-3-27b-it')).toEqual({ system: [], contents: [{ role: 'user', parts: [{ text: 'a' }, { text: 'u' }] }] })
    expect(encode([{ role: 'system', content: 'a' }, { role: 'user', content: 'u' }], 'gemma-4-31b-it').system).toHaveLength(1)
  })

  it('has a turn even when there is only a system message', () => {
    expect(encode([{ role: 'system', content: 'a' }]).contents).toEqual([{ role: 'user', parts: [{ text: ' ' }] }])
  })

  it('leaves out empty texts, which the API refuses', () => {
    expect(encode([{ role: 'user', content: [{ type: 'text', text: '' }, { type: 'text', text: 'x' }] }, { role: 'assistant', content: '' }, { role: 'user', content: 'y' }]).contents).toEqual([{ role: 'user', parts: [{ text: 'x' }, { text: 'y' }] }])
  })

  it.each([
    ['an image in a system message', { role: 'system', content: [{ type: 'image_url', image_url: 'data:image/png;base64,AA==' }] }, 'messages[0].content[0]'],
    ['an unknown role', { role: 'critic', content: 'x' }, 'messages[0].role'],
    ['a result of an unknown call', { role: 'tool', tool_call_id: 'nobody', content: 'x' }, 'messages[0].tool_call_id'],
  ])('refuses %s by its path', (_, message, param) => {
    expect(() => encode([message])).toThrow(expect.objectContaining({ code: 'invalid_request', param }))
  })
})

describe('function calls', () => {
  it('finds the names of results by the ids of calls, also when they come in another order', () => {
    const { contents } = encode([{ role: 'assistant', tool_calls: [call('1'), call('2')] }, { role: 'tool', tool_call_id: '2', content: 'two' }, { role: 'tool', tool_call_id: '1', content: 'one' }])
    expect(contents[1]!.parts).toEqual([
      { functionResponse: { id: '2', name: 'fn_2', response: { output: 'two' } } },
      { functionResponse: { id: '1', name: 'fn_1', response: { output: 'one' } } },
    ])
  })

  it('takes the name on the message where the call was cut from the history', () => {
    expect(encode([{ role: 'tool', tool_call_id: 'x', name: 'look', content: '{"a":1}' }]).contents[0]!.parts).toEqual([{ functionResponse: { id: 'x', name: 'look', response: { a: 1 } } }])
  })

  it('writes the older function_call and its result', () => {
    const { contents } = encode([{ role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } }, { role: 'function', name: 'f', content: '[1]' }])
    expect(contents.map(({ parts }) => parts[0])).toEqual([{ functionCall: { name: 'f', args: { a: 1 } } }, { functionResponse: { name: 'f', response: { output: '[1]' } } }])
  })

  it('refuses arguments that are no JSON object', () => {
    expect(() => encode([{ role: 'assistant', tool_calls: [call('1', '{"cut":')] }])).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'messages[0].tool_calls[0].function.arguments' }))
    expect(encode([{ role: 'assistant', tool_calls: [call('1', '')] }]).contents[0]!.parts[0]!.functionCall!.args).toEqual({})
  })

  it('refuses custom tool calls', () => {
    expect(() => encode([{ role: 'assistant', tool_calls: [{ id: '1', type: 'custom', custom: { name: 'x', input: '' } }] }])).toThrow(expect.objectContaining({ param: 'messages[0].tool_calls[0]' }))
  })

  const media = [{ role: 'assistant', tool_calls: [call('1')] }, { role: 'tool', tool_call_id: '1', content: [{ type: 'text', text: 'see' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] }]
  const inlineData = { mimeType: 'image/png', data: 'AA==' }

  it('puts media of a result into it from Gemini 3 on, beside it before', () => {
    expect(encode(media, G3).contents[1]!.parts).toEqual([{ functionResponse: { id: '1', name: 'fn_1', response: { output: 'see' }, parts: [{ inlineData }] } }])
    expect(encode(media, G2).contents[1]!.parts).toEqual([{ functionResponse: { id: '1', name: 'fn_1', response: { output: 'see' } } }, { inlineData }])
  })
})

describe('signatures', () => {
  const signatureOf = (toolCall: object, model = G3) => encode([{ role: 'assistant', tool_calls: [toolCall] }], model).contents[0]!.parts[0]

  it('come from the call, the function, or behind the id as LiteLLM writes it', () => {
    expect(signatureOf(call('1', '{}', { provider_specific_fields: { thought_signature: 'AAAA' } }))).toMatchObject({ thoughtSignature: 'AAAA', functionCall: { id: '1' } })
    expect(signatureOf({ id: '1', type: 'function', function: { name: 'f', arguments: '{}', provider_specific_fields: { thought_signature: 'BBBB' } } })).toMatchObject({ thoughtSignature: 'BBBB' })
    expect(signatureOf(call('1__thought__CCCC'))).toMatchObject({ thoughtSignature: 'CCCC', functionCall: { id: '1' } })
  })

  it('finds the result of a call whose id carries one', () => {
    const { contents } = encode([{ role: 'assistant', tool_calls: [call('1__thought__CCCC')] }, { role: 'tool', tool_call_id: '1__thought__CCCC', content: 'r' }])
    expect(contents[1]!.parts[0]).toMatchObject({ functionResponse: { id: '1', name: 'fn_1__thought__CCCC' } })
  })

  it('are replaced for the first of parallel calls where Gemini 3 demands one', () => {
    const { parts } = encode([{ role: 'assistant', tool_calls: [call('1'), call('2')] }], G3).contents[0]!
    expect(parts.map(({ thoughtSignature }) => thoughtSignature)).toEqual(['skip_thought_signature_validator', undefined])
    expect(signatureOf(call('1'), G2)).not.toHaveProperty('thoughtSignature')
  })

  it('of texts go back with the text', () => {
    expect(encode([{ role: 'assistant', content: 'a', provider_specific_fields: { thought_signatures: ['AAAA'] } }]).contents[0]!.parts).toEqual([{ text: 'a', thoughtSignature: 'AAAA' }])
  })

  it('decide whether thoughts go back', () => {
    const { contents } = encode([{ role: 'assistant', content: 'a', reasoning_content: 'hm', thinking_blocks: [{ type: 'thinking', thinking: 'unsigned' }, { type: 'redacted_thinking', data: 'x' }, { type: 'thinking', thinking: 'signed', signature: 'AAAA' }] }])
    expect(contents[0]!.parts).toEqual([{ text: 'signed', thought: true, thoughtSignature: 'AAAA' }, { text: 'a' }])
  })

  it('are joined by parts that only Gemini knows', () => {
    const native = { executableCode: { language: 'PYTHON', code: '1' } }
    expect(encode([{ role: 'assistant', content: 'a', provider_specific_fields: { native_parts: [native, null, 'x'] } }]).contents[0]!.parts).toEqual([native, { text: 'a' }])
  })
})

describe('content', () => {
  const part = (content: object) => encode([{ role: 'user', content: [content] }]).contents[0]!.parts[0]

  it.each([
    ['an image as a text', { type: 'image_url', image_url: 'data:image/webp;base64,AA==' }, { inlineData: { mimeType: 'image/webp', data: 'AA==' } }],
    ['an image whose format is told', { type: 'image_url', image_url: { url: 'data:;base64,AA==', format: 'image/png' } }, { inlineData: { mimeType: 'image/png', data: 'AA==' } }],
    ['an address without an extension', { type: 'image_url', image_url: { url: 'https://a.example/img' } }, { fileData: { fileUri: 'https://a.example/img' } }],
    ['an address in cloud storage', { type: 'file', file: { file_id: 'gs://bucket/a.pdf', format: 'application/pdf' } }, { fileData: { mimeType: 'application/pdf', fileUri: 'gs://bucket/a.pdf' } }],
    ['an uploaded file', { type: 'file', file: { file_id: 'files/1', filename: 'a.mp4' } }, { fileData: { mimeType: 'video/mp4', fileUri: 'https://files.example/files/1' } }],
    ['plain base64 with a file name', { type: 'file', file: { file_data: 'JVBERi0=', filename: 'a.PDF' } }, { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } }],
    ['audio as a data URL', { type: 'input_audio', input_audio: { data: 'data:audio/ogg;base64,AA==', format: 'wav' } }, { inlineData: { mimeType: 'audio/ogg', data: 'AA==' } }],
    ['a video', { type: 'video_url', video_url: { url: 'https://a.example/v.mp4' } }, { fileData: { mimeType: 'video/mp4', fileUri: 'https://a.example/v.mp4' } }],
    ['a refusal', { type: 'refusal', refusal: 'No.' }, { text: 'No.' }],
  ])('writes %s', (_, content, expected) => expect(part(content)).toEqual(expected))

  it.each([
    ['a local path', { type: 'image_url', image_url: { url: 'file:///etc/passwd' } }, 'messages[0].content[0].image_url'],
    ['an id of another provider', { type: 'file', file: { file_id: 'file-abc' } }, 'messages[0].content[0].file'],
    ['a file without anything', { type: 'file', file: {} }, 'messages[0].content[0].file'],
    ['data of an unknown type', { type: 'file', file: { file_data: 'AA==' } }, 'messages[0].content[0].file'],
    ['an unknown kind', { type: 'hologram' }, 'messages[0].content[0].type'],
  ])('refuses %s by its path, and quotes nothing of it', (_, content, param) => {
    expect(() => part(content)).toThrow(expect.objectContaining({ code: 'invalid_request', param, message: expect.not.stringMatching(/passwd|file-abc|hologram/) }))
  })
})
