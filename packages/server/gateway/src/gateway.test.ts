import { once } from 'node:events'
import { request as nodeRequest } from 'node:http'
import { GatewayError, type Guardrail } from '@tianjillm/core'
import { answer, controlledStream, sseText, turn } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { chatRoute, KEY, queryRoute, stage, webRequest } from './__fixtures__/gateway.ts'
import { checkRoutes, type Route } from './index.ts'

const PATH = '/chat/completions'
const chunk = (content: string, finish: string | null = null): object => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })
const usageChunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [], usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }
const completion = { id: 'c', object: 'chat.completion', created: 1, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }
const modes = [['bytes', 'openai'], ['events', 'other']] as const
const guardrail = (check: Guardrail['check'], windowChars = 1): Guardrail => ({ on: ['output'], streaming: 'window', windowChars, check })
const flag = { outcome: 'flag', reason: 'not allowed' } as const

describe.each(modes)('a stream in %s', (_mode, dialect) => {
  const route = chatRoute(dialect) as Route

  it('is settled once, with what it used', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch, records, gateway } = staged
    upstream.on(PATH, answer.sse([{ data: chunk('a') }, { data: chunk('', 'stop') }, { data: usageChunk }, '[DONE]']))
    expect(await (await fetch({ stream: true })).text()).toMatch(/"model":"gpt".*\[DONE\]\n\n$/s)
    expect(records).toMatchObject([{ status: 'success', usage: { input: 4, output: 2 } }])
    expect(gateway.inFlight).toBe(0)
  })

  it('has an error event and no end mark when the upstream breaks, and is settled once', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch, records } = staged
    upstream.on(PATH, answer.reset(sseText({ data: chunk('a') }) + 'data: {"id":', { 'content-type': 'text/event-stream' }))
    const events = (await (await fetch({ stream: true })).text()).trim().split('\n\n')
    expect(events).toHaveLength(2)
    expect(events[1]).toContain('upstream_interrupted')
    expect(records).toMatchObject([{ status: 'failure', error: { code: 'upstream_interrupted' } }])
  })

  it('does not show the beginning of an event when the upstream ends in the middle of it', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch, record } = staged
    upstream.on(PATH, answer.bytes(sseText({ data: chunk('a') }) + 'data: {"id":"cut', { headers: { 'content-type': 'text/event-stream' } }))
    const text = await (await fetch({ stream: true })).text()
    expect(text).not.toContain('"cut')
    expect(text).toContain('upstream_interrupted')
    expect(await record(0)).toMatchObject({ status: 'failure' })
  })

  it('tells an error event in the middle as a failure, in our form, behind what came before', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch, record } = staged
    upstream.on(PATH, answer.sse([{ data: chunk('first') }, { data: { error: { message: 'GPU on fire', code: 503 } } }, { data: chunk('after') }]))
    const events = (await (await fetch({ stream: true })).text()).trim().split('\n\n')
    expect(events).toHaveLength(2)
    expect(events[0]).toContain('first')
    expect(events[1]).toContain('GPU on fire')
    expect(await record(0)).toMatchObject({ status: 'failure', error: { status: 503 } })
  })

  it('is not taken for an error because its text has strange line ends and speaks of one', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch, record } = staged
    upstream.on(PATH, answer.sse([{ data: { ...chunk('line\u2028separator'), error: null } }, { data: chunk('', 'stop') }, '[DONE]']))
    expect(await (await fetch({ stream: true })).text()).toContain('separator')
    expect(await record(0)).toMatchObject({ status: 'success' })
  })

  it('passes CRLF and huge events', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch } = staged
    const huge = 'x'.repeat(3_000_000)
    upstream.on(PATH, answer.bytes(`data: ${JSON.stringify(chunk(huge))}\r\n\r\ndata: ${JSON.stringify(chunk('', 'stop'))}\r\n\r\ndata: [DONE]\r\n\r\n`, { headers: { 'content-type': 'text/event-stream' } }))
    const text = await (await fetch({ stream: true })).text()
    expect(text).toContain(huge)
    expect(text.trim().endsWith('[DONE]')).toBe(true)
  })

  it('ends upstream, once, when the client leaves: before the head, after it, in an error answer', async () => {
    await using staged = await stage({ route })
    const { upstream, fetch, record, records, gateway } = staged
    const waiting = Promise.withResolvers<{ aborted: Promise<unknown> }>()
    const error = controlledStream({ status: 500 })
    const body = controlledStream()
    upstream.on(PATH, (_response, call) => waiting.resolve(call), error.answer, body.answer)
    for (const [index, arrived] of [waiting.promise, error.opened, body.opened].entries()) {
      const client = new AbortController()
      const reply = fetch({ stream: true }, { signal: client.signal })
      reply.catch(() => {})
      const call = await arrived
      if (index === 2) {
        await body.send(sseText({ data: chunk('a') }))
        await reply
      }
      client.abort()
      await call.aborted
      expect(await record(index)).toMatchObject({ status: 'cancelled', error: { code: 'client_closed' } })
    }
    expect(records).toHaveLength(3)
    expect(gateway.inFlight).toBe(0)
  })

  it('holds the upstream back while the client does not read', async () => {
    await using staged = await stage({ route })
    const { upstream, url, record } = staged
    const event = sseText({ data: chunk('x'.repeat(60_000)) })
    let sent = 0
    const TOTAL = 1000
    const stuck = Promise.withResolvers<void>()
    upstream.on(PATH, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const more = (): void => {
        while (sent < TOTAL) {
          sent += 1
          if (response.write(event)) continue
          response.once('drain', more)
          // The kernel's buffers are full as well when nothing drains for this many turns of the loop.
          void (async () => {
            const before = sent
            for (let i = 0; i < 300; i += 1) await turn()
            if (sent === before) stuck.resolve()
          })()
          return
        }
        response.end(sseText({ data: chunk('', 'stop') }) + 'data: [DONE]\n\n')
      }
      more()
    })
    const client = nodeRequest(url, { method: 'POST', headers: { authorization: `Bearer ${KEY}` } })
    client.end(JSON.stringify({ model: 'gpt', messages: [], stream: true }))
    const [incoming] = (await once(client, 'response')) as [import('node:http').IncomingMessage]
    await stuck.promise
    expect(sent).toBeLessThan(TOTAL)
    let bytes = 0
    for await (const piece of incoming) bytes += (piece as Buffer).length
    expect(bytes).toBeGreaterThan(TOTAL * 60_000)
    expect(await record(0)).toMatchObject({ status: 'success' })
  })
})

