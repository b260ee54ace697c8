import { isGatewayError, systemClock } from '@tianjillm/core'
import type { LimitStore, Reserved } from '@tianjillm/limits'
import { amount, limitRules } from '@tianjillm/limits/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRedisLimitStore, type RedisLimitStore, type RedisLimitStoreOptions } from './index.ts'
import { connected, type TestRedis, testRedis } from './test/redis.ts'
import { type OwnServer, ownServer } from '@tianjillm/redis-kit/test-servers'

const budget = limitRules({ maxBudget: 100 })
const rates = limitRules({ rpmLimit: 3, maxParallelRequests: 2 })
let server: OwnServer
let redis: TestRedis
let stores: RedisLimitStore[]
let made = 0

beforeEach(async () => {
  server = await ownServer()
  redis = await testRedis({ host: '127.0.0.1', port: server.port })
  stores = []
})
afterEach(async () => {
  await server.signal('SIGCONT')
  await Promise.all(stores.map((store) => store.close(AbortSignal.timeout(200))))
  await redis.close()
  await server.stop()
})

async function open(options: Partial<RedisLimitStoreOptions> = {}): Promise<RedisLimitStore> {
  const connection = redis.connect()
  const store = createRedisLimitStore({ redis: connection, clock: systemClock, log: redis.log, graceMs: 300, ...options })
  stores.push(store)
  await connected(connection)
  expect(await store.ready(2000)).toBe(true)
  return store
}
const reserve = async (store: LimitStore, rules = budget, cost = 0): Promise<Reserved & { id: string }> => {
  const id = `call-${(made += 1)}`
  return { id, ...await store.reserve({ id, rules, estimate: amount(cost) }) }
}
const shared = (store: RedisLimitStore): Promise<void> => expect.poll(() => store.state(), { timeout: 5000, interval: 5 }).toBe('shared')
const alone = (store: RedisLimitStore): Promise<void> => expect.poll(() => store.state(), { timeout: 5000, interval: 5 }).toBe('alone')
const used = async (store: LimitStore, rules = budget): Promise<(readonly [number, number])[]> => (await store.read(rules)).map((state) => [state.used, state.held] as const)
const warnings = (): string[] => redis.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)

