import { describe, expect, it } from 'vitest'
import { testCertificate } from './__fixtures__/certificate.ts'
import { outcome, Recorder, turns } from './__fixtures__/record.ts'
import { answer, connector, httpServer, rawServer, tlsServer, tunnelTo } from './__fixtures__/servers.ts'
import { ways, type Way } from './__fixtures__/ways.ts'
import type { Connector, ConnectorOptions } from './index.ts'
import type { Socket } from 'node:net'

/** A server that does `then` with the socket for each request, and a connector that reaches it. */
async function speaking(way: Way, then: (socket: Socket, text: string) => void, options: ConnectorOptions = {}) {
  const server = await (way === 'tcp' ? rawServer(then) : tlsServer(then))
  const proxy = way === 'tunnel' ? { httpsProxy: (await tunnelTo(server.port)).url } : {}
  return { server, http: connector({ ...options, ...proxy, tls: { ca: testCertificate } }) }
}

const post = (http: Connector, url: string): Promise<string> => outcome(http.send({ method: 'POST', url, body: 'x', trust: 'operator', timeouts: { headers: 2_000 } }))

/** A call that pauses at the head of its answer, some turns after that. */
async function pausedAtHead(http: Connector, url: string) {
  const heard = new Recorder({ onHead: (control) => control.pause() })
  const control = http.open({ method: 'GET', url, trust: 'operator' }, heard)
  await heard.heard('head')
  await turns(20)
  expect(heard.events).toEqual(['head'])
  return { heard, control }
}

