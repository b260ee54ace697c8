import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { ownServer } from '@tianjillm/redis-kit/test-servers'
import { createDatabase } from '@tianjillm/storage/testing'
import postgres from 'postgres'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** A call costs 10 x 1e-6 + 5 x 2e-6 USD. */
const COST = 0.00002
const REDIS_URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

let upstream: FakeUpstream
beforeAll(async () => void (upstream = await createFakeUpstream()))
afterAll(() => upstream.close())
beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

const config = (more: object = {}): object => oneModel(upstream.url, { params: { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }, config: more })
const post = async (proxy: RunningProxy, path: string, body: object): Promise<Record<string, string>> => (await (await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })).json()) as never
const ask = (proxy: RunningProxy, key: string, more: object = {}): Promise<Response> => proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5, ...more }), headers: { authorization: `Bearer ${key}` } })
const codeOf = async (reply: Response): Promise<string> => ((await reply.json()) as { error: { type: string } }).error.type
const readiness = async (proxy: RunningProxy): Promise<Record<string, unknown>> => (await (await proxy.fetch('/health/readiness')).json()) as never

/** A team that every proxy knows by the same id, and a key of it for each. */
async function teamOn(proxies: readonly RunningProxy[], team: object): Promise<string[]> {
  const team_id = crypto.randomUUID()
  return Promise.all(proxies.map(async (proxy) => {
    await post(proxy, '/team/new', { team_id, team_alias: 'crew', ...team })
    return (await post(proxy, '/key/generate', { team_id }))['key']!
  }))
}

