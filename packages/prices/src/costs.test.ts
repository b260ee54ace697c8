import type { KnownModel } from '@tianjillm/spend'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costKeys, isCostKey, readCosts } from './index.ts'

const known: KnownModel = { prices: { input: 1000, output: 2000, cacheRead: 100, tiers: [{ above: 200_000, rates: { input: 2000, output: 4000, cacheRead: 200 } }], version: 'table@1' }, facts: { maxInputTokens: 10, maxOutputTokens: 5 } }
const pricesOf = (keys: Record<string, unknown>, over?: KnownModel) => readCosts(keys).costs.over(over)?.prices

describe('prices of an operator', () => {
  it('by token stand alone', () => {
    expect(pricesOf({ input_cost_per_token: 0.000005, output_cost_per_token: 0.00001 }, known)).toEqual({ input: 5000, output: 10_000, version: expect.stringMatching(/^config:[0-9a-f]{12}$/) })
  })

  it('of one class complete what is known, in every tier', () => {
    expect(pricesOf({ cache_read_input_token_cost: 0.0000005 }, known)).toEqual({
      input: 1000, output: 2000, cacheRead: 500, tiers: [{ above: 200_000, rates: { input: 2000, output: 4000, cacheRead: 500 } }], version: expect.stringMatching(/^table@1\+config:/),
    })
    expect(pricesOf({ cache_read_input_token_cost: 0.0000005 })).toBeUndefined()
  })

  it('have tiers: what a tier leaves out costs as below it', () => {
    const prices = pricesOf({
      input_cost_per_token: 0.000001, output_cost_per_token: 0.000002, input_cost_per_token_above_128k_tokens: 0.000003, output_cost_per_token_above_200k_tokens: 0.000009,
      cache_creation_input_token_cost_above_1hr: 0.000004, cache_creation_input_token_cost_above_1hr_above_200k_tokens: 0.000008,
    })
    expect(prices).toEqual({
      input: 1000, output: 2000, cacheWrite1h: 4000, version: expect.any(String),
      tiers: [
        { above: 128_000, rates: { input: 3000, output: 2000, cacheWrite1h: 4000 } },
        { above: 200_000, rates: { input: 3000, output: 9000, cacheWrite1h: 8000 } },
      ],
    })
  })

  it('by second count where there are none by token, the newest key first', () => {
    expect(pricesOf({ input_cost_per_second: 0.00042 })).toMatchObject({ input: 0, output: 0, perSecond: 420_000 })
    expect(pricesOf({ cost_per_second: 0.001, input_cost_per_second: 5, output_cost_per_second: 7 })).toMatchObject({ perSecond: 1_000_000 })
    expect(pricesOf({ cost_per_second: 0.001, input_cost_per_token: 0.000001 })?.perSecond).toBeUndefined()
  })

  it('may be 0: on-premises models cost nothing, which is known', () => {
    expect(pricesOf({ input_cost_per_token: 0, output_cost_per_token: 0 })).toMatchObject({ input: 0, output: 0 })
  })

  it('have a version that follows them', () => {
    const version = (price: number) => pricesOf({ input_cost_per_token: price })?.version
    expect(version(1e-6)).toBe(version(1e-6))
    expect(version(1e-6)).not.toBe(version(2e-6))
  })

  it('say how much a model takes, in LiteLLM\'s older words too', () => {
    expect(readCosts({ max_tokens: 100, max_input_tokens: 1000 }).costs.over(known)?.facts).toEqual({ maxInputTokens: 1000, maxOutputTokens: 100 })
    expect(readCosts({ max_tokens: 100, max_output_tokens: 50 }).costs.over(undefined)?.facts).toEqual({ maxOutputTokens: 50 })
  })

  it.each([
    [{ input_cost_per_token: -1 }, 'input_cost_per_token', 'error', 'must not be negative'],
    [{ output_cost_per_token: '0.1' }, 'output_cost_per_token', 'error', 'must be a number of USD, found a string'],
    [{ input_cost_per_token: Number.NaN }, 'input_cost_per_token', 'error', 'number of USD'],
    [{ input_cost_per_tokn: 1 }, 'input_cost_per_tokn', 'unknown', 'not a price'],
    [{ max_output_tokens: 1.5 }, 'max_output_tokens', 'error', 'whole number'],
    [{ input_cost_per_token_priority: 1 }, 'input_cost_per_token_priority', 'warning', 'no effect'],
    [{ search_context_cost_per_query: {} }, 'search_context_cost_per_query', 'warning', 'no effect'],
    [{ output_cost_per_image: 1 }, 'output_cost_per_image', 'warning', 'no effect'],
  ])('%j is told', (keys, key, severity, words) => {
    expect(readCosts(keys).problems).toEqual([{ key, severity, message: expect.stringContaining(words) }])
  })

  it('leave other keys alone', () => {
    expect(readCosts({ cost_center: 'x', mode: 'chat', base_model: 'gpt-4o', input_cost_per_token: null }).problems).toEqual([])
    for (const key of [...costKeys, 'output_cost_per_token_above_272k_tokens', 'input_cost_per_token_flex']) expect(isCostKey(key)).toBe(true)
    for (const key of ['model', 'max_tokens', 'cost_center', 'x_above_200k_tokens']) expect(isCostKey(key)).toBe(false)
  })

  it('never come out negative, and never without a problem when they went in so', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...costKeys, 'input_cost_per_token_above_200k_tokens', 'output_cost_per_token_above_8k_tokens'), fc.double({ min: -1, max: 1, noNaN: true })), (keys) => {
      const { costs, problems } = readCosts(keys)
      const rates = JSON.stringify(costs.over(known)?.prices)
      expect(rates).not.toMatch(/:-\d/)
      expect(problems.length).toBe(Object.values(keys).filter((value) => value < 0).length)
    }))
  })
})
