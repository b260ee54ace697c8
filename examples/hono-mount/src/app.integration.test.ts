import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import type { Hono } from 'hono'
import OpenAI, { PermissionDeniedError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOwnApp } from './app.ts'
import { createOwnGateway } from './gateway.ts'

const KEY = 'sk-example-key'
const base = { id: 'c', created: 1, model: 'gpt-4o-mini' }
const completion = { ...base, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }
const chunk = (delta: object, finish_reason: string | null = null) => ({ data: { ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] } })
const streamed = answer.sse([chunk({ role: 'assistant', content: 'Hel' }), chunk({ content: 'lo.' }), chunk({}, 'stop'), '[DONE]'])

let upstream: FakeUpstream
let close: () => Promise<void>
let app: Hono
const seen: string[] = []

beforeAll(async () => {
  upstream = await createFakeUpstream()
  const own = await createOwnGateway({ key: KEY, openaiKey: 'sk-upstream', openaiBase: `${upstream.url}/v1` })
  close = own.close
  app = createOwnApp(own.gateway, (tenant, path) => seen.push(`${tenant} ${path}`))
})
afterAll(async () => {
  await close()
  await upstream.close()
})
beforeEach(() => {
  upstream.reset()
  seen.length = 0
})

const path = '/llm/v1/chat/completions'
const init = (more: object = {}, headers: Record<string, string> = { 'x-tenant': 'acme' }): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'Hi' }], ...more }),
})

describe('without a server, by web Request and Response', () => {
  it('chats', async () => {
    upstream.otherwise(answer.json(completion))
    const reply = await app.request(path, init())
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ model: 'gpt', choices: [{ message: { content: 'Hello.' } }] })
    expect(seen).toEqual([`acme ${path}`])
  })

  it('streams', async () => {
    upstream.otherwise(streamed)
    const reply = await app.request(path, init({ stream: true }))
    expect(reply.headers.get('content-type')).toContain('text/event-stream')
    const events = (await reply.text()).trim().split('\n\n').map((event) => event.slice('data: '.length))
    expect(events.at(-1)).toBe('[DONE]')
    expect(events.slice(0, -1).map((event) => (JSON.parse(event) as OpenAI.ChatCompletionChunk).choices[0]!.delta.content ?? '').join('')).toBe('Hello.')
  })

  it('ends the upstream\'s stream when the reader leaves', async () => {
    upstream.otherwise(answer.hang(`data: ${JSON.stringify(chunk({ content: 'x' }).data)}\n\n`, { 'content-type': 'text/event-stream' }))
    const reply = await app.request(path, init({ stream: true }))
    const reader = reply.body!.getReader()
    expect((await reader.read()).done).toBe(false)
    await reader.cancel()
    await (await upstream.request(0)).aborted
  })

  it('has its own middleware in front, its own routes beside, and the gateway\'s own errors', async () => {
    expect((await app.request(path, init({}, {}))).status).toBe(403)
    expect(await (await app.request('/')).text()).toBe('My own app')
    const refused = await app.request(path, init({}, { 'x-tenant': 'acme', authorization: 'Bearer sk-wrong' }))
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ error: { type: 'token_not_found_in_db' } })
    expect(upstream.requests).toHaveLength(0)
  })
})

describe('on Node\'s server', () => {
  let server: ReturnType<typeof serve>
  let client: OpenAI
  beforeAll(async () => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    if (!server.listening) await once(server, 'listening')
    client = new OpenAI({ baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/llm/v1`, apiKey: KEY, maxRetries: 0, defaultHeaders: { 'x-tenant': 'acme' } })
  })
  afterAll(async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  })
  const messages = [{ role: 'user' as const, content: 'Hi' }]

  it('chats, streams and lists for OpenAI\'s client', async () => {
    upstream.next(answer.json(completion), streamed)
    expect((await client.chat.completions.create({ model: 'gpt', messages })).choices[0]!.message.content).toBe('Hello.')
    expect((await client.chat.completions.stream({ model: 'gpt', messages }).finalChatCompletion()).choices[0]!.message.content).toBe('Hello.')
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['gpt'])
    expect(seen).toHaveLength(3)
  })

  it('has the middleware in front there as well', async () => {
    await expect(client.chat.completions.create({ model: 'gpt', messages }, { headers: { 'x-tenant': null } })).rejects.toThrow(PermissionDeniedError)
  })
})
