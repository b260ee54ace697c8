import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { testCertificate } from './__fixtures__/certificate.ts'
import { testClock } from './__fixtures__/clock.ts'
import { outcome, Recorder, turns } from './__fixtures__/record.ts'
import { answer, connector, httpServer, tlsServer } from './__fixtures__/servers.ts'
import { createConnector } from './index.ts'

const running: { server: Server; sockets: Set<Socket> }[] = []

afterEach(async () => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
})

/** A forward proxy that sends every tunnel to `port` on loopback, and answers absolute-form requests itself. */
async function forwardProxy(port: number, refuse?: number) {
  const log: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, reply) => {
    log.push(`${request.method} ${request.url} host=${request.headers.host} auth=${request.headers['proxy-authorization'] ?? '-'}`)
    reply.writeHead(refuse ?? 200).end('by proxy')
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.on('connect', (request, socket) => {
    log.push(`CONNECT ${request.url} auth=${request.headers['proxy-authorization'] ?? '-'}`)
    if (refuse === 0) return
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`)
      return
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  running.push({ server, sockets })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log, sockets }
}

const publicAddress = async (): Promise<{ address: string; family: 4 }[]> => [{ address: '192.0.1.1', family: 4 }]
const tls = { ca: testCertificate }

describe('https through a proxy', () => {
  it('uses a tunnel, keeps the TLS server name and the connection', async () => {
    const upstream = await tlsServer((socket) => socket.write(answer('inner')))
    const proxy = await forwardProxy(upstream.port)
    const http = connector({ httpsProxy: proxy.url.replace('//', '//me:p%40ss@'), tls })
    for (let round = 0; round < 2; round++) {
      expect((await http.send({ method: 'GET', url: 'https://upstream.test/x', trust: 'operator' })).body.toString()).toBe('inner')
      await turns()
    }
    expect(proxy.log).toEqual([`CONNECT upstream.test:443 auth=Basic ${Buffer.from('me:p@ss').toString('base64')}`])
    expect(upstream.names).toEqual(['upstream.test'])
  })

  it('checks the certificate of the upstream, not of the proxy', async () => {
    const upstream = await tlsServer((socket) => socket.write(answer('inner')))
    const proxy = await forwardProxy(upstream.port)
    expect(await outcome(connector({ httpsProxy: proxy.url, tls }).send({ method: 'GET', url: 'https://other.test/', trust: 'operator' }))).toBe('upstream_unreachable')
    expect(await outcome(connector({ httpsProxy: proxy.url }).send({ method: 'GET', url: 'https://upstream.test/', trust: 'operator' }))).toBe('upstream_unreachable')
  })

  it.each([407, 403, 502])('reports a proxy that answers %i', async (status) => {
    const proxy = await forwardProxy(1, status)
    const error = await connector({ httpsProxy: proxy.url.replace('//', '//me:secret@') }).send({ method: 'GET', url: 'https://upstream.test/', trust: 'operator' }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'upstream_unreachable', message: expect.stringContaining(`answered ${status} to CONNECT`) })
    expect(String(error)).not.toContain('secret')
  })

  it('reports a proxy that is not there', async () => {
    const gone = await httpServer(() => {})
    await gone.stop()
    expect(await outcome(connector({ httpsProxy: gone.url }).send({ method: 'GET', url: 'https://upstream.test/', trust: 'operator' }))).toBe('upstream_unreachable')
  })

  it('gives up a tunnel that does not come within the connect time-out', async () => {
    const clock = testClock()
    const proxy = await forwardProxy(1, 0)
    const heard = new Recorder()
    connector({ httpsProxy: proxy.url, clock, timeouts: { connect: 40 } }).open({ method: 'GET', url: 'https://upstream.test/', trust: 'operator' }, heard)
    while (proxy.log.length === 0) await new Promise((resolve) => setImmediate(resolve))
    clock.advance(40)
    expect((await heard.over())?.message).toContain('connect time-out of 40 ms')
  })
})

describe('http through a proxy', () => {
  it('sends the whole URL and the login to the proxy', async () => {
    const proxy = await forwardProxy(1)
    const http = connector({ httpProxy: proxy.url.replace('//', '//me:pw@') })
    const reply = await http.send({ method: 'GET', url: 'http://upstream.test:8080/a?b=c', trust: 'operator' })
    expect(reply.body.toString()).toBe('by proxy')
    expect(proxy.log).toEqual([`GET http://upstream.test:8080/a?b=c host=upstream.test:8080 auth=Basic ${Buffer.from('me:pw').toString('base64')}`])
  })

  it('says that the proxy, not the upstream, wants a login', async () => {
    const proxy = await forwardProxy(1, 407)
    const error = await connector({ httpProxy: proxy.url }).send({ method: 'GET', url: 'http://upstream.test/', trust: 'operator' }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'upstream_unreachable', message: expect.stringContaining('407') })
  })
})

