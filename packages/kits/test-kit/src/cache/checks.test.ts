import type { Cache, CachePlugin, Clock, Host } from '@tianjillm/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { TEST_SECRET } from '../fakes/builders.ts'
import { failures } from '../suite/__fixtures__/run-checks.ts'
import { cacheChecks, type CacheSuite } from './checks.ts'
import { describeCache } from './describe-cache.ts'

const config = v.strictObject({ password: v.optional(v.string()), down: v.optional(v.boolean(), false), real: v.optional(v.boolean(), false) })
type Config = v.InferOutput<typeof config>

/** A correct cache in memory; what is kept for the tests is its simplicity. */
function memory({ now }: Pick<Clock, 'now'>): Cache {
  const entries = new Map<string, { value: Uint8Array; until: number }>()
  return {
    get(key) {
      const entry = entries.get(key)
      return entry !== undefined && entry.until > now() ? entry.value : undefined
    },
    set: (key, value, ttlMs) => void entries.set(key, { value: Uint8Array.from(value), until: now() + ttlMs }),
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    ping() {},
  }
}

/** Rejects whatever is asked of it. */
const down: Cache = { get: () => refuse(), set: () => refuse(), delete: () => refuse(), clear: () => refuse(), ping: () => refuse() }

async function refuse(): Promise<never> {
  throw new Error('The store cannot be reached.')
}

function suite(change: (cache: Cache, host: Host, config: Config) => Partial<Cache> = () => ({}), more: Partial<CacheSuite> = {}): CacheSuite {
  const plugin: CachePlugin<Config> = Object.freeze({
    apiVersion: 1, kind: 'cache', name: 'memory', version: '1.0.0', config,
    create(read: Config, host: Host) {
      const cache = read.down ? down : memory(read.real ? Date : host.clock)
      return { ...cache, ...change(cache, host, read) }
    },
  } satisfies CachePlugin<Config>)
  return { plugin, config: { password: TEST_SECRET }, unreachable: { password: TEST_SECRET, down: true }, ...more }
}

describeCache(suite())
describeCache(suite(undefined, { config: { real: true }, time: 'real', secrets: [] }))

describe('describeCache catches', () => {
  const text = (value: Uint8Array): string => Buffer.from(value).toString('utf8')
  it.each<[string, Parameters<typeof suite>[0], string]>([
    ['bytes kept as text', (cache) => ({ set: (key, value, ttl) => cache.set(key, Buffer.from(text(value)), ttl) }), 'bytes come back as they were'],
    ['the whole buffer behind a window', (cache) => ({ set: (key, value, ttl) => cache.set(key, new Uint8Array(value.buffer), ttl) }), 'a window on a larger buffer is stored as the window'],
    ['a first value that stays', (cache) => ({ set: async (key, value, ttl) => { if (await cache.get(key) === undefined) await cache.set(key, value, ttl) } }), 'the last value wins'],
    ['keys without case', (cache) => ({ get: (key) => cache.get(key.toLowerCase()), set: (key, value, ttl) => cache.set(key.toLowerCase(), value, ttl) }), 'keys of any text are told apart'],
    ['keys that are cut', (cache) => ({ get: (key) => cache.get(key.slice(0, 2)), set: (key, value, ttl) => cache.set(key.slice(0, 2), value, ttl) }), 'keys of any text are told apart'],
    ['a delete that does nothing', () => ({ delete() {} }), 'delete removes one entry, and takes an absent one'],
    ['a delete that does too much', (cache) => ({ delete: () => cache.clear() }), 'delete removes one entry, and takes an absent one'],
    ['a clear that does nothing', () => ({ clear() {} }), 'clear removes everything'],
    ['entries that never end', (cache) => ({ set: (key, value) => cache.set(key, value, Infinity) }), 'entries end with their time, each with its own'],
    ['seconds taken for milliseconds', (cache) => ({ set: (key, value, ttl) => cache.set(key, value, ttl / 1000) }), 'entries end with their time, each with its own'],
    ['a timer for each entry', (cache, host) => ({ set(key, value, ttl) { host.clock.after(ttl, () => {}); return cache.set(key, value, ttl) } }), 'close leaves nothing'],
    ['a failed store taken for an empty one', (cache, _host, { down: isDown }) => (isDown ? { get: () => undefined } : cache), 'a store that cannot be reached rejects, and never answers "absent"'],
    ['a password in the log', (cache, host, { password }) => ({ get(key) { host.log.debug({ password }, 'Asked.'); return cache.get(key) } }), 'what was never set is absent'],
  ])('%s', async (_, change, name) => {
    const failed = await failures(cacheChecks(suite(change)).filter((check) => check.name === name))
    expect([...failed.keys()]).toEqual([name])
  })
})
