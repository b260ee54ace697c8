import { execFileSync } from 'node:child_process'
import { createTestHost, describeCache } from '@tianjillm/test-kit'
import { type OwnServer, ownCluster, ownSentinel, ownServer } from '@tianjillm/redis-kit/test-servers'
import { Redis } from 'ioredis'
import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { type SearchServer, searchServer } from './__fixtures__/search-server.ts'
import { redisConfig } from './config.ts'
import { redisPlugin } from './plugin.ts'

const URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const namespace = `test-${crypto.randomUUID()}`
const unreachable = { host: '127.0.0.1', port: 1, password: 'sk-test-secret' }
const noSearch = { similar: 'this Redis has no vector search' }
const hasSearch = execFileSync('redis-cli', ['-u', URL, 'command', 'info', 'ft.search']).toString().includes('ft.search')
if (!hasSearch) console.warn('The Redis of this machine has no vector search: similar entries are tested against what Redis documents of it.')

// A store whose own clock runs, and that is somebody else's too.
describeCache({ plugin: redisPlugin, config: { url: URL, namespace }, time: 'real', unreachable, similar: true, skip: hasSearch ? {} : noSearch })

describe('with vector search', async () => {
  const search: SearchServer = await searchServer(URL)
  afterAll(() => search[Symbol.asyncDispose]())

  describeCache({ plugin: redisPlugin, config: { url: search.url, namespace: `${namespace}-search` }, time: 'real', similar: true })

  it('the commands are those that Redis documents', async () => {
    const cache = await create({ url: search.url, namespace: `${namespace}-words`, redis_semantic_cache_index_name: 'mine' })
    search.asked.length = 0
    const vector = new Float32Array([1, 0, 0])
    await cache.similar!.set({ partition: 'p', key: 'k', vector, value: Buffer.from('v') }, 1000)
    await cache.similar!.set({ partition: 'p', key: 'k', vector, value: Buffer.from('v') }, 1000)
    await cache.similar!.nearest('p', vector)
    const partition = '148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940'
    expect(search.asked).toEqual([
      ['FT.CREATE', 'mine:3', 'ON', 'HASH', 'PREFIX', '1', `${namespace}-words:cache:s:`, 'SCHEMA', 'partition', 'TAG', 'vector', 'VECTOR', 'FLAT', '6', 'TYPE', 'FLOAT32', 'DIM', '3', 'DISTANCE_METRIC', 'COSINE'],
      ['FT.SEARCH', 'mine:3', `(@partition:{${partition}})=>[KNN 1 @vector $vector AS distance]`, 'PARAMS', '2', 'vector', '<bytes>', 'RETURN', '3', 'distance', 'key', 'value', 'LIMIT', '0', '1', 'DIALECT', '2'],
    ])
    await cache.clear()
    await cache.close!()
  })

  it('an index that somebody dropped is made again', async () => {
    const cache = await create({ url: search.url, namespace: `${namespace}-dropped` })
    const entry = { partition: 'p', key: 'k', vector: new Float32Array([1, 0]), value: Buffer.from('v') }
    await cache.similar!.set(entry, 10_000)
    search.dropIndexes()
    expect(await cache.similar!.nearest('p', entry.vector)).toBeUndefined()
    await cache.similar!.set(entry, 10_000)
    expect(await cache.similar!.nearest('p', entry.vector)).toMatchObject({ key: 'k', similarity: 1 })
    await cache.clear()
    await cache.close!()
  })
})

