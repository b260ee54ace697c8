import type { ChatChunk } from '@tianjillm/core'
import { testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { geminiError } from '../error.ts'
import { decodeChat } from './decode-response.ts'
import { createGeminiStream } from './stream.ts'

const decode = (body: object, id = 'req_a') => decodeChat(body, testCall({ id, model: 'gemini-x' }), 'acme')
const one = (candidate: object, more: object = {}) => decode({ candidates: [candidate], ...more }).choices[0]!
const parts = (...list: object[]) => ({ content: { parts: list }, finishReason: 'STOP' })

function stream(...frames: object[]): ChatChunk[] {
  const chunks: ChatChunk[] = []
  const translator = createGeminiStream(testCall({ model: 'gemini-x', stream: true }), 'acme', (reply) => geminiError(reply, 'acme'))
  for (const frame of frames) translator.push({ event: undefined, data: JSON.stringify(frame) }, (chunk) => chunks.push(chunk))
  translator.end((chunk) => chunks.push(chunk))
  return chunks
}
const deltas = (chunks: ChatChunk[]) => chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))

describe('finish reasons', () => {
  it.each([
    ['STOP', 'stop'], ['MAX_TOKENS', 'length'], ['SAFETY', 'content_filter'], ['RECITATION', 'content_filter'], ['LANGUAGE', 'content_filter'], ['OTHER', 'content_filter'],
    ['BLOCKLIST', 'content_filter'], ['PROHIBITED_CONTENT', 'content_filter'], ['SPII', 'content_filter'], ['IMAGE_SAFETY', 'content_filter'], ['MALFORMED_FUNCTION_CALL', 'stop'], ['A_NEW_ONE', 'stop'], ['toString', 'stop'],
  ])('%s is %s', (finishReason, expected) => expect(one({ content: {}, finishReason }).finish_reason).toBe(expected))

  it('keeps what OpenAI has no word for', () => {
    expect(one({ finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'Malformed call: x(' }).message.provider_specific_fields).toEqual({ native_finish_reason: 'MALFORMED_FUNCTION_CALL', finish_message: 'Malformed call: x(' })
    expect(one({ ...parts({ text: 'a' }), finishMessage: 'fine' }).message).not.toHaveProperty('provider_specific_fields')
  })

  it('does not hide a cut behind a tool call', () => {
    expect(one({ ...parts({ functionCall: { name: 'f' } }), finishReason: 'MAX_TOKENS' }).finish_reason).toBe('length')
    expect(one(parts({ functionCall: { name: 'f' } })).finish_reason).toBe('tool_calls')
  })
})

describe('ids of tool calls', () => {
  const ids = (responseId: string | undefined, callId = 'req_a') =>
    decode({ candidates: [0, 1].map((index) => ({ ...parts({ functionCall: { name: 'f' } }, { functionCall: { name: 'f' } }), index })), ...(responseId && { responseId }) }, callId).choices.flatMap(({ message }) => message.tool_calls!.map(({ id }) => id))

  it('are the same for the same answer and differ otherwise', () => {
    expect(ids('r1')).toEqual(ids('r1', 'req_b'))
    expect(new Set([...ids('r1'), ...ids('r2'), ...ids(undefined), ...ids(undefined, 'req_b')]).size).toBe(16)
  })

  it('are short enough for OpenAI', () => {
    for (const id of ids('r'.repeat(100))) expect(id).toMatch(/^call_[\w-]{1,35}$/)
  })

  it('are the same whether streamed or not', () => {
    const body = { candidates: [parts({ functionCall: { name: 'f', args: { a: 1 } } })], responseId: 'r1' }
    expect(deltas(stream(body))[0]!.tool_calls![0]!.id).toBe(decode(body).choices[0]!.message.tool_calls![0]!.id)
  })

  it('are Gemini\'s own where it gives them', () => {
    expect(one(parts({ functionCall: { id: 'g1', name: 'f' } })).message.tool_calls![0]!.id).toBe('g1')
  })
})

describe('parts without an OpenAI form', () => {
  it('are kept, with their signatures', () => {
    const native = [{ executableCode: { language: 'PYTHON', code: '1' }, thoughtSignature: 'AAAA' }, { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } }]
    expect(one(parts(...native, { text: 'one' })).message).toMatchObject({ content: 'one', provider_specific_fields: { native_parts: native } })
    expect(deltas(stream({ candidates: [parts(...native, { text: 'one' })] })).at(-1)).toEqual({ provider_specific_fields: { native_parts: native } })
  })

  it('may be media that no field takes', () => {
    expect(one(parts({ inlineData: { mimeType: 'video/mp4', data: 'AA==' } })).message.content).toBe('data:video/mp4;base64,AA==')
  })

  it('do not show pictures of a thought', () => {
    expect(one(parts({ thought: true, inlineData: { mimeType: 'image/png', data: 'AA==' } }, { text: 'x' })).message).not.toHaveProperty('images')
  })
})