describe('replicas that share a Redis', () => {
  const namespace = `test-${crypto.randomUUID()}`
  const client = new Redis(REDIS_URL)
  let proxies: RunningProxy[]

  beforeAll(async () => {
    const env = { REDIS_URL, REDIS_NAMESPACE: namespace }
    proxies = await Promise.all([0, 1, 2].map(() => startProxy({ config: config(), env })))
  })
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy[Symbol.asyncDispose]()))
    const keys = await client.keys(`{${namespace}:limits}*`)
    if (keys.length > 0) await client.unlink(...keys)
    client.disconnect()
  })

  it('answers without a stated length are held to what all of them left of the budget', async () => {
    upstream.reset().on(CHAT, (response, call) => {
      const most = (call.json as { max_completion_tokens: number }).max_completion_tokens
      return answer.json(completion('word', { usage: { prompt_tokens: 9, completion_tokens: most, total_tokens: 9 + most } }))(response, call)
    })
    const keys = await teamOn(proxies, { max_budget: 0.02 })
    const replies = await Promise.all(Array.from({ length: 60 }, (_, i) => ask(proxies[i % 3]!, keys[i % 3]!, { max_tokens: undefined })))
    const held = replies.filter(({ status }) => status === 200).map(({ headers }) => Number(headers.get('x-tianjillm-max-output-tokens')))
    expect(held.length).toBeGreaterThan(1)
    expect(held.reduce((sum, tokens) => sum + tokens * 0.000002 + 9 * 0.000001, 0)).toBeLessThanOrEqual(0.02)
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 429]))
  })

  it.each([3, 1])('LL#34732: 500 concurrent requests on a budget for 20 over %i proxies never spend more than it', async (count) => {
    const used = proxies.slice(0, count)
    const keys = await teamOn(used, { max_budget: COST * 20 })
    const replies = await Promise.all(Array.from({ length: 500 }, (_, i) => ask(used[i % count]!, keys[i % count]!)))
    const served = replies.filter(({ status }) => status === 200).length
    expect(served).toBeGreaterThan(0)
    expect(served).toBeLessThanOrEqual(20)
    expect(upstream.requests).toHaveLength(served)
    const refused = replies.filter(({ status }) => status !== 200)
    expect(new Set(await Promise.all(refused.map(async (reply) => `${reply.status} ${await codeOf(reply)}`)))).toEqual(new Set(['429 budget_exceeded']))
    // What was held came back: the rest of the budget can be used, and then no more.
    let more = 0
    while ((await ask(used[more % count]!, keys[more % count]!)).status === 200) more += 1
    expect(served + more).toBeLessThanOrEqual(20)
    expect(served + more).toBeGreaterThanOrEqual(18)
  })

  it('LL#27736: requests a minute are counted together', async () => {
    while (Date.now() % 60_000 > 55_000) await readiness(proxies[0]!)
    const [one, two] = await teamOn(proxies, { rpm_limit: 4 })
    const statuses: number[] = []
    for (let i = 0; i < 6; i += 1) statuses.push((await ask(proxies[i % 2]!, [one!, two!][i % 2]!)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
  })

  it('a deployment that fails in one rests in all, and in one that starts later', async () => {
    const failing = await createFakeUpstream()
    failing.otherwise(answer.error(429, undefined, { 'retry-after': '60' }))
    upstream.reset().otherwise(answer.json(completion('hi')))
    const of = (id: string, url: string): object => ({ model_name: 'gpt', litellm_params: { model: 'openai/up', api_key: 'sk-u', api_base: `${url}/v1`, order: id === 'failing' ? 1 : 2 }, model_info: { id } })
    const own = { config: { model_list: [of('failing', failing.url), of('well', upstream.url)] }, env: { REDIS_URL, REDIS_NAMESPACE: `${namespace}-rests` } }
    const idOf = async (proxy: RunningProxy): Promise<string | null> => (await proxy.fetch(CHAT, chatBody())).headers.get('x-litellm-model-id')
    const [one, two] = await Promise.all([startProxy(own), startProxy(own)])
    try {
      expect(await idOf(one)).toBe('well')
      expect(failing.requests).toHaveLength(1)
      // What was told is there before the next call, or a moment later; then nobody asks the one that rests.
      await expect.poll(async () => {
        const before = failing.requests.length
        return [await idOf(two), await idOf(one), failing.requests.length - before]
      }).toEqual(['well', 'well', 0])
      await using late = await startProxy(own)
      const before = failing.requests.length
      await expect.poll(async () => (await late.fetch(CHAT, chatBody())).status).toBe(200)
      expect(failing.requests.length - before).toBe(0)
    } finally {
      await Promise.all([one, two].map((proxy) => proxy[Symbol.asyncDispose]()))
      await failing.close()
    }
  })

  it('what one proxy spent, the others tell', async () => {
    const keys = await teamOn(proxies, { max_budget: 1 })
    const { team_id } = ((await (await proxies[0]!.fetch(`/key/info?key=${keys[0]}`)).json()) as { info: { team_id: string } }).info
    for (let i = 0; i < 3; i += 1) expect((await ask(proxies[i]!, keys[i]!)).status).toBe(200)
    const spend = async (): Promise<number> => ((await (await proxies[2]!.fetch(`/team/info?team_id=${team_id}`)).json()) as { team_info: { spend: number } }).team_info.spend
    await expect.poll(spend).toBeCloseTo(COST * 3, 12)
  })

  it('tells in /health/readiness', async () => {
    expect(await readiness(proxies[0]!)).toMatchObject({ status: 'healthy', limits: 'shared', redis: 'connected', settlements_waiting: 0 })
  })

  it('a proxy that is killed with calls in flight: its places are free when its sign of life has run out', async () => {
    const lives = (): Promise<string[]> => client.keys(`{${namespace}:limits}:live:*`)
    const others = new Set(await lives())
    await using doomed = await startProxy({ config: config(), env: { REDIS_URL, REDIS_NAMESPACE: namespace } })
    const [its] = (await lives()).filter((key) => !others.has(key))
    const [one, two] = await teamOn([proxies[0]!, doomed], { max_parallel_requests: 1, max_budget: COST * 2 })
    upstream.reset().on(CHAT, answer.hang())
    const lost = ask(doomed, two!).catch(() => undefined)
    await expect.poll(() => upstream.requests.length).toBe(1)
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    expect((await ask(proxies[0]!, one!)).status).toBe(429)
    doomed.process.kill('SIGKILL')
    await lost
    expect((await ask(proxies[0]!, one!)).status).toBe(429)
    // It lives a minute on; here, it ends at once.
    await client.del(its!)
    expect((await ask(proxies[0]!, one!)).status).toBe(200)
  })
})

