import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRedisClient, Readiness, type RedisAddress, type RedisClient } from './index.ts'
import { type OwnServer, ownCluster, ownSentinel, ownServer } from './test-servers.ts'

const opened: RedisClient[] = []
const whenReady = (client: RedisClient): Promise<void> | undefined => new Readiness(client).wait()
const connect = (address: RedisAddress, onError: (error: Error) => void = () => {}): RedisClient => {
  const client = createRedisClient(address, { name: 'test', onError })
  opened.push(client)
  return client
}
afterAll(() => opened.forEach((client) => client.disconnect()))

describe('a client', () => {
  let server: OwnServer
  beforeAll(async () => {
    server = await ownServer()
    const admin = connect({ port: server.port })
    await whenReady(admin)
    await admin.config('SET', 'requirepass', 'secret')
  })
  afterAll(() => server.stop())

  it('takes commands when it is ready, by URL or by parts', async () => {
    for (const address of [{ url: `redis://:secret@127.0.0.1:${server.port}/1` }, { host: '127.0.0.1', port: server.port, password: 'secret', db: 1 }]) {
      const client = connect(address)
      await whenReady(client)
      expect([await client.ping(), whenReady(client)]).toEqual(['PONG', undefined])
    }
  })

  it('says that it cannot be ready, and does not queue', async () => {
    const client = connect({ host: '127.0.0.1', port: 1 })
    const readiness = new Readiness(client)
    const waits = Array.from({ length: 20 }, () => readiness.wait())
    for (const wait of waits) await expect(wait).rejects.toThrow('cannot be reached')
    await expect(client.ping()).rejects.toThrow('enableOfflineQueue')
    readiness.close()
    await expect(readiness.wait()).rejects.toThrow('was closed')
  })

  it('tells what failed, and not the password', async () => {
    const told = new Promise<Error>((resolve) => connect({ host: '127.0.0.1', port: server.port, password: 'wrong-secret' }, resolve))
    expect(inspect(await told, { depth: 9, showHidden: true })).toMatch(/^(?=.*WRONGPASS)(?!.*wrong-secret)/s)
  })
})

it.each([['a Cluster', ownCluster], ['Sentinels', ownSentinel]])('finds its way through %s', async (_name, own) => {
  const { address, stop } = await own()
  try {
    const client = connect(address)
    await whenReady(client)
    await client.set('a', '1')
    expect(await client.get('a')).toBe('1')
  } finally {
    opened.pop()?.disconnect()
    await stop()
  }
})
