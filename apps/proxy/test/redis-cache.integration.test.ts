import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { type OwnServer, ownServer } from '@tianjillm/redis-kit/test-servers'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { MASTER_KEY, type RunningProxy, runCli, startProxy, writeConfig } from './start-proxy.ts'

let upstream: FakeUpstream
let server: OwnServer
beforeAll(async () => {
  upstream = await createFakeUpstream()
  server = await ownServer()
})
afterAll(async () => {
  await server.stop()
  await upstream.close()
})
beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

const config = (params: object = {}): object => oneModel(upstream.url, { params: { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }, config: { litellm_settings: { cache: true, cache_params: { type: 'redis', host: '127.0.0.1', port: String(server.port), ...params } } } })
let n = 0
const fresh = (): string => `question ${(n += 1)}`
const ask = (proxy: RunningProxy, text: string, more: object = {}): Promise<Response> => proxy.fetch(CHAT, chatBody({ messages: [{ role: 'user', content: text }], ...more }))
/** `True`, `False`, or null where the cache has no part in it. */
const hit = async (proxy: RunningProxy, text: string, more: object = {}): Promise<string | null> => {
  const reply = await ask(proxy, text, more)
  expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining('hi')])
  return reply.headers.get('x-litellm-cache-hit')
}
const post = (proxy: RunningProxy, path: string, body: object = {}): Promise<Response> => proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })

describe('replicas with one Redis', () => {
  it('share answers, also streamed ones, and a restart keeps them', async () => {
    const text = fresh()
    {
      await using one = await startProxy({ config: config() })
      await using two = await startProxy({ config: config() })
      expect([await hit(one, text), await hit(two, text), await hit(two, text, { stream: true })]).toEqual(['False', 'True', 'True'])
    }
    await using three = await startProxy({ config: config() })
    expect(await hit(three, text)).toBe('True')
    expect(upstream.requests).toHaveLength(1)
  })

  it('keep them as long as the config says, for this store or for all', async () => {
    const redis = new Redis({ port: server.port })
    for (const [namespace, params, seconds] of [['ttl-all', { ttl: 77 }, 77], ['ttl-own', { ttl: 77, default_in_redis_ttl: 55, default_in_memory_ttl: 5 }, 55]] as const) {
      await using proxy = await startProxy({ config: config({ namespace, ...params }) })
      expect(await hit(proxy, fresh())).toBe('False')
      expect(await hit(proxy, `question ${n}`)).toBe('True')
      const [key] = await redis.keys(`${namespace}:cache:a:*`)
      const left = await redis.pttl(key!)
      expect(left > (seconds - 5) * 1000 && left <= seconds * 1000, `${left}`).toBe(true)
    }
    redis.disconnect()
  })

  it('do not share them with a replica of another namespace', async () => {
    const text = fresh()
    await using one = await startProxy({ config: config() })
    await using two = await startProxy({ config: config({ namespace: 'other' }) })
    expect([await hit(one, text), await hit(two, text)]).toEqual(['False', 'False'])
  })

  it('is the cache when the environment names a Redis and the config no type', async () => {
    const text = fresh()
    const bare = oneModel(upstream.url, { config: { litellm_settings: { cache: true } } })
    const env = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(server.port), REDIS_SSL: 'False', REDIS_NAMESPACE: 'env' }
    await using one = await startProxy({ config: bare, env })
    expect(await hit(one, text)).toBe('False')
    const reply = await (await one.fetch('/cache/ping')).json()
    expect(reply).toMatchObject({ status: 'healthy', cache_type: 'redis', ping_response: true, set_cache_response: 'success', stats: { failures: 0, breaker: 'closed' } })
  })
})

describe('the routes of the cache', () => {
  let proxy: RunningProxy
  beforeAll(async () => void (proxy = await startProxy({ config: config({ namespace: 'admin' }) })))
  afterAll(() => proxy[Symbol.asyncDispose]())

  it('take single answers out, and all, and leave what is not the cache\'s', async () => {
    const [a, b] = [fresh(), fresh()]
    const key = (await ask(proxy, a)).headers.get('x-litellm-cache-key')!
    await hit(proxy, b)
    const redis = new Redis({ port: server.port })
    await redis.mset('admin:limits', '1', '{admin:limits}:c:1', '1', 'other:cache:a:1', '1')
    expect(await (await post(proxy, '/cache/delete', { keys: [key, 'never'] })).json()).toEqual({ status: 'success' })
    expect([await hit(proxy, a), await hit(proxy, b)]).toEqual(['False', 'True'])
    expect(await (await post(proxy, '/cache/flushall')).json()).toEqual({ status: 'success' })
    expect([await hit(proxy, a), await hit(proxy, b)]).toEqual(['False', 'False'])
    expect(await redis.exists('admin:limits', '{admin:limits}:c:1', 'other:cache:a:1')).toBe(3)
    redis.disconnect()
  })

  it('tell of the server, and are for admins', async () => {
    const info = (await (await proxy.fetch('/cache/redis/info')).json()) as { num_clients: number; clients: { name: string }[]; info: Record<string, string> }
    expect(info.clients.map(({ name }) => name)).toContain('admin:cache')
    expect([info.num_clients, info.info['redis_version']]).toEqual([info.clients.length, expect.stringMatching(/^\d/)])
    const { key } = (await (await post(proxy, '/key/generate')).json()) as { key: string }
    for (const [method, path] of [['GET', '/cache/ping'], ['POST', '/cache/delete'], ['POST', '/cache/flushall'], ['GET', '/cache/redis/info']]) {
      expect((await proxy.fetch(path!, { method: method!, headers: { authorization: `Bearer ${key}` }, ...(method === 'POST' && { body: '{}' }) })).status, path).toBe(403)
    }
    expect((await post(proxy, '/cache/delete', { key: 'x' })).status).toBe(422)
  })

  it('without a cache say so', async () => {
    await using bare = await startProxy({ config: oneModel(upstream.url) })
    for (const reply of [await bare.fetch('/cache/ping'), await post(bare, '/cache/flushall')]) expect([reply.status, ((await reply.json()) as { error: { code: string } }).error.code]).toEqual([503, 'no_cache'])
  })
})

