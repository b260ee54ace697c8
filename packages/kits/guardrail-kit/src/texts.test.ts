import { describe, expect, it } from 'vitest'
import { requestTexts, withRequestTexts } from './request-texts.ts'
import { responseTexts, withResponseTexts } from './response-texts.ts'

const chat = {
  model: 'm',
  messages: [
    { role: 'system', content: 't1' },
    { role: 'developer', content: [{ type: 'text', text: 't2' }] },
    { role: 'user', name: 't3', content: [{ type: 'text', text: 't4' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,SECRET' } }, { type: 'file', file: { filename: 't5', file_data: 'data:application/pdf;base64,SECRET' } }, { type: 'file', file: { file_data: 'data:text/plain,t6' } }, { type: 'input_audio', input_audio: { data: 'SECRET', format: 'wav' } }] },
    { role: 'assistant', content: null, refusal: 't7', reasoning_content: 't8', thinking_blocks: [{ type: 'thinking', thinking: 't9', signature: 'SECRET' }], tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: 't10' } }, { id: 'b', type: 'custom', custom: { name: 'g', input: 't11' } }], function_call: { name: 'f', arguments: 't12' }, audio: { id: 'x', transcript: 't13' } },
    { role: 'assistant', content: [{ type: 'refusal', refusal: 't14' }] },
    { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 't15' }] },
    { role: 'function', name: 't16', content: 't17' },
  ],
  tools: [{ type: 'function', function: { name: 'f', description: 't18', parameters: { type: 'object', properties: { q: { type: 'string', description: 't19' } } } } }],
  functions: [{ name: 'f', description: 't20' }],
  prediction: { type: 'content', content: 't21' },
}

const places: readonly (readonly [string, Parameters<typeof requestTexts>[0], Record<string, unknown>, number])[] = [
  ['a chat', 'chat', chat, 21],
  ['a completion', 'completions', { prompt: ['t1', 't2'], suffix: 't3' }, 3],
  ['one completion prompt', 'completions', { prompt: 't1' }, 1],
  ['embeddings', 'embeddings', { input: ['t1', 't2'] }, 2],
  ['tokens, which are no text', 'embeddings', { input: [1, 2] }, 0],
  ['images', 'images', { prompt: 't1' }, 1],
  ['a speech', 'speech', { input: 't1' }, 1],
  ['a moderation', 'moderations', { input: [{ type: 'text', text: 't1' }] }, 1],
  ['a rerank', 'rerank', { query: 't1', documents: ['t2', { text: 't3' }] }, 3],
  ['a response', 'responses', { instructions: 't1', input: [{ role: 'user', content: [{ type: 'input_text', text: 't2' }] }, { type: 'function_call_output', output: 't3' }, { type: 'function_call', name: 't4', arguments: 't5' }] }, 5],
]

describe('texts of requests', () => {
  it.each(places)('%s: every hiding place, and no binary data', (_name, operation, body, count) => {
    const found = requestTexts(operation, body).map(({ text }) => text.replace('data:text/plain,', ''))
    expect(found.toSorted()).toEqual(Array.from({ length: count }, (_, i) => `t${i + 1}`).toSorted())
  })

  it.each(places)('%s: put back, changed, the original left alone', (_name, operation, body) => {
    const before = JSON.stringify(body)
    const texts = requestTexts(operation, body).map(({ text }) => text)
    expect(withRequestTexts(operation, body, texts)).toBe(body)
    const changed = withRequestTexts(operation, body, texts.map(() => 'CHANGED'))
    expect(new Set(requestTexts(operation, changed).map(({ text }) => text.includes('CHANGED'))).size).toBeLessThanOrEqual(1)
    expect(JSON.stringify(changed)).not.toMatch(/"(data:text\/plain,)?t\d+"/)
    expect(JSON.stringify(body)).toBe(before)
  })

  it('tells who speaks', () => {
    expect(requestTexts('chat', chat).map(({ role }) => role).slice(0, 3)).toEqual(['system', 'system', 'user'])
    expect(requestTexts('chat', { messages: [{ role: 'function', content: 'x' }] })).toEqual([{ role: 'tool', text: 'x' }])
  })

  it.each([[{}], [{ messages: 'x' }], [{ messages: [null, 7, { content: 7 }] }], [{ messages: [{ role: 'user', content: [null, {}] }], tools: [null, {}] }]])('odd bodies have no text: %j', (body) => {
    expect(requestTexts('chat', body)).toEqual([])
  })
})

describe('texts of answers', () => {
  const answer = { id: 'x', choices: [{ index: 0, logprobs: { content: [{ token: 't1' }] }, message: { role: 'assistant', content: 't1', refusal: 't2', reasoning_content: 't3', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: 't4' } }], thinking_blocks: [{ type: 'thinking', thinking: 't5' }], audio: { id: 'a', data: 'SECRET', transcript: 't6' } } }] }

  it('finds and replaces them, with the log probabilities that repeat them', () => {
    const found = responseTexts('chat', answer)
    expect(found.map(({ text }) => text).toSorted()).toEqual(['t1', 't2', 't3', 't4', 't5', 't6'])
    const changed = withResponseTexts('chat', answer, found.map(() => 'C'))
    expect(JSON.stringify(changed)).not.toMatch(/"t\d"/)
    expect(withResponseTexts('chat', answer, found.map(({ text }) => text))).toBe(answer)
  })

  it('completions, and answers without text', () => {
    expect(responseTexts('completions', { choices: [{ text: 'a' }] })).toEqual([{ role: 'assistant', text: 'a' }])
    expect(responseTexts('embeddings', { data: [] })).toEqual([])
    expect(responseTexts('chat', null)).toEqual([])
  })
})
