import { array, assert, asyncProperty, boolean, constantFrom, domain, ipV4, oneof, stringMatching, webPath } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcome } from './__fixtures__/record.ts'
import { answer, connector, rawServer } from './__fixtures__/servers.ts'

describe('a credential', () => {
  it('goes to its host, beside the other headers, and wins over one of the same name', async () => {
    let head = ''
    const server = await rawServer((socket, text) => {
      head = text
      socket.write(answer('ok'))
    })
    const credential = { hosts: ['other.test', `127.0.0.1:${server.port}`], headers: { authorization: 'Bearer mine', 'x-api-key': 'k' } }
    const headers = { accept: '*/*', Authorization: 'Bearer caller', 'x-constructor': '1', constructor: '2' } as unknown as Record<string, string>
    await connector().send({ method: 'GET', url: server.url, headers, credential, trust: 'operator' })
    expect(head.split('\r\n').slice(3, -2)).toEqual(['accept: */*', 'x-constructor: 1', 'constructor: 2', 'authorization: Bearer mine', 'x-api-key: k'])
  })

  it.each([
    ['no host', []],
    ['another host', ['api.openai.com']],
    ['the host without its port', ['127.0.0.1']],
    ['another port', ['127.0.0.1:1']],
    ['a suffix', ['0.0.1']],
    ['a pattern', ['*']],
    ['a name that only looks alike', ['127.0.0.1:80.evil.test']],
  ])('bound to %s: nothing is sent', async (_, hosts) => {
    const server = await rawServer((socket) => socket.write(answer('ok')))
    const http = connector()
    const sent = http.send({ method: 'GET', url: server.url, credential: { hosts, headers: { authorization: 'Bearer secret-key' } }, trust: 'operator' })
    const error = await sent.catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'credential_host_mismatch' })
    expect(String(error)).not.toContain('secret-key')
    expect(server.accepted).toBe(0)
    expect(http.stats().calls).toBe(0)
  })

  it('with control characters is refused and not shown', async () => {
    const server = await rawServer((socket) => socket.write(answer('ok')))
    const credential = { hosts: [`127.0.0.1:${server.port}`], headers: { authorization: 'Bearer secret-key\r\nx: y' } }
    const error = await connector().send({ method: 'GET', url: server.url, credential, trust: 'operator' }).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'invalid_request' })
    expect(String(error)).not.toContain('secret-key')
  })

  it('is bound to the host as the URL normal form has it', async () => {
    const server = await rawServer((socket) => socket.write(answer('ok')))
    const http = connector({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const send = (url: string, hosts: string[]): Promise<string> => outcome(http.send({ method: 'GET', url, credential: { hosts, headers: { 'x-key': 'k' } }, trust: 'operator' }))
    expect(await send(`http://API.Example.TEST:${server.port}/`, [`api.example.test:${server.port}`])).toBe('sent')
    expect(await send(`http://api.example.test.:${server.port}/`, [`api.example.test:${server.port}`])).toBe('credential_host_mismatch')
    expect(await send(`http://api.example.test@evil.test:${server.port}/`, ['api.example.test'])).toBe('address_refused')
    expect(await send(`http://evil.test:${server.port}/api.example.test`, ['api.example.test'])).toBe('credential_host_mismatch')
    expect(await send(`http://evil.test:${server.port}\\@api.example.test/`, ['api.example.test'])).toBe('credential_host_mismatch')
  })

  it('never reaches a random target that is not its own', async () => {
    const leaks: string[] = []
    const server = await rawServer((socket, text) => {
      if (text.includes('secret-key') && !text.includes('\r\nhost: api.vendor.test')) leaks.push(text)
      socket.write(answer('ok'))
    })
    const http = connector({ allowPrivate: true, allowedPorts: 'any', resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const own = `api.vendor.test:${server.port}`
    const credential = { hosts: [own], headers: { authorization: 'Bearer secret-key' } }
    const label = stringMatching(/^[a-zA-Z0-9-]{1,12}$/)
    const host = oneof(
      domain(), ipV4(), array(label, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
      label.map((text) => `api.vendor.test.${text}`), label.map((text) => `${text}.api.vendor.test`), label.map((text) => `${text}api.vendor.test`),
      constantFrom('api.vendor.test', 'API.VENDOR.TEST', 'api.vendor.test.', 'ａpi.vendor.test', 'api%2evendor.test', 'vendor.test', 'api.vendor.test@evil.test', 'evil.test#api.vendor.test', 'evil.test?api.vendor.test', 'evil.test\\api.vendor.test'),
    )
    await assert(
      asyncProperty(host, webPath(), boolean(), async (name, path, operator) => {
        // Only names go out, all to the loopback server; literal addresses would leave the machine.
        const parsed = URL.parse(`http://${name}:${server.port}${path}`)
        if (parsed !== null && /^[\d.]+$|^\[/.test(parsed.hostname)) return
        if (parsed !== null && parsed.port !== String(server.port)) return
        const result = await outcome(http.send({ method: 'POST', url: `http://${name}:${server.port}${path}`, credential, body: 'x', trust: operator ? 'operator' : 'checked' }))
        expect(['sent', 'credential_host_mismatch', 'invalid_request', 'address_refused']).toContain(result)
        expect(result === 'sent' ? parsed?.host : own).toBe(own)
      }),
      { numRuns: 300 },
    )
    expect(leaks).toEqual([])
  })
})
