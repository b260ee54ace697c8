import { systemClock } from '@tianjillm/core'
import { amount, limitRules } from '@tianjillm/limits/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRedisLimitStore, type RedisLimitStore } from './index.ts'
import { connected, type TestRedis, testRedis } from './test/redis.ts'

const GRACE_MS = 150
const budget = limitRules({ maxBudget: 100 })
let redis: TestRedis
let stores: RedisLimitStore[]
let ledger: number

beforeEach(async () => {
  redis = await testRedis()
  stores = []
  ledger = 0
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close(AbortSignal.timeout(500))))
  await redis.close()
})

async function open(): Promise<RedisLimitStore> {
  const connection = redis.connect()
  const store = createRedisLimitStore({ redis: connection, clock: systemClock, log: redis.log, graceMs: GRACE_MS, spent: async () => ledger })
  stores.push(store)
  await connected(connection)
  expect(await store.ready(2000)).toBe(true)
  return store
}
const spent = async (store: RedisLimitStore): Promise<readonly number[]> => (await store.read(budget)).flatMap(({ used, held }) => [used, held])
const owner = { scope: budget[0]!.scope, id: budget[0]!.owner }

it('what a killed replica wrote down and never told is counted for all, after its entries came into the ledger', async () => {
  const [store, other] = [await open(), await open()]
  expect((await store.reserve({ id: 'in-flight', rules: budget, estimate: amount(20) })).ok).toBe(true)
  ledger = 70
  await other.recount([owner])
  // Nobody spends what is not known; what is in flight stays held.
  await expect(store.reserve({ id: 'too-early', rules: budget, estimate: amount(1) })).rejects.toMatchObject({ code: 'limits_unavailable' })
  await expect.poll(() => spent(store), { interval: 20 }).toEqual([70, 20])
  expect((await other.reserve({ id: 'too-much', rules: budget, estimate: amount(11) })).ok).toBe(false)
  ledger = 85
  await store.settle('in-flight', amount(15))
  await expect.poll(() => spent(other), { interval: 20 }).toEqual([85, 0])
})

it('budgets of others go on', async () => {
  const store = await open()
  const others = limitRules({ maxBudget: 100 }, 'other')
  await store.settle(await reserved(store, others), amount(5))
  await store.recount([owner, { scope: 'team', id: others[0]!.owner }])
  expect((await store.reserve({ id: 'b', rules: others, estimate: amount(1) })).ok).toBe(true)
})

async function reserved(store: RedisLimitStore, rules: typeof budget): Promise<string> {
  expect((await store.reserve({ id: 'a', rules, estimate: amount(5) })).ok).toBe(true)
  return 'a'
}
