import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputTokens, outputTokens, type Usage, usage, usageFromOpenAI, usageToOpenAI } from './usage.ts'

const tokens = fc.nat({ max: 1_000_000 })
const usages: fc.Arbitrary<Usage> = fc.record({
  input: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: fc.constant(0), inputAudio: tokens, inputImage: tokens,
  output: tokens, reasoning: tokens, outputAudio: tokens, outputImage: tokens,
})
/** What upstreams really send: numbers, nothing, null, and nonsense. */
const sent = fc.oneof(tokens, fc.constantFrom(undefined, null, -5, 1.5, NaN, Infinity, '7', {}))
const details = fc.option(fc.record({ cached_tokens: sent, cache_creation_tokens: sent, audio_tokens: sent, image_tokens: sent, reasoning_tokens: sent }), { nil: null })

describe('usageFromOpenAI', () => {
  it('reads what usageToOpenAI wrote', () => {
    fc.assert(fc.property(usages, (original) => {
      expect(usageFromOpenAI(usageToOpenAI(original))).toEqual(original)
    }))
  })

  it('counts each token once, whatever the details claim', () => {
    fc.assert(fc.property(tokens, tokens, details, details, (prompt, completion, promptDetails, completionDetails) => {
      const read = usageFromOpenAI({ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion, prompt_tokens_details: promptDetails, completion_tokens_details: completionDetails })!
      expect(inputTokens(read)).toBe(prompt)
      expect(outputTokens(read)).toBe(completion)
      for (const count of Object.values(read)) expect(Number.isSafeInteger(count) && count >= 0).toBe(true)
    }))
  })

  it('does not bill cached audio as cached and as audio', () => {
    const read = usageFromOpenAI({ prompt_tokens: 100, completion_tokens: 1, total_tokens: 101, prompt_tokens_details: { cached_tokens: 80, audio_tokens: 90 } })
    expect(read).toMatchObject({ input: 0, cacheRead: 80, inputAudio: 20 })
  })

  it('takes reasoning out of the output, or beside it when the total says so', () => {
    const within = usageFromOpenAI({ prompt_tokens: 10, completion_tokens: 30, total_tokens: 40, completion_tokens_details: { reasoning_tokens: 20 } })
    expect(within).toMatchObject({ output: 10, reasoning: 20 })
    const beside = usageFromOpenAI({ prompt_tokens: 10, completion_tokens: 30, total_tokens: 60, completion_tokens_details: { reasoning_tokens: 20 } })
    expect(beside).toMatchObject({ output: 30, reasoning: 20 })
  })

  it('takes embeddings, which have no completion', () => {
    expect(usageFromOpenAI({ prompt_tokens: 8, total_tokens: 8 })).toEqual(usage({ input: 8 }))
  })

  it.each([undefined, null, 7, 'x', {}, { prompt_tokens: null }, { total_tokens: 3 }])('says nothing about %j', (wire) => {
    expect(usageFromOpenAI(wire)).toBeUndefined()
  })
})

describe('usageToOpenAI', () => {
  it('has no details where there is nothing to say', () => {
    expect(usageToOpenAI(usage({ input: 3, output: 4 }))).toEqual({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 })
  })

  it('tells cache reads and writes under OpenAI\'s and Anthropic\'s names', () => {
    expect(usageToOpenAI(usage({ input: 1, cacheRead: 2, cacheWrite5m: 4, cacheWrite1h: 8 }))).toEqual({
      prompt_tokens: 15, completion_tokens: 0, total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 2, cache_creation_tokens: 12 },
      cache_creation_input_tokens: 12, cache_read_input_tokens: 2,
    })
  })

  it('always adds up', () => {
    fc.assert(fc.property(usages, (original) => {
      const wire = usageToOpenAI(original)
      expect(wire.total_tokens).toBe(wire.prompt_tokens + wire.completion_tokens!)
      expect(wire.total_tokens).toBe(Object.values(original).reduce((sum, count) => sum + count, 0))
    }))
  })
})
