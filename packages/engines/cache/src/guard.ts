import type { Cache, Clock, SimilarityStore } from '@tianjillm/core'
import { Breaker, type BreakerOptions } from './breaker.ts'

export interface GuardOptions {
  readonly clock: Clock
  /** Milliseconds that one operation may take. Default 250. */
  readonly deadlineMs?: number
  readonly breaker?: BreakerOptions
}

/** How a guarded store did so far. */
export interface GuardStats {
  readonly operations: number
  /** Failed by themselves. */
  readonly failures: number
  /** Took longer than the deadline. */
  readonly timeouts: number
  /** Not tried, because the breaker was open. */
  readonly spared: number
  readonly breaker: 'closed' | 'open' | 'half-open'
}

export interface GuardedCache extends Cache {
  stats(): GuardStats
}

/** The store did not answer in time, or is known not to. */
export class CacheUnavailable extends Error {
  override readonly name = 'CacheUnavailable'
}

/**
 * A store with a short deadline on every operation, and a breaker: a slow store costs its callers a deadline or two, then
 * nothing. What answers at once stays synchronous. `clear`, `ping` and `info` are an operator's: they have the deadline
 * tenfold and do not ask the breaker.
 */
export function guard(cache: Cache, { clock, deadlineMs = 250, breaker: wanted }: GuardOptions): GuardedCache {
  const breaker = new Breaker(clock, wanted)
  const stats = { operations: 0, failures: 0, timeouts: 0, spared: 0 }

  const within = <T>(pending: Promise<T>, ms: number): Promise<T> => new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => {
      stats.timeouts += 1
      reject(new CacheUnavailable(`The cache did not answer within ${ms} ms.`))
    })
    pending.then((value) => {
      timer.cancel()
      resolve(value)
    }, (error: unknown) => {
      timer.cancel()
      stats.failures += 1
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })

  const ask = <T>(run: () => T | Promise<T>): T | Promise<T> => {
    if (!breaker.allow()) {
      stats.spared += 1
      return Promise.reject(new CacheUnavailable('The cache failed several times in a row and is left alone for a while.'))
    }
    stats.operations += 1
    let answer: T | Promise<T>
    try {
      answer = run()
    } catch (error) {
      stats.failures += 1
      breaker.failed(error)
      throw error
    }
    if (!(answer instanceof Promise)) {
      breaker.succeeded()
      return answer
    }
    return within(answer, deadlineMs).then((value) => {
      breaker.succeeded()
      return value
    }, (error: unknown) => {
      breaker.failed(error)
      throw error
    })
  }
  const patiently = <T>(run: () => T | Promise<T>): T | Promise<T> => {
    const answer = run()
    return answer instanceof Promise ? within(answer, deadlineMs * 10) : answer
  }

  const { similar, ping, info, close } = cache
  return {
    get: (key) => ask(() => cache.get(key)),
    set: (key, value, ttlMs) => ask(() => cache.set(key, value, ttlMs)),
    delete: (key) => ask(() => cache.delete(key)),
    clear: () => patiently(() => cache.clear()),
    ...(ping && { ping: () => patiently(() => ping.call(cache)) }),
    ...(info && { info: async () => patiently(() => info.call(cache)) }),
    ...(close && { close: () => close.call(cache) }),
    ...(similar && {
      similar: {
        nearest: (partition, vector) => ask(() => similar.nearest(partition, vector)),
        set: (entry, ttlMs) => ask(() => similar.set(entry, ttlMs)),
      } satisfies SimilarityStore,
    }),
    stats: () => ({ ...stats, breaker: breaker.state }),
  }
}
