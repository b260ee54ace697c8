import type { ChatRequest } from '@tianjillm/core'
import { deepFreeze, testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { encodeChat } from './encode-request.ts'

const G2 = 'gemini-2.5-flash'

function encode(fields: object, model = G2, dropParams = false) {
  const call = testCall({ model, dropParams })
  const body = encodeChat(deepFreeze({ model, messages: [{ role: 'user', content: 'Hi' }], ...fields }) as unknown as ChatRequest, call, () => undefined)
  return { ...body, dropped: call.dropped }
}
const fn = (name: string, parameters?: object) => ({ type: 'function', function: { name, ...(parameters && { parameters }) } })
const refused = (param: string) => expect.objectContaining({ code: 'invalid_request', param })

describe('the request', () => {
  it('holds nothing that was not asked for', () => {
    expect(encode({ temperature: null, stop: null, tools: [], response_format: { type: 'text' } })).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], dropped: [] })
  })

  it('takes Gemini\'s own fields in both spellings, and lets them win', () => {
    expect(encode({ top_k: 5, topP: 0.5, top_p: 0.9, thinking_config: { thinkingBudget: 7 }, reasoning_effort: 'high', mediaResolution: 'MEDIA_RESOLUTION_LOW', cached_content: 'cachedContents/1' })).toMatchObject({
      generationConfig: { topK: 5, topP: 0.5, thinkingConfig: { thinkingBudget: 7 }, mediaResolution: 'MEDIA_RESOLUTION_LOW' }, cachedContent: 'cachedContents/1',
    })
  })

  it('prefers max_completion_tokens', () => {
    expect(encode({ max_tokens: 1, max_completion_tokens: 2 }).generationConfig).toEqual({ maxOutputTokens: 2 })
  })

  it.each([['auto', undefined], ['default', 'standard'], ['flex', 'flex'], ['priority', 'priority']])('names the tier %s', (service_tier, expected) => {
    expect(encode({ service_tier }).serviceTier).toBe(expected)
  })

  it('reports a tier that Gemini has not', () => {
    expect(encode({ service_tier: 'scale' }, G2, true).dropped).toEqual(['service_tier'])
    expect(() => encode({ service_tier: 'scale' })).toThrow(expect.objectContaining({ code: 'unsupported_parameter', param: 'service_tier' }))
  })

  it('adds audio to the modalities that a voice implies, once', () => {
    expect(encode({ modalities: ['text', 'audio'], audio: { voice: 'Kore', format: 'pcm16' } }).generationConfig!['responseModalities']).toEqual(['TEXT', 'AUDIO'])
    expect(encode({ modalities: ['text'], audio: { voice: 'Kore' } }).generationConfig!['responseModalities']).toEqual(['TEXT', 'AUDIO'])
    expect(() => encode({ audio: { voice: 'Kore', format: 'mp3' } })).toThrow(refused('audio.format'))
  })
})

describe('response_format', () => {
  it('may be JSON of any shape', () => {
    expect(encode({ response_format: { type: 'json_object' } }).generationConfig).toEqual({ responseMimeType: 'application/json' })
    expect(encode({ response_format: { type: 'json_schema', json_schema: { name: 'x' } } }).generationConfig).toEqual({ responseMimeType: 'application/json' })
  })

  it('takes LiteLLM\'s response_schema', () => {
    expect(encode({ response_format: { type: 'json_object', response_schema: { type: 'array' } } }).generationConfig).toEqual({ responseMimeType: 'application/json', responseJsonSchema: { type: 'array' } })
  })

  it('refuses other types', () => {
    expect(() => encode({ response_format: { type: 'grammar' } })).toThrow(refused('response_format.type'))
  })
})

