import { request } from 'node:http'
import { createConnection } from 'node:net'
import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

describe('bad input', () => {
  let upstream: Awaited<ReturnType<typeof createFakeUpstream>>
  let proxy: RunningProxy

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('fine')))
    proxy = await startProxy({ config: oneModel(upstream.url, { config: { general_settings: { max_request_size_mb: 1 } } }) })
  })
  // oxlint-disable vitest/no-standalone-expect -- the last word on the whole file
  afterAll(async () => {
    // Whatever was sent, the process is alive and nothing but good requests went out.
    expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
    expect(upstream.requests).toHaveLength(1)
    expect(proxy.process.exitCode).toBeNull()
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  const message = { role: 'user', content: 'hi' }
  const bodies: readonly (readonly [name: string, body: string | Buffer, status: number, param: string | null])[] = [
    ['an empty body', '', 400, null],
    ['broken JSON', '{"model":', 400, null],
    ['a list', '[1]', 400, null],
    ['a text', '"hi"', 400, null],
    ['null', 'null', 400, null],
    ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400, null],
    ['no model', JSON.stringify({ messages: [message] }), 400, 'model'],
    ['a model that is a number', JSON.stringify({ model: 7, messages: [message] }), 400, 'model'],
    ['an unknown model', JSON.stringify({ model: 'nope', messages: [message] }), 400, 'model'],
    ['no messages', JSON.stringify({ model: 'gpt' }), 400, 'messages'],
    ['messages that are a text', JSON.stringify({ model: 'gpt', messages: 'hi' }), 400, 'messages'],
    ['an empty list of messages', JSON.stringify({ model: 'gpt', messages: [] }), 400, 'messages'],
    ['a message that is a text', JSON.stringify({ model: 'gpt', messages: [message, 'hi'] }), 400, 'messages[1]'],
    ['an unknown role', JSON.stringify({ model: 'gpt', messages: [{ role: 'root', content: 'x' }] }), 400, 'messages[0].role'],
    ['content of a wrong type', JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 7 }] }), 400, 'messages[0].content'],
    ['a part without text', JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: [{ type: 'text' }] }] }), 400, 'messages[0].content[0].text'],
    ['an image without address', JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] }), 400, 'messages[0].content[0].image_url.url'],
    ['a tool result without id', JSON.stringify({ model: 'gpt', messages: [{ role: 'tool', content: 'x' }] }), 400, 'messages[0].tool_call_id'],
    ['tool arguments that are an object', JSON.stringify({ model: 'gpt', messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: {} } }] }] }), 400, 'messages[0].tool_calls[0].function.arguments'],
    ['a tool without type', JSON.stringify({ model: 'gpt', messages: [message], tools: [{ function: { name: 'f' } }] }), 400, 'tools[0].type'],
    ['a tool that says nothing', JSON.stringify({ model: 'gpt', messages: [message], tools: [{}] }), 400, 'tools[0].type'],
    ['a tool without name', JSON.stringify({ model: 'gpt', messages: [message], tools: [{ type: 'function', function: {} }] }), 400, 'tools[0].function.name'],
    ['a stream flag that is a text', JSON.stringify({ model: 'gpt', messages: [message], stream: 'yes' }), 400, 'stream'],
    ['a temperature that is a text', JSON.stringify({ model: 'gpt', messages: [message], temperature: 'hot' }), 400, 'temperature'],
    ['a negative temperature', JSON.stringify({ model: 'gpt', messages: [message], temperature: -1 }), 400, 'temperature'],
    ['max_tokens of 1.5', JSON.stringify({ model: 'gpt', messages: [message], max_tokens: 1.5 }), 400, 'max_tokens'],
    ['a key called __proto__', '{"model":"gpt","messages":[],"__proto__":{"x":1}}', 400, '__proto__'],
    ['metadata as a text', JSON.stringify({ model: 'gpt', messages: [message], metadata: '{"a":1}' }), 400, 'metadata'],
    ['100,000 nested lists', `{"model":"gpt","messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, null],
    ['too large a body', JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'x'.repeat(2_000_000) }] }), 413, 'content-length'],
  ]

  it.each(bodies)('%s', async (_name, body, status, param) => {
    const reply = await proxy.fetch(CHAT, { method: 'POST', body })
    const json = (await reply.json()) as { error: { message: string; type: string; param: string | null; code: string } }
    expect(reply.status).toBe(status)
    expect(json.error).toMatchObject({ param, message: expect.any(String) as string, type: 'invalid_request_error', code: expect.any(String) as string })
  })

  it('a chunked body above the limit is refused while it is read', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(proxy.url + CHAT, { method: 'POST', headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' } }, (reply) => {
        resolve(reply.statusCode)
        reply.resume()
        sent.destroy()
      })
      sent.on('error', reject)
      // Never ended: the answer has to come before the body is whole.
      for (let i = 0; i < 20; i += 1) sent.write(Buffer.alloc(65_536, 'x'))
    })
    expect(status).toBe(413)
  })

  it('another content type', async () => {
    const reply = await proxy.fetch(CHAT, { ...chatBody(), headers: { 'content-type': 'text/plain' } })
    expect(reply.status).toBe(415)
    expect(await reply.json()).toMatchObject({ error: { param: 'content-type' } })
  })

  it('a compressed body', async () => {
    const reply = await proxy.fetch(CHAT, { ...chatBody(), headers: { 'content-encoding': 'gzip' } })
    expect(reply.status).toBe(415)
  })

  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer sk-wrong' }],
    ['the hash of a key', { authorization: 'Bearer 6f1ed002ab5595859014ebf0951522d9' }],
    ['a key with control characters', { 'x-api-key': 'sk-\t' }],
  ])('%s: 401 from constant words', async (name, headers) => {
    const reply = await fetch(proxy.url + CHAT, { ...chatBody(), headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) } })
    const text = await reply.text()
    expect(reply.status).toBe(401)
    expect(JSON.parse(text)).toMatchObject({ error: { type: name === 'no key' ? 'auth_error' : 'token_not_found_in_db', code: 'invalid_api_key' } })
    expect(text).not.toContain('sk-wrong')
  })

  it.each(['authorization', 'api-key', 'x-api-key', 'x-goog-api-key', 'ocp-apim-subscription-key', 'x-litellm-api-key'])('the key in %s', async (name) => {
    const value = name === 'authorization' ? `Bearer ${MASTER_KEY}` : MASTER_KEY
    expect((await fetch(`${proxy.url}/v1/models`, { headers: { [name]: value } })).status).toBe(200)
  })

  it('an unknown route, and a wrong method', async () => {
    const unknown = await proxy.fetch('/v1/nothing')
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { detail: 'Not Found', error: { type: 'not_found_error' } }])
    expect((await proxy.fetch(CHAT)).status).toBe(405)
  })

  it('bytes that are not HTTP', async () => {
    const { port } = new URL(proxy.url)
    const got = await new Promise<string>((resolve) => {
      let text = ''
      const socket = createConnection(Number(port), '127.0.0.1', () => socket.write('\u0000\u0001garbage\r\n\r\n'))
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
      socket.on('error', () => {})
    })
    expect(got).toMatch(/^HTTP\/1\.1 400/)
  })

  it('both content-length and transfer-encoding', async () => {
    const { port } = new URL(proxy.url)
    const got = await new Promise<string>((resolve) => {
      let text = ''
      const head = `POST ${CHAT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${MASTER_KEY}\r\ncontent-type: application/json\r\n`
      const socket = createConnection(Number(port), '127.0.0.1', () => socket.write(`${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`))
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
      socket.on('error', () => {})
    })
    expect(got).toMatch(/^HTTP\/1\.1 400/)
  })
})
