import type { Cache, CachePlugin, Clock, Host, SimilarEntry, SimilarityStore } from '@tianjillm/core'
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

/** {@link memory} that finds by likeness too, with one fault. */
function similarMemory({ now }: Pick<Clock, 'now'>, fault: { score?: (a: Float32Array, b: Float32Array) => number; together?: boolean; keeps?: boolean; forever?: boolean } = {}): Cache {
  const cache = memory({ now })
  let entries: (SimilarEntry & { readonly until: number })[] = []
  const product = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  const score = fault.score ?? ((a, b) => product(a, b) / (Math.sqrt(product(a, a) * product(b, b)) || 1))
  const similar: SimilarityStore = {
    nearest(partition, vector) {
      const found = entries.filter((one) => (fault.together || one.partition === partition) && one.vector.length === vector.length && (fault.forever || one.until > now()))
      return found.map(({ key, value, vector: other }) => ({ key, value, similarity: score(vector, other) })).toSorted((a, b) => b.similarity - a.similarity)[0]
    },
    set(entry, ttlMs) {
      entries = [...entries.filter(({ key }) => key !== entry.key), { ...entry, vector: entry.vector.slice(), until: now() + ttlMs }]
    },
  }
  return {
    ...cache, similar,
    delete(key) { void cache.delete(key); if (!fault.keeps) entries = entries.filter((one) => one.key !== key) },
    clear() { void cache.clear(); entries = [] },
  }
}

describeCache(suite((_cache, { clock }, { down: isDown }) => (isDown ? { similar: undefined } as never : similarMemory(clock)), { similar: true }))

describe('describeCache catches in a store that finds by likeness', () => {
  it.each<[string, Parameters<typeof similarMemory>[1], string]>([
    ['products for cosines', { score: (a, b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0) }, 'similar: the nearest by cosine is found, whatever the lengths'],
    ['distances for likenesses', { score: (a, b) => -Math.hypot(...a.map((value, i) => value - b[i]!)) }, 'similar: opposite is -1, and not far away'],
    ['partitions that are one', { together: true }, 'similar: partitions share nothing, whatever they are called'],
    ['entries that outlive delete', { keeps: true }, 'similar: delete and clear remove them, and they are no answers by themselves'],
    ['entries that never end', { forever: true }, 'similar: they end with their time'],
  ])('%s', async (_, fault, name) => {
    const failed = await failures(cacheChecks(suite((_cache, { clock }) => similarMemory(clock, fault), { similar: true })).filter((check) => check.name === name))
    expect([...failed.keys()]).toEqual([name])
  })

  it('one that nobody said so of', async () => {
    const failed = await failures(cacheChecks(suite((_cache, { clock }) => similarMemory(clock))).filter(({ name }) => name.startsWith('it says')))
    expect([...failed.keys()]).toEqual(['it says whether it finds by likeness'])
  })
})
