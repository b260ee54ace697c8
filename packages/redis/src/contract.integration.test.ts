import { limitChecks } from '@tianjillm/limits/contract'
import { createFakeClock } from '@tianjillm/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RedisAddress } from '@tianjillm/redis-kit'
import { createRedisLimitStore, type RedisLimitStore } from './index.ts'
import { ownCluster, ownSentinel } from '@tianjillm/redis-kit/test-servers'
import { connected, localRedis, type TestRedis, testRedis } from './test/redis.ts'

const kinds: readonly { readonly kind: string; start(): Promise<{ readonly address: RedisAddress; stop(): Promise<void> }> }[] = [
  { kind: 'one Redis', start: () => Promise.resolve({ address: localRedis, stop: () => Promise.resolve() }) },
  { kind: 'a Cluster', start: ownCluster },
  { kind: 'a Redis that a Sentinel names', start: ownSentinel },
]

describe.each(kinds)('limits in $kind', ({ start }) => {
  let redis: TestRedis
  let stop: () => Promise<void>
  beforeAll(async () => {
    const server = await start()
    stop = server.stop
    redis = await testRedis(server.address)
  })
  afterEach(() => redis.clear())
  afterAll(async () => {
    await redis.close()
    await stop()
  })

  it.each(limitChecks)('$name', async ({ run }) => {
    const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
    const connections = [redis.connect(), redis.connect(), redis.connect()]
    await Promise.all(connections.map(connected))
    const stores: RedisLimitStore[] = []
    // Stores are opened in the middle of a check: the first question waits until they have joined.
    const open = (options = {}): RedisLimitStore => {
      const store = createRedisLimitStore({ redis: connections[stores.length]!, clock, log: redis.log, ...options })
      stores.push(store)
      const reserve = store.reserve.bind(store)
      const read = store.read.bind(store)
      return Object.assign(store, {
        reserve: (reservation: Parameters<typeof reserve>[0]) => (store.state() === 'shared' ? reserve(reservation) : store.ready(1).then(() => reserve(reservation))),
        read: (rules: Parameters<typeof read>[0]) => store.ready(1).then(() => read(rules)),
      })
    }
    await expect(run({ clock, open })).resolves.toBeUndefined()
    await Promise.all(stores.map((store) => store.close(AbortSignal.timeout(1000))))
    connections.forEach((each) => each.close())
  })
})
