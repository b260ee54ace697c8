import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
})

describe.runIf(server)('two replicas on one PostgreSQL', () => {
  let upstream: FakeUpstream
  let one: RunningProxy
  let two: RunningProxy

  const start = (args: readonly string[] = []): Promise<RunningProxy> => startProxy({ database: server!.url, config: oneModel(upstream.url), args })
  const post = async (proxy: RunningProxy, path: string, body: object): Promise<Record<string, string>> => {
    const reply = await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })
    expect(reply.status).toBe(200)
    return (await reply.json()) as Record<string, string>
  }
  const ask = async (proxy: RunningProxy, key: string, more: object = {}): Promise<number> => {
    const reply = await proxy.fetch(CHAT, { ...chatBody(more), headers: { authorization: `Bearer ${key}` } })
    await reply.text()
    return reply.status
  }
  /** Within a second. */
  const soon = (proxy: RunningProxy, key: string, status: number): Promise<void> => expect.poll(() => ask(proxy, key), { timeout: 1000, interval: 5 }).toBe(status)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    ;[one, two] = await Promise.all([start(), start()])
  })
  afterAll(async () => {
    for (const proxy of [one, two]) await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  it('a key made in one works in the other at once, also where it was just unknown', async () => {
    const key = 'sk-chosen-before-it-was-made'
    expect(await ask(two, key)).toBe(401)
    await post(one, '/key/generate', { key })
    await soon(two, key, 200)
  })

  it('block, limits, regeneration and deletion in one count in the other within a second', async () => {
    const { key } = await post(one, '/key/generate', {}) as { key: string }
    expect(await ask(two, key)).toBe(200)
    await post(one, '/key/block', { key })
    await soon(two, key, 401)
    await post(two, '/key/unblock', { key })
    await soon(one, key, 200)
    await post(two, '/key/update', { key, rpm_limit: 0 })
    await soon(one, key, 429)
    await post(two, '/key/update', { key, rpm_limit: null })
    await soon(one, key, 200)
    const { key: next } = await post(one, '/key/regenerate', { key }) as { key: string }
    await soon(two, key, 401)
    expect(await ask(two, next)).toBe(200)
    await post(two, '/key/delete', { keys: [next] })
    await soon(one, next, 401)
  })

  it('what stops a team or a user stops their keys in the other', async () => {
    const { team_id: team } = await post(one, '/team/new', {})
    const { key } = await post(one, '/key/generate', { team_id: team }) as { key: string }
    const { key: userKey, user_id: user } = await post(one, '/user/new', {}) as { key: string; user_id: string }
    expect([await ask(two, key), await ask(two, userKey)]).toEqual([200, 200])
    await post(one, '/team/block', { team_id: team })
    await post(one, '/user/update', { user_id: user, blocked: true })
    await soon(two, key, 401)
    await soon(two, userKey, 401)
  })

  it('several workers serve the routes for keys, and know them all', async () => {
    await using workers = await start(['--workers', '2'])
    const { key } = await post(workers, '/key/generate', {}) as { key: string }
    // New connections go to the workers in turn.
    for (let i = 0; i < 6; i += 1) expect((await workers.fetch('/v1/models', { headers: { authorization: `Bearer ${key}`, connection: 'close' } })).status).toBe(200)
    await post(one, '/key/delete', { keys: [key] })
    await expect.poll(async () => (await Promise.all([1, 2, 3, 4].map(() => workers.fetch('/v1/models', { headers: { authorization: `Bearer ${key}`, connection: 'close' } })))).map(({ status }) => status), { timeout: 1000 }).toEqual([401, 401, 401, 401])
  })
})
