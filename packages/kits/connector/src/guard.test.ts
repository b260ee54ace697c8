import { describe, expect, it } from 'vitest'
import { connector, httpServer, tlsServer, answer } from './__fixtures__/servers.ts'
import { outcome } from './__fixtures__/record.ts'
import type { Connector, Resolve } from './index.ts'

const get = (http: Connector, url: string): Promise<string> => outcome(http.send({ method: 'GET', url }))
/** A resolver that must not be asked. */
const never: Resolve = () => Promise.reject(new Error('asked the resolver'))

/** Spellings that URL parsers, resolvers and C libraries accept for one IPv4 address. */
function spellings(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const hex = (n: number): string => `0x${n.toString(16)}`
  const octal = (n: number): string => `0${n.toString(8)}`
  const wide = (text: string): string => [...text].map((char) => (char >= '0' && char <= '9' ? String.fromCodePoint(0xff10 + Number(char)) : char)).join('')
  const circled = (text: string): string => [...text].map((char) => (char >= '1' && char <= '9' ? String.fromCodePoint(0x2460 + Number(char) - 1) : char === '0' ? '⓪' : char)).join('')
  const mapped = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  const plain = [
    address, `${address}.`, String(whole), hex(whole), hex(whole).toUpperCase().replace('X', 'x'), octal(whole), `0${octal(whole)}`,
    [a, b, c, d].map(hex).join('.'), [a, b, c, d].map(octal).join('.'), [a, b, c, d].map((n) => `000${octal(n)}`).join('.'),
    `${a}.${b}.${c * 256 + d}`, `${a}.${(b << 16) + c * 256 + d}`, `${hex(a)}.${b}.${octal(c)}.${d}`, `${hex(a)}.${hex((b << 16) + c * 256 + d)}`,
    wide(address), wide(String(whole)), circled(address), address.replaceAll('.', '。'), address.replaceAll('.', '．'), address.replaceAll('.', '｡'),
    address.replaceAll('.', '%2e'), [...address].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
  ]
  const sixes = [`::ffff:${address}`, `::ffff:${mapped}`, `::FFFF:${mapped}`, `0:0:0:0:0:ffff:${mapped}`, `0000:0000:0000:0000:0000:ffff:${address}`, `::ffff:0:${mapped}`, `64:ff9b::${address}`, `64:ff9b::${mapped}`, `64:ff9b:1::${mapped}`, `2002:${mapped}::1`, `2002:${mapped}::`, `2001:0:${mapped}::1`, `::${mapped}`]
  return [...plain, ...sixes.map((six) => `[${six}]`)]
}

const inner = ['127.0.0.1', '127.10.20.30', '0.0.0.0', '10.1.2.3', '172.16.5.4', '192.168.1.1', '169.254.169.254', '169.254.170.2', '100.64.1.1', '100.100.100.200', '192.0.0.192', '198.18.0.1', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16']

describe('checked requests', () => {
  it.each(inner)('refuse %s in every spelling, without asking a resolver', async (address) => {
    const http = connector({ allowedPorts: 'any', resolve: never })
    for (const spelling of spellings(address)) {
      const result = await get(http, `http://${spelling}/x`)
      expect([spelling, ['address_refused', 'invalid_request'].includes(result)]).toEqual([spelling, true])
    }
  })

  it('covers several hundred spellings', () => {
    expect(inner.flatMap(spellings).length).toBeGreaterThan(500)
  })

  it.each([
    '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[fc00::1]', '[fd00:ec2::254]', '[fe80::1]', '[ff02::1]', '[2001:db8::1]', '[100::1]',
    'localhost', 'LOCALHOST', 'localhost.', 'api.localhost', 'ｌocalhost', 'metadata', 'metadata.google.internal', 'METADATA.google.internal.', 'metadata.goog', 'instance-data', 'db.internal', 'printer.local', 'nas.home.arpa',
  ])('refuse %s', async (host) => {
    expect(await get(connector({ resolve: never }), `http://${host}/`)).toBe('address_refused')
  })

  it.each(['http://[fe80::1%25eth0]/', 'http://[::1%lo]/', 'http://1.2.3.4.5/', 'http://0x7f.1.2.3.4/', 'http://256.1.1.1/', 'http://%00/', 'http:///', 'http://a b/', '/relative', 'example.com', '', 'http://[::ffff:127.0.0.1/'])('say that %j is no URL', async (url) => {
    expect(await get(connector({ resolve: never }), url)).toBe('invalid_request')
  })

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'gopher://example.com/', 'data:text/plain,x', 'javascript:1', 'ws://example.com/', 'unix:/var/run/docker.sock', 'blob:http://example.com/x'])('refuse the scheme of %s', async (url) => {
    expect(await get(connector({ resolve: never }), url)).toBe('address_refused')
  })

  it.each(['http://user@example.com/', 'http://user:secret@example.com/', 'http://:secret@example.com/', 'http://127.0.0.1@example.com/'])('refuse credentials in %s and do not repeat them', async (url) => {
    const error = await connector({ resolve: never }).send({ method: 'GET', url }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'address_refused' })
    expect(String(error)).not.toContain('secret')
  })

  it.each([22, 25, 3306, 5432, 6379, 11_211, 2375, 9200, 0, 65_535])('refuse port %i', async (port) => {
    expect(await get(connector({ resolve: never }), `http://example.com:${port}/`)).toBe('address_refused')
  })

  it.each(['http://example.com/', 'https://example.com/', 'http://example.com:8080/', 'https://example.com:8443/'])('ask the resolver about %s', async (url) => {
    expect(await get(connector({ resolve: never }), url)).toBe('upstream_unreachable')
  })

  it('use the ports that the operator lists instead', async () => {
    const http = connector({ allowedPorts: [9000], resolve: never })
    expect(await get(http, 'http://example.com:9000/')).toBe('upstream_unreachable')
    expect(await get(http, 'http://example.com/')).toBe('address_refused')
  })

  it('are the default', async () => {
    const server = await httpServer((_, reply) => reply.end('secret'))
    const http = connector({ allowedPorts: 'any' })
    expect(await get(http, server.url)).toBe('address_refused')
    expect(server.accepted).toBe(0)
    expect((await http.send({ method: 'GET', url: server.url, trust: 'operator' })).body.toString()).toBe('secret')
    expect(await get(http, server.url)).toBe('address_refused')
  })
})

