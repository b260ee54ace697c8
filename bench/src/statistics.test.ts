import { describe, expect, it } from 'vitest'
import { added, median, paired, percentile, ratio } from './statistics.ts'

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it.each([[0.5, 50], [0.99, 99], [1, 100], [0, 1]])('p%s of 1..100, unsorted, is %s', (p, expected) => {
    expect(percentile(hundred, p)).toBe(expected)
  })

  it('leaves its input as it was and has no answer for nothing', () => {
    percentile(hundred, 0.5)
    expect(hundred[0]).toBe(100)
    expect(percentile([], 0.5)).toBeNaN()
  })
})

describe('median', () => {
  it('is the middle, or the mean of the two middles, by size and not by text', () => {
    expect(median([10, 9, 100])).toBe(10)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([])).toBeNaN()
  })
})

describe('paired', () => {
  it('compares within rounds: a slow round does not count', () => {
    const bare = [10, 100, 10]
    const ours = [12, 120, 12]
    expect(paired(ours, bare, ratio)).toBeCloseTo(1.2)
    expect(paired(ours, bare, added)).toBe(2)
  })

  it('refuses series of different length', () => {
    expect(() => paired([1, 2], [1], ratio)).toThrow(/2 and 1 rounds/)
  })
})
