import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'
import { retryAfterMs } from './retry-after.ts'

const now = Date.UTC(2026, 0, 2, 3, 4, 5)

it.each([
  ['0', 0], ['120', 120_000], [' 7 ', 7000],
  ['Fri, 02 Jan 2026 03:05:05 GMT', 60_000],
  ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
  ['soon', undefined], ['-5', undefined], ['1.5', undefined], ['', undefined], [undefined, undefined],
] as const)('reads %j as %s ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms)
})

it('takes the first of repeated headers', () => {
  expect(retryAfterMs(['2', '9'], now)).toBe(2000)
})

it('spreads waits over the whole range, doubling up to the cap', () => {
  const policy = { attempts: 9, baseMs: 100, maxMs: 1000 }
  expect([1, 2, 3, 4, 5, 30].map((attempt) => backoffMs(attempt, policy, () => 1))).toEqual([100, 200, 400, 800, 1000, 1000])
  expect(backoffMs(5, policy, () => 0)).toBe(0)
  expect(backoffMs(1, policy, () => 1, 5000)).toBe(5100)
})
