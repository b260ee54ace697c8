import type { Clock } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { createTokenCache, type ExchangedToken } from './token-cache.ts'

/** A cache over a scripted exchange, on a clock that the test moves. */
function setUp(options: { retryMs?: number } = {}) {
  let now = 1_000_000
  const clock: Clock = { now: () => now, monotonic: () => now, after: () => { throw new Error('The cache must not set timers.') } }
  const flights: (PromiseWithResolvers<ExchangedToken<string>> & { signal: AbortSignal })[] = []
  const renewalErrors: unknown[] = []
  const cache = createTokenCache<string>({
    clock, earlyMs: 60_000, ...options,
    onRenewalError: (error) => renewalErrors.push(error),
    fetch(signal) {
      const flight = { ...Promise.withResolvers<ExchangedToken<string>>(), signal }
      flights.push(flight)
      return flight.promise
    },
  })
  return {
    cache, flights, renewalErrors,
    pass: (ms: number) => { now += ms },
    answer: (token: string, lifeMs = 3_600_000) => flights.at(-1)!.resolve({ token, expiresAt: now + lifeMs }),
    async filled(token: string) {
      const got = cache.get()
      flights.at(-1)!.resolve({ token, expiresAt: now + 3_600_000 })
      return got
    },
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('createTokenCache', () => {
  it('exchanges nothing until asked, then once for all who wait', async () => {
    const { cache, flights, answer } = setUp()
    expect(flights).toHaveLength(0)
    const waiting = [cache.get(), cache.get(), cache.get()]
    expect(flights).toHaveLength(1)
    answer('one')
    expect(await Promise.all(waiting)).toEqual(['one', 'one', 'one'])
    expect(await cache.get()).toBe('one')
    expect(flights).toHaveLength(1)
  })

  it('does not ask on and on an issuer that hands out a token near its end', async () => {
    const { cache, flights, filled, pass, answer } = setUp({ retryMs: 5000 })
    await filled('one')
    pass(3_550_000)
    for (const asked of [2, 2, 3]) {
      expect(await cache.get()).toBe('one')
      expect(flights).toHaveLength(asked)
      answer('one', 50_000)
      await settled()
      pass(2500)
    }
  })

  it('renews ahead of the end without anybody waiting', async () => {
    const { cache, flights, filled, pass, answer } = setUp()
    await filled('one')
    pass(3_539_999)
    await cache.get()
    expect(flights).toHaveLength(1)
    pass(1)
    expect(await cache.get()).toBe('one')
    expect(await cache.get()).toBe('one')
    expect(flights).toHaveLength(2)
    answer('two')
    await settled()
    expect(await cache.get()).toBe('two')
  })

  it('keeps the old token when renewal fails, tries again after a pause, and ends with it', async () => {
    const { cache, flights, filled, pass, renewalErrors } = setUp({ retryMs: 5_000 })
    await filled('one')
    pass(3_545_000)
    await cache.get()
    flights[1]!.reject(new Error('down'))
    await settled()
    expect(renewalErrors).toEqual([new Error('down')])
    expect(await cache.get()).toBe('one')
    expect(flights).toHaveLength(2)
    pass(5_000)
    expect(await cache.get()).toBe('one')
    expect(flights).toHaveLength(3)
    flights[2]!.reject(new Error('still down'))
    await settled()
    pass(50_000)
    const last = cache.get()
    flights[3]!.reject(new Error('gone'))
    await expect(last).rejects.toThrow('gone')
  })

  it('waits for the exchange at the very end of the token', async () => {
    const { cache, filled, pass, flights, answer } = setUp()
    await filled('one')
    pass(3_600_000)
    const got = cache.get()
    expect(flights).toHaveLength(2)
    answer('two')
    expect(await got).toBe('two')
  })

  it('rejects all who wait when there is nothing to fall back on, and tries anew next time', async () => {
    const { cache, flights, filled } = setUp()
    const waiting = Promise.allSettled([cache.get(), cache.get()])
    flights[0]!.reject(new Error('refused'))
    expect((await waiting).map((result) => result.status)).toEqual(['rejected', 'rejected'])
    expect(await filled('one')).toBe('one')
    expect(flights).toHaveLength(2)
  })

  it('survives an exchange that throws at once', async () => {
    let tries = 0
    const clock: Clock = { now: () => 0, monotonic: () => 0, after: () => ({ cancel() {} }) }
    const cache = createTokenCache<string>({ clock, fetch: () => { throw new Error(`bad config ${++tries}`) } })
    await expect(cache.get()).rejects.toThrow('bad config 1')
    await expect(cache.get()).rejects.toThrow('bad config 2')
  })

  it('forgets a refused token once, not the newer one that replaced it', async () => {
    const { cache, flights, filled } = setUp()
    await filled('one')
    cache.invalidate('one')
    await filled('two')
    cache.invalidate('one')
    expect(await cache.get()).toBe('two')
    expect(flights).toHaveLength(2)
    cache.invalidate()
    await filled('three')
    expect(flights).toHaveLength(3)
  })

  it('lets one caller leave without harm to the others', async () => {
    const { cache, flights, answer } = setUp()
    const leaver = new AbortController()
    const left = cache.get(leaver.signal)
    const stayed = cache.get()
    leaver.abort(new Error('client gone'))
    await expect(left).rejects.toThrow('client gone')
    expect(flights[0]!.signal.aborted).toBe(false)
    answer('one')
    expect(await stayed).toBe('one')
    await expect(cache.get(leaver.signal)).rejects.toThrow('client gone')
  })

  it('aborts the exchange on close, and starts none after it', async () => {
    const { cache, flights } = setUp()
    const waiting = cache.get()
    cache.close()
    expect(flights[0]!.signal.aborted).toBe(true)
    flights[0]!.reject(flights[0]!.signal.reason)
    await expect(waiting).rejects.toThrow('aborted')
    await expect(cache.get()).rejects.toThrow('aborted')
    expect(flights).toHaveLength(1)
  })
})
