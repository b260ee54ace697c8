import { createConnector } from '@tianjillm/connector'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Http, HttpRequest } from '@tianjillm/core'
import { answer } from './answers.ts'
import { controlledStream } from './controlled.ts'
import { createFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { reroute } from './reroute.ts'

/** A fake upstream and a client for it, both gone at the end of the block. */
async function setUp() {
  const upstream = await createFakeUpstream()
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  const get = (path: string, more: Partial<HttpRequest> = {}) => connector.send({ method: 'GET', url: upstream.url + path, ...more })
  return { upstream, connector, get, async [Symbol.asyncDispose]() { await connector.destroy(); await upstream.close() } }
}

/** The pieces of a body as they come, and how it ended. */
function watch(http: Http, upstream: FakeUpstream, path = '/') {
  const pieces: string[] = []
  const first = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<string>()
  const control = http.open({ method: 'GET', url: upstream.url + path }, {
    onHead() {}, onData(chunk) { pieces.push(chunk.toString()); first.resolve() },
    onEnd: () => ended.resolve('end'), onError: (error) => ended.resolve(error.code),
  })
  return { pieces, first: first.promise, ended: ended.promise, control }
}

describe('createFakeUpstream', () => {
  it('remembers what it was sent', async () => {
    await using env = await setUp()
    await env.get('/v1/chat?x=1', { method: 'POST', headers: { 'content-type': 'application/json', 'x-key': 'k' }, body: '{"a":"é"}' })
    expect(env.upstream.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat?x=1', text: '{"a":"é"}', json: { a: 'é' } })
    expect(env.upstream.requests[0]?.headers['x-key']).toBe('k')
  })

  it('answers in turn, by path, pattern and test; the last answer stays', async () => {
    await using env = await setUp()
    env.upstream
      .on('/a', answer.json({ n: 1 }), answer.json({ n: 2 }))
      .on(/^\/b\?q=/, answer.error(429, undefined, { 'retry-after': '3' }))
      .on((call) => call.method === 'DELETE', answer.bytes('gone', { status: 202 }))
      .next(answer.json('queued'))
    const texts: string[] = []
    for (const path of ['/a?x', '/a', '/a', '/other', '/other']) texts.push((await env.get(path)).body.toString())
    expect(texts.slice(0, 4)).toEqual(['{"n":1}', '{"n":2}', '{"n":2}', '"queued"'])
    expect(texts[4]).toContain('no answer for GET /other')
    expect(await env.get('/b?q=1')).toMatchObject({ status: 429, headers: { 'retry-after': '3' } })
    expect((await env.get('/a', { method: 'DELETE' })).status).toBe(202)
    env.upstream.reset()
    expect(env.upstream.requests).toEqual([])
    expect((await env.get('/a')).status).toBe(404)
  })

  it('replays recordings, text and binary, without their hop-by-hop headers', async () => {
    await using env = await setUp()
    const headers = { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked', 'content-encoding': 'gzip', 'content-length': '999', 'x-request-id': 'r1' }
    env.upstream.next(answer.recording({ response: { status: 201, headers, raw: 'data: é\n\n' } }), answer.recording({ response: { status: 200, headers: {}, rawBase64: 'AAH/' } }), answer.recording({ response: { status: 200, headers: {}, body: { a: 1 } } }))
    const text = await env.get('/')
    expect([text.status, text.body.toString(), text.headers['x-request-id'], text.headers['content-encoding']]).toEqual([201, 'data: é\n\n', 'r1', undefined])
    expect([...(await env.get('/')).body]).toEqual([0, 1, 255])
    expect((await env.get('/')).body.toString()).toBe('{"a":1}')
  })

  it('sends events', async () => {
    await using env = await setUp()
    env.upstream.next(answer.sse([{ event: 'ping', data: {} }, { data: 'text' }, '[DONE]']))
    expect((await env.get('/')).body.toString()).toBe('event: ping\ndata: {}\n\ndata: text\n\ndata: [DONE]\n\n')
  })

  it('breaks, hangs, drips and talks nonsense', async () => {
    await using env = await setUp()
    env.upstream.next(answer.reset(), answer.reset('half'), answer.garbage(), answer.slow('slowly', { pieceBytes: 2 }))
    await expect(env.get('/')).rejects.toMatchObject({ code: 'upstream_unreachable' })
    const half = watch(env.connector, env.upstream)
    expect(await half.ended).toBe('upstream_interrupted')
    await expect(env.get('/')).rejects.toMatchObject({ name: 'GatewayError' })
    expect((await env.get('/')).body.toString()).toBe('slowly')
    env.upstream.next(answer.hang('start'))
    const stuck = watch(env.connector, env.upstream)
    await stuck.first
    stuck.control.abort()
    await env.upstream.requests.at(-1)!.aborted
    expect(stuck.pieces).toEqual(['start'])
  })

  it('lets a test send a stream piece by piece, and see the client leave', async () => {
    await using env = await setUp()
    const stream = controlledStream()
    const other = controlledStream()
    env.upstream.next(stream.answer, other.answer)
    const client = watch(env.connector, env.upstream)
    expect((await stream.opened).path).toBe('/')
    await stream.send('one')
    await client.first
    expect(client.pieces).toEqual(['one'])
    await stream.send('two')
    await stream.end()
    expect(await client.ended).toBe('end')
    expect(client.pieces.join('')).toBe('onetwo')
    const broken = watch(env.connector, env.upstream)
    await other.opened
    await other.send('x')
    await broken.first
    await other.reset()
    expect(await broken.ended).toBe('upstream_interrupted')
  })

  it('tells when a request has come and when all connections are gone', async () => {
    await using env = await setUp()
    env.upstream.otherwise(answer.json({}))
    const second = env.upstream.request(1)
    await env.get('/first')
    await env.get('/second')
    expect((await second).path).toBe('/second')
    expect(env.upstream.connections).toBeGreaterThan(0)
    await env.connector.destroy()
    await env.upstream.idle()
    expect(env.upstream.connections).toBe(0)
  })

  it('survives clients that break off in the middle of a request', async () => {
    await using env = await setUp()
    env.upstream.otherwise(answer.json({}))
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(env.upstream.url).port), '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => { socket.resetAndDestroy(); resolve() })
      })
    })
    await env.upstream.idle()
    expect((await env.get('/')).status).toBe(200)
  })

  it('closes with connections open', async () => {
    const upstream = await createFakeUpstream()
    const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
    upstream.otherwise(answer.hang())
    const client = watch(connector, upstream)
    await upstream.request(0)
    await upstream.close()
    expect(await client.ended).toMatch(/^upstream_/)
    await connector.destroy()
  })
})

describe('reroute', () => {
  it('brings every call to the fake upstream, path untouched, and says where it was meant to go', async () => {
    await using env = await setUp()
    env.upstream.otherwise(answer.json({}))
    const out = reroute(env.connector, env.upstream.url)
    const credential = { hosts: ['api.acme.example'], headers: { authorization: 'Bearer x' } }
    await out.http.send({ method: 'GET', url: 'https://api.acme.example/a%3Ab//c?d=%2F', credential })
    await out.http.send({ method: 'GET', url: 'https://other.example', credential })
    expect(env.upstream.requests.map(({ path, headers }) => [path, headers['authorization']])).toEqual([['/a%3Ab//c?d=%2F', 'Bearer x'], ['/', undefined]])
    expect(out.urls).toEqual(['https://api.acme.example/a%3Ab//c?d=%2F', 'https://other.example'])
    expect(out.misdirected).toEqual(['https://other.example'])
  })
})
