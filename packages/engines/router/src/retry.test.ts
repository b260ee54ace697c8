import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ErrorClass, type RetryQuestion, retryWait } from './index.ts'

const question = (over: Partial<RetryQuestion> = {}): RetryQuestion => ({ policy: { retries: 2 }, failed: 'internal_server', retried: 0, another: false, leftMs: 60_000, random: () => 0.5, ...over })

describe('retries', () => {
  it('go to another deployment at once', () => {
    expect(retryWait(question({ another: true, failed: 'rate_limit', retryAfterMs: 30_000 }))).toBe(0)
  })

  it('double their wait, with full jitter, up to a longest one', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6].map((retried) => retryWait(question({ policy: { retries: 10 }, retried, random: () => 0.999_999 })))
    expect(waits.map((wait) => Math.round(wait!))).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000])
    expect(retryWait(question({ random: () => 0 }))).toBe(0)
  })

  it('wait as long as the upstream asks, and give up when that is too long', () => {
    expect(retryWait(question({ failed: 'rate_limit', retryAfterMs: 7000 }))).toBe(7000)
    expect(retryWait(question({ failed: 'rate_limit', retryAfterMs: 61_000, leftMs: 600_000 }))).toBeUndefined()
    expect(retryWait(question({ failed: 'rate_limit', retryAfterMs: 7000, leftMs: 5000 }))).toBeUndefined()
  })

  it('wait at least as long as the operator says', () => {
    expect(retryWait(question({ policy: { retries: 1, minWaitMs: 3000 } }))).toBe(3000)
  })

  it.each<ErrorClass>(['bad_request', 'content_policy', 'context_window'])('are not made for %s, which would come back', (failed) => {
    expect(retryWait(question({ failed, another: true }))).toBeUndefined()
  })

  it.each<ErrorClass>(['authentication', 'not_found'])('of %s go to other deployments only', (failed) => {
    expect(retryWait(question({ failed }))).toBeUndefined()
    expect(retryWait(question({ failed, another: true }))).toBe(0)
  })

  it('follow the policy of a class', () => {
    const policy = { retries: 2, byClass: { bad_request: 1, rate_limit: 0, timeout: 5 } }
    expect(retryWait(question({ policy, failed: 'bad_request' }))).toBe(250)
    expect(retryWait(question({ policy, failed: 'rate_limit', another: true }))).toBeUndefined()
    expect(retryWait(question({ policy, failed: 'timeout', retried: 4, another: true }))).toBe(0)
  })

  it('never pass the deadline or the number of retries', () => {
    const classes: ErrorClass[] = ['authentication', 'bad_request', 'content_policy', 'context_window', 'internal_server', 'not_found', 'rate_limit', 'timeout', 'no_deployment']
    const kept = fc.property(
      fc.constantFrom(...classes), fc.nat(5), fc.nat(8), fc.boolean(), fc.nat(100_000), fc.integer({ min: -1000, max: 100_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failed, retries, retried, another, retryAfterMs, leftMs, point) => {
        const wait = retryWait({ policy: { retries }, failed, retried, another, retryAfterMs, leftMs, random: () => point })
        return wait === undefined || (retried < retries && wait < leftMs && (another || wait >= retryAfterMs))
      },
    )
    expect(fc.check(kept).failed).toBe(false)
  })
})
