import { describe, expect, it } from 'vitest'
import { outcome, Recorder, turns } from './__fixtures__/record.ts'
import { answer, connector, httpServer, rawServer } from './__fixtures__/servers.ts'

describe('a request', () => {
  it('arrives with method, path, query, headers and body', async () => {
    let seen: unknown
    const server = await httpServer((request, reply) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        seen = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() }
        reply.writeHead(201, { 'X-Request-Id': 'abc', 'set-cookie': ['a=1', 'b=2'] }).end('done')
      })
    })
    const reply = await connector().send({ method: 'POST', url: `${server.url}/v1/chat?x=1#part`, headers: { 'content-type': 'application/json' }, body: '{"ä":1}', trust: 'operator' })
    expect(reply).toMatchObject({ status: 201, headers: { 'x-request-id': 'abc', 'set-cookie': ['a=1', 'b=2'] } })
    expect(reply.body.toString()).toBe('done')
    expect(seen).toMatchObject({ method: 'POST', url: '/v1/chat?x=1', body: '{"ä":1}', headers: { host: `127.0.0.1:${server.port}`, 'content-length': '8', 'content-type': 'application/json' } })
  })

  it.each(['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH', 'POST'] as const)('%s works without a body', async (method) => {
    const server = await httpServer((request, reply) => reply.writeHead(200, { 'x-length': String(request.headers['content-length']), 'content-length': 2 }).end(method === 'HEAD' ? undefined : 'ok'))
    const reply = await connector().send({ method, url: server.url, trust: 'operator' })
    expect(reply.status).toBe(200)
    expect(reply.body.toString()).toBe(method === 'HEAD' ? '' : 'ok')
    expect(reply.headers['x-length']).toBe(['PUT', 'PATCH', 'POST'].includes(method) ? '0' : 'undefined')
  })

  it('does not ask for compression and adds no header of its own', async () => {
    let head = ''
    const server = await rawServer((socket, text) => {
      head = text
      socket.write(answer('ok'))
    })
    await connector().send({ method: 'GET', url: server.url, headers: { 'x-a': 'b' }, trust: 'operator' })
    expect(head).toBe(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\nx-a: b\r\n\r\n`)
  })

  it('takes bytes and text bodies alike, also views into a larger buffer', async () => {
    const server = await httpServer((request, reply) => void request.pipe(reply))
    const http = connector()
    const whole = Buffer.from('xxhello worldxx')
    for (const body of ['hello world', Buffer.from('hello world'), new Uint8Array(whole.buffer, whole.byteOffset + 2, 11)]) {
      expect((await http.send({ method: 'POST', url: server.url, body, trust: 'operator' })).body.toString()).toBe('hello world')
    }
  })

  it('leaves the objects of the caller as they are', async () => {
    const server = await httpServer((_, reply) => reply.end())
    const headers = Object.freeze({ 'x-a': '1', host: `127.0.0.1:${server.port}` })
    const credential = Object.freeze({ hosts: Object.freeze([`127.0.0.1:${server.port}`]), headers: Object.freeze({ authorization: 'Bearer k' }) })
    await connector().send(Object.freeze({ method: 'GET', url: server.url, headers, credential, trust: 'operator' }))
    expect(headers).toEqual({ 'x-a': '1', host: `127.0.0.1:${server.port}` })
  })

  it('hands over every chunk in order, then the end', async () => {
    const server = await httpServer((_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' })
      let next = 0
      const write = (): void => {
        if (next === 50) reply.end()
        else reply.write(`data: ${next++}\n\n`, () => setImmediate(write))
      }
      write()
    })
    const heard = new Recorder()
    connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    expect(await heard.over()).toBeUndefined()
    expect(heard.body).toBe(Array.from({ length: 50 }, (_, index) => `data: ${index}\n\n`).join(''))
    expect(heard.events[0]).toBe('head')
    expect(heard.events.at(-1)).toBe('end')
  })

  it('passes interim 1xx answers over', async () => {
    const server = await rawServer((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${answer('ok')}`))
    const heard = new Recorder()
    connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.over()
    expect([heard.status, heard.events]).toEqual([200, ['head', 'data', 'end']])
  })

  it('keeps a chunk valid after the handler returned', async () => {
    const server = await httpServer((_, reply) => {
      reply.write('a'.repeat(70_000))
      setImmediate(() => reply.end('b'.repeat(70_000)))
    })
    const chunks: Buffer[] = []
    const heard = new Recorder({ onData: (chunk) => void chunks.push(chunk) })
    connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.over()
    expect(Buffer.concat(chunks).toString()).toBe('a'.repeat(70_000) + 'b'.repeat(70_000))
  })
})

