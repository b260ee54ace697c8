import { describe, expect, it } from 'vitest'
import { pouring } from './__fixtures__/pouring.ts'
import { Recorder, turns } from './__fixtures__/record.ts'
import { answer, connector, httpServer, rawServer } from './__fixtures__/servers.ts'

describe('abort', () => {
  it('before the connection stands: nothing is sent, nothing is heard, the pool goes on', async () => {
    const seen: string[] = []
    const server = await rawServer((socket, text) => {
      seen.push(text.split(' ')[1] ?? '')
      socket.write(answer('ok'))
    })
    const http = connector()
    const heard = new Recorder()
    const control = http.open({ method: 'POST', url: `${server.url}/aborted`, body: 'x', trust: 'operator' }, heard)
    control.abort()
    control.abort()
    expect(http.stats().calls).toBe(0)
    await http.send({ method: 'GET', url: `${server.url}/next`, trust: 'operator' })
    await turns(10)
    expect(seen).toEqual(['/next'])
    expect(heard.events).toEqual([])
  })

  it('while queued behind another call: the other call is not disturbed', async () => {
    const seen: string[] = []
    let finish: () => void = () => {}
    const server = await httpServer((request, reply) => {
      seen.push(request.url ?? '')
      finish = () => void reply.end('ok')
    })
    const http = connector({ connections: 1 })
    const first = new Recorder()
    const second = new Recorder()
    http.open({ method: 'GET', url: `${server.url}/1`, trust: 'operator' }, first)
    const control = http.open({ method: 'GET', url: `${server.url}/2`, trust: 'operator' }, second)
    while (seen.length === 0) await turns(1)
    control.abort()
    finish()
    expect(await first.over()).toBeUndefined()
    await turns(10)
    expect([seen, second.events, server.sockets.size]).toEqual([['/1'], [], 1])
  })

  it('before the head: the socket closes, nothing is heard', async () => {
    const server = await httpServer(() => control.abort())
    const heard = new Recorder()
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    while (server.accepted === 0) await turns(1)
    await server.idle()
    expect(heard.events).toEqual([])
  })

  it('in the middle of the head', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-half')
      setImmediate(() => control.abort())
    })
    const heard = new Recorder()
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    while (server.accepted === 0) await turns(1)
    await server.idle()
    await turns()
    expect(heard.events).toEqual([])
  })

  it.each(['onHead', 'onData'] as const)('inside %s: no further event, also when more has arrived', async (where) => {
    const server = await rawServer((socket) => socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(20)}0\r\n\r\n`))
    const heard: Recorder = new Recorder({ [where]: () => control.abort() })
    const http = connector()
    const control = http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard(where === 'onHead' ? 'head' : 'data')
    await server.idle()
    await turns()
    expect(heard.events).toEqual(where === 'onHead' ? ['head'] : ['head', 'data'])
    expect(http.stats().calls).toBe(0)
  })

  it('inside the last chunk of an answer that closes the connection', async () => {
    const server = await rawServer((socket) => socket.end(answer('all', 'connection: close\r\n')))
    const heard: Recorder = new Recorder({ onData: () => control.abort() })
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard('data')
    await turns(10)
    expect(heard.events).toEqual(['head', 'data'])
  })

  it('while paused', async () => {
    const server = await httpServer((_, reply) => void reply.write('x'.repeat(500_000)))
    const heard = new Recorder({ onHead: (control) => control.pause() })
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard('head')
    control.abort()
    control.resume()
    await server.idle()
    expect(heard.events).toEqual(['head'])
  })

  it('after the end does nothing to the connection', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector()
    const heard = new Recorder()
    const control = http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.over()
    control.abort()
    control.pause()
    control.resume()
    await turns()
    await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    expect(server.accepted).toBe(1)
    expect(heard.events).toEqual(['head', 'data', 'end'])
  })

  it('of another call inside a callback is safe', async () => {
    const server = await httpServer((_, reply) => void reply.write('x'))
    const http = connector()
    const other = new Recorder()
    const control = http.open({ method: 'GET', url: server.url, trust: 'operator' }, other)
    await other.heard('data')
    const heard = new Recorder({ onData: () => control.abort() })
    const mine = http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard('data')
    mine.abort()
    await server.idle()
    expect(other.events).toEqual(['head', 'data'])
  })

  it('in bulk: 200 streams leave no socket and a usable pool', async () => {
    const server = await httpServer((request, reply) => {
      if (request.url === '/whole') reply.end('whole')
      else reply.write('data: 1\n\n')
    })
    const http = connector()
    for (let round = 0; round < 2; round++) {
      const all = Array.from({ length: 200 }, () => {
        const heard = new Recorder()
        return { heard, control: http.open({ method: 'GET', url: `${server.url}/stream`, trust: 'operator' }, heard) }
      })
      await Promise.all(all.map(({ heard }) => heard.heard('data')))
      expect(server.sockets.size).toBe(200)
      for (const { control } of all) control.abort()
      await server.idle()
      await turns()
      expect(all.every(({ heard }) => heard.events.join() === 'head,data')).toBe(true)
      expect(http.stats()).toMatchObject({ calls: 0, connected: 0, queued: 0 })
    }
    const after = await Promise.all(Array.from({ length: 50 }, () => http.send({ method: 'GET', url: `${server.url}/whole`, trust: 'operator' })))
    expect(after.every(({ body }) => body.toString() === 'whole')).toBe(true)
  })
})

describe('pause', () => {
  it('holds the server back and resume brings every byte', async () => {
    const total = 30_000_000
    const poured = pouring(total)
    const server = await httpServer(poured.answer)
    let bytes = 0
    const heard: Recorder = new Recorder({
      onHead: (control) => control.pause(),
      onData: (chunk) => void (bytes += chunk.length),
    })
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.heard('head')
    await turns(200)
    expect(bytes).toBe(0)
    expect(poured.written).toBeLessThan(total)
    control.resume()
    expect(await heard.over()).toBeUndefined()
    expect(bytes).toBe(total)
  })

  it('inside onData holds what has already arrived', async () => {
    const server = await rawServer((socket) => socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(5)}0\r\n\r\n`))
    const heard: Recorder = new Recorder({ onData: () => control.pause() })
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    for (let count = 1; count <= 5; count++) {
      await heard.until(() => heard.body.length === count)
      await turns()
      expect(heard.body.length).toBe(count)
      control.resume()
    }
    expect(await heard.over()).toBeUndefined()
  })

  it('of one call may be ended inside a callback of another', async () => {
    const server = await httpServer((_, reply) => reply.end('x'.repeat(200_000)))
    const http = connector()
    const paused = new Recorder({ onHead: (control) => control.pause() })
    const control = http.open({ method: 'GET', url: server.url, trust: 'operator' }, paused)
    await paused.heard('head')
    const heard = new Recorder({ onHead: () => control.resume() })
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    expect(await heard.over()).toBeUndefined()
    expect(await paused.over()).toBeUndefined()
    expect([paused.body.length, heard.body.length]).toEqual([200_000, 200_000])
  })

  it('before the connection stands holds the body back', async () => {
    const server = await httpServer((_, reply) => reply.end('body'))
    const heard = new Recorder()
    const control = connector().open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    control.pause()
    await heard.heard('head')
    await turns()
    expect(heard.events).toEqual(['head'])
    control.resume()
    expect(await heard.over()).toBeUndefined()
  })
})
