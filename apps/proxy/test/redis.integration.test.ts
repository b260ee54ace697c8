import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
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

  it.each([3, 1])('LL#34732: 500 concurrent requests on a budget for 20 over %i proxies never spend more than it', async (count) => {
    const used = proxies.slice(0, count)
    const keys = await teamOn(used, { max_budget: COST * 20 })
    const replies = await Promise.all(Array.from({ length: 500 }, (_, i) => ask(used[i % count]!, keys[i % count]!)))
    const served = replies.filter(({ status }) => status === 200).length
    expect(served).toBeGreaterThan(0)
    expect(served).toBeLessThanOrEqual(20)
    expect(upstream.requests).toHaveLength(served)
    const refused = replies.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]))
    expect(new Set(await Promise.all(refused.map(codeOf)))).toEqual(new Set(['budget_exceeded']))
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
    await using doomed = await startProxy({ config: config(), env: { REDIS_URL, REDIS_NAMESPACE: namespace } })
    const before = new Set(await client.keys(`{${namespace}:limits}:live:*`))
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
    const lives = await Promise.all([...before].map(async (key) => ({ key, left: await client.pttl(key) })))
    await client.del(lives.toSorted((a, b) => b.left - a.left)[0]!.key)
    expect((await ask(proxies[0]!, one!)).status).toBe(200)
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
