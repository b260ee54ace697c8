import { mkdtempSync } from 'node:fs'
import { readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cache } from '@tianjillm/core'
import { createFakeClock, createTestHost, describeCache, type FakeClock } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { diskConfig } from './config.ts'
import { diskPlugin } from './plugin.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'disk-cache-'))

describeCache({ plugin: diskPlugin, config: { disk_cache_dir: folder() }, unreachable: { disk_cache_dir: '/dev/null/cache' } })

const HOUR = 3_600_000
const text = (found: Uint8Array | undefined): string | undefined => found && Buffer.from(found).toString()
async function create(dir: string, more: object = {}, clock: FakeClock = createFakeClock()): Promise<Cache> {
  return diskPlugin.create(v.parse(diskConfig, { disk_cache_dir: dir, ...more }), createTestHost({ clock }))
}
/** Paths of the entries, without those of a write under way. */
async function files(dir: string): Promise<string[]> {
  return (await readdir(dir, { recursive: true })).filter((path) => /[0-9a-f]{64}$/.test(path)).map((path) => join(dir, path))
}

describe('a restart', () => {
  it('keeps what is there, and its time', async () => {
    const [dir, clock] = [folder(), createFakeClock()]
    const first = await create(dir, {}, clock)
    await first.set('a', Buffer.from('1'), 1000)
    await first.set('b', Buffer.from('2'), HOUR)
    await first.close!()
    clock.advance(1000)
    const second = await create(dir, {}, clock)
    expect([text(await second.get('a')), text(await second.get('b'))]).toEqual([undefined, '2'])
  })

  it('takes out what is over by then, and counts the rest', async () => {
    const [dir, clock] = [folder(), createFakeClock()]
    const first = await create(dir, { max_bytes: 10 * 8192 }, clock)
    await first.set('over', Buffer.alloc(5000), 1000)
    for (let i = 0; i < 9; i += 1) await first.set(`k${i}`, Buffer.alloc(5000), HOUR + i)
    await first.close!()
    clock.advance(1000)
    const second = await create(dir, { max_bytes: 10 * 8192 }, clock)
    await second.set('x', Buffer.alloc(5000), HOUR)
    await second.close!()
    expect(await files(dir)).toHaveLength(10)
    const third = await create(dir, { max_bytes: 8 * 8192 }, clock)
    await third.set('y', Buffer.alloc(5000), HOUR)
    await third.close!()
    expect((await files(dir)).length).toBeLessThanOrEqual(8)
    expect(await third.get('y')).toHaveLength(5000)
  })
})

describe('a file that is not as it was written', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['cut', (path) => truncate(path, 60)], ['empty', (path) => truncate(path, 0)], ['changed', async (path) => writeFile(path, (await readFile(path, 'utf8')).replace('value', 'other'))],
    ['another\'s', (path) => writeFile(path, 'something else')], ['of another key', async (path) => writeFile(path, (await readFile(path, 'utf8')).replace('"key":"a"', '"key":"b"'))],
  ])('%s is nothing, and leaves', async (_how, spoil) => {
    const dir = folder()
    const cache = await create(dir)
    await cache.set('a', Buffer.from('value'), HOUR)
    await spoil((await files(dir))[0]!)
    expect(await cache.get('a')).toBeUndefined()
    expect(await files(dir)).toEqual([])
    await cache.set('a', Buffer.from('new'), HOUR)
    expect(text(await cache.get('a'))).toBe('new')
  })

  it('what a crash left half-written is never read, and leaves in time', async () => {
    const dir = folder()
    const cache = await create(dir)
    await cache.set('a', Buffer.from('1'), HOUR)
    const unfinished = join(dir, 'answers', `${crypto.randomUUID()}.tmp`)
    await writeFile(unfinished, 'half')
    await utimes(unfinished, 1, 1)
    expect(text(await (await create(dir)).get('a'))).toBe('1')
  })
})

it('is bounded by bytes; what was not used longest leaves, and what is too large never comes', async () => {
  const dir = folder()
  const cache = await create(dir, { max_bytes: 16 * 4096 })
  for (let i = 0; i < 16; i += 1) await cache.set(`k${i}`, Buffer.alloc(3000), HOUR)
  await cache.get('k0')
  await cache.set('new', Buffer.alloc(3000), HOUR)
  await cache.close!()
  expect([await cache.get('k1'), (await cache.get('k0'))?.length, (await cache.get('new'))?.length]).toEqual([undefined, 3000, 3000])
  await cache.set('k0', Buffer.alloc(5 * 4096), HOUR)
  expect(await cache.get('k0')).toBeUndefined()
})

it('clear leaves what is not the cache\'s, and other namespaces', async () => {
  const dir = folder()
  const [cache, other] = [await create(dir), await create(dir, { namespace: 'other' })]
  for (const each of [cache, other]) await each.set('a', Buffer.from('1'), HOUR)
  await writeFile(join(dir, 'notes.txt'), 'mine')
  await writeFile(join(dir, 'answers', 'notes.txt'), 'mine')
  await cache.clear()
  expect([await cache.get('a'), text(await other.get('a')), (await stat(join(dir, 'answers', 'notes.txt'))).size, (await stat(join(dir, 'notes.txt'))).size]).toEqual([undefined, '1', 4, 4])
})

it('files are for the user alone', async () => {
  const dir = join(folder(), 'made')
  const cache = await create(dir)
  await cache.set('a', Buffer.from('1'), HOUR)
  const [file] = await files(dir)
  expect([(await stat(file!)).mode & 0o777, (await stat(join(dir, 'answers'))).mode & 0o777]).toEqual([0o600, 0o700])
})

it('what is asked for at the same time is done in its order', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ key: fc.constantFrom('a', 'b'), do: fc.constantFrom('set', 'delete') }), { maxLength: 12 }), async (steps) => {
    const cache = await create(folder())
    const model = new Map<string, string>()
    const running = steps.map(({ key, do: what }, i) => {
      if (what === 'set') model.set(key, String(i))
      else model.delete(key)
      return what === 'set' ? cache.set(key, Buffer.from(String(i)), HOUR) : cache.delete(key)
    })
    await Promise.all(running)
    for (const key of ['a', 'b']) expect(text(await cache.get(key))).toBe(model.get(key))
  }), { numRuns: 40 })
})
