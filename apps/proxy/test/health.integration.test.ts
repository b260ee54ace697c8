import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const REDIS_URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const server = await createDatabase()
let upstream: FakeUpstream
const running: RunningProxy[] = []
beforeAll(async () => void (upstream = await createFakeUpstream()))
afterAll(async () => {
  await upstream.close()
  await server?.drop()
})
afterEach(async () => {
  for (const proxy of running.splice(0)) await proxy[Symbol.asyncDispose]()
})

interface Endpoint {
  readonly model_id: string
  readonly model: string
  readonly error?: string
  readonly exception_status?: number
  readonly probed?: boolean
  readonly routing?: { state: string; error_rate: number | null; rpm_used: number }
}
interface Health { readonly healthy_endpoints: Endpoint[]; readonly unhealthy_endpoints: Endpoint[]; readonly healthy_count: number; readonly unhealthy_count: number }

const entry = (id: string, info: object = {}, params: object = {}): object => ({
  model_name: `model-${id}`, litellm_params: { model: `openai/up-${id}`, api_key: 'sk-upstream-secret', api_base: `${upstream.url}/${id}/v1`, input_cost_per_token: 0.001, output_cost_per_token: 0.002, ...params }, model_info: { id, ...info },
})
async function start(models: readonly object[], { general = {}, more = {}, database, env = {} }: { general?: object; more?: object; database?: string; env?: Record<string, string> } = {}): Promise<RunningProxy> {
  const proxy = await startProxy({ config: { model_list: models, general_settings: general, router_settings: { num_retries: 0 }, ...more }, env, ...(database !== undefined && { database }) })
  running.push(proxy)
  return proxy
}
const get = async <T>(proxy: RunningProxy, path: string, headers: Record<string, string> = {}): Promise<T> => (await proxy.fetch(path, { headers })).json() as T
const ids = (endpoints: readonly Endpoint[]): string[] => endpoints.map(({ model_id: id }) => id)

const embedding = { object: 'list', model: 'e', data: [{ object: 'embedding', index: 0, embedding: [0.1] }], usage: { prompt_tokens: 2, total_tokens: 2 } }

function script(): void {
  upstream.reset().on('/well/v1/chat/completions', answer.json(completion('2'))).on('/embeds/v1/embeddings', answer.json(embedding))
    .on('/refused/v1/chat/completions', answer.error(401, { error: { message: 'Wrong key: sk-upstream-secret' } })).on('/hangs/v1/chat/completions', answer.hang())
    .on('/pattern/v1/chat/completions', answer.json(completion('2'))).otherwise(answer.json(completion('hi')))
}

describe('/health', () => {
  it('calls each deployment in its own way, and tells which ones answer', async () => {
    script()
    const proxy = await start([
      entry('well'), entry('embeds', { mode: 'embedding' }), entry('refused'), entry('hangs', { health_check_timeout: 0.2 }), entry('draws', { mode: 'image_generation' }),
      { ...entry('pattern', { health_check_model: 'openai/the-one' }, { model: 'openai/*' }), model_name: 'any/*' }, entry('tuned', { health_check_max_tokens: 3, health_check_params: { temperature: 0 } }),
    ])
    const health = await get<Health>(proxy, '/health')
    expect([ids(health.healthy_endpoints), ids(health.unhealthy_endpoints)]).toEqual([['well', 'embeds', 'draws', 'pattern', 'tuned'], ['refused', 'hangs']])
    expect([health.healthy_count, health.unhealthy_count]).toEqual([5, 2])
    expect(health.unhealthy_endpoints.map(({ exception_status: status }) => status)).toEqual([401, 408])
    expect(JSON.stringify(health)).not.toContain('sk-upstream-secret')
    const sent = (id: string) => upstream.requests.filter(({ path }) => path.startsWith(`/${id}/`)).map(({ json }) => json as Record<string, unknown>)
    expect(sent('well')).toEqual([expect.objectContaining({ model: 'up-well', max_completion_tokens: 16 })])
    expect(sent('pattern')).toEqual([expect.objectContaining({ model: 'the-one' })])
    expect(sent('tuned')).toEqual([expect.objectContaining({ max_completion_tokens: 3, temperature: 0 })])
    // Too dear to be called for its health: its own calls tell.
    expect(sent('draws')).toEqual([])
    expect(health.healthy_endpoints.find(({ model_id: id }) => id === 'draws')).toMatchObject({ probed: false, routing: { state: 'closed' } })
  })

  it('one deployment by name or id; what calls say of it is told too', async () => {
    script()
    const proxy = await start([entry('well'), entry('refused')])
    expect(ids((await get<Health>(proxy, '/health?model=model-well')).healthy_endpoints)).toEqual(['well'])
    expect((await get<Health>(proxy, '/health?model_id=refused')).unhealthy_count).toBe(1)
    expect((await proxy.fetch('/health?model=nobody')).status).toBe(404)
    await proxy.fetch(CHAT, chatBody({ model: 'model-refused' }))
    expect((await get<Health>(proxy, '/health?model_id=refused')).unhealthy_endpoints[0]!.routing).toMatchObject({ state: 'closed', error_rate: 1, rpm_used: 1 })
    const { key } = await (await proxy.fetch('/key/generate', { method: 'POST', body: '{}' })).json() as { key: string }
    for (const path of ['/health', '/health/latest', '/health/history', '/health/services?service=x']) expect((await proxy.fetch(path, { headers: { authorization: `Bearer ${key}` } })).status, path).toBe(403)
  })

  it('says no more than the model where details are off', async () => {
    script()
    const proxy = await start([entry('well')], { general: { health_check_details: false } })
    expect((await get<Health>(proxy, '/health')).healthy_endpoints).toEqual([{ model: 'openai/up-well', model_id: 'well' }])
  })
})

