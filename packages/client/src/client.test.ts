import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, createClient, isTianjiError, type TianjiError } from './index.ts'

const KEY = 'sk-secret-of-the-caller'

describe('createClient', () => {
  let gateway: FakeUpstream
  let client: Client
  const pauses: number[] = []

  beforeAll(async () => void (gateway = await createFakeUpstream()))
  afterAll(() => gateway.close())
  beforeEach(() => {
    gateway.reset()
    pauses.length = 0
    client = createClient({ baseUrl: `${gateway.url}/`, apiKey: KEY, timeoutMs: 5000, wait: async (ms) => void pauses.push(ms) })
  })

  const failing = async (asked: Promise<unknown>): Promise<TianjiError> => {
    const error = await asked.then(() => undefined, (thrown: unknown) => thrown)
    expect(isTianjiError(error), String(error)).toBe(true)
    return error as TianjiError
  }

  it('sends fields, path and query as the document says, with the key', async () => {
    gateway.on('/key/generate', answer.json({ key: 'sk-new', key_alias: 'ci' }))
    expect((await client.post('/key/generate', { body: { key_alias: 'ci', max_budget: 20, rpm_limit: null } })).key).toBe('sk-new')
    expect(gateway.requests[0]).toMatchObject({ method: 'POST', path: '/key/generate', json: { key_alias: 'ci', max_budget: 20, rpm_limit: null }, headers: { authorization: `Bearer ${KEY}` } })
    gateway.otherwise(answer.json({ keys: [] }))
    await client.get('/key/list', { params: { query: { page: 2, return_full_object: true, team_id: 'a b' } } })
    expect(gateway.requests[1]!.path).toBe('/key/list?page=2&return_full_object=true&team_id=a%20b')
    await client.get('/v1/models/{model}', { params: { path: { model: 'openai/gpt-4o' } } })
    expect(gateway.requests[2]!.path).toBe('/v1/models/openai%2Fgpt-4o')
  })

  it('an error tells status, type, field, code and what to do, and never the key', async () => {
    gateway.otherwise(answer.error(422, { error: { message: '`max_budget` must be a number.', type: 'invalid_request_error', param: 'max_budget', code: '422' } }))
    const error = await failing(client.post('/key/generate', { body: { key_alias: 'x' } }))
    expect(error).toMatchObject({ name: 'TianjiError', status: 422, type: 'invalid_request_error', param: 'max_budget', code: '422', message: '`max_budget` must be a number.', hint: expect.stringContaining('Change the field') })
    expect(JSON.stringify(error) + String(error) + error.stack).not.toContain(KEY)
    gateway.otherwise(answer.error(401, { error: { message: 'No.', type: 'auth_error', param: null, code: null } }))
    expect(await failing(client.get('/key/info'))).toMatchObject({ status: 401, param: null, code: null, hint: expect.stringContaining('API key') })
  })

  it('tries again what changes nothing, after the pause that the gateway asks for', async () => {
    gateway.on('/global/spend', answer.error(503, undefined, { 'retry-after': '3' }), answer.reset(), answer.json({ spend: 1, max_budget: 0 }))
    expect((await client.get('/global/spend')).spend).toBe(1)
    expect(pauses).toEqual([3000, 400])
  })

  it('never sends a change twice, gives up after the retries, and does not wait for long', async () => {
    gateway.otherwise(answer.error(503))
    await failing(client.post('/key/block', { body: { key: 'sk-a' } }))
    expect(gateway.requests).toHaveLength(1)
    expect((await failing(client.get('/team/list'))).status).toBe(503)
    expect(gateway.requests).toHaveLength(4)
    gateway.otherwise(answer.error(429, undefined, { 'retry-after': '600' }))
    expect((await failing(client.get('/team/list'))).retryAfterMs).toBe(600_000)
    expect(gateway.requests).toHaveLength(5)
  })

  it('tells of a gateway that is not there, that does not answer, and of something else that does', async () => {
    const nobody = createClient({ baseUrl: 'http://127.0.0.1:9', retries: 0 })
    expect(await failing(nobody.get('/v1/models'))).toMatchObject({ status: undefined, type: 'connection_error', message: expect.stringContaining('http://127.0.0.1:9') })
    gateway.otherwise(answer.hang())
    const hasty = createClient({ baseUrl: gateway.url, timeoutMs: 30, retries: 0 })
    expect(await failing(hasty.get('/v1/models'))).toMatchObject({ type: 'timeout', message: 'GET /v1/models was not answered within 0.03 s.' })
    for (const [page, type] of [[answer.bytes('<html>', { headers: { 'content-type': 'text/html' } }), 'unknown_answer'], [answer.error(502, '<html>'), 'unknown_answer']] as const) {
      gateway.otherwise(page)
      expect(await failing(createClient({ baseUrl: gateway.url, retries: 0 }).get('/v1/models'))).toMatchObject({ type, hint: expect.stringContaining('base URL') })
    }
  })

  it('gives JSON lines as text', async () => {
    gateway.otherwise(answer.bytes('{"a":1}\n{"a":2}\n', { headers: { 'content-type': 'application/x-ndjson' } }))
    expect(await client.get('/spend/archives/calls', { params: { query: { day: '2025-01-31' } } })).toBe('{"a":1}\n{"a":2}\n')
    gateway.otherwise(answer.bytes('', { headers: { 'content-type': 'application/x-ndjson' } }))
    expect(await client.get('/spend/archives/calls', { params: { query: { day: '2025-01-31' } } })).toBe('')
  })

  it('does not follow a redirect with the key', async () => {
    gateway.otherwise(answer.bytes('', { status: 308, headers: { location: 'https://elsewhere.example/key/list' } }))
    expect(await failing(client.get('/key/list'))).toMatchObject({ status: 308, type: 'redirect', hint: expect.stringContaining('https://elsewhere.example') })
    expect(gateway.requests).toHaveLength(1)
  })

  it('ends with the reason of the caller\'s signal, also between attempts', async () => {
    gateway.otherwise(answer.hang())
    const stop = new AbortController()
    const asked = client.get('/key/list', { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    const patient = createClient({ baseUrl: 'http://127.0.0.1:9' })
    const between = new AbortController()
    const waiting = patient.get('/v1/models', { signal: between.signal })
    setImmediate(() => between.abort(new Error('enough again')))
    await expect(waiting).rejects.toThrow('enough again')
  })

  it('refuses addresses that are none, and those that hold a password', () => {
    for (const baseUrl of ['', 'localhost:4000', 'ftp://a', 'http://user:secret@a']) expect(() => createClient({ baseUrl }), baseUrl).toThrow(TypeError)
  })

  it('knows paths, fields and answers when it is compiled', async () => {
    gateway.otherwise(answer.json({ key: 'sk-new', keys: [{ token: 'a' }] }))
    const made: string = (await client.post('/key/generate', { body: { max_budget: 20, rpm_limit: null } })).key
    const rows: readonly (string | { readonly token: string })[] = (await client.get('/key/list')).keys
    expect([made, rows]).toEqual(['sk-new', [{ token: 'a' }]])
    // @ts-expect-error a field that the route does not have
    await client.post('/key/generate', { body: { max_buget: 20 } })
    // @ts-expect-error a number that is text
    await client.post('/key/generate', { body: { max_budget: '20' } })
    // @ts-expect-error the path must be filled
    await client.get('/v1/models/{model}')
    // @ts-expect-error no such route
    await client.get('/key/lst')
    // @ts-expect-error a body must be sent
    await client.post('/key/block')
    // @ts-expect-error another method
    await client.get('/key/generate')
  })
})
