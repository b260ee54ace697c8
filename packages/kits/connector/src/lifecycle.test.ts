import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { testClock } from './__fixtures__/clock.ts'
import { outcome, Recorder, turns } from './__fixtures__/record.ts'
import { answer, connector, httpServer, rawServer } from './__fixtures__/servers.ts'

describe('close', () => {
  it('lets calls in flight and in the queue end, takes no new one, then closes all sockets', async () => {
    const finish: (() => void)[] = []
    const server = await httpServer((_, reply) => {
      reply.write('a')
      finish.push(() => reply.end('b'))
    })
    const http = connector({ connections: 1 })
    const first = new Recorder()
    const second = new Recorder()
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, first)
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, second)
    await first.heard('data')
    let closed = false
    const closing = http.close().then(() => (closed = true))
    expect(await outcome(http.send({ method: 'GET', url: server.url, trust: 'operator' }))).toBe('shutting_down')
    await turns()
    expect(closed).toBe(false)
    finish[0]?.()
    await second.heard('data')
    expect([first.body, closed]).toEqual(['ab', false])
    finish[1]?.()
    await closing
    expect(second.body).toBe('ab')
    await server.idle()
    expect(http.stats()).toEqual({ pools: 0, calls: 0, connected: 0, free: 0, queued: 0 })
  })

  it('also ends when the last call is aborted or fails', async () => {
    const server = await rawServer((socket, text) => (text.startsWith('GET /fail') ? socket.destroy() : socket.write('HTTP/1.1 200 OK\r\n\r\n')))
    const http = connector()
    const waiting = new Recorder()
    const control = http.open({ method: 'GET', url: server.url, trust: 'operator' }, waiting)
    await waiting.heard('head')
    const failing = new Recorder()
    http.open({ method: 'GET', url: `${server.url}/fail`, trust: 'operator' }, failing)
    const closing = http.close()
    await failing.heard('error')
    control.abort()
    await closing
    await server.idle()
    expect([waiting.events, failing.events]).toEqual([['head'], ['error']])
  })

  it('twice, and on a connector that was never used, is fine', async () => {
    const http = connector()
    await Promise.all([http.close(), http.close()])
    await http.close()
    await http.destroy()
    expect(await outcome(http.send({ method: 'GET', url: 'http://x.test/', trust: 'operator' }))).toBe('shutting_down')
  })

  it('lets the process end, and so do idle connections', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const entry = fileURLToPath(new URL('./index.ts', import.meta.url))
    for (const last of ['await http.close()', '']) {
      const script = `import { createConnector } from ${JSON.stringify(entry)}
        const http = createConnector()
        const reply = await http.send({ method: 'GET', url: ${JSON.stringify(server.url)}, trust: 'operator' })
        ${last}
        console.log(reply.body.toString())`
      const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@tianjillm/source', '--input-type=module', '--eval', script], { timeout: 4_000 })
      expect(stdout.trim()).toBe('ok')
    }
  })
})

describe('destroy', () => {
  it('ends every call with shutting_down, in whatever state, and every socket', async () => {
    const server = await httpServer((request, reply) => {
      if (request.url !== '/silent') reply.write('x')
    })
    const http = connector({ connections: 2, resolve: () => new Promise(() => {}) })
    const streaming = new Recorder()
    const silent = new Recorder()
    const queued = new Recorder()
    const connecting = new Recorder()
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, streaming)
    http.open({ method: 'GET', url: `${server.url}/silent`, trust: 'operator' }, silent)
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, queued)
    http.open({ method: 'GET', url: 'http://hangs.test/' }, connecting)
    await streaming.heard('data')
    const closing = http.close()
    await http.destroy()
    await closing
    await server.idle()
    await turns()
    for (const heard of [streaming, silent, queued, connecting]) expect(heard.error?.code).toBe('shutting_down')
    expect([streaming, silent, queued, connecting].map(({ events }) => events.join())).toEqual(['head,data,error', 'error', 'error', 'error'])
    expect(http.stats()).toMatchObject({ calls: 0, connected: 0 })
  })

  it('inside a callback is safe', async () => {
    const server = await httpServer((_, reply) => void reply.write('x'))
    const http = connector()
    let destroyed: Promise<void> | undefined
    const heard = new Recorder({ onData: () => (destroyed = http.destroy()) })
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard('error')
    await destroyed
    expect(heard.events).toEqual(['head', 'data', 'error'])
  })
})

describe('idle pools', () => {
  it('are closed after a while without calls, and made again when needed', async () => {
    const clock = testClock()
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ clock, poolIdleTimeout: 1_000 })
    await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    clock.advance(1_000)
    expect(http.stats().pools).toBe(1)
    clock.advance(1_000)
    expect(http.stats().pools).toBe(0)
    await server.idle()
    expect((await http.send({ method: 'GET', url: server.url, trust: 'operator' })).status).toBe(200)
    expect(server.accepted).toBe(2)
  })

  it('are not closed under a call that runs', async () => {
    const clock = testClock()
    let finish: () => void = () => {}
    const server = await httpServer((_, reply) => {
      reply.write('a')
      finish = () => void reply.end('b')
    })
    const http = connector({ clock, poolIdleTimeout: 1_000, timeouts: { idle: 0 } })
    const heard = new Recorder()
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard('data')
    clock.advance(100_000)
    finish()
    expect(await heard.over()).toBeUndefined()
    expect(heard.body).toBe('ab')
  })

  it('of many hosts stay bounded', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    for (let index = 0; index < 1_100; index++) await http.send({ method: 'GET', url: `http://h${index}.test:${server.port}/`, trust: 'operator' })
    expect(http.stats().pools).toBeLessThanOrEqual(1_000)
  }, 20_000)
})

describe('keep-alive', () => {
  it('ends an idle connection after the time that the server named, less a margin', async () => {
    const server = await rawServer((socket) => socket.write(answer('ok', 'keep-alive: timeout=1\r\n')))
    const http = connector()
    await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    await server.idle()
    await turns()
    expect(http.stats()).toMatchObject({ connected: 0, free: 0 })
  })

  it('ends an idle connection after keepAliveTimeout', async () => {
    const server = await rawServer((socket) => socket.write(answer('ok')))
    const http = connector({ keepAliveTimeout: 20 })
    await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    await server.idle()
    await turns()
    expect(http.stats()).toMatchObject({ connected: 0, free: 0 })
  })
})
