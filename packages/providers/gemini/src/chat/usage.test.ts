import { inputTokens, outputTokens, usage } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { usageOfGemini } from './usage.ts'

const of = (usageMetadata: object) => usageOfGemini({ usageMetadata })
const tokens = (modality: string, tokenCount: number) => ({ modality, tokenCount })

describe('usage', () => {
  it('counts thoughts beside the candidates', () => {
    expect(of({ promptTokenCount: 10, candidatesTokenCount: 5, thoughtsTokenCount: 20, totalTokenCount: 35 })).toEqual(usage({ input: 10, output: 5, reasoning: 20 }))
  })

  it('counts thoughts within the candidates where the total says so', () => {
    expect(of({ promptTokenCount: 10, candidatesTokenCount: 25, thoughtsTokenCount: 20, totalTokenCount: 35 })).toEqual(usage({ input: 10, output: 5, reasoning: 20 }))
  })

  it('counts what the tools read as input', () => {
    expect(of({ promptTokenCount: 10, toolUsePromptTokenCount: 90, candidatesTokenCount: 5, totalTokenCount: 105 })).toEqual(usage({ input: 100, output: 5 }))
  })

  it('takes cached tokens out of their modality', () => {
    expect(of({
      promptTokenCount: 100, cachedContentTokenCount: 50, candidatesTokenCount: 1, totalTokenCount: 101,
      promptTokensDetails: [tokens('TEXT', 40), tokens('AUDIO', 40), tokens('IMAGE', 20)], cacheTokensDetails: [tokens('AUDIO', 30), tokens('TEXT', 20)],
    })).toEqual(usage({ input: 20, cacheRead: 50, inputAudio: 10, inputImage: 20, output: 1 }))
  })

  it('counts no token twice when the cache does not say what it served', () => {
    const found = of({ promptTokenCount: 100, cachedContentTokenCount: 90, promptTokensDetails: [tokens('AUDIO', 60), tokens('TEXT', 40)], candidatesTokenCount: 1, totalTokenCount: 101 })!
    expect(inputTokens(found)).toBe(100)
    expect(found).toMatchObject({ cacheRead: 90, inputAudio: 10, input: 0 })
  })

  it('splits output by modality', () => {
    expect(of({ promptTokenCount: 1, candidatesTokenCount: 1300, totalTokenCount: 1301, candidatesTokensDetails: [tokens('IMAGE', 1290), tokens('TEXT', 10)] })).toEqual(usage({ input: 1, output: 10, outputImage: 1290 }))
  })

  it('adds up whatever the details claim', () => {
    const found = of({ promptTokenCount: 5, cachedContentTokenCount: 50, candidatesTokenCount: 3, totalTokenCount: 8, promptTokensDetails: [tokens('IMAGE', 99)], candidatesTokensDetails: [tokens('AUDIO', 99), tokens('IMAGE', 99)] })!
    expect([inputTokens(found), outputTokens(found)]).toEqual([5, 3])
  })

  it('keeps what earlier frames told when one tells nothing', () => {
    const before = usage({ input: 1 })
    for (const body of [null, {}, { usageMetadata: {} }, { usageMetadata: { trafficType: 'ON_DEMAND' } }]) expect(usageOfGemini(body, before)).toBe(before)
    expect(usageOfGemini({ usageMetadata: { promptTokenCount: 2, totalTokenCount: 2 } }, before)).toEqual(usage({ input: 2 }))
  })
})
