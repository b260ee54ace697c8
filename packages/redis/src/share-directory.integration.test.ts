import { createMemoryDirectory, type DirectoryChange } from '@tianjillm/auth'
import { systemClock } from '@tianjillm/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connected, type TestRedis, testRedis } from './test/redis.ts'
import { type SharedDirectory, shareDirectory } from './share-directory.ts'

let redis: TestRedis
const opened: SharedDirectory[] = []
beforeAll(async () => void (redis = await testRedis()))
afterAll(async () => {
  for (const each of opened) each.close()
  await redis.close()
})

/** A replica, and what its listeners heard. */
async function replica(tickMs = 60_000): Promise<{ directory: SharedDirectory; heard: DirectoryChange[] }> {
  const connection = redis.connect()
  await connected(connection)
  const heard: DirectoryChange[] = []
  const directory = shareDirectory(createMemoryDirectory(), { redis: connection, clock: systemClock, log: redis.log, tickMs })
  directory.subscribe((change) => heard.push(change))
  opened.push(directory)
  await expect.poll(() => heard).toEqual([{ kind: 'all' }])
  heard.length = 0
  return { directory, heard }
}
const team = (id: string) => ({ id, version: 1, createdAt: 0, members: [] }) as never

it('a change here is told here before its write resolves, and in the others once', async () => {
  const [one, two, three] = [await replica(), await replica(), await replica()]
  const change = { kind: 'team', id: 't1' } as const
  await one.directory.teams.insert(team('t1'))
  expect(one.heard).toEqual([change])
  await expect.poll(() => [two.heard, three.heard]).toEqual([[change], [change]])
  await two.directory.teams.insert(team('t2'))
  await expect.poll(() => [one.heard.length, three.heard.length]).toEqual([2, 2])
  expect([one.heard, two.heard, three.heard].map((heard) => heard.length)).toEqual([2, 2, 2])
})

it('after a break of the connection anything may have changed', async () => {
  const [one, two] = [await replica(), await replica()]
  const killer = redis.connect()
  await connected(killer)
  const list = await killer.client.call('CLIENT', 'LIST', 'TYPE', 'pubsub') as string
  const mine = list.split('\n').filter((line) => line.includes(`name=${redis.namespace}:changes`)).map((line) => /id=(\d+)/.exec(line)![1]!)
  for (const id of mine) await killer.client.call('CLIENT', 'KILL', 'ID', id)
  await expect.poll(() => [one.heard, two.heard]).toEqual([[{ kind: 'all' }], [{ kind: 'all' }]])
  await one.directory.teams.insert(team('t3'))
  await expect.poll(() => two.heard.at(-1)).toEqual({ kind: 'team', id: 't3' })
})

it('a message that got lost is noticed at the next sign of life', async () => {
  const [, two] = [await replica(20), await replica()]
  const liar = redis.connect()
  await connected(liar)
  const say = (message: object): Promise<unknown> => liar.client.publish(`${redis.namespace}:directory`, JSON.stringify(message))
  two.heard.length = 0
  await say({ from: 'x', number: 1 })
  await say({ from: 'x', number: 2, change: { kind: 'user', id: 'u' } })
  await say({ from: 'x', number: 4 })
  await say('nonsense' as never)
  await expect.poll(() => two.heard).toEqual([{ kind: 'user', id: 'u' }, { kind: 'all' }])
})
