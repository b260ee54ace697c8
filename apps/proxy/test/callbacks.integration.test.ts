import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { MASTER_KEY, startProxy } from './start-proxy.ts'

const SECRET = 'a-webhook-secret-of-32-characters'

describe('callbacks', () => {
  let upstream: FakeUpstream
  let receiver: FakeUpstream
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    receiver = await createFakeUpstream()
  })
  afterAll(async () => {
    await upstream.close()
    await receiver.close()
  })
  const config = (litellm_settings: object, callback_settings: object): object => oneModel(upstream.url, { config: { litellm_settings, callback_settings } })
  const calls = (receiver: FakeUpstream): Record<string, unknown>[] => receiver.requests.flatMap(({ json }) => json as Record<string, unknown>[])

  it('post a signed record of each call, with failures', async () => {
    upstream.reset().on(CHAT, answer.json(completion('the answer')), answer.error(503))
    receiver.reset().otherwise(answer.json({}))
    await using proxy = await startProxy({ config: config({ callbacks: ['webhook'] }, { webhook: { url: `${receiver.url}/in`, secret: SECRET, batch_size: 1 } }) })
    await proxy.fetch(CHAT, chatBody())
    const first = await receiver.request(0)
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = first.headers
    expect(signature).toBe(`v1,${createHmac('sha256', SECRET).update(`${String(id)}.${String(time)}.${first.text}`).digest('base64')}`)
    expect(first.json).toMatchObject([{ status: 'success', model_group: 'gpt', prompt_tokens: 10, completion_tokens: 5 }])
    await proxy.fetch(CHAT, chatBody())
    expect((await receiver.request(1)).json).toMatchObject([{ status: 'failure', error_information: { error_code: '503' } }])
    for (const { text } of receiver.requests) for (const secret of [MASTER_KEY, 'sk-upstream-secret', SECRET]) expect(text).not.toContain(secret)
  })

  it('hear only of what they are listed for', async () => {
    upstream.reset().on(CHAT, answer.error(503), answer.json(completion('fine')))
    receiver.reset().otherwise(answer.json({}))
    const settings = { good: { callback_type: 'webhook', url: `${receiver.url}/good`, batch_size: 1 }, bad: { callback_type: 'webhook', url: `${receiver.url}/bad`, batch_size: 1 } }
    await using proxy = await startProxy({ config: config({ success_callback: ['good'], failure_callback: ['bad'] }, settings) })
    await proxy.fetch(CHAT, chatBody({ num_retries: 0 }))
    await proxy.fetch(CHAT, chatBody())
    await receiver.request(1)
    proxy.process.kill('SIGTERM')
    expect(await proxy.exited).toBe(0)
    expect(receiver.requests.map(({ path, json }) => [path, (json as { status: string }[])[0]!.status]).sort()).toEqual([['/bad', 'failure'], ['/good', 'success']])
  })

  it('export spans, under LiteLLM\'s name too', async () => {
    upstream.reset().otherwise(answer.json(completion('fine')))
    receiver.reset().otherwise(answer.json({}))
    await using proxy = await startProxy({ config: config({ callbacks: ['otel'] }, { otel: { endpoint: receiver.url, batch_size: 1 } }) })
    await proxy.fetch(CHAT, chatBody())
    const export_ = await receiver.request(0)
    expect(export_.path).toBe('/v1/traces')
    expect(export_.text).toContain('"chat gpt"')
  })

  it('deliver what is queued on SIGTERM', async () => {
    upstream.reset().otherwise(answer.json(completion('fine')))
    receiver.reset().otherwise(answer.json({}))
    await using proxy = await startProxy({ config: config({ callbacks: ['webhook'] }, { webhook: { url: receiver.url, batch_size: 100, flush_interval: 3600 } }) })
    for (let i = 0; i < 5; i += 1) await proxy.fetch(CHAT, chatBody())
    expect(receiver.requests).toHaveLength(0)
    proxy.process.kill('SIGTERM')
    expect(await proxy.exited).toBe(0)
    expect(calls(receiver)).toHaveLength(5)
  })

  it('slow nothing down when their receiver is dead', async () => {
    upstream.reset().otherwise(answer.json(completion('fine')))
    receiver.reset().otherwise(answer.hang())
    await using proxy = await startProxy({ config: config({ callbacks: ['webhook'] }, { webhook: { url: receiver.url, batch_size: 1 } }), env: { GRACEFUL_SHUTDOWN_TIMEOUT: '0.2' } })
    await proxy.fetch(CHAT, chatBody())
    await receiver.request(0)
    for (let i = 0; i < 20; i += 1) expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
    proxy.process.kill('SIGTERM')
    expect(await proxy.exited).toBe(0)
    expect(await proxy.logged(({ msg }) => msg === 'callback closed with records undelivered')).toMatchObject({ callback: 'webhook' })
  })
})