describe('replicas that share a database and a Redis', async () => {
  const database = await createDatabase()
  const namespace = `test-${crypto.randomUUID()}`
  const client = new Redis(REDIS_URL)
  let proxies: RunningProxy[]

  beforeAll(async () => {
    if (!database) return
    // One after the other: the first brings the schema.
    proxies = []
    for (let i = 0; i < 3; i += 1) proxies.push(await startProxy({ config: config(), database: database.url, env: { REDIS_URL, REDIS_NAMESPACE: namespace } }))
    await vi.waitFor(async () => {
      const states = await Promise.all(proxies.map(readiness))
      if (states.some(({ db }) => db !== 'connected')) throw new Error('not yet')
    }, { timeout: 20_000 })
  })
  afterAll(async () => {
    await Promise.all((proxies ?? []).map((proxy) => proxy[Symbol.asyncDispose]()))
    await forget()
    client.disconnect()
    await database?.drop()
  })
  /** What a Redis without persistence does when it restarts. */
  const forget = async (): Promise<void> => {
    const keys = await client.keys(`{${namespace}:limits}*`)
    if (keys.length > 0) await client.unlink(...keys)
  }
  const spendOf = async (proxy: RunningProxy, key: string): Promise<number> => ((await (await proxy.fetch(`/key/info?key=${key}`)).json()) as { info: { spend: number } }).info.spend

  it.runIf(database)('LL#34732: 500 concurrent requests on a key with a budget for 20 over three proxies never spend more than it', async () => {
    const key = (await post(proxies[0]!, '/key/generate', { max_budget: COST * 20 }))['key']!
    const replies = await Promise.all(Array.from({ length: 500 }, (_, i) => ask(proxies[i % 3]!, key)))
    const served = replies.filter(({ status }) => status === 200).length
    expect(served).toBeGreaterThan(0)
    expect(served).toBeLessThanOrEqual(20)
    const refused = replies.filter(({ status }) => status !== 200)
    expect(new Set(await Promise.all(refused.map(async (reply) => `${reply.status} ${await codeOf(reply)}`)))).toEqual(new Set(['429 budget_exceeded']))
    await expect.poll(() => spendOf(proxies[2]!, key)).toBeCloseTo(COST * served, 12)
  })

  it.runIf(database)('Redis forgets everything: what was spent is not given back, and nobody needs to restart', async () => {
    const key = (await post(proxies[0]!, '/key/generate', { max_budget: COST * 6 }))['key']!
    for (let i = 0; i < 5; i += 1) expect((await ask(proxies[i % 3]!, key, { max_tokens: 1 })).status).toBe(200)
    await forget()
    // The first that is asked notices; for a moment nobody knows what is left.
    await expect.poll(async () => (await ask(proxies[0]!, key, { max_tokens: 50 })).status, { timeout: 10_000 }).toBe(429)
    await expect.poll(() => spendOf(proxies[1]!, key), { timeout: 10_000 }).toBeCloseTo(COST * 5, 12)
    let more = 0
    for (let i = 0; i < 6; i += 1) {
      await expect.poll(async () => (await readiness(proxies[i % 3]!))['limits'], { timeout: 10_000 }).toBe('shared')
      const { status } = await ask(proxies[i % 3]!, key, { max_tokens: 1 })
      if (status === 200) more += 1
    }
    expect(more).toBeLessThanOrEqual(1)
  })

  it.runIf(database)('a key that one proxy blocks is refused by the others', async () => {
    const key = (await post(proxies[0]!, '/key/generate', {}))['key']!
    expect((await Promise.all(proxies.map((proxy) => ask(proxy, key)))).map(({ status }) => status)).toEqual([200, 200, 200])
    await post(proxies[0]!, '/key/block', { key })
    await expect.poll(async () => (await Promise.all(proxies.map((proxy) => ask(proxy, key)))).map(({ status }) => status), { timeout: 1000, interval: 20 }).toEqual([401, 401, 401])
  })
})