describe('tools', () => {
  it.each([
    ['a key with underscores', { google_search: { time_range_filter: {} } }, { googleSearch: { time_range_filter: {} } }],
    ['the API\'s own key', { codeExecution: {} }, { codeExecution: {} }],
    ['a type', { type: 'url_context' }, { urlContext: {} }],
    ['a type and its options', { type: 'computer_use', environment: 'ENVIRONMENT_BROWSER', excluded_predefined_functions: ['drag'] }, { computerUse: { environment: 'ENVIRONMENT_BROWSER', excludedPredefinedFunctions: ['drag'] } }],
    ['OpenAI\'s web search', { type: 'web_search_preview', search_context_size: 'low' }, { googleSearch: {} }],
    ['a type beside the key', { type: 'builtin', google_maps: { enableWidget: true } }, { googleMaps: { enableWidget: true } }],
  ])('of Google are named by %s', (_, tool, expected) => expect(encode({ tools: [tool] }).tools).toEqual([expected]))

  it('of Google stand apart from functions, and once', () => {
    expect(encode({ tools: [{ google_search: {} }, fn('a'), { googleSearch: { x: 1 } }, fn('b')] }).tools).toEqual([{ functionDeclarations: [{ name: 'a' }, { name: 'b' }] }, { googleSearch: { x: 1 } }])
  })

  it('may already be in the API\'s form', () => {
    expect(encode({ tools: [{ function_declarations: [{ name: 'a' }] }] }).tools).toEqual([{ functionDeclarations: [{ name: 'a' }] }])
  })

  it('have no parameters where an older model takes no empty object', () => {
    const empty = { type: 'object', properties: {} }
    expect(encode({ tools: [fn('a', empty)] }, 'gemini-1.5-flash').tools).toEqual([{ functionDeclarations: [{ name: 'a' }] }])
    expect(encode({ tools: [fn('a', empty)] }).tools).toEqual([{ functionDeclarations: [{ name: 'a', parametersJsonSchema: empty }] }])
  })

  it.each([['tools[0]', 7], ['tools[0]', { type: 'custom', custom: { name: 'x' } }], ['tools[0]', { type: 'constructor' }], ['tools[0].function.name', { type: 'function', function: {} }]])('that nobody knows are refused: %s', (param, tool) => {
    expect(() => encode({ tools: [tool] })).toThrow(refused(param))
  })

  it('cannot be kept from running in parallel when there are several', () => {
    expect(encode({ tools: [fn('a'), fn('b')], parallel_tool_calls: false }, G2, true).dropped).toEqual(['parallel_tool_calls'])
    expect(() => encode({ tools: [fn('a'), fn('b')], parallel_tool_calls: false })).toThrow(expect.objectContaining({ param: 'parallel_tool_calls' }))
    expect(encode({ tools: [fn('a')], parallel_tool_calls: false }).dropped).toEqual([])
  })
})

describe('tool_choice', () => {
  it.each([
    ['none', { mode: 'NONE' }], ['auto', { mode: 'AUTO' }], ['required', { mode: 'ANY' }], ['any', { mode: 'ANY' }],
    [{ type: 'function', function: { name: 'a' } }, { mode: 'ANY', allowedFunctionNames: ['a'] }],
    [{ type: 'function', name: 'a' }, { mode: 'ANY', allowedFunctionNames: ['a'] }],
    [{ type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [fn('a'), fn('b')] } }, { mode: 'ANY', allowedFunctionNames: ['a', 'b'] }],
    [{ type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [fn('a')] } }, { mode: 'VALIDATED', allowedFunctionNames: ['a'] }],
  ])('%j', (tool_choice, functionCallingConfig) => expect(encode({ tool_choice }).toolConfig).toEqual({ functionCallingConfig }))

  it('joins the caller\'s own toolConfig', () => {
    expect(encode({ tool_choice: 'auto', tool_config: { functionCallingConfig: { streamFunctionCallArguments: true }, retrievalConfig: { languageCode: 'de' } }, include_server_side_tool_invocations: true }).toolConfig).toEqual({
      functionCallingConfig: { streamFunctionCallArguments: true, mode: 'AUTO' }, retrievalConfig: { languageCode: 'de' }, includeServerSideToolInvocations: true,
    })
  })

  it.each([['sometimes'], [{ type: 'custom', custom: { name: 'x' } }], [{ type: 'function', function: {} }]])('refuses %j', (tool_choice) => {
    expect(() => encode({ tool_choice })).toThrow(refused('tool_choice'))
  })
})
