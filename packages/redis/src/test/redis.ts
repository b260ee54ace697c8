import { isCluster, type RedisAddress } from '@tianjillm/redis-kit'
import { connectRedis, type RedisConnection } from '../connection.ts'
import { testLog, type TestLog } from './log.ts'

/** The Redis of this machine (`TEST_REDIS_URL`, default: local). */
export const localRedis: RedisAddress = { url: process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379' }

/** Names of its own on a Redis that others use too. */
export interface TestRedis {
  readonly address: RedisAddress
  readonly namespace: string
  readonly log: TestLog
  connect(): RedisConnection
  /** Forgets all keys under the namespace. */
  clear(): Promise<void>
  close(): Promise<void>
}

export async function testRedis(address: RedisAddress = localRedis): Promise<TestRedis> {
  const namespace = `test-${crypto.randomUUID()}`
  const log = testLog()
  const opened: RedisConnection[] = []
  const connect = (): RedisConnection => {
    const connection = connectRedis({ ...address, namespace, log })
    opened.push(connection)
    return connection
  }
  const own = connect()
  await connected(own)
  const clear = async (): Promise<void> => {
    if (own.client.status !== 'ready') return
    const nodes = isCluster(own.client) ? own.client.nodes('master') : [own.client]
    const found = (await Promise.all(nodes.map((node) => node.keys(`{${namespace}:*`)))).flat()
    if (found.length > 0) await own.client.unlink(...found)
  }
  return {
    address, namespace, log, connect, clear,
    async close() {
      await clear().catch(() => undefined)
      for (const each of opened) each.close()
    },
  }
}

/** Resolves when the connection takes commands. */
export async function connected({ client }: RedisConnection): Promise<void> {
  if (client.status !== 'ready') await new Promise<void>((resolve) => client.once('ready', () => resolve()))
}
