import { systemClock } from '@tianjillm/core'
import { ownServer } from '@tianjillm/redis-kit/test-servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectRedis } from './connection.ts'
import { shareFindings, type SharedFindings } from './share-findings.ts'
import { connected, type TestRedis, testRedis } from './test/redis.ts'

let redis: TestRedis
const opened: SharedFindings<string>[] = []
beforeAll(async () => void (redis = await testRedis()))
afterAll(async () => {
  for (const each of opened) each.close()
  await redis.close()
})

async function replica(name: string): Promise<SharedFindings<string>> {
  const connection = redis.connect()
  await connected(connection)
  const shared = shareFindings<string>({ redis: connection, clock: systemClock, log: redis.log, name })
  opened.push(shared)
  return shared
}

it('one leads while it comes in time, and what it found is heard', async () => {
  const [one, two] = [await replica('look'), await replica('look')]
  expect([await one.lead(60_000), await two.lead(60_000), await one.lead(60_000)]).toEqual([true, false, true])
  expect(await two.hear()).toEqual([])
  await one.tell(['a', 'b'], 60_000)
  expect(await two.hear()).toEqual(['a', 'b'])
  expect(await (await replica('other')).lead(60_000)).toBe(true)
})

it('the next one leads when the leader does not come again', async () => {
  const [one, two] = [await replica('gone'), await replica('gone')]
  expect(await one.lead(20)).toBe(true)
  await expect.poll(() => two.lead(20)).toBe(true)
})

it('nobody can tell while Redis is away, and nothing is an error', async () => {
  const server = await ownServer()
  const connection = connectRedis({ url: `redis://127.0.0.1:${server.port}`, log: redis.log, namespace: 'away' })
  await connected(connection)
  const shared = shareFindings<string>({ redis: connection, clock: systemClock, log: redis.log, name: 'look' })
  await server.signal('SIGKILL')
  await expect.poll(() => connection.client.status).not.toBe('ready')
  expect([await shared.lead(1000), await shared.hear()]).toEqual([undefined, []])
  await shared.tell(['a'], 1000)
  shared.close()
  connection.close()
  await server.stop()
})