describe('Redis away', () => {
  it('a hard budget is refused with 503 and Retry-After, rates are counted in this process, and it is logged once', async () => {
    const store = await open()
    await server.signal('SIGKILL')
    await alone(store)
    for (let i = 0; i < 3; i += 1) {
      await expect(reserve(store)).rejects.toMatchObject({ code: 'limits_unavailable', status: 503, retryAfter: 1, message: expect.stringMatching(/^The budget of key "k" cannot be checked/) })
    }
    const calls = [await reserve(store, rates), await reserve(store, rates), await reserve(store, rates)]
    expect(calls.map(({ ok }) => ok)).toEqual([true, true, false])
    await store.settle(calls[0]!.id, amount(0))
    expect([(await reserve(store, rates)).ok, (await reserve(store, limitRules({}))).ok]).toEqual([true, true])
    expect(warnings()).toEqual(['Redis does not answer: until it does, calls with a hard budget are refused, rates are counted in this process'])
    await server.start()
    await shared(store)
    expect((await reserve(store)).ok).toBe(true)
  })

  it('LL#40040: `open` counts budgets in this process, and brings what was spent when Redis is back', async () => {
    const store = await open({ whenUnavailable: 'open' })
    await store.settle((await reserve(store, budget, 30)).id, amount(30))
    await server.signal('SIGSTOP')
    await reserve(store, budget, 1).catch(() => undefined)
    const here = await reserve(store, budget, 40)
    expect(here).toMatchObject({ ok: true, states: [{ used: 0, limit: 100 }] })
    expect(store.settledUpTo()).toBe(Number.POSITIVE_INFINITY)
    const before = systemClock.monotonic()
    const settled = store.settle(here.id, amount(40))
    expect(store.settledUpTo()).toBeGreaterThanOrEqual(before)
    expect(store.settledUpTo()).toBeLessThanOrEqual(systemClock.monotonic())
    await server.signal('SIGCONT')
    await shared(store)
    await settled
    expect(store.settledUpTo()).toBe(Number.POSITIVE_INFINITY)
    await expect.poll(() => used(store), { timeout: 2000, interval: 10 }).toEqual([[70, 0]])
  })

  it('a slow Redis costs one deadline, not one for each request', async () => {
    const store = await open({ deadlineMs: 100 })
    await server.signal('SIGSTOP')
    const began = performance.now()
    const first = await Promise.allSettled(Array.from({ length: 50 }, () => reserve(store)))
    expect(first.every(({ status }) => status === 'rejected')).toBe(true)
    expect(performance.now() - began).toBeLessThan(1000)
    const later = performance.now()
    for (let i = 0; i < 200; i += 1) await expect(reserve(store)).rejects.toSatisfy(isGatewayError)
    expect(performance.now() - later).toBeLessThan(100)
    await server.signal('SIGCONT')
    await shared(store)
    // What Redis granted after nobody waited any more was given back.
    await expect.poll(() => used(store), { timeout: 2000, interval: 10 }).toEqual([[0, 0]])
    expect(store.stats()).toMatchObject({ held: 0, waiting: 0 })
  })

  it('a process that was busy elsewhere does not take its own slowness for Redis\'s', async () => {
    const store = await open({ deadlineMs: 50 })
    const asked = reserve(store, budget, 10)
    for (let i = 0; i < 3; i += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await asked).ok).toBe(true)
    expect(store.state()).toBe('shared')
  })

  it('LL#30460: settlements wait in their order and are counted once, whatever became of those under way', async () => {
    const store = await open()
    const calls = await Promise.all(Array.from({ length: 20 }, () => reserve(store, budget, 5)))
    expect(await used(store)).toEqual([[0, 100]])
    await server.signal('SIGSTOP')
    // Some are written to a connection that answers no more, some come after.
    const settled = calls.slice(0, 10).map(({ id }) => store.settle(id, amount(3)))
    await expect(reserve(store)).rejects.toThrow('cannot be checked')
    settled.push(...calls.slice(10).map(({ id }) => store.settle(id, amount(3))))
    await server.signal('SIGCONT')
    await shared(store)
    await Promise.all(settled)
    expect(await used(store)).toEqual([[60, 0]])
  })

  it('a connection that breaks with settlements under way: counted once', async () => {
    const store = await open()
    const calls = await Promise.all(Array.from({ length: 20 }, () => reserve(store, budget, 5)))
    const settled = calls.map(({ id }) => store.settle(id, amount(3)))
    const breaker = redis.connect()
    await connected(breaker)
    await breaker.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await Promise.all(settled)
    await shared(store)
    await expect.poll(() => used(store).catch(() => []), { timeout: 2000, interval: 10 }).toEqual([[60, 0]])
  })

  it('what is held stays held over a break of the connection, and once', async () => {
    const [one, two] = [await open(), await open()]
    const tight = limitRules({ maxBudget: 100, maxParallelRequests: 2 })
    const call = await reserve(one, tight, 60)
    for (let i = 0; i < 3; i += 1) {
      const breaker = redis.connect()
      await connected(breaker)
      await breaker.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      await alone(one)
      await Promise.all([shared(one), shared(two)])
      expect(await used(two, tight)).toEqual([[1, 0], [0, 60]])
    }
    await one.settle(call.id, amount(10))
    expect(await used(two, tight)).toEqual([[0, 0], [10, 0]])
  })
})

