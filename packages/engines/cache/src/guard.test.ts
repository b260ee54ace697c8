import type { Cache } from '@tianjillm/core'
import { createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { CacheUnavailable, guard, layered } from './index.ts'

const value = Buffer.from('x')

/** A store whose operations take until they are let go. */
function slow() {
  const waiting: { resolve: (value?: Uint8Array) => void; reject: (error: Error) => void }[] = []
  const wait = (): Promise<never> => new Promise((resolve, reject) => void waiting.push({ resolve: resolve as never, reject }))
  return { waiting, cache: { get: wait, set: wait, delete: wait, clear: wait, ping: wait } satisfies Cache }
}

function memory(): Cache & { readonly map: Map<string, Uint8Array>; down: boolean; gets: number } {
  const map = new Map<string, Uint8Array>()
  return {
    map, down: false, gets: 0,
    get(key) { this.gets += 1; if (this.down) throw new Error('down'); return map.get(key) },
    set(key, one) { if (this.down) throw new Error('down'); map.set(key, one) },
    delete(key) { if (this.down) throw new Error('down'); map.delete(key) },
    clear: () => map.clear(),
  }
}

const rejection = (pending: unknown): Promise<unknown> => Promise.resolve(pending).then(() => 'no rejection', (error: unknown) => error)

describe('guard', () => {
  it('what answers at once stays synchronous', () => {
    const guarded = guard(memory(), { clock: createFakeClock() })
    guarded.set('a', value, 1000)
    expect(guarded.get('a')).toBe(value)
  })

  it('gives up after the deadline, and leaves a store alone that did not answer three times', async () => {
    const clock = createFakeClock()
    const changes: string[] = []
    const store = slow()
    const guarded = guard(store.cache, { clock, deadlineMs: 100, breaker: { failures: 3, openMs: 1000, onChange: (state) => changes.push(state) } })
    const asked = [1, 2, 3].map(() => rejection(guarded.get('a')))
    clock.advance(99)
    expect(guarded.stats()).toMatchObject({ timeouts: 0, breaker: 'closed' })
    clock.advance(1)
    for (const error of await Promise.all(asked)) expect(error).toBeInstanceOf(CacheUnavailable)
    expect(await rejection(guarded.get('a'))).toBeInstanceOf(CacheUnavailable)
    expect([store.waiting.length, guarded.stats(), changes]).toEqual([3, { operations: 3, failures: 0, timeouts: 3, spared: 1, breaker: 'open' }, ['open']])

    // Half-open: one may try, and only one.
    clock.advance(1000)
    expect(guarded.stats().breaker).toBe('half-open')
    const trial = guarded.get('a')
    await rejection(guarded.get('a'))
    expect(store.waiting).toHaveLength(4)
    store.waiting[3]!.reject(new Error('still down'))
    await rejection(trial)
    expect(guarded.stats().breaker).toBe('open')
    clock.advance(1000)
    const second = guarded.get('a')
    store.waiting[4]!.resolve(value)
    expect(await second).toBe(value)
    expect([guarded.stats().breaker, changes, clock.pending()]).toEqual(['closed', ['open', 'closed'], 0])
  })

  it('counts failures in a row only', async () => {
    const store = memory()
    const guarded = guard(store, { clock: createFakeClock(), breaker: { failures: 2 } })
    for (const down of [true, false, true, false]) {
      store.down = down
      try { guarded.get('a') } catch { /* as wanted */ }
    }
    expect(guarded.stats()).toMatchObject({ failures: 2, breaker: 'closed' })
  })
})

describe('layered', () => {
  it('asks the far store once for what the near one can answer then', async () => {
    const [near, far] = [memory(), memory()]
    const cache = layered({ near, far, nearTtlMs: 1000 })
    far.map.set('a', value)
    expect([await cache.get('a'), await cache.get('a'), far.gets]).toEqual([value, value, 1])
    await cache.delete('a')
    expect(await cache.get('a')).toBeUndefined()
  })

  it('the near store goes on while the far one is away, and the failure of its own is nobody\'s', async () => {
    const [near, far] = [memory(), memory()]
    const cache = layered({ near, far, nearTtlMs: 1000 })
    far.down = true
    expect(() => cache.set('a', value, 1000)).toThrow('down')
    expect(await cache.get('a')).toBe(value)
    expect(() => cache.get('b')).toThrow('down')
    Object.assign(near, { down: true })
    Object.assign(far, { down: false })
    await cache.set('c', value, 1000)
    expect(far.map.get('c')).toBe(value)
  })

  it('deletes in both, and tells when one could not', async () => {
    const [near, far] = [memory(), memory()]
    const cache = layered({ near, far, nearTtlMs: 1000 })
    await cache.set('a', value, 1000)
    far.down = true
    expect(await rejection(cache.delete('a'))).toMatchObject({ message: 'down' })
    expect(near.map.size).toBe(0)
  })
})