describe('Redis away', () => {
  const startRedis = async (port: number): Promise<() => Promise<void>> => {
    const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--requirepass', 'very-secret'], { stdio: 'ignore' })
    const probe = new Redis({ port, password: 'very-secret', retryStrategy: () => 5, maxRetriesPerRequest: null })
    probe.on('error', () => undefined)
    await probe.ping()
    probe.disconnect()
    return async () => {
      const ended = once(server, 'close')
      server.kill('SIGKILL')
      await ended
    }
  }
  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    await once(server, 'close')
    return port
  }

  /** A way to a Redis that can be cut, with Redis alive: nothing that was sent arrives later. */
  const wayTo = (to: number, port: number) => {
    const sockets = new Set<Socket>()
    const server = createServer((near) => {
      const far = connect(to, '127.0.0.1')
      for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined))
      near.pipe(far).pipe(near)
    })
    return {
      port,
      async open() {
        await once(server.listen(port, '127.0.0.1'), 'listening')
      },
      async cut() {
        const closed = once(server, 'close')
        server.close()
        for (const socket of sockets) socket.destroy()
        sockets.clear()
        await closed
      },
    }
  }

  it('hard budgets are refused with 503, other limits go on in the process, and nobody becomes an admin', async () => {
    const port = await freePort()
    let stop = await startRedis(port)
    await using proxy = await startProxy({ config: config({ router_settings: { redis_host: '127.0.0.1', redis_port: port, redis_password: 'very-secret' } }) })
    const budgeted = (await post(proxy, '/key/generate', { max_budget: 1 }))['key']!
    const rated = (await post(proxy, '/key/generate', { rpm_limit: 50 }))['key']!
    const free = (await post(proxy, '/key/generate', {}))['key']!
    expect([(await ask(proxy, budgeted)).status, (await ask(proxy, rated)).status]).toEqual([200, 200])
    await stop()
    await proxy.logged(({ msg }) => String(msg).startsWith('Redis does not answer'))
    const refused = await ask(proxy, budgeted)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(((await refused.json()) as { error: { code: string; message: string } }).error).toMatchObject({ code: 'limits_unavailable', message: expect.stringContaining('cannot be checked at the moment') })
    expect([(await ask(proxy, rated)).status, (await ask(proxy, free)).status]).toEqual([200, 200])
    expect((await proxy.fetch('/key/generate', { method: 'POST', body: '{}', headers: { authorization: `Bearer ${budgeted}` } })).status).toBe(403)
    expect(await readiness(proxy)).toMatchObject({ status: 'healthy', limits: 'alone', redis: 'Not connected' })
    stop = await startRedis(port)
    await proxy.logged(({ msg }) => msg === 'Redis forgot the limits that replicas share: budgets are taken from the ledger again')
    await expect.poll(async () => (await ask(proxy, budgeted)).status, { timeout: 5000 }).toBe(200)
    expect(proxy.output).not.toContain('very-secret')
    await stop()
  })

  it('a proxy is killed while Redis is away and its calls are in the database: the next one has their budgets asked for again', async ({ skip }) => {
    const database = await createDatabase()
    if (!database) return skip('no PostgreSQL server')
    const server = await ownServer()
    const way = wayTo(server.port, await freePort())
    await way.open()
    const sql = postgres(database.url, { max: 1 })
    try {
      const settings = {
        config: config({ general_settings: { limits_when_unavailable: 'open' } }), database: database.url, dataDir: mkdtempSync(join(tmpdir(), 'tianjillm-killed-')),
        env: { REDIS_URL: `redis://127.0.0.1:${way.port}` },
      }
      const doomed = await startProxy(settings)
      const key = (await post(doomed, '/key/generate', { max_budget: 1 }))['key']!
      expect((await ask(doomed, key)).status).toBe(200)
      const rows = async (): Promise<number> => (await sql<{ count: number }[]>`select count(*)::int as count from spend_log`)[0]!.count
      await expect.poll(rows, { timeout: 5000 }).toBe(1)
      await way.cut()
      await doomed.logged(({ msg }) => String(msg).startsWith('Redis does not answer'))
      expect([(await ask(doomed, key)).status, (await ask(doomed, key)).status]).toEqual([200, 200])
      await expect.poll(rows, { timeout: 5000 }).toBe(3)
      doomed.process.kill('SIGKILL')
      await doomed.exited
      await way.open()
      await using next = await startProxy(settings)
      await next.logged(({ msg }) => String(msg).startsWith('calls of a process that was killed came into the ledger'))
      const spend = async (): Promise<number> => ((await (await next.fetch(`/key/info?key=${key}`)).json()) as { info: { spend: number } }).info.spend
      await expect.poll(spend, { timeout: 5000 }).toBeCloseTo(COST * 3, 12)
      expect(await rows()).toBe(3)
    } finally {
      await sql.end()
      await way.cut()
      await server.stop()
      await database.drop()
    }
  })

  it('LL#30684: starts without it, and says so; open lets budgets pass', async () => {
    await using proxy = await startProxy({ config: config({ general_settings: { limits_when_unavailable: 'open' } }), env: { REDIS_URL: `redis://me:very-secret@127.0.0.1:${await freePort()}` } })
    await proxy.logged(({ msg }) => String(msg).startsWith('Redis does not answer'))
    const key = (await post(proxy, '/key/generate', { max_budget: COST * 2 }))['key']!
    expect((await ask(proxy, key)).status).toBe(200)
    expect(proxy.output).not.toContain('very-secret')
  })

  it('settings that cannot be read are told at start, without their secrets', async () => {
    const env = { REDIS_URL: 'http://:very-secret@localhost', REDIS_CLUSTER_NODES: '' }
    await expect(startProxy({ config: config(), env })).rejects.toThrow(/REDIS_URL: must be a URL such as(?!.*very-secret)/s)
    await expect(startProxy({ config: config(), env: { REDIS_SENTINEL_NODES: '[["a"]]' } })).rejects.toThrow('REDIS_SENTINEL_NODES: must be a JSON list of nodes')
  })
})

it('several workers without Redis: the start says that limits are not shared', async () => {
  await using proxy = await startProxy({ config: config(), args: ['--workers', '2'] })
  expect(await proxy.logged(({ msg }) => String(msg).startsWith('limits are not shared: each of 2 workers'))).toMatchObject({ workers: 2 })
})
