import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

describe('guardrails of pass-through endpoints', () => {
  let upstream: FakeUpstream
  let service: FakeUpstream
  let proxy: RunningProxy
  const filter = { guardrail: 'litellm_content_filter', patterns: [{ pattern_type: 'prebuilt', pattern_name: 'email', action: 'MASK' }], blocked_words: [{ keyword: 'apollo', action: 'BLOCK' }] }
  const config = () => ({
    model_list: [],
    guardrails: [
      { guardrail_name: 'words', litellm_params: { ...filter, mode: ['pre_call', 'post_call'] } },
      { guardrail_name: 'requests', litellm_params: { ...filter, mode: 'pre_call' } },
      { guardrail_name: 'everywhere', litellm_params: { ...filter, mode: ['pre_call', 'post_call'], default_on: true } },
      { guardrail_name: 'remote', litellm_params: { guardrail: 'generic_guardrail_api', mode: 'pre_call', api_base: service.url, api_key: 'k' } },
    ],
    general_settings: {
      pass_through_endpoints: [
        { path: '/plain', target: `${upstream.url}/s` }, { path: '/whole', target: `${upstream.url}/s`, guardrails: ['words'] }, { path: '/asked', target: `${upstream.url}/s`, guardrails: { requests: null } },
        { path: '/fields', target: `${upstream.url}/s`, guardrails: { words: { request_fields: ['query', 'documents[*].text'], response_fields: ['results[*].text'] } } }, { path: '/remote', target: `${upstream.url}/s`, guardrails: ['remote'] },
      ],
    },
  })
  const call = (path: string, body: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Response> => fetch(`${proxy.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${MASTER_KEY}`, ...headers } })
  const sent = (): string => upstream.requests.at(-1)!.body.toString()

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    service = await createFakeUpstream()
    proxy = await startProxy({ config: config() })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await service.close()
  })
  beforeEach(() => {
    upstream.reset().otherwise(answer.json({ results: [{ text: 'fine' }] }))
    service.reset()
  })

  it('an endpoint that names none has none, whatever is on by default elsewhere', async () => {
    expect((await call('/plain', '{"q":"Project Apollo"}')).status).toBe(200)
    expect(sent()).toBe('{"q":"Project Apollo"}')
  })

  it('a blocked word is refused however it is written, and never reaches the service', async () => {
    for (const body of ['{"q":"Project Apollo"}', '{"q":"\\u0061pollo"}', '[{"deep":["x",{"er":"apollo"}]}]', '"apollo"', '{"q":"apollo","q":"apollo"}']) {
      const reply = await call('/whole', body)
      expect([reply.status, await reply.json()], body).toMatchObject([400, { error: { code: 'content_policy_violation', message: expect.stringContaining('"words"') as unknown } }])
    }
    expect((await call('/whole', 'about Apollo', { 'content-type': 'text/plain' })).status).toBe(400)
    expect(upstream.requests).toHaveLength(0)
  })

  it('an address is masked, and all else goes on as it came', async () => {
    const reply = await call('/whole', '{"to":"john@example.com","n":12345678901234567890,"list":["ok",null,true]}')
    expect([reply.status, reply.headers.get('x-litellm-applied-guardrails')]).toEqual([200, 'words'])
    expect(sent()).toBe('{"to":"[EMAIL_REDACTED]","n":12345678901234567890,"list":["ok",null,true]}')
    await call('/whole', 'write to john@example.com', { 'content-type': 'text/plain' })
    expect(sent()).toBe('write to [EMAIL_REDACTED]')
  })

  it('of fields that are named only these are seen; of a name that comes twice goes on what was judged', async () => {
    await call('/fields', '{"query":"a@b.example","documents":[{"text":"c@d.example"},{"title":"apollo"}],"other":"e@f.example"}')
    expect(JSON.parse(sent())).toEqual({ query: '[EMAIL_REDACTED]', documents: [{ text: '[EMAIL_REDACTED]' }, { title: 'apollo' }], other: 'e@f.example' })
    await call('/fields', '{"query":"apollo","query":"harmless"}')
    expect(sent()).toBe('{"query":"harmless"}')
    expect((await call('/fields', '{"query":"harmless","query":"apollo"}')).status).toBe(400)
  })

  it('answers are judged before a byte of them goes out, streams too; those of endpoints with guardrails for requests pass', async () => {
    upstream.reset().otherwise(answer.json({ results: [{ text: 'write to john@example.com' }], other: 'x@y.example' }))
    expect(await (await call('/fields', '{"query":"x"}')).json()).toEqual({ results: [{ text: 'write to [EMAIL_REDACTED]' }], other: 'x@y.example' })
    expect(await (await call('/whole', '{}')).json()).toEqual({ results: [{ text: 'write to [EMAIL_REDACTED]' }], other: '[EMAIL_REDACTED]' })
    expect(await (await call('/asked', '{}')).text()).toContain('john@example.com')
    upstream.reset().otherwise(answer.bytes('data: {"text":"about Apollo"}\n\n', { headers: { 'content-type': 'text/event-stream' } }))
    const reply = await call('/whole', '{}')
    expect([reply.status, await reply.text()]).toEqual([400, expect.not.stringContaining('data:')])
    upstream.reset().otherwise(answer.error(404))
    expect((await call('/whole', '{}')).status).toBe(404)
  })

  it('what cannot be looked at is refused', async () => {
    const refused = async (path: string, body: string | Buffer, headers?: Record<string, string>): Promise<unknown> => {
      const reply = await call(path, body, headers)
      return [reply.status, ((await reply.json()) as { error: { param: string | null } }).error.param]
    }
    expect(await refused('/whole', gzipSync('{"q":"apollo"}'), { 'content-type': 'application/json', 'content-encoding': 'gzip' })).toEqual([415, 'content-encoding'])
    expect(await refused('/whole', Buffer.from([0x22, 0xff, 0x22]))).toEqual([400, null])
    expect(await refused('/whole', '{"q":')).toEqual([400, null])
    expect(await refused('/whole', 'q=%61pollo', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([415, 'content-type'])
    expect(await refused('/fields', 'plain', { 'content-type': 'text/plain' })).toEqual([400, null])
    expect(await refused('/whole', `${'['.repeat(200)}${']'.repeat(200)}`)).toEqual([400, null])
    expect(upstream.requests).toHaveLength(0)
    upstream.reset().otherwise(answer.bytes(Buffer.from([1, 2, 255]), { headers: { 'content-type': 'application/octet-stream' } }))
    expect((await call('/whole', '{}')).status).toBe(503)
  })

  it('one that cannot be reached refuses the call', async () => {
    service.otherwise(answer.error(500))
    expect((await call('/remote', '{"q":"x"}')).status).toBe(503)
    expect(upstream.requests).toHaveLength(0)
  })

  it.each([
    [['nobody'], 'general_settings.pass_through_endpoints[0].guardrails: names "nobody"'], [{ words: { request_fields: ['a['] } }, 'must be a field such as'], [7, 'must be a list of guardrails'],
  ])('%j stops the start with its path', async (guardrails, words) => {
    const one = config()
    await expect(startProxy({ config: { ...one, general_settings: { pass_through_endpoints: [{ path: '/x', target: 'http://127.0.0.1:1', guardrails }] } } })).rejects.toThrow(words)
  })
})