describe('arguments in pieces', () => {
  const call = (functionCall: object) => ({ candidates: [{ content: { parts: [{ functionCall }] } }] })
  const stop = { candidates: [{ finishReason: 'STOP' }] }
  const piece = (jsonPath: string, more: object) => call({ partialArgs: [{ jsonPath, ...more }], willContinue: true })
  const argumentsOf = (...frames: object[]) => deltas(stream(call({ name: 'f', willContinue: true }), ...frames, stop)).flatMap(({ tool_calls: calls }) => calls ?? []).map((made) => JSON.parse(made.function!.arguments!))

  it('join texts that go on, and replace those that do not', () => {
    expect(argumentsOf(piece('$.a', { stringValue: 'x', willContinue: true }), piece('$.a', { stringValue: 'y', willContinue: true }), piece('$.a', { stringValue: '' }), piece('$.b', { stringValue: '1' }), piece('$.b', { stringValue: '2' }))).toEqual([{ a: 'xy', b: '2' }])
  })

  it('take values of every type, at any place', () => {
    expect(argumentsOf(piece('$.n', { numberValue: 1.5 }), piece('$.t', { boolValue: false }), piece('$.z', { nullValue: 'NULL_VALUE' }), piece('$.l[0][0].x', { stringValue: 'a' }), piece('$.l[0][1]', { numberValue: 2 }), piece('$[\'a b\']["c.d"]', { boolValue: true }))).toEqual([{ n: 1.5, t: false, z: null, l: [[{ x: 'a' }, 2]], 'a b': { 'c.d': true } }])
  })

  it('reach no prototype', () => {
    expect(argumentsOf(piece('$.__proto__.polluted', { boolValue: true })).map((args) => Object.keys(args as object))).toEqual([['__proto__']])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it.each(['a', '$', '$.l[999]', '$.a[', '$..a', `$${'.a'.repeat(100)}`, '$[0]'])('refuse the path %s', (path) => {
    expect(() => argumentsOf(piece(path, { stringValue: 'x' }))).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
  })

  it('end with the answer at the latest', () => {
    expect(argumentsOf(piece('$.a', { stringValue: 'x', willContinue: true }))).toEqual([{ a: 'x' }])
  })

  it('belong to a call', () => {
    expect(() => stream(call({ partialArgs: [] }))).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
  })
})

describe('streams', () => {
  const text = (index: number, value: string, finishReason?: string) => ({ index, content: { parts: [{ text: value }] }, ...(finishReason && { finishReason }) })

  it('keep several candidates apart', () => {
    const chunks = stream({ candidates: [text(0, 'a'), text(1, 'b')] }, { candidates: [text(1, 'B', 'STOP')] }, { candidates: [text(0, 'A', 'MAX_TOKENS')] })
    expect(chunks.flatMap(({ choices }) => choices.map(({ index, delta, finish_reason }) => [index, delta.role, delta.content, finish_reason]))).toEqual([
      [0, 'assistant', 'a', null], [1, 'assistant', 'b', null], [1, undefined, 'B', null], [0, undefined, 'A', null], [0, undefined, undefined, 'length'], [1, undefined, undefined, 'stop'],
    ])
  })

  it('are not complete before each candidate is', () => {
    expect(() => stream({ candidates: [text(0, 'a', 'STOP'), text(1, 'b')] })).toThrow(expect.objectContaining({ code: 'upstream_interrupted' }))
    expect(() => stream()).toThrow(expect.objectContaining({ code: 'upstream_interrupted' }))
  })

  it('finish once, though the upstream says so twice', () => {
    expect(stream({ candidates: [text(0, 'a', 'STOP')] }, { candidates: [text(0, '', 'STOP')] }).flatMap(({ choices }) => choices).filter(({ finish_reason: reason }) => reason !== null)).toHaveLength(1)
  })

  it('keep id and model of the first frame, and tell the tier', () => {
    const chunks = stream({ candidates: [text(0, 'a')], responseId: 'r1', modelVersion: 'm1' }, { candidates: [text(0, 'b', 'STOP')], usageMetadata: { promptTokenCount: 1, totalTokenCount: 1, serviceTier: 'standard' } })
    expect(chunks.map(({ id, model }) => `${id} ${model}`)).toEqual(Array(4).fill('r1 m1'))
    expect(chunks.at(-1)).toMatchObject({ choices: [], service_tier: 'default', usage: { prompt_tokens: 1 } })
  })

  it('place citations in the whole text, at the end', () => {
    const chunks = stream({ candidates: [text(0, 'Käse ')] }, { candidates: [{ ...text(0, 'ist gut.', 'STOP'), groundingMetadata: { groundingChunks: [{ web: { uri: 'https://a.example/' } }], groundingSupports: [{ segment: { startIndex: 6, endIndex: 14 }, groundingChunkIndices: [0, 7] }] } }] })
    expect(deltas(chunks).at(-1)!.annotations).toEqual([{ type: 'url_citation', url_citation: { url: 'https://a.example/', start_index: 5, end_index: 13 } }])
  })

  it('that break in the middle of a block say why', () => {
    const chunks = stream({ candidates: [text(0, 'a')] }, { promptFeedback: { blockReason: 'SAFETY' } })
    expect(chunks.at(-1)!.choices[0]).toEqual({ index: 0, delta: { provider_specific_fields: { block_reason: 'SAFETY' } }, finish_reason: 'content_filter' })
  })

  it.each([[429, 'upstream_rate_limit'], [500, 'upstream_error'], [503, 'upstream_overloaded'], [0, 'upstream_error']])('with an error event %i throw %s', (code, expected) => {
    expect(() => stream({ error: { code, message: 'No.' } })).toThrow(expect.objectContaining({ code: expected }))
  })

  it('carry pictures and speech', () => {
    const media = (mimeType: string, data: string) => ({ inlineData: { mimeType, data } })
    const found = deltas(stream({ candidates: [{ content: { parts: [media('image/png', 'AA==')] } }] }, { candidates: [{ content: { parts: [media('image/png', 'AQ=='), media('audio/L16', 'Ag==')] }, finishReason: 'STOP' }] }))
    expect(found.flatMap(({ images }) => images ?? []).map(({ index, image_url: image }) => [index, image.url])).toEqual([[0, 'data:image/png;base64,AA=='], [1, 'data:image/png;base64,AQ==']])
    expect(found.flatMap(({ audio }) => (audio ? [audio.data] : []))).toEqual(['Ag=='])
  })
})
