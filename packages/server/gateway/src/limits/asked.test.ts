import { describe, expect, it } from 'vitest'
import { asked } from './asked.ts'
import { countInput } from './count-input.ts'

describe('what a request asks for', () => {
  it.each([
    ['nothing', {}, undefined, 1],
    ['a maximum', { max_tokens: 5 }, 5, 1],
    ['nothing, written out', { max_tokens: null, max_completion_tokens: null, n: null }, undefined, 1],
    ['the newer name first', { max_tokens: 500, max_completion_tokens: 5 }, 5, 1],
    ['no output at all', { max_tokens: 0 }, 0, 1],
    ['choices', { n: 3 }, undefined, 3],
    ['the best of some', { n: 2, best_of: 5 }, undefined, 5],
    ['a list of prompts, each with choices', { prompt: ['a', 'b'], n: 3 }, undefined, 6],
    ['prompts as tokens', { prompt: [[1, 2], [3]] }, undefined, 2],
    ['one prompt as tokens', { prompt: [1, 2, 3] }, undefined, 1],
    ['more in a provider\'s word than in ours', { max_tokens: 5, maxOutputTokens: 900, candidateCount: 2 }, 900, 2],
    ['a provider\'s word alone', { inferenceConfig: { maxTokens: 70 } }, 70, 1],
    ['another one', { additionalModelRequestFields: { max_gen_len: 80, num_generations: 4 } }, 80, 4],
  ])('%s', (_name, body, each, answers) => {
    expect(asked(body)).toEqual({ each, answers, media: false })
  })

  it.each([
    ['text', [{ type: 'text', text: 'a' }], false], ['an image', [{ type: 'text', text: 'a' }, { type: 'image_url', image_url: { url: 'x' } }], true],
    ['a file', [{ type: 'file', file: {} }], true], ['audio', [{ type: 'input_audio', input_audio: {} }], true], ['what nobody knows', [{ type: 'hologram' }], true], ['a string', 'a', false],
  ])('tokens that bytes do not tell: %s', (_name, content, media) => {
    expect(asked({ messages: [{ role: 'user', content }, null] }).media).toBe(media)
  })
})

describe('input tokens of a request', () => {
  /** One token a character. */
  const count = (body: object): number => countInput(body as Record<string, unknown>, (text) => text.length)

  it.each([
    ['a message', { messages: [{ role: 'user', content: 'abcd' }] }, 3 + 4 + 4],
    ['messages in parts', { messages: [{ role: 'system', content: [{ type: 'text', text: 'ab' }, { type: 'text', text: 'c' }] }, { role: 'user', content: 'd' }] }, 3 + 8 + 4],
    ['calls of tools', { messages: [{ role: 'assistant', content: null, tool_calls: [1] }] }, 3 + 4 + JSON.stringify({ tool_calls: [1] }).length],
    ['tools', { messages: [], tools: [{ type: 'function' }] }, 3 + JSON.stringify([{ type: 'function' }]).length],
    ['prompts', { prompt: ['ab', 'c'] }, 3],
    ['prompts as tokens', { prompt: [[1, 2], [3]] }, 3],
    ['inputs', { input: ['abc', 'd'] }, 4],
  ])('%s', (_name, body, tokens) => {
    expect(count(body)).toBe(tokens)
  })
})