describe('Redis loses its data', () => {
  /** A ledger that replicas write to with a delay. */
  function ledgers() {
    let stored = 0
    const replica = () => {
      let buffered = 0
      return {
        append: (cost: number) => void (buffered += cost),
        spent: () => Promise.resolve(stored),
        flushed: () => {
          stored += buffered
          buffered = 0
          return Promise.resolve()
        },
      }
    }
    return { replicas: [replica(), replica()] as const, sum: () => stored }
  }
  const call = async (store: LimitStore, ledger: { append: (cost: number) => void }, cost: number): Promise<void> => {
    const { id } = await reserve(store, budget, cost)
    void store.settle(id, amount(cost))
    ledger.append(cost)
  }

  it('budgets are not given back: what was spent comes from the ledger, what is held from every replica', async () => {
    const { replicas: [a, b], sum } = ledgers()
    const [one, two] = [await open(a), await open(b)]
    await call(one, a, 30)
    await a.flushed()
    await call(two, b, 20)
    const open1 = await reserve(one, budget, 10)
    const open2 = await reserve(two, budget, 5)
    expect(await used(one)).toEqual([[50, 15]])
    await server.signal('SIGKILL')
    // Ends while Redis is away: on its way to the ledger, and not counted twice.
    const ended = two.settle(open2.id, amount(4))
    b.append(4)
    await server.start()
    await Promise.all([shared(one), shared(two)])
    // Closed until every replica had the time to come back.
    await expect(reserve(one, budget, 1)).rejects.toMatchObject({ code: 'limits_unavailable', retryAfter: 2 })
    await ended
    await expect.poll(() => used(one).catch(() => []), { timeout: 3000, interval: 20 }).toEqual([[54, 10]])
    expect(await reserve(two, budget, 37)).toMatchObject({ ok: false, refused: { used: 54, held: 10 } })
    await one.settle(open1.id, amount(8))
    a.append(8)
    expect(await used(two)).toEqual([[62, 0]])
    await Promise.all([a.flushed(), b.flushed()])
    expect(sum()).toBe(62)
    expect(warnings().filter((line) => line.startsWith('Redis forgot'))).toHaveLength(2)
  })

  it('calls under way never make it count less than the ledger, whenever Redis restarts', async () => {
    const { replicas: [a, b], sum } = ledgers()
    const [one, two] = [await open(a), await open(b)]
    const huge = limitRules({ maxBudget: 1_000_000_000 })
    const flusher = setInterval(() => void Promise.all([a.flushed(), b.flushed()]), 50)
    const until = performance.now() + 1500
    const worker = async (store: LimitStore, ledger: { append: (cost: number) => void }): Promise<void> => {
      while (performance.now() < until) {
        const reserved = await reserve(store, huge, 10).catch(() => undefined)
        await new Promise((resolve) => setImmediate(resolve))
        if (!reserved) continue
        void store.settle(reserved.id, amount(7))
        ledger.append(7)
      }
    }
    const workers = Promise.all([worker(one, a), worker(one, a), worker(two, b), worker(two, b)])
    for (let i = 0; i < 2; i += 1) {
      await expect.poll(() => sum(), { timeout: 2000 }).toBeGreaterThan(i * 500)
      await server.signal('SIGKILL')
      await server.start()
    }
    await workers
    clearInterval(flusher)
    await Promise.all([a.flushed(), b.flushed(), shared(one), shared(two)])
    await expect.poll(() => one.stats().waiting + two.stats().waiting, { timeout: 3000 }).toBe(0)
    await expect.poll(() => used(one, huge).then(([first]) => first![1], () => -1), { timeout: 3000, interval: 20 }).toBe(0)
    const [[counted]] = await used(one, huge) as [[number, number]]
    expect(counted).toBeGreaterThanOrEqual(sum())
    // At most what was under way in the moment of each restart is counted twice.
    expect(counted).toBeLessThanOrEqual(sum() + 2 * 4 * 7)
  })
})

describe('a replica that dies', () => {
  it('its calls in flight and what they held end with its lease', async () => {
    const [dead, alive] = [await open(), await open()]
    const tight = limitRules({ maxBudget: 100, maxParallelRequests: 1 })
    await reserve(dead, tight, 100)
    expect(await reserve(alive, tight, 1)).toMatchObject({ ok: false, refused: { rule: { counted: 'parallel' } } })
    // Killed: nobody beats for it any more, and Redis lets its sign of life run out.
    redis.log.lines.length = 0
    const { client } = redis.connect()
    await new Promise<void>((resolve) => client.once('ready', () => resolve()))
    const lives = await client.keys('*:live:*')
    const held = await Promise.all(lives.map(async (key) => [key, (await client.hgetall(`{${redis.namespace}:limits}:c:key:k:budget:total`))[`@${key.split(':live:')[1]}:${await client.get(key)}`]] as const))
    await client.del(held.find(([, amount]) => amount === '100')![0])
    expect((await reserve(alive, tight, 100)).ok).toBe(true)
  })

  it('one that was only asleep joins again with what it holds', async () => {
    const [sleepy, other] = [await open({ replicaLeaseMs: 120 }), await open()]
    const tight = limitRules({ maxParallelRequests: 2 })
    const call = await reserve(sleepy, tight)
    const { client } = redis.connect()
    await new Promise<void>((resolve) => client.once('ready', () => resolve()))
    for (const key of await client.keys('*:live:*')) if (await client.pttl(key) < 1000) await client.del(key)
    await shared(sleepy)
    await expect.poll(async () => (await used(other, tight))[0], { timeout: 2000, interval: 10 }).toEqual([1, 0])
    await sleepy.settle(call.id, amount(0))
    expect((await used(other, tight))[0]).toEqual([0, 0])
  })
})
