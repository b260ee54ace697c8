import { createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { settingRecord } from './checks.ts'
import { type ConfigurationDirectory, type ConfigurationSnapshot, createMemoryConfiguration, createMirror } from './index.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

function bench(directory: ConfigurationDirectory) {
  const applied: ConfigurationSnapshot[] = []
  const clock = createFakeClock()
  const mirror = createMirror({ directory, clock, log, apply: (snapshot) => Promise.resolve(void applied.push(snapshot)) })
  return { applied, clock, mirror }
}

describe('mirror', () => {
  it('begins with what is there, oldest first, and follows every change', async () => {
    const directory = createMemoryConfiguration()
    for (const id of ['a', 'b']) await directory.settings.insert(settingRecord({ id }))
    const { mirror, applied } = bench(directory)
    await mirror.applied()
    expect([mirror.loaded, [...mirror.snapshot.settings.keys()]]).toEqual([true, ['a', 'b']])
    await directory.settings.insert(settingRecord({ id: 'c', value: 1 }))
    await mirror.applied()
    expect([...applied.at(-1)!.settings.keys()]).toEqual(['a', 'b', 'c'])
    await directory.settings.delete('a')
    await directory.settings.update(settingRecord({ id: 'c', value: 2, version: 2 }))
    await mirror.applied()
    expect([...mirror.snapshot.settings].map(([id, { value }]) => [id, value])).toEqual([['b', null], ['c', 2]])
    mirror.close()
    await directory.settings.delete('b')
    await mirror.applied()
    expect(mirror.snapshot.settings.has('b')).toBe(true)
  })

  it('changes that come while others are put into effect are not lost', async () => {
    const directory = createMemoryConfiguration()
    const { mirror, applied } = bench(directory)
    await Promise.all(Array.from({ length: 50 }, (_, i) => directory.settings.insert(settingRecord({ id: String(i) }))))
    await mirror.applied()
    expect(mirror.snapshot.settings.size).toBe(50)
    expect(applied.at(-1)!.settings.size).toBe(50)
  })

  it('reads everything anew when anything may have changed, also while it puts something into effect', async () => {
    const memory = createMemoryConfiguration()
    let tell: (change: { readonly kind: 'all' }) => void = () => {}
    let lists = 0
    const settings = { ...memory.settings, list: (page: Parameters<typeof memory.settings.list>[0]) => { lists += 1; return memory.settings.list(page) } }
    const { mirror } = bench({ ...memory, settings, subscribe: (listener) => { tell = listener; return () => {} } })
    await mirror.applied()
    for (let i = 0; i < 20; i += 1) {
      const before = lists
      tell({ kind: 'all' })
      for (let turns = 0; turns < i; turns += 1) await Promise.resolve()
      tell({ kind: 'all' })
      await memory.settings.insert(settingRecord({ id: `late ${i}` }))
      tell({ kind: 'all' })
      await mirror.applied()
      expect(lists).toBeGreaterThan(before)
      expect(mirror.snapshot.settings.has(`late ${i}`)).toBe(true)
    }
  })

  it('keeps the last snapshot while the records are out of reach, and reads all again a second later', async () => {
    const memory = createMemoryConfiguration()
    let away = false
    const list: typeof memory.settings.list = (page) => (away ? Promise.reject(new Error('away')) : memory.settings.list(page))
    const get: typeof memory.settings.get = (id) => (away ? Promise.reject(new Error('away')) : memory.settings.get(id))
    const { mirror, clock, applied } = bench({ ...memory, settings: { ...memory.settings, list, get } })
    await mirror.applied()
    away = true
    await memory.settings.insert(settingRecord({ id: 'a' }))
    await mirror.applied()
    expect([mirror.snapshot.settings.size, applied.length]).toEqual([0, 1])
    away = false
    clock.advance(1000)
    await mirror.applied()
    expect([mirror.snapshot.settings.size, applied.length]).toEqual([1, 2])
  })
})
