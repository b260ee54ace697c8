import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { outcome, turns } from './__fixtures__/record.ts'
import { answer, connector, rawServer } from './__fixtures__/servers.ts'

/** Answers the first request of a connection; does `then` with the connection when a second one arrives. */
async function secondTime(then: (socket: Socket) => void) {
  const seen: string[] = []
  const used = new Set<Socket>()
  const server = await rawServer((socket, text) => {
    seen.push(text.split(' ').slice(0, 2).join(' '))
    if (used.has(socket)) return then(socket)
    used.add(socket)
    socket.write(answer('ok'))
  })
  return { server, seen }
}

describe('a kept connection that the server closes when the next request comes', () => {
  it.each(['GET', 'HEAD'] as const)('costs a %s nothing: it is sent once more on a new connection', async (method) => {
    for (const close of [(socket: Socket) => void socket.destroy(), (socket: Socket) => void socket.resetAndDestroy()]) {
      const { server, seen } = await secondTime(close)
      const http = connector()
      await http.send({ method: 'GET', url: `${server.url}/1`, trust: 'operator' })
      await turns()
      expect((await http.send({ method, url: `${server.url}/2`, trust: 'operator' })).status).toBe(200)
      expect(seen).toEqual(['GET /1', `${method} /2`, `${method} /2`])
    }
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('is reported for a %s, which may have had its effect', async (method) => {
    const { server, seen } = await secondTime((socket) => void socket.destroy())
    const http = connector()
    await http.send({ method: 'GET', url: `${server.url}/1`, trust: 'operator' })
    await turns()
    expect(await outcome(http.send({ method, url: `${server.url}/2`, body: 'x', trust: 'operator' }))).toBe('upstream_unreachable')
    expect(seen).toEqual(['GET /1', `${method} /2`])
    expect(await outcome(http.send({ method, url: `${server.url}/3`, body: 'x', trust: 'operator' }))).toBe('sent')
  })

  it('is reported when a byte of the answer had come', async () => {
    const { server, seen } = await secondTime((socket) => void socket.end('HTTP/1.1 2'))
    const http = connector()
    await http.send({ method: 'GET', url: `${server.url}/1`, trust: 'operator' })
    await turns()
    expect(await outcome(http.send({ method: 'GET', url: `${server.url}/2`, trust: 'operator' }))).toBe('upstream_unreachable')
    expect(seen).toEqual(['GET /1', 'GET /2'])
  })

  it('is tried only once more', async () => {
    let requests = 0
    const server = await rawServer((socket) => {
      requests++
      if (requests === 1) socket.write(answer('ok'))
      else socket.destroy()
    })
    const http = connector()
    await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    await turns()
    expect(await outcome(http.send({ method: 'GET', url: server.url, trust: 'operator' }))).toBe('upstream_unreachable')
    expect(requests).toBe(3)
  })
})

describe('a new connection that closes at once', () => {
  it('is reported for a GET too: nothing says that it was stale', async () => {
    let requests = 0
    const server = await rawServer((socket) => {
      requests++
      socket.destroy()
    })
    expect(await outcome(connector().send({ method: 'GET', url: server.url, trust: 'operator' }))).toBe('upstream_unreachable')
    expect(requests).toBe(1)
  })
})

describe('a kept connection that the server closed while it was idle', () => {
  it('is never used: a POST goes to a new one, once', async () => {
    const seen: string[] = []
    const server = await rawServer((socket, text) => {
      seen.push(text.split(' ')[0] ?? '')
      socket.end(answer('ok'))
    })
    const http = connector()
    for (let round = 0; round < 5; round++) {
      expect((await http.send({ method: 'POST', url: server.url, body: 'x', trust: 'operator' })).body.toString()).toBe('ok')
      if (round % 2 === 0) await turns(10)
    }
    expect(seen).toEqual(Array(5).fill('POST'))
    expect(server.accepted).toBe(5)
  })

  it('is left for another one while a request waits for the end of its turn: it goes out once', async () => {
    const seen: string[] = []
    const server = await rawServer((socket, text) => {
      seen.push(text.split(' ').slice(0, 2).join(' '))
      socket.write(answer('ok'))
    })
    const http = connector()
    const post = (path: string) => http.send({ method: 'POST', url: server.url + path, body: 'x', trust: 'operator' })
    for (const close of [(socket: Socket) => void socket.destroy(), (socket: Socket) => void socket.resetAndDestroy(), (socket: Socket) => void socket.write(answer('forged'))]) {
      await Promise.all([post('/before'), post('/before')])
      // In this order: the connections' ends are heard before the second request would be written. The first one goes out at once.
      await turns(10)
      const first = outcome(post('/first'))
      const second = post('/second')
      for (const socket of server.sockets) close(socket)
      expect((await second).body.toString()).toBe('ok')
      await first
      for (const socket of server.sockets) socket.destroy()
      await server.idle()
      await turns()
    }
    expect(seen.filter((line) => line === 'POST /second')).toHaveLength(3)
  })
})
