import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completion, oneModel } from './chat-answers.ts'
import { manage } from './management-client.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('addresses that may call', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { post, get, ask, make } = manage(() => proxy)
  const forwarded = (hops: string): Promise<number> => ask(undefined, {}, { 'x-forwarded-for': hops }).then(({ status }) => status)
  const start = (general: object): Promise<RunningProxy> => startProxy({ config: oneModel(upstream.url, { config: { general_settings: { allow_private_upstreams: true, ...general } } }) })

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    proxy = await start({ store_model_in_db: true })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  it('the list is in effect for the next call, and without addresses everybody may call', async () => {
    expect((await get('/get/allowed_ips')).body).toEqual({ data: [] })
    expect((await post('/add/allowed_ip', { ip: '203.0.113.9' })).body.error).toMatchObject({ param: 'ip', message: expect.stringContaining('you would shut yourself out: you call from 127.0.0.1') as string })
    expect((await make('/add/allowed_ip', { ip: '127.0.0.0/8' }))).toEqual({ message: 'IP 127.0.0.0/8 address added successfully', status: 'success' })
    await make('/add/allowed_ip', { ip: '203.0.113.9' })
    expect((await get('/get/allowed_ips')).body).toEqual({ data: ['127.0.0.0/8', '203.0.113.9'] })
    expect((await ask(undefined)).status).toBe(200)
    // The header is anybody's, as long as nobody says who may write it.
    expect(await forwarded('198.51.100.1')).toBe(200)
    expect((await post('/add/allowed_ip', { ip: '203.0.113.9' })).body.error.param).toBe('ip')
    expect((await post('/add/allowed_ip', { ip: 'localhost' })).body.error).toMatchObject({ param: 'ip', message: expect.stringContaining('must be an address') as string })
    expect((await post('/delete/allowed_ip', { ip: '10.0.0.1' })).status).toBe(404)

    await make('/config/field/update', { field_name: 'use_x_forwarded_for', field_value: true })
    expect([await forwarded('203.0.113.9'), await forwarded('203.0.113.9, 198.51.100.1'), await forwarded('198.51.100.1, 203.0.113.9')]).toEqual([200, 403, 200])
    const refused = await ask(undefined, {}, { 'x-forwarded-for': '198.51.100.1' })
    expect(refused.body.error.message).toBe('Calls from 198.51.100.1 are not allowed here (general_settings.allowed_ips).')
    expect((await proxy.fetch('/health/liveliness', { headers: { 'x-forwarded-for': '198.51.100.1' } })).status).toBe(200)
    expect((await proxy.fetch('/key/list', { headers: { 'x-forwarded-for': '198.51.100.1' } })).status).toBe(403)

    expect((await post('/delete/allowed_ip', { ip: '127.0.0.0/8' })).body.error.message).toContain('you would shut yourself out')
    const inside = (path: string, body: object): Promise<Response> => proxy.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'x-forwarded-for': '203.0.113.9' } })
    expect((await inside('/delete/allowed_ip', { ip: '127.0.0.0/8' })).status).toBe(200)
    expect((await get('/get/allowed_ips')).status).toBe(403)
    expect((await inside('/delete/allowed_ip', { ip: '203.0.113.9' })).status).toBe(200)
    expect((await ask(undefined)).status).toBe(200)
  })

  it("the file's list stays the file's, and a wrong one does not start", async () => {
    await using strict = await start({ store_model_in_db: true, allowed_ips: ['203.0.113.0/24', '127.0.0.1'], use_x_forwarded_for: true, trusted_proxies: ['127.0.0.1', '10.0.0.0/8'] })
    const from = async (hops: string): Promise<number> => (await strict.fetch('/v1/models', { headers: { 'x-forwarded-for': hops } })).status
    expect([await from('203.0.113.1'), await from('203.0.113.1, 10.1.2.3'), await from('::ffff:203.0.113.1'), await from('203.0.113.1, 198.51.100.1'), await from('nonsense')]).toEqual([200, 200, 200, 403, 403])
    const owned = await strict.fetch('/add/allowed_ip', { method: 'POST', body: JSON.stringify({ ip: '10.0.0.1' }) })
    expect(owned.status).toBe(409)
    await expect(start({ allowed_ips: ['203.0.113.0/99'] })).rejects.toThrow(/allowed_ips.*must be addresses or ranges/s)
  })
})