describe('names', () => {
  it('are refused when any of their addresses is private, and nothing is connected to', async () => {
    const server = await httpServer((_, reply) => reply.end())
    for (const addresses of [['127.0.0.1'], ['93.184.215.14', '127.0.0.1'], ['127.0.0.1', '93.184.215.14'], ['169.254.169.254'], ['::1'], ['::ffff:127.0.0.1'], ['64:ff9b::7f00:1'], ['fe80::1%lo']]) {
      const http = connector({ allowedPorts: 'any', resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 as const : 4 as const })) })
      expect([addresses, await get(http, `http://evil.test:${server.port}/`)]).toEqual([addresses, 'address_refused'])
    }
    expect(server.accepted).toBe(0)
  })

  it('do not betray the inner address in the message', async () => {
    const http = connector({ resolve: async () => [{ address: '10.20.30.40', family: 4 }] })
    const error = await http.send({ method: 'GET', url: 'http://evil.test/' }).catch(String)
    expect(error).toContain('evil.test')
    expect(error).not.toContain('10.20.30.40')
  })

  it('are looked up once per connection, so an answer that flips between check and use does not matter', async () => {
    const server = await httpServer((_, reply) => reply.writeHead(200, { connection: 'close' }).end('ok'))
    let asked = 0
    // Allowed first, metadata from then on: what a rebinding name server does.
    const flip: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    const http = connector({ allowedPorts: 'any', allowPrivate: true, resolve: flip })
    expect(await get(http, `http://rebind.test:${server.port}/`)).toBe('sent')
    expect(asked).toBe(1)
    expect(await get(http, `http://rebind.test:${server.port}/`)).toBe('address_refused')
    expect(asked).toBe(2)
    expect(server.accepted).toBe(1)
  })

  it('lead to the address that was checked', async () => {
    const server = await httpServer((request, reply) => reply.end(request.headers.host))
    const http = connector({ allowedPorts: 'any', allowPrivate: true, resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const reply = await http.send({ method: 'GET', url: `http://upstream.test:${server.port}/` })
    expect(reply.body.toString()).toBe(`upstream.test:${server.port}`)
  })

  it('stay the TLS server name', async () => {
    const server = await tlsServer((socket) => socket.write(answer('ok')))
    const { testCertificate } = await import('./__fixtures__/certificate.ts')
    const http = connector({ allowedPorts: 'any', allowPrivate: true, tls: { ca: testCertificate }, resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    expect((await http.send({ method: 'GET', url: `https://upstream.test:${server.port}/` })).status).toBe(200)
    expect(server.names).toEqual(['upstream.test'])
    expect(await get(http, `https://other.test:${server.port}/`)).toBe('upstream_unreachable')
  })

  it.each([[[]], [[{ address: 'nonsense', family: 4 as const }]]])('without a usable address fail (%j)', async (found) => {
    const code = await get(connector({ resolve: async () => found }), 'http://empty.test/')
    expect(['upstream_unreachable', 'address_refused']).toContain(code)
  })
})

describe('allowPrivate', () => {
  it('opens private and loopback addresses', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ allowPrivate: true, allowedPorts: 'any' })
    expect(await get(http, server.url)).toBe('sent')
    expect(await get(http, `http://localhost:${server.port}/`)).toBe('sent')
    expect(await get(http, `http://2130706433:${server.port}/`)).toBe('sent')
  })

  it.each(['169.254.169.254', '168.63.129.16', '100.100.100.200', '0.0.0.0', '224.0.0.1', '[fd00:ec2::254]', '[fe80::1]', '[::]', 'metadata.google.internal'])('keeps %s closed', async (host) => {
    expect(await get(connector({ allowPrivate: true, resolve: never }), `http://${host}/`)).toBe('address_refused')
  })
})

describe('redirects', () => {
  it('are handed over and not followed', async () => {
    const inner = await httpServer((_, reply) => reply.end('secret'))
    for (const status of [301, 302, 303, 307, 308]) {
      const outer = await httpServer((_, reply) => reply.writeHead(status, { location: `${inner.url}/admin` }).end('moved'))
      const reply = await connector().send({ method: 'GET', url: outer.url, trust: 'operator' })
      expect(reply).toMatchObject({ status, headers: { location: `${inner.url}/admin` } })
    }
    expect(inner.accepted).toBe(0)
  })
})
