import { AnswerCache, createSingleFlight, type Entry } from '@tianjillm/cache'
import type { Cache, Clock } from '@tianjillm/core'
import type { CacheBinding } from '../index.ts'

/** A store that tells for how long it was asked to keep things. */
export function memoryStore(broken = false): Cache & { readonly values: Map<string, Uint8Array>; readonly kept: Map<string, number> } {
  const values = new Map<string, Uint8Array>()
  const kept = new Map<string, number>()
  const check = (): void => {
    if (broken) throw new Error('cache is down')
  }
  return {
    values, kept,
    get: (key) => { check(); return values.get(key) },
    set: (key, value, ttlMs) => { check(); values.set(key, value); kept.set(key, ttlMs) },
    delete: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}

export function bindingOf(cache: Cache, clock: Clock, more: Partial<CacheBinding> & { readonly maxBytes?: number; readonly threshold?: number; readonly waitMs?: number } = {}): CacheBinding {
  const { maxBytes, threshold, waitMs = 10_000, ...binding } = more
  return {
    type: 'memory', cache, scope: 'key', byDefault: true,
    answers: new AnswerCache({ cache, clock, ttlMs: 60_000, ...(maxBytes !== undefined && { maxBytes }), ...(threshold !== undefined && { threshold }) }),
    flights: createSingleFlight<Entry>({ clock, waitMs }),
    ...binding,
  }
}
