import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { GatewayError } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { outcome, Recorder, turns } from './__fixtures__/record.ts'
import { connector, httpServer } from './__fixtures__/servers.ts'

const text = JSON.stringify({ message: 'hello '.repeat(100) })

function encodedServer(encoding: string, body: Buffer | string) {
  return httpServer((_, reply) => reply.writeHead(200, { 'content-encoding': encoding, 'content-length': Buffer.byteLength(body), etag: '"1"' }).end(body))
}

describe('maxBytes', () => {
  it('refuses an announced body before reading it', async () => {
    const server = await httpServer((_, reply) => {
      reply.writeHead(200, { 'content-length': 1_000_000 })
      reply.write('x')
    })
    const error = await connector().send({ method: 'GET', url: server.url, trust: 'operator' }, { maxBytes: 999_999 }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'upstream_malformed', message: expect.stringContaining('larger than 999999 bytes') })
    await server.idle()
  })

  it('cuts a body of unknown length', async () => {
    const server = await httpServer((_, reply) => {
      const more = (): void => void (reply.destroyed || reply.write('x'.repeat(10_000), () => setImmediate(more)))
      more()
    })
    expect(await outcome(connector().send({ method: 'GET', url: server.url, trust: 'operator' }, { maxBytes: 50_000 }))).toBe('upstream_malformed')
    await server.idle()
  })

  it('accepts exactly the limit, and no limit for the length of a HEAD', async () => {
    const server = await httpServer((_, reply) => reply.writeHead(200, { 'content-length': 100 }).end('x'.repeat(100)))
    const http = connector()
    expect((await http.send({ method: 'GET', url: server.url, trust: 'operator' }, { maxBytes: 100 })).body.length).toBe(100)
    expect((await http.send({ method: 'HEAD', url: server.url, trust: 'operator' }, { maxBytes: 1 })).headers['content-length']).toBe('100')
  })
})

describe('an encoded answer that nobody asked for', () => {
  const forms: [string, Buffer][] = [
    ['gzip', gzipSync(text)], ['x-gzip', gzipSync(text)], ['GZIP', gzipSync(text)], ['deflate', deflateSync(text)], ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)], ['zstd', zstdCompressSync(text)], ['gzip, br', brotliCompressSync(gzipSync(text))], ['identity', Buffer.from(text)],
  ]

  it.each(forms)('%s: send() decodes it and drops the headers that no longer hold', async (encoding, body) => {
    const server = await encodedServer(encoding, body)
    const reply = await connector().send({ method: 'GET', url: server.url, trust: 'operator' })
    expect(reply.body.toString()).toBe(text)
    expect(reply.headers).toMatchObject({ etag: '"1"' })
    expect(reply.headers).not.toHaveProperty('content-encoding')
    expect(reply.headers).not.toHaveProperty('content-length')
  })

  it('open() leaves it as it is', async () => {
    const server = await encodedServer('gzip', gzipSync(text))
    const chunks: Buffer[] = []
    const heard = new Recorder({ onData: (chunk) => void chunks.push(chunk) })
    connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.over()
    expect(heard.headers['content-encoding']).toBe('gzip')
    expect(Buffer.concat(chunks)).toEqual(gzipSync(text))
  })

  const zeros = Buffer.alloc(50_000_000)
  const bombs: [string, Buffer][] = [
    ['gzip', gzipSync(zeros)], ['br', brotliCompressSync(zeros)], ['zstd', zstdCompressSync(zeros)], ['deflate', deflateSync(zeros)],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
  ]
  it.each(bombs)('a %s bomb is refused at maxBytes', async (encoding, body) => {
    const server = await encodedServer(encoding, body)
    const error = await connector().send({ method: 'GET', url: server.url, trust: 'operator' }, { maxBytes: 1_000_000 }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'upstream_malformed', message: expect.stringContaining('larger than 1000000 bytes when unpacked') })
  })

  it.each([
    ['gzip', 'not gzip at all'], ['br', 'nope'], ['zstd', 'nope'], ['deflate', 'nope'], ['gzip', gzipSync(text).subarray(0, 20)], ['compress', text], ['constructor', text], ['gzip, gzip, gzip, gzip', text],
  ])('%s with a body that is not: upstream_malformed', async (encoding, body) => {
    const server = await encodedServer(encoding, body)
    expect(await outcome(connector().send({ method: 'GET', url: server.url, trust: 'operator' }))).toBe('upstream_malformed')
  })

  it('may be empty', async () => {
    const server = await encodedServer('gzip', '')
    expect((await connector().send({ method: 'GET', url: server.url, trust: 'operator' })).body.length).toBe(0)
  })
})

describe('signal', () => {
  /** A signal that counts its listeners. */
  function counted() {
    const controller = new AbortController()
    const { signal } = controller
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--
      remove(...args)
    }
    return { controller, signal, listeners: () => listeners }
  }

  it('ends a call that waits, and the connection with it', async () => {
    const server = await httpServer(() => controller.abort())
    const { controller, signal, listeners } = counted()
    const error = await connector().send({ method: 'GET', url: server.url, trust: 'operator' }, { signal }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'client_closed' })
    await server.idle()
    expect(listeners()).toBe(0)
  })

  it('that fired before: nothing is sent', async () => {
    const server = await httpServer((_, reply) => reply.end())
    expect(await outcome(connector().send({ method: 'GET', url: server.url, trust: 'operator' }, { signal: AbortSignal.abort() }))).toBe('client_closed')
    await turns()
    expect(server.accepted).toBe(0)
  })

  it('passes on a coded reason, and calls a time-out a time-out', async () => {
    const server = await httpServer(() => {})
    const send = (signal: AbortSignal): Promise<string> => outcome(connector().send({ method: 'GET', url: server.url, trust: 'operator' }, { signal }))
    expect(await send(AbortSignal.abort(new GatewayError('shutting_down', 'x')))).toBe('shutting_down')
    expect(await send(AbortSignal.timeout(5))).toBe('upstream_timeout')
  })

  it('keeps no listener after an answer, an error or a refusal', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const { signal, listeners } = counted()
    const http = connector()
    await http.send({ method: 'GET', url: server.url, trust: 'operator' }, { signal })
    await outcome(http.send({ method: 'GET', url: 'ftp://x' }, { signal }))
    await outcome(http.send({ method: 'GET', url: server.url, trust: 'operator' }, { signal, maxBytes: 1 }))
    await server.stop()
    await outcome(http.send({ method: 'GET', url: server.url, trust: 'operator' }, { signal }))
    expect(listeners()).toBe(0)
  })
})