describe('output guardrails on a stream', () => {
  it.each([['at once', (): typeof flag => flag], ['later', async (): Promise<typeof flag> => flag]])('refuse before the first byte, deciding %s', async (_when, check) => {
    let asked = 0
    await using staged = await stage({ guardrail: guardrail(() => { asked += 1; return check() }) })
    const { upstream, fetch, records } = staged
    upstream.on(PATH, answer.sse([{ data: chunk('bad words') }, { data: chunk('', 'stop') }, '[DONE]']))
    const reply = await fetch({ stream: true })
    expect(reply.status).toBe(400)
    expect(await reply.text()).not.toContain('bad words')
    expect(records).toMatchObject([{ status: 'blocked', guardrails: [{ outcome: 'flag' }] }])
    expect(asked).toBe(1)
  })

  it.each([['at once', false], ['later', true]])('refuse in the middle with one error event, deciding %s', async (_when, later) => {
    const verdict = ({ texts }: { texts: readonly { text: string }[] }) => (texts.some(({ text }) => text.includes('bad')) ? flag : { outcome: 'pass' } as const)
    await using staged = await stage({ guardrail: guardrail((subject) => (later ? Promise.resolve(verdict(subject)) : verdict(subject)), 3) })
    const { upstream, fetch, record } = staged
    const stream = controlledStream()
    upstream.on(PATH, stream.answer)
    const reply = fetch({ stream: true })
    await stream.send(sseText({ data: chunk('good ') }) + sseText({ data: chunk('text ') }))
    const reader = (await reply).body!.getReader()
    expect(Buffer.from((await reader.read()).value!).toString()).toContain('good')
    await stream.send(sseText({ data: chunk('then bad words') }))
    const rest = Buffer.from((await reader.read()).value!).toString()
    expect(rest).toContain('content_policy_violation')
    expect(rest).not.toContain('bad words')
    expect((await reader.read()).done).toBe(true)
    expect(await record(0)).toMatchObject({ status: 'blocked' })
    expect(await (await stream.opened).aborted).toBeUndefined()
  })

  it('release nothing after the upstream broke while one was looking', async () => {
    const looking = Promise.withResolvers<void>()
    const verdict = Promise.withResolvers<{ outcome: 'pass' }>()
    await using staged = await stage({ guardrail: guardrail(() => { looking.resolve(); return verdict.promise }) })
    const { upstream, fetch, records } = staged
    const stream = controlledStream()
    upstream.on(PATH, stream.answer)
    const reply = fetch({ stream: true })
    await stream.send(sseText({ data: chunk('some text') }))
    await looking.promise
    await stream.reset()
    // The upstream is paused while the guardrail looks: the break is seen when it has looked.
    verdict.resolve({ outcome: 'pass' })
    expect(await (await reply).text()).toContain('upstream_interrupted')
    expect(records).toHaveLength(1)
  })
})

