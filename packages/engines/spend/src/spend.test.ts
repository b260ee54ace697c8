import { noUsage, type Usage, usage } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, NANO, nanoPerToken, type Prices, toUsd } from './index.ts'

const classes = Object.keys(noUsage) as (keyof Usage)[]
const tokens = fc.nat({ max: 10_000_000 })
const usages = fc.record(Object.fromEntries(classes.map((name) => [name, tokens]))) as fc.Arbitrary<Usage>
/** Up to 200 USD per million tokens, in steps of a thousandth of a nano-USD. */
const price = fc.nat({ max: 200_000_000 }).map((value) => value / 1000)
const prices = fc.record({ input: price, output: price, ...Object.fromEntries(classes.filter((name) => name !== 'input' && name !== 'output').map((name) => [name, price])), perRequest: price }, { requiredKeys: ['input', 'output'] }) as fc.Arbitrary<Prices>

describe('costOf', () => {
  it('is a whole number that no floating point moved by more than rounding', () => {
    fc.assert(fc.property(usages, prices, (used, rates) => {
      const cost = costOf(used, rates)
      expect(Number.isSafeInteger(cost)).toBe(true)
      const of = (name: keyof Usage, ...instead: readonly (keyof Prices)[]): bigint => {
        const rate = [name as keyof Prices, ...instead].map((key) => rates[key]).find((value) => value !== undefined)!
        return BigInt(used[name]) * BigInt(Math.round(rate * 1000))
      }
      const exact = of('input') + of('cacheRead', 'input') + of('cacheWrite5m', 'input') + of('cacheWrite1h', 'cacheWrite5m', 'input') + of('inputAudio', 'input') + of('inputImage', 'input')
        + of('output') + of('reasoning', 'output') + of('outputAudio', 'output') + of('outputImage', 'output') + BigInt(Math.round((rates.perRequest ?? 0) * 1000))
      expect(Math.abs(cost - Number(exact) / 1000)).toBeLessThanOrEqual(0.51)
    }))
  })

  it('never falls when tokens are added', () => {
    fc.assert(fc.property(usages, prices, fc.constantFrom(...classes), tokens, (used, rates, name, more) => {
      expect(costOf({ ...used, [name]: used[name] + more }, rates)).toBeGreaterThanOrEqual(costOf(used, rates))
    }))
  })

  it('rounds once at the end, half up', () => {
    expect(costOf(usage({ input: 1, output: 1 }), { input: 0.25, output: 0.25 })).toBe(1)
    expect(costOf(usage({ input: 1, output: 1 }), { input: 0.2, output: 0.2 })).toBe(0)
  })

  it('charges for the request alone when there were no tokens', () => {
    expect(costOf(noUsage, { input: 5, output: 5, perRequest: 1_000_000 })).toBe(1_000_000)
  })

  it('charges a class without a price as its parent', () => {
    const rates = { input: 2, output: 10, cacheWrite5m: 3 }
    expect(costOf(usage({ cacheRead: 1 }), rates)).toBe(2)
    expect(costOf(usage({ cacheWrite1h: 1 }), rates)).toBe(3)
    expect(costOf(usage({ reasoning: 1 }), rates)).toBe(10)
    expect(costOf(usage({ cacheRead: 1 }), { ...rates, cacheRead: 0 })).toBe(0)
  })
})

describe('prices', () => {
  it.each([[0.00000015, 150], [0.00001, 10_000], [2e-8, 20], [1.5e-10, 0.15], [0, 0]])('%d USD per token is %d nano-USD', (usd, nano) => {
    expect(nanoPerToken(usd)).toBe(nano)
  })

  it('gives back the decimal that a person would write', () => {
    expect(toUsd(20_000)).toBe(0.00002)
    expect(toUsd(NANO)).toBe(1)
  })
})