describe('a Redis in trouble', () => {
  it('that is down is passed by, costs next to nothing, and is used again when it is back', async () => {
    const own = await ownServer()
    try {
      await using proxy = await startProxy({ config: config({ port: own.port }) })
      const text = fresh()
      expect([await hit(proxy, text), await hit(proxy, text)]).toEqual(['False', 'True'])
      await own.signal('SIGKILL')
      const began = performance.now()
      for (let i = 0; i < 20; i += 1) await hit(proxy, fresh())
      expect(performance.now() - began).toBeLessThan(3000)
      await proxy.logged(({ cache }) => cache === 'unavailable')
      expect((await proxy.fetch('/cache/ping')).status).toBe(503)
      await own.start()
      const again = fresh()
      const until = Date.now() + 20_000
      while ((await hit(proxy, again)) !== 'True') expect(Date.now()).toBeLessThan(until)
      await proxy.logged(({ msg }) => msg === 'the cache answers again')
    } finally {
      await own.stop()
    }
  })

  it('that hangs costs a few requests the deadline, and the others nothing; memory in front of it goes on', async () => {
    const own = await ownServer()
    try {
      await using proxy = await startProxy({ config: config({ port: own.port, near: { type: 'local', ttl: 300 } }) })
      const known = fresh()
      expect([await hit(proxy, known), await hit(proxy, known)]).toEqual(['False', 'True'])
      await own.signal('SIGSTOP')
      const times: number[] = []
      for (let i = 0; i < 12; i += 1) {
        const began = performance.now()
        await hit(proxy, fresh())
        times.push(performance.now() - began)
      }
      // Three deadlines of 250 ms open the breaker.
      expect(times.filter((ms) => ms > 200).length).toBeLessThanOrEqual(4)
      expect(Math.max(...times.slice(5))).toBeLessThan(200)
      expect(await hit(proxy, known)).toBe('True')
      // What was answered meanwhile is in the memory.
      expect(await hit(proxy, `question ${n}`)).toBe('True')
      await own.signal('SIGCONT')
    } finally {
      await own.stop()
    }
  })

  it('is no matter at the start either', async () => {
    await using proxy = await startProxy({ config: config({ port: 1 }) })
    expect(await hit(proxy, fresh())).toBe('False')
  })
})

describe('cache_params', () => {
  it.each([
    [{ type: 'redis', hots: 'x', host: 'h' }, 'cache_params.hots', 'host'], [{ type: 'redis', host: 'h', similarity_treshold: 0.8 }, 'cache_params.similarity_treshold', 'similarity_threshold'],
    [{ type: 'redis' }, 'litellm_settings.cache_params', 'names no Redis'], [{ type: 'rediss', host: 'h' }, 'cache_params.type', 'redis'], [{ type: 'local', supported_call_types: ['chat'] }, 'supported_call_types', 'acompletion'],
    [{ type: 'local', scope: 'world' }, 'cache_params.scope', 'everyone'], [{ type: 'redis', host: 'h', near: { type: 'local', max_byte: 1 } }, 'near.max_byte', 'max_bytes'],
    [{ type: 'redis-semantic', host: 'h' }, 'similarity_threshold', 'is missing'], [{ type: 'redis-semantic', host: 'h', similarity_threshold: 0.8, redis_semantic_cache_embedding_model: 'none' }, 'redis_semantic_cache_embedding_model', 'model_list'],
  ])('%j is refused by name', async (cache_params, path, words) => {
    const file = writeConfig({ ...oneModel('http://127.0.0.1:1'), general_settings: { master_key: MASTER_KEY }, litellm_settings: { cache: true, cache_params } })
    const { code, output } = await runCli(['check', '--config', file])
    expect(code).not.toBe(0)
    expect(output).toContain(path)
    expect(output).toContain(words)
  })
})
