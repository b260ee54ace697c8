import { answer, controlledStream, createFakeUpstream, type FakeUpstream, sseText } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { manage, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

const SECRET = 'sk-of-the-search-service'
const server = await createDatabase()
afterAll(() => server?.drop())

/** Sends bytes as they are: clients that normalise paths would hide what is tried. */
function raw(url: string, path: string, key: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\nconnection: close\r\n\r\n`))
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}

describe.runIf(server)('pass-through endpoints', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  let other: RunningProxy
  const { make, get, post, generate, send } = manage(() => proxy)
  const config = () => ({
    model_list: [],
    guardrails: [{ guardrail_name: 'words', litellm_params: { guardrail: 'litellm_content_filter', mode: 'pre_call', blocked_words: [{ keyword: 'apollo', action: 'BLOCK' }] } }],
    general_settings: {
      store_model_in_db: true, allow_private_upstreams: true,
      pass_through_endpoints: [
        { path: '/filed/search', target: `${upstream.url}/v1/search?fixed=1`, headers: { Authorization: 'bearer os.environ/SEARCH_KEY', 'x-plain': 'os.environ/SEARCH_KEY' }, default_query_params: { lang: 'en' } },
        { path: '/filed/open', target: `${upstream.url}/open`, auth: false, include_subpath: true, forward_headers: true, methods: ['GET'] },
      ],
    },
  })
  const start = (): Promise<RunningProxy> => startProxy({ database: server!.url, config: config(), env: { SEARCH_KEY: SECRET, LITELLM_SALT_KEY: 'sk-salt-of-this-test' } })
  const add = async (more: object = {}): Promise<{ id: string; path: string }> => {
    const path = `/own/${unique()}`
    const { endpoints: [made] } = (await make('/config/pass_through_endpoint', { path, target: `${upstream.url}/v2`, headers: { Authorization: `Bearer ${SECRET}` }, ...more })) as unknown as { endpoints: [{ id: string; path: string }] }
    return made
  }
  const rows = async (key: string): Promise<readonly Record<string, unknown>[]> => (await get(`/spend/logs?api_key=${key}&summarize=false`)).body as unknown as readonly Record<string, unknown>[]

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    ;[proxy, other] = await Promise.all([start(), start()])
  }, 60_000)
  afterAll(async () => {
    await Promise.all([proxy, other].map((one) => one[Symbol.asyncDispose]()))
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().otherwise(answer.json({ ok: true }, { headers: { 'x-of-service': 'yes', 'set-cookie': 'a=b', connection: 'keep-alive, x-hop', 'x-hop': '1' } })))

  it('one of the config file forwards body, query and chosen headers, with the secret of the operator and never the caller\'s key', async () => {
    const key = await generate()
    const reply = await fetch(`${proxy.url}/filed/search?q=a%20b&fixed=2&lang=de`, { method: 'POST', body: 'plain text', headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain', cookie: 'c=1', 'x-private': 'p', 'x-pass-tenant': 't', 'accept-language': 'de' } })
    expect([reply.status, await reply.json(), reply.headers.get('x-of-service'), reply.headers.get('set-cookie'), reply.headers.get('x-hop')]).toEqual([200, { ok: true }, 'yes', null, null])
    expect(reply.headers.get('x-litellm-call-id')).toBeTruthy()
    const sent = upstream.requests[0]!
    expect([sent.method, sent.path, sent.body.toString()]).toEqual(['POST', '/v1/search?fixed=1&q=a+b&lang=de', 'plain text'])
    expect(sent.headers).toMatchObject({ authorization: `bearer ${SECRET}`, 'x-plain': SECRET, tenant: 't', 'content-type': 'text/plain', 'accept-language': 'de', 'content-length': '10' })
    for (const name of ['cookie', 'x-private', 'x-pass-tenant', 'x-litellm-call-id']) expect(sent.headers).not.toHaveProperty(name)
    expect(JSON.stringify(sent.headers)).not.toContain(key)
    expect((await fetch(`${proxy.url}/filed/search`)).status).toBe(401)
    expect((await fetch(`${proxy.url}/filed/search/below`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(404)
    upstream.reset().otherwise(answer.json({}))
    await fetch(`${proxy.url}/filed/search`, { headers: { authorization: `Bearer ${key}` } })
    expect(upstream.requests[0]!.path).toBe('/v1/search?fixed=1&lang=en')
  })

  it('an open one asks for no key, takes paths below it and the methods it names, and no path leads out of it', async () => {
    const reply = await fetch(`${proxy.url}/filed/open/a/b%20c?x=1`, { headers: { 'x-mine': 'm', authorization: 'Bearer sk-callers-own-key', 'x-api-key': 'sk-another' } })
    expect([reply.status, upstream.requests[0]!.path]).toEqual([200, '/open/a/b%20c?x=1'])
    expect(upstream.requests[0]!.headers).toMatchObject({ 'x-mine': 'm' })
    for (const name of ['authorization', 'x-api-key']) expect(upstream.requests[0]!.headers).not.toHaveProperty(name)
    const wrong = await fetch(`${proxy.url}/filed/open/a`, { method: 'POST', body: '{}' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
    const before = upstream.requests.length
    for (const path of ['/filed/open/../secret', '/filed/open/%2e%2e/secret', '/filed/open/a/%252e%252e/%252e%252e/secret', '/filed/open/..%2fsecret', '/filed/open/a%5c..%5csecret', '/filed/open/..;/secret', '/filed/open/%00']) {
      const text = await raw(proxy.url, path, MASTER_KEY)
      expect([path, /^HTTP\/1\.1 (\d+)/.exec(text)?.[1]]).toEqual([path, expect.stringMatching(/^40[04]$/)])
    }
    expect(upstream.requests).toHaveLength(before)
  })

  it('US6-4: one that is added over the API works at once, in every replica within a second, changes and goes the same way', async () => {
    const { id, path } = await add({ include_subpath: true, headers: { Authorization: `Bearer ${SECRET}`, 'x-gone': 'g' } })
    expect((await fetch(`${proxy.url}${path}/x`, { headers: { authorization: `Bearer ${MASTER_KEY}` } })).status).toBe(200)
    expect(upstream.requests[0]).toMatchObject({ path: '/v2/x', headers: { authorization: `Bearer ${SECRET}` } })
    const status = async (from: RunningProxy): Promise<number> => (await from.fetch(path)).status
    await expect.poll(() => status(other), { timeout: 1000, interval: 20 }).toBe(200)
    expect((await send('PUT', '/config/pass_through_endpoint', { id, target: `${upstream.url}/v3`, headers: { 'x-more': 'm', 'x-gone': null, Authorization: '****rvice' } })).status).toBe(200)
    upstream.reset().otherwise(answer.json({}))
    await proxy.fetch(path)
    expect(upstream.requests[0]!.headers).not.toHaveProperty('x-gone')
    expect(upstream.requests[0]).toMatchObject({ path: '/v3', headers: { 'x-more': 'm', authorization: `Bearer ${SECRET}` } })
    expect((await send('DELETE', `/config/pass_through_endpoint?endpoint_id=${id}`, undefined)).status).toBe(200)
    expect(await status(proxy)).toBe(404)
    await expect.poll(() => status(other), { timeout: 1000, interval: 20 }).toBe(404)
    expect((await send('DELETE', `/config/pass_through_endpoint?endpoint_id=${id}`, undefined)).status).toBe(404)
  })

  it('guardrails can be named, changed and taken away over the API; one that is not there cannot', async () => {
    const { id, path } = await add({ guardrails: { words: { request_fields: ['query'] } } })
    const ask = async (): Promise<number> => (await proxy.fetch(path, { method: 'POST', body: '{"query":"apollo"}' })).status
    const shown = async (): Promise<unknown> => ((await get(`/config/pass_through_endpoint?endpoint_id=${id}`)).body['endpoints'] as [Record<string, unknown>])[0]['guardrails']
    expect([await ask(), await shown()]).toEqual([400, { words: { request_fields: ['query'] } }])
    expect((await send('PUT', '/config/pass_through_endpoint', { id, guardrails: { words: { request_fields: ['other'] } } })).status).toBe(200)
    expect(await ask()).toBe(200)
    expect((await send('PUT', '/config/pass_through_endpoint', { id, guardrails: ['words'] })).status).toBe(200)
    expect([await ask(), await shown()]).toEqual([400, { words: null }])
    const refused = await send('PUT', '/config/pass_through_endpoint', { id, guardrails: ['nobody'] })
    expect([refused.status, refused.body.error.param]).toEqual([400, 'guardrails'])
    expect((await send('PUT', '/config/pass_through_endpoint', { id, guardrails: null })).status).toBe(200)
    expect([await ask(), await shown()]).toEqual([200, {}])
  })

  it('secrets are sealed and shown masked, in lists, settings, the audit log and the configuration', async () => {
    const { id, path } = await add({ headers: { 'x-plain': SECRET }, target: `${upstream.url}/v2?key=${SECRET}`, default_query_params: { token: SECRET } })
    const [shown] = (await get(`/config/pass_through_endpoint?endpoint_id=${id}`)).body['endpoints'] as [Record<string, unknown>]
    expect(shown).toMatchObject({ path, target: `${upstream.url}/v2`, headers: { 'x-plain': `****${SECRET.slice(-4)}` }, auth: true, include_subpath: false, is_from_config: false, cost_per_request: 0 })
    const texts = [await get('/config/pass_through_endpoint'), await get('/config/list'), await get('/audit?page_size=100')].map(({ body }) => JSON.stringify(body))
    for (const text of [...texts, await (await proxy.fetch('/config/yaml')).text(), proxy.output]) expect(text).not.toContain(SECRET)
    expect(texts[2]).toContain(`pass_through_endpoints.${path}`)
    const { body: { endpoints } } = (await get('/config/pass_through_endpoint')) as unknown as { body: { endpoints: { path: string; is_from_config: boolean; id: string }[] } }
    const filed = endpoints.find((one) => one.path === '/filed/search')!
    expect(filed.is_from_config).toBe(true)
    expect((await send('PUT', '/config/pass_through_endpoint', { id: filed.id, auth: false })).status).toBe(409)
  })

  it('what cannot be is refused with the field: paths that are served, hostile paths and targets, variables, headers of the connection', async () => {
    const refused = async (body: object): Promise<unknown> => {
      const reply = await post('/config/pass_through_endpoint', { path: `/own/${unique()}`, target: 'https://example.com', ...body })
      return [reply.status, reply.body.error.param]
    }
    expect(await refused({ path: '/v1/chat/completions' })).toEqual([409, 'path'])
    expect(await refused({ path: '/key/info' })).toEqual([409, 'path'])
    expect(await refused({ path: '/filed/search' })).toEqual([409, 'path'])
    for (const path of ['own', '/a/../b', '/a//b', '/a/%2e', '/a?b']) expect(await refused({ path })).toEqual([422, 'path'])
    for (const target of ['file:///etc/passwd', 'https://user:pass@example.com', 'nowhere']) expect(await refused({ target })).toEqual([422, 'target'])
    expect(await refused({ headers: { authorization: 'Bearer os.environ/LITELLM_MASTER_KEY' } })).toEqual([400, 'authorization'])
    expect(await refused({ headers: { host: 'elsewhere' } })).toEqual([422, 'headers.host'])
    expect(await refused({ headers: { 'x-a': 'b\r\nc: d' } })).toEqual([422, 'headers.x-a'])
    expect(await refused({ methods: ['TRACE'] })).toEqual([422, 'methods.0'])
    const key = await generate()
    expect((await send('GET', '/config/pass_through_endpoint', undefined, key)).status).toBe(403)
  })

  it('each call is one ledger row, priced when it was answered, held by budgets and limits, and narrowed by allowed_routes', async () => {
    const { path } = await add({ cost_per_request: 0.25 })
    const key = await generate({ max_budget: 0.6, metadata: {} })
    const call = (): Promise<Response> => fetch(`${proxy.url}${path}`, { method: 'POST', body: '{}', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-litellm-tags': 'passed' } })
    const first = await call()
    expect([first.status, first.headers.get('x-litellm-response-cost')]).toEqual([200, '0.25'])
    upstream.reset().on('/v2', answer.error(503))
    expect((await call()).status).toBe(503)
    upstream.reset().otherwise(answer.json({}))
    expect((await call()).status).toBe(200)
    const over = await call()
    expect([over.status, ((await over.json()) as { error: { type: string } }).error.type]).toEqual([429, 'budget_exceeded'])
    await expect.poll(() => rows(key), { timeout: 10_000 }).toHaveLength(4)
    const told = (await rows(key)).toReversed()
    expect(told.map(({ status, spend, call_type, model, request_tags }) => [status, spend, call_type, model, request_tags])).toEqual([
      ['success', 0.25, 'pass_through_endpoint', path, ['passed']], ['failure', 0, 'pass_through_endpoint', path, ['passed']], ['success', 0.25, 'pass_through_endpoint', path, ['passed']], ['failure', 0, 'pass_through_endpoint', path, ['passed']],
    ])
    const limited = await generate({ rpm_limit: 1 })
    const ask = (with_: string): Promise<number> => fetch(`${proxy.url}${path}`, { headers: { authorization: `Bearer ${with_}` } }).then(({ status }) => status)
    expect([await ask(limited), await ask(limited)]).toEqual([200, 429])
    expect(await ask(await generate({ allowed_routes: ['/v1/chat/completions'] }))).toBe(403)
    expect(await ask(await generate({ allowed_routes: ['/own/*'] }))).toBe(200)
    expect(await ask(await generate({ key_type: 'management' }))).toBe(403)
  })

  it('streams pass as they come, a status is passed with its body, a caller who leaves ends the call, and a break is no whole answer', async () => {
    const { path } = await add({ cost_per_request: 0.5 })
    const key = await generate()
    const init = { headers: { authorization: `Bearer ${key}` } }
    const stream = controlledStream()
    upstream.reset().on('/v2', stream.answer)
    const reply = await fetch(`${proxy.url}${path}`, init)
    const reader = reply.body!.getReader()
    await stream.send(sseText({ data: 1 }))
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n')
    await stream.send(sseText({ data: 2 }))
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 2\n\n')
    await stream.end()
    expect((await reader.read()).done).toBe(true)

    upstream.reset().on('/v2', answer.bytes('no tea', { status: 418, headers: { 'content-type': 'text/plain', 'x-of-service': 'y' } }))
    const teapot = await fetch(`${proxy.url}${path}`, init)
    expect([teapot.status, await teapot.text(), teapot.headers.get('content-type')]).toEqual([418, 'no tea', 'text/plain'])

    upstream.reset().on('/v2', answer.hang())
    const leaving = new AbortController()
    const left = fetch(`${proxy.url}${path}`, { ...init, signal: leaving.signal }).catch(() => 'left')
    await upstream.request(0)
    leaving.abort()
    expect(await left).toBe('left')
    await expect.poll(() => upstream.hanging, { timeout: 5000 }).toBe(0)

    const broken = controlledStream()
    upstream.reset().on('/v2', broken.answer)
    const half = await fetch(`${proxy.url}${path}`, init)
    await broken.send('half')
    await broken.reset()
    await expect(half.text()).rejects.toThrow(/terminated/)
    await expect.poll(async () => (await rows(key)).map(({ status }) => status).toSorted(), { timeout: 10_000 }).toEqual(['cancelled', 'failure', 'failure', 'success'])
  })

  it('PR #22913: a refusal of a stream keeps its status; LL#25624: lengths and codings of an answer fit what is sent, whatever the service says', async () => {
    const { path } = await add()
    const init = { headers: { authorization: `Bearer ${MASTER_KEY}` } }
    upstream.reset().on('/v2', answer.sse([{ data: { error: 'slow down' } }], { status: 429, headers: { 'retry-after': '7' } }))
    const refused = await fetch(`${proxy.url}${path}`, init)
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([429, '7', 'data: {"error":"slow down"}\n\n'])
    upstream.reset().on('/v2', answer.bytes(gzipSync('packed '.repeat(1000)), { headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' } }))
    const packed = await fetch(`${proxy.url}${path}`, init)
    expect([packed.status, await packed.text()]).toEqual([200, 'packed '.repeat(1000)])
    // Nobody asks the service to pack: who reads the answer between here and there need not unpack it.
    expect(upstream.requests[0]!.headers).not.toHaveProperty('accept-encoding')
    upstream.reset().on('/v2', answer.bytes('', { status: 204 }))
    const empty = await fetch(`${proxy.url}${path}`, { ...init, method: 'DELETE' })
    expect([empty.status, await empty.text(), upstream.requests[0]!.headers['content-length']]).toEqual([204, '', undefined])
  })

  it('a target of the API that is private is not reached unless the operator allows it', async () => {
    await using strict = await startProxy({ config: { model_list: [], general_settings: { store_model_in_db: true, pass_through_endpoints: [{ path: '/filed', target: `${upstream.url}/filed` }] } } })
    const { post: postStrict } = manage(() => strict)
    expect((await postStrict('/config/pass_through_endpoint', { path: '/own/private', target: `${upstream.url}/v2` })).status).toBe(200)
    expect((await strict.fetch('/filed')).status).toBe(200)
    const reply = await strict.fetch('/own/private')
    expect([reply.status, upstream.requests.map(({ path }) => path)]).toEqual([400, ['/filed']])
  })
})