describe('an answer in one piece', () => {
  it('keeps its status and body when the provider sends headers that cannot be passed on', async () => {
    await using staged = await stage({ deployment: { apiBase: 'http://bücher.example/\u2603' } })
    const { upstream, fetch } = staged
    upstream.on(PATH, (response) => {
      const text = JSON.stringify(completion)
      response.socket!.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-name: `), Buffer.from('snow ☃'), Buffer.from(`\r\nx-evil: a\tb\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`)]))
    })
    const reply = await fetch({ model: 'gpt' })
    expect(reply.status).toBe(200)
    expect(((await reply.json()) as { model: string }).model).toBe('gpt')
    expect(reply.headers.get('x-litellm-model-api-base')).toBe('http://b?cher.example/?')
  })

  it('names the model in the path, which wins over the body and never touches another key', async () => {
    await using staged = await stage()
    const { upstream, web } = staged
    upstream.on(PATH, answer.json(completion))
    const nested = { model: undefined, response_format: { type: 'x', model: 'gpt' } }
    await web(webRequest(nested), undefined, { model: 'gpt' }).handled
    expect(upstream.requests[0]!.json).toEqual({ messages: [], response_format: { type: 'x', model: 'gpt' }, model: 'up' })
    await web(webRequest({ model: 'other' }), undefined, { model: 'gpt' }).handled
    expect(upstream.requests[1]!.json).toMatchObject({ model: 'up' })
  })

  it('is refused over the parallel limit, and let in when one left', async () => {
    await using staged = await stage({ settings: { limits: { maxBodyBytes: 1000, bodyTimeoutMs: 1000, maxReplyBytes: 1000, maxParallel: 1 } } })
    const { upstream, fetch } = staged
    const open = controlledStream({ headers: { 'content-type': 'application/json' } })
    upstream.on(PATH, open.answer, answer.json(completion))
    const first = fetch({})
    await open.opened
    const refused = await fetch({})
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    await open.send(JSON.stringify(completion))
    await open.end()
    expect((await first).status).toBe(200)
    expect((await fetch({})).status).toBe(200)
  })
})

describe('drain', () => {
  it('refuses newcomers, waits for those inside, and may be asked twice', async () => {
    await using staged = await stage()
    const { upstream, fetch, gateway } = staged
    const open = controlledStream()
    upstream.on(PATH, open.answer)
    const reply = fetch({ stream: true })
    await open.send(sseText({ data: chunk('a') }))
    await reply
    const never = new AbortController().signal
    const both = Promise.all([gateway.drain(never), gateway.drain(never)])
    const refused = await fetch({})
    expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: 'shutting_down' } }])
    await open.send(sseText({ data: chunk('', 'stop') }) + 'data: [DONE]\n\n')
    await open.end()
    await both
    expect(await (await reply).text()).toContain('[DONE]')
  })

  it('gives up at the signal', async () => {
    await using staged = await stage()
    const { upstream, fetch, gateway } = staged
    const open = controlledStream()
    upstream.on(PATH, open.answer)
    fetch({}).catch(() => {})
    await open.opened
    const deadline = new AbortController()
    const drained = gateway.drain(deadline.signal)
    deadline.abort()
    await drained
    expect(gateway.inFlight).toBe(1)
  })
})

describe('a web exchange', () => {
  it('streams with back-pressure and tells the upstream when the reader leaves', async () => {
    await using staged = await stage()
    const { upstream, web, record } = staged
    const open = controlledStream()
    upstream.on(PATH, open.answer)
    const { response, handled } = web(webRequest({ stream: true }))
    await open.send(sseText({ data: chunk('a') }))
    const reader = (await response).body!.getReader()
    expect(Buffer.from((await reader.read()).value!).toString()).toContain('"a"')
    await reader.cancel()
    await (await open.opened).aborted
    await handled
    expect(await record(0)).toMatchObject({ status: 'cancelled' })
  })

  it.each([['before it began', true], ['while the upstream works', false]])('is answered for whoever waits, when the client left %s', async (_when, before) => {
    await using staged = await stage()
    const { upstream, web, record } = staged
    const open = controlledStream()
    upstream.on(PATH, open.answer)
    const client = new AbortController()
    if (before) client.abort()
    const { response, handled } = web(webRequest({}, { signal: client.signal }))
    if (!before) {
      await open.opened
      client.abort()
    }
    await handled
    expect((await response).status).toBe(499)
    expect(await record(0)).toMatchObject({ status: 'cancelled', error: { code: 'client_closed' } })
  })

  it('refuses a body above the limit, without having its length', async () => {
    await using staged = await stage({ settings: { limits: { maxBodyBytes: 1000, bodyTimeoutMs: 1000, maxReplyBytes: 1000 } } })
    const { web } = staged
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(600)) })
    const { response } = web(webRequest({}, { body, duplex: 'half' } as RequestInit))
    expect((await response).status).toBe(413)
  })
})

describe('queries', () => {
  it('answer coded errors as they are, and hide others', async () => {
    await using staged = await stage()
    const { web } = staged
    const ask = async (route: Route) => (await web(new Request('http://x/q', { headers: { 'x-api-key': KEY } }), route).response)
    expect(await (await ask(queryRoute())).json()).toEqual({ ok: true })
    expect((await ask(queryRoute({ answer: () => { throw new GatewayError('unknown_model', 'None.', { status: 404 }) } }))).status).toBe(404)
    const hidden = await ask(queryRoute({ answer: () => { throw new Error('password hunter2') } }))
    expect(hidden.status).toBe(500)
    expect(await hidden.text()).not.toContain('hunter2')
    expect((await web(new Request('http://x/q'), queryRoute()).response).status).toBe(401)
  })
})

it('mounts no route that says nothing about permission', () => {
  const { permission: _, ...open } = queryRoute()
  expect(() => checkRoutes([queryRoute(), open as Route])).toThrow('The route GET /q declares no permission')
})
