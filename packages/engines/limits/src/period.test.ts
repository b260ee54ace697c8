import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetPeriod, elapsedMs, everyMinute, forever, parseDuration } from './index.ts'

const at = (text: string): number => Date.parse(text)
const iso = (duration: string, now: string, anchor = '2026-01-15T10:20:30.400Z'): [string, string] => {
  const { start, end } = budgetPeriod(duration, at(anchor))!(at(now))
  return [new Date(start).toISOString(), new Date(end).toISOString()]
}

describe('parseDuration', () => {
  it.each([['30s', 30_000], ['30m', 1_800_000], ['24h', 86_400_000], ['7d', 604_800_000], ['1w', 604_800_000], ['1mo', 2_592_000_000]])('%s is %i ms of elapsed time', (text, ms) => {
    expect(elapsedMs(parseDuration(text)!)).toBe(ms)
  })

  it.each(['', '0s', '-1d', '1.5h', '1y', 'd', '1 d', '1D', '999999999d', '01mo '])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('budgetPeriod', () => {
  it.each([
    ['1h', '2026-03-10T14:59:59.999Z', '2026-03-10T14:00:00.000Z', '2026-03-10T15:00:00.000Z'],
    ['24h', '2026-03-10T00:00:00.000Z', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
    ['1d', '2026-03-10T23:59:59.999Z', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
    // A Wednesday; the week turns on Sunday.
    ['7d', '2026-03-11T12:00:00.000Z', '2026-03-08T00:00:00.000Z', '2026-03-15T00:00:00.000Z'],
    ['7d', '2026-03-15T00:00:00.000Z', '2026-03-15T00:00:00.000Z', '2026-03-22T00:00:00.000Z'],
    ['1w', '2026-03-14T23:59:59.999Z', '2026-03-08T00:00:00.000Z', '2026-03-15T00:00:00.000Z'],
    ['30d', '2026-02-28T23:59:59.999Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['1mo', '2028-02-29T12:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['1mo', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ])('%s at %s runs from %s to %s', (duration, now, start, end) => {
    expect(iso(duration, now)).toEqual([start, end])
  })

  it.each([
    ['30s', '2026-01-15T10:21:00.399Z', '2026-01-15T10:20:30.400Z', '2026-01-15T10:21:00.400Z'],
    ['30m', '2026-01-15T10:50:30.400Z', '2026-01-15T10:50:30.400Z', '2026-01-15T11:20:30.400Z'],
    ['2d', '2026-01-18T00:00:00.000Z', '2026-01-17T10:20:30.400Z', '2026-01-19T10:20:30.400Z'],
    ['2mo', '2026-03-15T10:20:30.399Z', '2026-01-15T10:20:30.400Z', '2026-03-15T10:20:30.400Z'],
    ['2mo', '2026-03-15T10:20:30.400Z', '2026-03-15T10:20:30.400Z', '2026-05-15T10:20:30.400Z'],
  ])('%s follows from when the owner was made: at %s from %s to %s', (duration, now, start, end) => {
    expect(iso(duration, now)).toEqual([start, end])
  })

  it('a span of months from the 31st ends on the last day of a shorter month', () => {
    expect(iso('3mo', '2026-05-01T00:00:00Z', '2026-01-31T00:00:00Z')).toEqual(['2026-04-30T00:00:00.000Z', '2026-07-31T00:00:00.000Z'])
  })

  it('null never resets, and what is no duration is told', () => {
    expect(budgetPeriod(null, 5)!(at('2090-01-01T00:00:00Z'))).toEqual({ start: 0, end: Number.POSITIVE_INFINITY })
    expect(forever(7).end).toBe(Number.POSITIVE_INFINITY)
    expect(budgetPeriod('soon', 0)).toBeUndefined()
  })

  it('for every duration, anchor and moment the periods tile time: each moment lies in one, and the next begins where it ends', () => {
    const year = 366 * 86_400_000
    fc.assert(fc.property(
      fc.constantFrom('30s', '7m', '1h', '5h', '24h', '1d', '3d', '7d', '2w', '30d', '45d', '1mo', '2mo', '5mo', '12mo'),
      fc.integer({ min: 0, max: 60 * year }), fc.integer({ min: 0, max: 90 * year }),
      (duration, anchor, now) => {
        const period = budgetPeriod(duration, anchor)!
        const { start, end } = period(now)
        expect(start).toBeLessThanOrEqual(now)
        expect(end).toBeGreaterThan(now)
        expect(period(start)).toEqual({ start, end })
        expect(period(end - 1)).toEqual({ start, end })
        expect(period(end).start).toBe(end)
      },
    ), { numRuns: 500 })
  })

  it('counts a minute by the minutes of the clock', () => {
    expect(everyMinute(at('2026-01-01T00:00:59.999Z'))).toEqual({ start: at('2026-01-01T00:00:00Z'), end: at('2026-01-01T00:01:00Z') })
  })
})
