import { limitChecks } from '@tianjillm/limits/contract'
import { createFakeClock } from '@tianjillm/test-kit'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createRedisLimitStore, type RedisLimitStore } from './index.ts'
import { connected, testRedis } from './test/redis.ts'

const redis = await testRedis()
afterEach(() => redis.clear())
afterAll(() => redis.close())

describe('limits in Redis', () => {
  it.each(limitChecks)('$name', async ({ run }) => {
    const clock = createFakeClock(Date.parse('2026-06-10T12:00:00Z'))
    const connections = [redis.connect(), redis.connect(), redis.connect()]
    await Promise.all(connections.map(connected))
    const stores: RedisLimitStore[] = []
    // Stores are opened in the middle of a check: each waits for its joining as a caller would, by asking again.
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
