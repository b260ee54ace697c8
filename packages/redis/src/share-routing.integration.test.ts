import { type Clock, systemClock } from '@tianjillm/core'
import { createRouter, createRoutingState, defaultCooldown, type RoutedDeployment, type Router, type RoutingState } from '@tianjillm/router'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectRedis } from './connection.ts'
import { type SharedRouting, shareRouting } from './share-routing.ts'
import { testLog } from './test/log.ts'
import { ownCluster, ownServer } from '@tianjillm/redis-kit/test-servers'
import { connected, type TestRedis, testRedis } from './test/redis.ts'

let redis: TestRedis
const opened: SharedRouting[] = []
beforeAll(async () => void (redis = await testRedis()))
afterAll(async () => {
  for (const each of opened) each.close()
  await redis.close()
})

interface Replica {
  readonly state: RoutingState
  readonly router: Router<RoutedDeployment>
  fails(id: string, retryAfterMs: number): void
  uses(id: string, requests: number, tokens: number): void
}

function replicaOf(share: SharedRouting, limits: Partial<RoutedDeployment> = {}, clock: Clock = systemClock): Replica {
  opened.push(share)
  const state = createRoutingState({ clock, cooldown: defaultCooldown, share })
  const deployments = ['a', 'b', 'c'].map((id): RoutedDeployment => ({ id, modelName: 'm', model: 'up', ...limits }))
  return {
    state, router: createRouter({ deployments, state, preCallChecks: true }),
    fails(id, retryAfterMs) {
      state.began(id)
      state.ended(id, { ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs } })
    },
    uses(id, requests, tokens) {
      for (let i = 0; i < requests; i += 1) {
        state.began(id)
        state.ended(id, { ok: true, inputTokens: i === 0 ? tokens : 0 })
      }
    },
  }
}

async function replica(limits: Partial<RoutedDeployment> = {}, clock: Clock = systemClock): Promise<Replica> {
  const connection = redis.connect()
  await connected(connection)
  return replicaOf(shareRouting({ redis: connection, clock, log: redis.log, tickMs: 20 }), limits, clock)
}

const restLeft = ({ state }: Replica, id: string): number => (state.snapshot(id).until ?? 0) - systemClock.now()

describe('rests', () => {
  it('are heard by the other replicas, for as long as they were told, and by one that starts later', async () => {
    const [one, two] = [await replica(), await replica()]
    one.fails('a', 30_000)
    expect(one.state.snapshot('a').state).toBe('open')
    await expect.poll(() => two.state.snapshot('a').state).toBe('open')
    expect(restLeft(two, 'a')).toBeGreaterThan(29_000)
    expect(two.router.choose(two.router.group('m')!, { stream: false }).skipped).toEqual([{ id: 'a', reason: 'cooldown' }])
    const three = await replica()
    await expect.poll(() => three.state.snapshot('a').state).toBe('open')
    expect(restLeft(three, 'a')).toBeGreaterThan(25_000)
  })

  it('a shorter one from elsewhere shortens nothing', async () => {
    const [one, two] = [await replica(), await replica()]
    one.fails('b', 40_000)
    await expect.poll(() => two.state.snapshot('b').state).toBe('open')
    one.fails('c', 5_000)
    const liar = redis.connect()
    await connected(liar)
    await liar.client.publish(`${redis.namespace}:routing`, JSON.stringify({ from: 'x', id: 'b', ms: 1 }))
    for (const nonsense of ['x', '{}', '{"from":"x","id":"b","ms":-5}', '{"from":"x","id":7,"ms":5}', 'null']) await liar.client.publish(`${redis.namespace}:routing`, nonsense)
    await liar.client.publish(`${redis.namespace}:routing`, JSON.stringify({ from: 'x', id: 'c', ms: 50_000 }))
    await expect.poll(() => restLeft(two, 'c')).toBeGreaterThan(40_000)
    expect(restLeft(two, 'b')).toBeGreaterThan(35_000)
  })
})

describe('use', () => {
  it('of deployments with limits is counted together within a moment', async () => {
    const limits = { rpm: 10, tpm: 1000 }
    // One minute without end: the test is not to meet the turn of a real one.
    const clock: Clock = { ...systemClock, now: () => 1_700_000_000_000 }
    const [one, two, three] = [await replica(limits, clock), await replica(limits, clock), await replica(limits, clock)]
    one.uses('a', 4, 300)
    two.uses('a', 5, 100)
    await expect.poll(() => [one, two, three].map(({ state }) => state.snapshot('a'))).toMatchObject([{ rpmUsed: 9, tpmUsed: 400 }, { rpmUsed: 9, tpmUsed: 400 }, { rpmUsed: 9, tpmUsed: 400 }])
    three.uses('a', 1, 0)
    await expect.poll(() => one.router.choose(one.router.group('m')!, { stream: false }).skipped).toContainEqual({ id: 'a', reason: 'over_limit' })
  })
})

describe('on a Cluster', () => {
  it('rests and use are shared all the same', async () => {
    const cluster = await ownCluster()
    const log = testLog()
    const connections = [0, 1].map(() => connectRedis({ ...cluster.address, log, namespace: 'shared' }))
    try {
      for (const connection of connections) await connected(connection)
      const clock: Clock = { ...systemClock, now: () => 1_700_000_000_000 }
      const [one, two] = connections.map((connection) => replicaOf(shareRouting({ redis: connection, clock, log, tickMs: 20 }), { rpm: 100 }, clock)) as [Replica, Replica]
      await expect.poll(() => {
        one.fails('a', 60_000)
        return two.state.snapshot('a').state
      }, { timeout: 5000 }).toBe('open')
      one.uses('b', 4, 0)
      await expect.poll(() => two.state.snapshot('b').rpmUsed).toBe(4)
    } finally {
      for (const each of opened) each.close()
      for (const connection of connections) connection.close()
      await cluster.stop()
    }
  }, 30_000)
})

describe('while Redis is away', () => {
  it('each goes by what it sees, nothing is an error, and what was found meanwhile is told afterwards', async () => {
    const server = await ownServer()
    const log = testLog()
    const connections = [0, 1].map(() => connectRedis({ url: `redis://127.0.0.1:${server.port}`, log, namespace: 'away' }))
    try {
      for (const connection of connections) await connected(connection)
      const [one, two] = connections.map((connection) => replicaOf(shareRouting({ redis: connection, clock: systemClock, log, tickMs: 20 }), { rpm: 100 })) as [Replica, Replica]
      await server.signal('SIGKILL')
      await expect.poll(() => connections.map(({ client }) => client.status)).not.toContain('ready')
      one.fails('a', 60_000)
      one.uses('b', 3, 0)
      expect(one.state.snapshot('a').state).toBe('open')
      expect(one.router.choose(one.router.group('m')!, { stream: false }).candidate).toBeDefined()
      expect(two.state.snapshot('a').state).toBe('closed')
      await server.start()
      await expect.poll(() => two.state.snapshot('a').state, { timeout: 5000 }).toBe('open')
      expect(restLeft(two, 'a')).toBeGreaterThan(50_000)
    } finally {
      for (const each of opened) each.close()
      for (const connection of connections) connection.close()
      await server.stop()
    }
  })
})