describe('checked requests through a proxy', () => {
  it.each(['http', 'https'])('are resolved and refused before the proxy hears of them (%s)', async (scheme) => {
    const proxy = await forwardProxy(1)
    const options = { httpProxy: proxy.url, httpsProxy: proxy.url }
    const send = (url: string, address: string): Promise<string> => outcome(connector({ ...options, resolve: async () => [{ address, family: 4 }] }).send({ method: 'GET', url }))
    expect(await send(`${scheme}://evil.test/`, '10.0.0.1')).toBe('address_refused')
    expect(await send(`${scheme}://evil.test/`, '169.254.169.254')).toBe('address_refused')
    expect(await send(`${scheme}://127.0.0.1/`, '8.8.8.8')).toBe('address_refused')
    expect(await send(`${scheme}://evil.test:22/`, '8.8.8.8')).toBe('address_refused')
    expect(proxy.log).toEqual([])
  })

  it('go on when the address is public', async () => {
    const proxy = await forwardProxy(1)
    expect(await outcome(connector({ httpProxy: proxy.url, resolve: publicAddress }).send({ method: 'GET', url: 'http://good.test/' }))).toBe('sent')
    expect(proxy.log).toEqual(['GET http://good.test/ host=good.test auth=-'])
  })
})

describe('noProxy', () => {
  const cases: [string, string, boolean][] = [
    ['upstream.test', 'upstream.test', true], ['upstream.test', 'api.upstream.test', true], ['.upstream.test', 'api.upstream.test', true], ['*.upstream.test', 'api.upstream.test', true],
    ['upstream.test', 'notupstream.test', false], ['upstream.test', 'upstream.test.evil', false], ['*', 'anything.test', true], ['a.test, upstream.test ,', 'upstream.test', true],
    ['UPSTREAM.test', 'upstream.test', true], ['', 'upstream.test', false], ['127.0.0.1', '127.0.0.1', true], ['127.0.0.0/8', '127.0.0.1', true], ['10.0.0.0/8', '127.0.0.1', false], ['::1/128', '127.0.0.1', false],
    ['upstream.test:PORT', 'upstream.test', true], ['upstream.test:1', 'upstream.test', false], ['[::1]', '127.0.0.1', false],
  ]
  it.each(cases)('%j and %s: direct %s', async (noProxy, host, direct) => {
    const upstream = await httpServer((_, reply) => reply.end('direct'))
    const proxy = await forwardProxy(1)
    const http = connector({ httpProxy: proxy.url, noProxy: noProxy.replace('PORT', String(upstream.port)), resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const reply = await http.send({ method: 'GET', url: `http://${host}:${upstream.port}/`, trust: 'operator' })
    expect(reply.body.toString()).toBe(direct ? 'direct' : 'by proxy')
  })

  it.each([{ noProxy: '10.0.0.0/99' }, { noProxy: 'name/8' }, { httpProxy: 'socks5://x' }, { httpsProxy: 'http://' }])('refuses %j', (options) => {
    expect(() => createConnector({ httpProxy: 'http://proxy.test', ...options })).toThrow(expect.objectContaining({ code: 'invalid_config' }))
  })

  it('takes a proxy without scheme and leaves an empty one out', async () => {
    const proxy = await forwardProxy(1)
    expect((await connector({ httpProxy: proxy.url.slice('http://'.length), httpsProxy: '' }).send({ method: 'GET', url: 'http://x.test/', trust: 'operator' })).body.toString()).toBe('by proxy')
  })
})