describe.each(ways)('over %s, a server that', (way) => {
  it('closes after its answer without a word: no queued request goes to its end', async () => {
    const { server, http } = await speaking(way, (socket) => socket.end(answer('ok')), { connections: 1 })
    const all = await Promise.all(Array.from({ length: 30 }, () => post(http, server.url)))
    expect(all).toEqual(Array(30).fill('sent'))
    expect(server.accepted).toBe(30)
  })

  it('closes after its answer while the answer is paused: the connection is not used again', async () => {
    const { server, http } = await speaking(way, (socket) => socket.end(answer('all of it')), { connections: 1 })
    for (const method of ['GET', 'POST', 'PUT'] as const) {
      const heard = new Recorder({ onHead: (control) => control.pause() })
      const control = http.open({ method, url: server.url, trust: 'operator' }, heard)
      await heard.heard('head')
      const queued = post(http, server.url)
      await turns(20)
      expect(heard.events).toEqual(['head'])
      control.resume()
      expect(await heard.over()).toBeUndefined()
      expect([heard.body, await queued]).toEqual(['all of it', 'sent'])
    }
    expect(http.stats()).toMatchObject({ calls: 0, queued: 0 })
  })

  it('closes a body without length while it is paused: the end comes after the body', async () => {
    const { server, http } = await speaking(way, (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nup to the end'))
    const { heard, control } = await pausedAtHead(http, server.url)
    control.resume()
    expect([await heard.over(), heard.body, heard.events.at(-1)]).toEqual([undefined, 'up to the end', 'end'])
  })

  it('closes too early while it is paused: what came, then the error', async () => {
    const { server, http } = await speaking(way, (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'))
    const { heard, control } = await pausedAtHead(http, server.url)
    control.resume()
    expect([(await heard.over())?.code, heard.body, heard.events]).toEqual(['upstream_interrupted', 'abc', ['head', 'data', 'error']])
  })

  it('resets while it is paused, and the request is still being written: what came, then the error', async () => {
    const { server, http } = await speaking(way, (socket) => {
      socket.pause()
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')
    })
    const heard = new Recorder({ onHead: (control) => control.pause() })
    const control = http.open({ method: 'POST', url: server.url, body: Buffer.alloc(30_000_000), trust: 'operator' }, heard)
    await heard.heard('head')
    for (const socket of server.sockets) socket.resetAndDestroy()
    await server.idle()
    await turns(50)
    expect(heard.events).toEqual(['head'])
    control.resume()
    expect([(await heard.over())?.code, heard.body, heard.events]).toEqual(['upstream_interrupted', 'abc', ['head', 'data', 'error']])
    expect(http.stats()).toMatchObject({ calls: 0, connected: 0 })
  })

  it('has said all when it is paused: the end comes, and the connection carries the next ones', async () => {
    const { server, http } = await speaking(way, (socket, text) => socket.write(text.startsWith('HEAD') ? answer('').replace('0', '5') : answer(text.startsWith('PUT') ? '' : 'last')))
    for (let round = 0; round < 3; round++) {
      for (const method of ['GET', 'HEAD', 'PUT'] as const) {
        const heard: Recorder = new Recorder({ onHead: (control) => (method === 'GET' ? undefined : control.pause()), onData: () => control.pause() })
        const control = http.open({ method, url: server.url, trust: 'operator' }, heard)
        expect([await heard.over(), heard.body]).toEqual([undefined, method === 'GET' ? 'last' : ''])
        await turns(5)
      }
    }
    expect(server.accepted).toBe(1)
  })

  it('is paused in every chunk and aborted in one: nothing more is heard, the queue moves on', async () => {
    const whole = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(6)}0\r\n\r\n`
    const { server, http } = await speaking(way, (socket) => socket.write(whole), { connections: 1 })
    for (let last = 1; last <= 6; last++) {
      const heard: Recorder = new Recorder({ onData: () => {
        control.pause()
        if (heard.body.length === last) control.abort()
        else setImmediate(() => control.resume())
      } })
      const control = http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
      const queued = post(http, server.url)
      await heard.until(() => heard.body.length === last)
      expect(await queued).toBe('sent')
      expect(heard.events).toEqual(['head', ...Array<string>(last).fill('data')])
    }
  })

  it('closes each time that a request comes: one error for each, the next goes on', async () => {
    let requests = 0
    const { server, http } = await speaking(way, (socket) => (++requests % 2 === 0 ? socket.destroy() : socket.write(answer('ok'))), { connections: 1 })
    const all: string[] = []
    for (let round = 0; round < 6; round++) all.push(await post(http, server.url))
    expect(all).toEqual(['sent', 'upstream_unreachable', 'sent', 'upstream_unreachable', 'sent', 'upstream_unreachable'])
    expect(http.stats()).toMatchObject({ calls: 0, queued: 0 })
  })
})

describe('whether a connection carries another request', () => {
  const cases: [string, string, number][] = [
    ['nothing said', answer('ok'), 1], ['connection: close', answer('ok', 'connection: close\r\n'), 3], ['close in a list', answer('ok', 'Connection: a, Close\r\n'), 3],
    ['keep-alive: timeout=0', answer('ok', 'keep-alive: timeout=0\r\n'), 3], ['keep-alive: timeout=1', answer('ok', 'keep-alive: timeout=1\r\n'), 3], ['keep-alive: timeout=5', answer('ok', 'keep-alive: timeout=5, max=10\r\n'), 1],
    ['a huge keep-alive', answer('ok', `keep-alive: timeout=${'9'.repeat(30)}\r\n`), 1], ['a keep-alive that is none', answer('ok', 'keep-alive: x\r\n'), 1],
    ['HTTP/1.0', answer('ok').replace('1.1', '1.0'), 3], ['HTTP/1.0 with keep-alive', answer('ok', 'connection: keep-alive\r\n').replace('1.1', '1.0'), 1],
    ['chunks over HTTP/1.0', 'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', 3],
    ['bytes that were not announced', `${answer('ok')}\r\n`, 3], ['an interim answer after the answer', `${answer('ok')}HTTP/1.1 100 Continue\r\n\r\n`, 3], ['an interim answer before', `HTTP/1.1 100 Continue\r\nconnection: close\r\n\r\n${answer('ok')}`, 1],
  ]
  it.each(cases)('%s', async (_, text, connections) => {
    const server = await rawServer((socket) => socket.write(text))
    const http = connector({ connections: 1 })
    for (let round = 0; round < 3; round++) expect((await http.send({ method: 'POST', url: server.url, body: 'x', trust: 'operator' })).body.toString()).toBe('ok')
    expect(server.accepted).toBe(connections)
  })

  it('not when the request is answered before it is read', async () => {
    const server = await rawServer((socket) => {
      socket.pause()
      socket.write(answer('enough'))
    })
    const http = connector({ connections: 1 })
    const body = Buffer.alloc(30_000_000)
    for (let round = 0; round < 2; round++) expect((await http.send({ method: 'POST', url: server.url, body, trust: 'operator' })).body.toString()).toBe('enough')
    expect(server.accepted).toBe(2)
  })

  it('at most once at a time', async () => {
    let open = 0
    const server = await httpServer((request, reply) => {
      const { socket } = request as { socket: Socket & { busy?: boolean } }
      expect(socket.busy ?? false).toBe(false)
      socket.busy = true
      open++
      setImmediate(() => {
        socket.busy = false
        reply.end('ok')
      })
    })
    const http = connector({ connections: 3 })
    const all = await Promise.all(Array.from({ length: 200 }, (_, index) => post(http, `${server.url}/${index}`)))
    expect([new Set(all), open, server.accepted]).toEqual([new Set(['sent']), 200, 3])
  })
})