describe('in the background', () => {
  it('deployments are called from the start, and what was found is told without calling', async () => {
    script()
    const proxy = await start([entry('well'), entry('refused'), entry('left', { disable_background_health_check: true })], { general: { background_health_checks: true, health_check_interval: 0.2 } })
    const latest = (): Promise<{ latest_health_checks: Record<string, { status: string; error_message: string | null; checked_by: string; checked_at: string }>; total_models: number }> => get(proxy, '/health/latest')
    await expect.poll(async () => (await latest()).total_models).toBe(2)
    expect((await latest()).latest_health_checks).toMatchObject({ well: { status: 'healthy', checked_by: 'background', error_message: null }, refused: { status: 'unhealthy' } })
    await expect.poll(() => upstream.requests.filter(({ path }) => path.startsWith('/well')).length).toBeGreaterThan(2)
    upstream.reset().otherwise(answer.json(completion('2')))
    await expect.poll(async () => (await latest()).latest_health_checks['refused']!.status).toBe('healthy')
    const { health_checks: history, total_records } = await get<{ health_checks: { model_id: string; status: string }[]; total_records: number }>(proxy, '/health/history?model=model-refused')
    expect(history.map(({ status }) => status)).toEqual(['healthy', 'unhealthy'])
    expect(total_records).toBe(2)
    expect((await get<{ health_checks: unknown[] }>(proxy, '/health/history?limit=1')).health_checks).toHaveLength(1)
    await proxy.logged(({ msg }) => msg === 'a deployment answers again')
    expect(upstream.requests.filter(({ path }) => path.startsWith('/left'))).toHaveLength(0)
    expect(ids((await get<Health>(proxy, '/health?model_id=well')).healthy_endpoints)).toEqual(['well'])
  })

  it('one of the replicas that share a Redis calls for all', async () => {
    script()
    const namespace = `test-${crypto.randomUUID()}`
    const general = { background_health_checks: true, health_check_interval: 0.3, use_shared_health_check: true }
    const proxies = await Promise.all([0, 1, 2].map(() => start([entry('well'), entry('refused')], { general, env: { REDIS_URL, REDIS_NAMESPACE: namespace } })))
    const looks = (): Promise<(string | undefined)[]> => Promise.all(proxies.map(async (proxy) => (await get<{ latest_health_checks: Record<string, { health_check_id: string }> }>(proxy, '/health/latest')).latest_health_checks['well']?.health_check_id))
    // The same look is known in all of them.
    await expect.poll(async () => {
      const [one, ...others] = await looks()
      return one !== undefined && others.every((other) => other === one)
    }, { timeout: 5000 }).toBe(true)
    const before = upstream.requests.length
    const started = performance.now()
    await expect.poll(() => upstream.requests.length - before, { timeout: 5000 }).toBeGreaterThanOrEqual(6)
    // Three rounds of two calls: with all three calling, it would be a third of the time.
    expect(performance.now() - started).toBeGreaterThan(500)
    const client = new Redis(REDIS_URL)
    const keys = await client.keys(`{${namespace}:*`)
    if (keys.length > 0) await client.unlink(...keys)
    client.disconnect()
  })
})

describe('/health/services', () => {
  it('sends a record to a callback, and tells whether it was taken', async () => {
    upstream.reset().on('/hook', answer.json({}))
    const proxy = await start([entry('well')], { more: { litellm_settings: { callbacks: ['webhook'] }, callback_settings: { webhook: { url: `${upstream.url}/hook` } } } })
    expect(await get(proxy, '/health/services?service=webhook')).toMatchObject({ status: 'success' })
    expect(JSON.stringify(upstream.requests.find(({ path }) => path === '/hook')!.json)).toContain('litellm-internal-health-check')
    upstream.reset().otherwise(answer.error(400))
    expect(await get(proxy, '/health/services?service=webhook')).toMatchObject({ status: 'unhealthy' })
    const unknown = await proxy.fetch('/health/services?service=slack')
    expect(unknown.status).toBe(400)
    expect(await unknown.text()).toContain('webhook')
  })
})

describe.runIf(server)('in the ledger', () => {
  it('what a look costs is entered under its own name', async () => {
    script()
    const proxy = await start([entry('well'), entry('refused')], { database: server!.url })
    await get(proxy, '/health')
    const logs = (): Promise<{ data: { api_key: string; spend: number; status: string; model_id: string; request_tags: string[] }[] }> => get(proxy, '/spend/logs/ui?start_date=2020-01-01&end_date=2100-01-01')
    await expect.poll(async () => (await logs()).data?.length, { timeout: 5000 }).toBe(2)
    const { data } = await logs()
    expect(data.map(({ spend }) => spend).sort()).toEqual([0, 0.02])
    expect(data.find(({ spend }) => spend > 0)).toMatchObject({ request_tags: ['litellm-internal-health-check'] })
  })
})
