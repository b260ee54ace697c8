import { createFakeClock, describeCache } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { memoryConfig } from './config.ts'
import { createMemoryCache } from './memory-cache.ts'
import { memoryPlugin } from './plugin.ts'

describeCache({ plugin: memoryPlugin, config: {}, similar: true })

const bytes = (size: number): Uint8Array => new Uint8Array(size)
const cache = (max_bytes: number, namespace = '', clock = createFakeClock()) => createMemoryCache({ max_bytes, namespace }, clock)
const kept = (store: ReturnType<typeof cache>, keys: readonly string[]): string[] => keys.filter((key) => store.get(key) !== undefined)

describe('the bound', () => {
  it('lets go what was not used longest', () => {
    const store = cache(4 * 1300)
    for (const key of ['a', 'b', 'c', 'd']) store.set(key, bytes(1000), 1000)
    store.get('a')
    store.set('e', bytes(1000), 1000)
    expect(kept(store, ['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'c', 'd', 'e'])
  })

  it('does not keep a value larger than a quarter, nor an older one in its place', () => {
    const store = cache(4000)
    store.set('small', bytes(10), 1000)
    store.set('a', bytes(10), 1000)
    store.set('a', bytes(1500), 1000)
    expect(kept(store, ['a', 'small'])).toEqual(['small'])
  })

  it('counts keys', () => {
    const store = cache(4096)
    store.set('k'.repeat(600), bytes(1), 1000)
    expect(store.get('k'.repeat(600))).toBeUndefined()
  })

  it('holds whatever is done, and what it gives back is what was set last', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), size: fc.nat(900), ttl: fc.nat(50) }),
      fc.record({ do: fc.constantFrom('get' as const, 'delete' as const), key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(30) }),
    )
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const clock = createFakeClock()
      const store = cache(4000, '', clock)
      const model = new Map<string, { size: number; ends: number }>()
      for (const one of steps) {
        if (one.do === 'wait') clock.advance(one.ms)
        else if (one.do === 'set') {
          store.set(one.key, bytes(one.size), one.ttl)
          model.set(one.key, { size: one.size, ends: clock.monotonic() + one.ttl })
        } else if (one.do === 'delete') {
          store.delete(one.key)
          model.delete(one.key)
        }
        let total = 0
        for (const key of 'abcdef') {
          const value = store.get(key) as Uint8Array | undefined
          if (!value) continue
          total += value.length + 256 + 2
          expect(value).toHaveLength(model.get(key)!.size)
          expect(model.get(key)!.ends).toBeGreaterThan(clock.monotonic())
        }
        expect(total).toBeLessThanOrEqual(4000)
      }
    }))
  })
})

it('a namespace keeps two caches of the same names apart from their keys', () => {
  const store = cache(4000, 'team:')
  store.set('a', bytes(1), 1000)
  expect(store.get('a')).toHaveLength(1)
  expect(store.get('team:a')).toBeUndefined()
})

it.each(['host', 'similarity_threshold', 'supported_call_types', 'max_size'])('`%s`, which means nothing here, is refused by name', (key) => {
  const { issues } = v.safeParse(memoryConfig, { [key]: 'x' })
  expect(issues?.map((issue) => v.getDotPath(issue))).toEqual([key])
})