describe('what cannot be sent', () => {
  const bad: [string, { url?: string; headers?: Record<string, string> }][] = [
    ['CR LF in a value', { headers: { 'x-a': 'b\r\nevil: 1' } }],
    ['LF in a value', { headers: { 'x-a': 'b\nevil: 1' } }],
    ['NUL in a value', { headers: { 'x-a': 'b\0c' } }],
    ['text outside latin1 in a value', { headers: { 'x-a': '漢' } }],
    ['CR LF in a name', { headers: { 'x-a\r\nevil': '1' } }],
    ['a space in a name', { headers: { 'x a': '1' } }],
    ['an empty name', { headers: { '': '1' } }],
    ['transfer-encoding', { headers: { 'transfer-encoding': 'chunked' } }],
    ['expect', { headers: { expect: '100-continue' } }],
    ['another host', { headers: { host: 'other.test' } }],
    ['another host in capitals', { headers: { Host: 'other.test' } }],
    ['a wrong content-length', { headers: { 'content-length': '999' } }],
    ['CR LF in the URL', { url: '/a\r\nevil: 1' }],
    ['a tab in the URL', { url: '/a\tb' }],
    ['a space in the URL', { url: '/a b' }],
    ['DEL in the URL', { url: '/a\u007f' }],
  ]

  it.each(bad)('%s: nothing leaves', async (_, { url = '', headers }) => {
    const server = await rawServer((socket) => socket.write(answer('')))
    const http = connector()
    const error = await http.send({ method: 'POST', url: server.url + url, headers: headers ?? {}, body: 'x', trust: 'operator' }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'invalid_request' })
    // oxlint-disable-next-line no-control-regex
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/)
    expect((error as Error).message).not.toContain('evil: 1')
    await turns()
    expect(http.stats().calls).toBe(0)
  })

  it('is told to the handler after the caller has the control, not before', () => {
    const heard = new Recorder()
    connector().open({ method: 'GET', url: 'ftp://x', trust: 'operator' }, heard)
    expect(heard.events).toEqual([])
    return heard.heard('error')
  })

  it('is not told after an abort', async () => {
    const heard = new Recorder()
    connector().open({ method: 'GET', url: 'ftp://x' }, heard).abort()
    await turns()
    expect(heard.events).toEqual([])
  })
})

describe('connections', () => {
  it('are used again, one for each trust', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ allowPrivate: true, allowedPorts: 'any' })
    for (const trust of ['operator', 'operator', 'checked', 'operator', 'checked'] as const) {
      await http.send({ method: 'GET', url: `${server.url}/${trust}`, trust })
      await turns()
    }
    expect(server.accepted).toBe(2)
    expect(http.stats()).toMatchObject({ pools: 2, calls: 0, connected: 2, queued: 0 })
  })

  it('are as many as calls at once, up to `connections`', async () => {
    const waiting: (() => void)[] = []
    const server = await httpServer((_, reply) => void waiting.push(() => reply.end('ok')))
    const http = connector({ connections: 3 })
    const all = Array.from({ length: 5 }, () => {
      const heard = new Recorder()
      http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
      return heard
    })
    while (waiting.length < 3) await turns(1)
    await turns()
    expect(http.stats()).toMatchObject({ calls: 5, connected: 3, queued: 2 })
    while (all.some(({ events }) => !events.includes('end'))) {
      waiting.shift()?.()
      await turns(1)
    }
    expect(server.accepted).toBe(3)
    expect(http.stats()).toMatchObject({ calls: 0, queued: 0 })
  })

  it('keep working after many different URLs', async () => {
    const server = await httpServer((request, reply) => reply.end(request.url))
    const http = connector()
    const paths = Array.from({ length: 2_500 }, (_, index) => `/${index}`)
    const bodies: string[] = []
    for (const path of [...paths, '/0']) bodies.push((await http.send({ method: 'GET', url: server.url + path, trust: 'operator' })).body.toString())
    expect(bodies).toEqual([...paths, '/0'])
    const long = `/${'x'.repeat(5_000)}`
    expect((await http.send({ method: 'GET', url: server.url + long, trust: 'operator' })).body.toString()).toBe(long)
    expect(http.stats().pools).toBe(1)
  })

  it('fail with upstream_unreachable when nobody listens', async () => {
    const server = await httpServer(() => {})
    await server.stop()
    const error = await connector().send({ method: 'GET', url: `${server.url}/path?key=secret`, trust: 'operator' }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'upstream_unreachable', retryable: true })
    expect(String(error)).toContain(`127.0.0.1:${server.port}`)
    expect(String(error)).toContain('ECONNREFUSED')
    expect(String(error)).not.toContain('secret')
  })

  it('fail with upstream_unreachable when the name does not resolve', async () => {
    const http = connector({ resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) })
    expect(await outcome(http.send({ method: 'GET', url: 'http://nowhere.test/' }))).toBe('upstream_unreachable')
    expect(await outcome(http.send({ method: 'GET', url: 'http://nowhere.test/', trust: 'operator' }))).toBe('upstream_unreachable')
  })
})