it.skipIf(hasSearch)('without vector search nothing similar is found, which is said once, and the rest goes on', async () => {
  const host = createTestHost()
  const cache = await create({ url: URL, namespace }, host)
  const vector = new Float32Array([1, 0])
  await cache.similar!.set({ partition: 'p', key: 'k', vector, value: Buffer.from('v') }, 1000)
  expect([await cache.similar!.nearest('p', vector), await cache.similar!.nearest('p', vector)]).toEqual([undefined, undefined])
  await cache.set('a', Buffer.from('1'), 1000)
  expect(await cache.get('a')).toEqual(Buffer.from('1'))
  expect(host.entries.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([expect.stringContaining('no vector search')])
  await cache.clear()
  await cache.close!()
})

describe('clear', () => {
  it('leaves what is not the cache\'s, and takes all that is', async () => {
    const other = new Redis(URL)
    const cache = await create({ url: URL, namespace: `${namespace}-[a]*` .replaceAll(/[^\w.:-]/g, '_') })
    const name = `${namespace}-_a__`
    const strangers = [`${name}:limits`, `{${name}:limits}:c:1`, `${name}:caches:a:x`, `${name}x:cache:a:x`]
    for (const key of strangers) await other.set(key, '1', 'PX', 60_000)
    for (let i = 0; i < 1200; i += 1) void cache.set(`k${i}`, Buffer.from('v'), 60_000)
    await cache.set('last', Buffer.from('v'), 60_000)
    await cache.clear()
    expect(await other.keys(`${name}:cache:*`)).toEqual([])
    expect(await other.exists(...strangers)).toBe(strangers.length)
    await other.unlink(...strangers)
    other.disconnect()
    await cache.close!()
  })
})

describe.each([['a Cluster', ownCluster, 'redis_startup_nodes'], ['Sentinels', ownSentinel, 'sentinel_nodes']] as const)('on %s', async (_name, own, key) => {
  const { address, stop } = await own()
  afterAll(stop)
  const nodes = address.cluster ?? address.sentinels!
  const config = { [key]: key === 'sentinel_nodes' ? nodes.map(({ host, port }) => [host, port]) : JSON.stringify(nodes.map(({ host, port }) => ({ host, port: String(port) }))), ...(address.sentinelName && { service_name: address.sentinelName }) }
  describeCache({ plugin: redisPlugin, config, time: 'real', similar: true, skip: noSearch })
})

describe('a server with a password', async () => {
  const server: OwnServer = await ownServer()
  afterAll(() => server.stop())
  const admin = new Redis({ port: server.port })
  await admin.config('SET', 'requirepass', 'sk-test-secret')
  admin.disconnect()

  it('is reached, tells of itself, and its password is in nothing', async () => {
    const host = createTestHost()
    const cache = await create({ host: '127.0.0.1', port: String(server.port), password: 'sk-test-secret', db: '2', ssl: 'False' }, host)
    await cache.set('a', Buffer.from('1'), 1000)
    const info = await cache.info!()
    expect(info).toMatchObject({ clients: [{ name: 'tianjillm:cache', db: '2' }], facts: { redis_version: expect.stringMatching(/^\d/) as string, db2: expect.any(String) as string } })
    expect(JSON.stringify(info) + host.logText()).not.toContain('sk-test-secret')
    await cache.close!()
    const wrong = await create({ host: '127.0.0.1', port: server.port, password: 'wrong-secret' }, host)
    const error: unknown = await Promise.resolve(wrong.get('a')).catch((caught: unknown) => caught)
    expect(String(error) + host.logText()).not.toContain('wrong-secret')
    expect(error).toBeInstanceOf(Error)
    await wrong.close!()
  })
})

describe('the config', () => {
  const issues = (config: object): string[] => v.safeParse(redisConfig, config).issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`) ?? []
  it.each([
    [{}, 'names no Redis'], [{ host: 'h', port: 'x' }, 'port: must be a whole number'], [{ host: 'h', ssl: 'maybe' }, 'ssl: must be true or false'], [{ url: 'http://h' }, 'url: must be a URL'],
    [{ redis_startup_nodes: '{' }, 'redis_startup_nodes: must be a list of nodes'], [{ redis_startup_nodes: [{ host: 'h' }] }, 'must be a list of nodes'], [{ host: 'h', namespace: '' }, 'namespace: must be'],
  ])('%j: %s', (config, message) => expect(issues(config).join('\n')).toContain(message))
})

async function create(config: object, host = createTestHost()) {
  return redisPlugin.create(v.parse(redisConfig, config), host)
}
