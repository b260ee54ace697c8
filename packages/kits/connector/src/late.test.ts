import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { outcome, Recorder, turns } from './__fixtures__/record.ts'
import { answer, connector, rawServer, tlsServer, tunnelTo } from './__fixtures__/servers.ts'
import { testCertificate } from './__fixtures__/certificate.ts'
import { ways } from './__fixtures__/ways.ts'

/** What a connection meets after its call, or in it: none of it may end the process. */
const blows: [string, (socket: Socket) => void][] = [
  ['resets', (socket) => socket.resetAndDestroy()],
  ['says half a TLS record and resets', (socket) => void socket.write('\u0017\u0003\u0003\u0000\u00ffabc', 'latin1', () => socket.resetAndDestroy())],
  ['speaks what neither HTTP nor TLS makes out', (socket) => socket.write('\u0017\u0003\u0003\u0000\u0020nonsensenonsensenonsensenonsense', 'latin1')],
  ['closes', (socket) => socket.end()],
]

describe.each(ways)('over %s, a connection that', (way) => {
  it.each(blows)('%s at any moment: no error is nobody\'s', async (_, blow) => {
    const faults: unknown[] = []
    const note = (fault: unknown): void => void faults.push(fault)
    process.on('uncaughtException', note).on('unhandledRejection', note)
    try {
      const onRequest = (socket: Socket, text: string): void => {
        if (text.startsWith('GET /silent')) return
        socket.write(text.startsWith('GET /part') ? answer('abc').slice(0, -1) : answer('abc'))
      }
      const server = await (way === 'tcp' ? rawServer(onRequest) : tlsServer(onRequest))
      const proxy = way === 'tunnel' ? await tunnelTo(server.port) : undefined
      const http = connector({ ...(proxy === undefined ? {} : { httpsProxy: proxy.url }), tls: { ca: testCertificate } })
      // The sockets below TLS and the tunnel.
      const hit = (): void => {
        for (const { sockets } of proxy === undefined ? [server] : [proxy, server]) for (const socket of sockets) blow(socket)
      }
      for (const path of ['/idle', '/part', '/silent', '/paused', '/aborted', '/dialling']) {
        const heard = new Recorder({ onHead: (control) => (path === '/paused' ? control.pause() : undefined) })
        const control = http.open({ method: 'GET', url: server.url + path, body: 'x'.repeat(path === '/silent' ? 1_000_000 : 1), trust: 'operator' }, heard)
        if (path === '/idle') await heard.over()
        else if (path === '/part' || path === '/paused') await heard.heard('head')
        else if (path !== '/dialling') await turns(20)
        if (path === '/dialling') while (server.sockets.size === 0) await turns(1)
        if (path === '/aborted') control.abort()
        hit()
        await turns(10)
        control.resume()
        await turns(10)
        control.abort()
        await Promise.all([server.idle(), proxy?.idle()])
        expect(heard.events.filter((event) => event === 'end' || event === 'error').length).toBeLessThanOrEqual(1)
      }
      expect(await outcome(http.send({ method: 'POST', url: server.url, body: 'x', trust: 'operator' }))).toBe('sent')
      hit()
      await http.close()
      await turns(20)
    } finally {
      process.off('uncaughtException', note).off('unhandledRejection', note)
    }
    expect(faults).toEqual([])
  })
})
