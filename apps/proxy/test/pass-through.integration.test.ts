import { answer, controlledStream, createFakeUpstream, sseText } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, chunk, completion, oneModel, streamed, usageChunk } from './chat-answers.ts'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

describe('byte mode', () => {
  let upstream: Awaited<ReturnType<typeof createFakeUpstream>>
  let proxy: RunningProxy

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    const entry = (model_name: string, model: string, more: object = {}) => ({ model_name, litellm_params: { model, api_key: 'sk-upstream-secret', api_base: `${upstream.url}/v1`, ...more } })
    proxy = await startProxy({
      config: {
        model_list: [
          entry('gpt', 'openai/upstream-model', { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }),
          entry('upstream-model', 'openai/upstream-model'),
          entry('wild/*', 'openai/*'),
          entry('defaults', 'openai/upstream-model', { temperature: 0.5 }),
        ],
        router_settings: { model_group_alias: { 'other-name': 'gpt' } },
      },
    })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset())

  const lastBody = () => upstream.requests.at(-1)!.json as Record<string, unknown>

  it('sends the key of the deployment, never the key of the caller', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    await (await proxy.fetch(CHAT, chatBody())).json()
    expect(upstream.requests[0]!.headers['authorization']).toBe('Bearer sk-upstream-secret')
    expect(JSON.stringify(upstream.requests[0]!.headers)).not.toContain(MASTER_KEY)
  })

  it('changes nothing in the body but the model', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    const body = '{ "messages":[{"role":"user","content":"é\\u00e9 \\"model\\": 1.0"}] ,\n "model" : "gpt", "temperature":1.50, "x_unknown": 12345678901234567890}'
    await (await proxy.fetch(CHAT, { method: 'POST', body })).json()
    expect(upstream.requests[0]!.text).toBe(body.replace('"gpt"', '"upstream-model"'))
  })

  it('LL#13546: large bodies go through byte for byte, and small calls beside them do not wait for all of them', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    const image = Buffer.alloc(3 * 1024 * 1024, 7).toString('base64')
    const large = `{"model":"gpt","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,${image}"}}]}]}`
    let open = 12
    const largeOnes = Array.from({ length: open }, async () => {
      const { status } = await proxy.fetch(CHAT, { method: 'POST', body: large })
      open -= 1
      return status
    })
    const openWhenSmallOnesEnded = await Promise.all(Array.from({ length: 12 }, async () => {
      expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
      return open
    }))
    expect(new Set(await Promise.all(largeOnes))).toEqual(new Set([200]))
    expect(Math.max(...openWhenSmallOnesEnded)).toBeGreaterThan(0)
    const sent = upstream.requests.filter(({ body }) => body.length > image.length)
    expect(sent).toHaveLength(12)
    expect(sent.every(({ text }) => text === large.replace('"gpt"', '"upstream-model"'))).toBe(true)
  })

  it('finds the right model key when a tool has a property called model', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: { model: { type: 'string', enum: ['gpt'] } } } } }]
    await (await proxy.fetch(CHAT, chatBody({ tools }))).json()
    expect(lastBody()).toMatchObject({ model: 'upstream-model', tools })
  })

  it('answers with the name that the caller used', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    const reply = (await (await proxy.fetch(CHAT, chatBody())).json()) as { model: string }
    expect(reply.model).toBe('gpt')
  })

  it('leaves the bytes of an answer alone when the names are the same', async () => {
    const text = '{ "id":"x", "choices": [ ],"model":"upstream-model-2026", "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3} }'
    upstream.on(CHAT, answer.bytes(text, { headers: { 'content-type': 'application/json' } }))
    expect(await (await proxy.fetch(CHAT, chatBody({ model: 'upstream-model' }))).text()).toBe(text)
  })

  it('serves wildcard names and aliases', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    await proxy.fetch(CHAT, chatBody({ model: 'wild/gpt-4.1-mini' }))
    expect(lastBody()['model']).toBe('gpt-4.1-mini')
    await proxy.fetch(CHAT, chatBody({ model: 'other-name' }))
    expect(lastBody()['model']).toBe('upstream-model')
  })

  it('adds the defaults of the deployment where the caller set nothing', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    await proxy.fetch(CHAT, chatBody({ model: 'defaults' }))
    expect(lastBody()['temperature']).toBe(0.5)
    await proxy.fetch(CHAT, chatBody({ model: 'defaults', temperature: 1 }))
    expect(lastBody()['temperature']).toBe(1)
  })

  it('tells cost, deployment and call id in headers', async () => {
    upstream.on(CHAT, answer.json(completion('hi'), { headers: { 'x-request-id': 'req_1', 'x-ratelimit-remaining-requests': '7' } }))
    const reply = await proxy.fetch(CHAT, { ...chatBody(), headers: { 'x-litellm-call-id': 'my-call-1' } })
    const headers = Object.fromEntries(reply.headers)
    expect(headers).toMatchObject({
      'x-litellm-call-id': 'my-call-1', 'x-litellm-model-group': 'gpt', 'x-litellm-response-cost': '0.00002',
      'llm_provider-x-request-id': 'req_1', 'x-ratelimit-remaining-requests': '7',
    })
    expect(headers['x-litellm-model-id']).toMatch(/^[0-9a-f]{32}$/)
  })

  it('takes gateway fields out of the request', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    await proxy.fetch(CHAT, chatBody({ metadata: { trace: 1 }, tags: ['a'], cache: { 'no-cache': true }, num_retries: 2, user: 'u' }))
    expect(Object.keys(lastBody()).sort()).toEqual(['messages', 'model', 'user'])
  })

  it('works without /v1 and in the form of Azure, which names the model in the path', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    for (const path of ['/chat/completions', '/openai/deployments/gpt/chat/completions?api-version=2024-10-21', '/engines/gpt/chat/completions']) {
      const { model, ...rest } = JSON.parse(chatBody().body) as { model: string }
      const body = JSON.stringify(path.includes('gpt') ? rest : { model, ...rest })
      expect((await proxy.fetch(path, { method: 'POST', body })).status, path).toBe(200)
      expect(lastBody()['model']).toBe('upstream-model')
    }
  })

  it('tells the upstream the model of the path, whatever the body names', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    for (const named of [{}, { model: 'nobody' }, { model: 'gpt' }]) {
      const { model: _, ...rest } = JSON.parse(chatBody().body) as { model: string }
      await proxy.fetch('/openai/deployments/upstream-model/chat/completions', { method: 'POST', body: JSON.stringify({ ...rest, ...named }) })
      expect(lastBody()['model']).toBe('upstream-model')
    }
  })

  it('counts the usage of a stream without showing what the caller did not ask for', async () => {
    upstream.on(CHAT, streamed('Hel', 'lo'))
    const text = await (await proxy.fetch(CHAT, { ...chatBody({ stream: true }), headers: { 'x-litellm-call-id': 'quiet-usage' } })).text()
    expect(lastBody()['stream_options']).toEqual({ include_usage: true })
    expect(text).not.toContain('"usage":{')
    expect(text.match(/^data: /gm)).toHaveLength(5)
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(await proxy.logged((line) => line['id'] === 'quiet-usage')).toMatchObject({ tokens_in: 10, tokens_out: 5, cost: 0.00002, status: 200, stream: true })
  })

  it('shows the usage of a stream to a caller who asked', async () => {
    upstream.on(CHAT, streamed('Hello'))
    const text = await (await proxy.fetch(CHAT, chatBody({ stream: true, stream_options: { include_usage: true } }))).text()
    expect(text).toContain(JSON.stringify({ ...usageChunk, model: 'gpt' }))
  })

  it('passes events on as they come, however the upstream cuts them', async () => {
    const stream = controlledStream()
    upstream.on(CHAT, stream.answer)
    const reply = proxy.fetch(CHAT, chatBody({ stream: true }))
    const whole = sseText({ data: chunk({ content: 'Grüße 🎉' }) })
    const bytes = Buffer.from(whole)
    for (const byte of bytes) await stream.send(Buffer.from([byte]))
    const reader = (await reply).body!.getReader()
    expect(Buffer.from((await reader.read()).value!).toString()).toBe(whole.replace('upstream-model', 'gpt'))
    await stream.send('data: [DONE]\n\n')
    await stream.end()
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: [DONE]\n\n')
    expect((await reader.read()).done).toBe(true)
  })

  it('answers with a real status when the upstream fails before the first event', async () => {
    upstream.on(CHAT, answer.error(429, { error: { message: 'Slow down', type: 'requests', param: null, code: 'rate_limit_exceeded' } }, { 'retry-after': '7' }))
    const reply = await proxy.fetch(CHAT, chatBody({ stream: true }))
    expect(reply.status).toBe(429)
    expect(reply.headers.get('retry-after')).toBe('7')
    expect(await reply.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } })
    upstream.reset().on(CHAT, answer.sse([{ data: { error: { message: 'overloaded', type: 'server_error', code: 503 } } }]))
    expect((await proxy.fetch(CHAT, chatBody({ stream: true }))).status).toBe(503)
    upstream.reset().on(CHAT, answer.sse([]))
    expect((await proxy.fetch(CHAT, chatBody({ stream: true }))).status).toBe(502)
  })

  it('sends one error event and no end mark when the upstream breaks in the middle', async () => {
    upstream.on(CHAT, answer.reset(sseText({ data: chunk({ content: 'half' }) }) + 'data: {"id":"cut', { 'content-type': 'text/event-stream' }))
    const reply = await proxy.fetch(CHAT, { ...chatBody({ stream: true }), headers: { 'x-litellm-call-id': 'broken' } })
    const events = (await reply.text()).trim().split('\n\n')
    expect(reply.status).toBe(200)
    expect(events).toHaveLength(2)
    expect(JSON.parse(events[1]!.slice('data: '.length))).toMatchObject({ error: { code: 'upstream_interrupted' } })
    expect(await proxy.logged((line) => line['id'] === 'broken')).toMatchObject({ error: 'upstream_interrupted' })
  })

  it('ends the upstream call within 100 ms when the client leaves, 50 times over', async () => {
    const streams = Array.from({ length: 50 }, () => controlledStream())
    let next = 0
    upstream.otherwise((response, call) => streams[next++]!.answer(response, call))
    const clients = streams.map(() => new AbortController())
    const replies = clients.map(({ signal }) => proxy.fetch(CHAT, { ...chatBody({ stream: true }), signal }))
    const calls = await Promise.all(streams.map(async (stream) => {
      const call = await stream.opened
      await stream.send(sseText({ data: chunk({ content: 'x' }) }))
      return call
    }))
    await Promise.all(replies)
    const leftAt = performance.now()
    for (const client of clients) client.abort()
    const times = await Promise.all(calls.map(async (call) => {
      await call.aborted
      return performance.now() - leftAt
    }))
    expect(times.sort((a, b) => a - b)[25]).toBeLessThan(100)
    upstream.reset().on(CHAT, answer.json(completion('still here')))
    expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
  })

  it('logs one line a request, without bodies or keys', async () => {
    upstream.on(CHAT, answer.json(completion('the secret answer')))
    await (await proxy.fetch(CHAT, { ...chatBody({ messages: [{ role: 'user', content: 'the secret question' }] }), headers: { 'x-litellm-call-id': 'logged' } })).json()
    const line = await proxy.logged(({ id }) => id === 'logged')
    expect(line).toMatchObject({ key: 'master', model: 'gpt', provider: 'openai', status: 200, tokens_in: 10, tokens_out: 5, cost: 0.00002 })
    expect(proxy.log.filter(({ id }) => id === 'logged')).toHaveLength(1)
    for (const secret of ['secret answer', 'secret question', MASTER_KEY, 'sk-upstream-secret']) expect(proxy.output).not.toContain(secret)
  })

  it('refuses what the provider cannot do, by name', async () => {
    const refused = await proxy.fetch(CHAT, chatBody({ model: 'wild/o3-mini', temperature: 0.2 }))
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { param: 'temperature', code: 'unsupported_parameter' } })
    upstream.on(CHAT, answer.json(completion('hi')))
    const dropped = await proxy.fetch(CHAT, chatBody({ model: 'wild/o3-mini', temperature: 0.2, drop_params: true }))
    expect(dropped.headers.get('x-tianjillm-dropped-params')).toBe('temperature')
    expect(lastBody()).not.toHaveProperty('temperature')
  })

  it('starts one upstream call per request, and none for a refused one', async () => {
    upstream.on(CHAT, answer.json(completion('hi')))
    await proxy.fetch(CHAT, chatBody())
    await proxy.fetch(CHAT, chatBody({ messages: [] }))
    expect(upstream.requests).toHaveLength(1)
  })
})

describe('an upstream that hangs', () => {
  it('is given up after the configured time, with a 408 that names it', async () => {
    await using upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.hang())
    await using proxy = await startProxy({ config: oneModel(upstream.url, { params: { timeout: 0.2 } }) })
    const reply = await proxy.fetch(CHAT, chatBody())
    expect(reply.status).toBe(408)
    expect(await reply.json()).toMatchObject({ error: { code: 'upstream_timeout', message: expect.stringContaining('200 ms') as string } })
  })
})
