import { inputTokens, noUsage, outputTokens, type Usage, usage } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, dearestOf, NANO, nanoPerToken, type Prices, type Rates, toUsd } from './index.ts'

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
      const of = (name: keyof Usage, ...instead: readonly (keyof Rates)[]): bigint => {
        const rate = [name as keyof Rates, ...instead].map((key) => rates[key]).find((value) => value !== undefined)!
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
    expect(costOf(usage({ input: 3, output: 1 }), { input: 0.5, output: 0.25 })).toBe(2)
    expect(costOf(usage({ input: 2, output: 2 }), { input: 0.5, output: 0.2 })).toBe(1)
  })

  it('is never nothing for something that has a price', () => {
    expect(costOf(usage({ input: 1, output: 1 }), { input: 0.2, output: 0.2 })).toBe(1)
    expect(costOf(usage({ input: 1 }), { input: 0, output: 5 })).toBe(0)
  })

  it('of two calls together is the sum of theirs, but for rounding', () => {
    fc.assert(fc.property(usages, usages, prices, (one, other, rates) => {
      const { perRequest: _, ...byToken } = rates
      const both = Object.fromEntries(classes.map((name) => [name, one[name] + other[name]])) as unknown as Usage
      expect(Math.abs(costOf(both, byToken) - costOf(one, byToken) - costOf(other, byToken))).toBeLessThanOrEqual(2)
    }))
  })

  it('prices each token in one class only', () => {
    fc.assert(fc.property(fc.constantFrom(...classes), tokens, (name, count) => {
      const only = { input: 0, output: 0, ...Object.fromEntries(classes.map((other) => [other, other === name ? 7 : 0])) }
      const used = Object.fromEntries(classes.map((other) => [other, other === name ? count : 1_000_000])) as unknown as Usage
      expect(costOf(used, only)).toBe(7 * count)
    }))
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

describe('prices that depend', () => {
  const tiered: Prices = { input: 1, output: 10, tiers: [{ above: 200_000, rates: { input: 2, output: 15 } }, { above: 400_000, rates: { input: 3, output: 20 } }] }

  it.each([[200_000, 10], [200_001, 15], [400_000, 15], [400_001, 20]])('on the input: with %d tokens of all kinds the whole call costs the tier', (input, output) => {
    const card = { 10: 1, 15: 2, 20: 3 }[output]!
    expect(costOf(usage({ cacheRead: 100_000, input: input - 100_000, output: 100 }), tiered)).toBe(input * card + 100 * output)
  })

  const dated: Prices = {
    input: 4, output: 0,
    periods: [{ from: Date.parse('2026-06-01T00:00:00Z'), input: 2, output: 0 }, { daily: { start: 22 * 3_600_000, end: 2 * 3_600_000 }, input: 1, output: 0 }],
  }

  it.each([
    ['2026-05-31T12:00:00Z', 4], ['2026-06-01T12:00:00Z', 2], ['2026-06-01T22:00:00Z', 1], ['2026-06-02T01:59:59Z', 1], ['2026-06-02T02:00:00Z', 2], ['2026-05-01T23:00:00Z', 1],
  ])('on the time: at %s a token is %d', (at, price) => {
    expect(costOf(usage({ input: 10 }), dated, { at: Date.parse(at) })).toBe(10 * price)
  })

  it('on the seconds that the upstream worked', () => {
    expect(costOf(noUsage, { input: 0, output: 0, perSecond: 420_000 }, { seconds: 1.5 })).toBe(630_000)
  })

  it('are never dearer than the dearest', () => {
    expect(dearestOf({ ...dated, ...tiered, cacheWrite1h: 9, reasoning: 30, perRequest: 3 })).toEqual({ input: 9, output: 30, perRequest: 3, perSecond: 0 })
    const tiers = fc.array(fc.record({ above: tokens, rates: prices }), { maxLength: 3 }).map((list) => list.toSorted((a, b) => a.above - b.above))
    fc.assert(fc.property(usages, prices, tiers, fc.nat(), (used, rates, list, at) => {
      const all: Prices = { ...rates, tiers: list, periods: [{ from: 1_000_000, ...rates, input: rates.input * 2 }] }
      const most = dearestOf(all)
      const bound = inputTokens(used) * most.input + outputTokens(used) * most.output + most.perRequest
      expect(costOf(used, all, { at })).toBeLessThanOrEqual(Math.ceil(bound) + 1)
    }))
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
