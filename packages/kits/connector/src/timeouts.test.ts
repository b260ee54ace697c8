import type { HttpTimeouts } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { testClock } from './__fixtures__/clock.ts'
import { Recorder, turns } from './__fixtures__/record.ts'
import { connector, httpServer, rawServer, type TestServer } from './__fixtures__/servers.ts'
import type { ConnectorOptions } from './index.ts'

const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`

/** A call to a server that says only what the test makes it say. */
async function scripted(timeouts: HttpTimeouts, options: ConnectorOptions = {}) {
  const clock = testClock()
  let say: (text: string) => void = () => {}
  let arrived: () => void = () => {}
  const asked = new Promise<void>((resolve) => (arrived = resolve))
  const server = await rawServer((socket) => {
    say = (text) => void socket.write(text)
    arrived()
  })
  const http = connector({ clock, ...options })
  const heard = new Recorder()
  const control = http.open({ method: 'POST', url: `${server.url}/v1?key=secret`, body: '{"private":1}', trust: 'operator', timeouts }, heard)
  await asked
  return { clock, server, http, heard, control, say: (text: string) => say(text) }
}

async function freed(server: TestServer, heard: Recorder, message: string): Promise<void> {
  expect(heard.error).toMatchObject({ code: 'upstream_timeout', message: `127.0.0.1:${server.port} did not answer in time: ${message}` })
  await server.idle()
}

describe('headers', () => {
  it('passes when no head comes', async () => {
    const { clock, server, heard } = await scripted({ headers: 250 })
    clock.advance(249)
    expect(heard.events).toEqual([])
    clock.advance(1)
    expect(heard.events).toEqual(['error'])
    await freed(server, heard, 'the headers time-out of 250 ms passed.')
  })

  it('does not pass once the head is there', async () => {
    const { clock, heard, say } = await scripted({ headers: 250, firstByte: 0, idle: 0 })
    clock.advance(249)
    say(head)
    await heard.heard('head')
    clock.advance(1_000_000)
    say(`${chunk('late')}0\r\n\r\n`)
    expect(await heard.over()).toBeUndefined()
  })

  it('is not put off by interim answers', async () => {
    const { clock, heard, say } = await scripted({ headers: 100 })
    clock.advance(60)
    say('HTTP/1.1 103 Early Hints\r\n\r\n')
    await turns(20)
    clock.advance(40)
    expect(heard.error?.message).toContain('headers time-out of 100 ms')
  })

  it('counts also while the caller has paused', async () => {
    const { clock, heard, control } = await scripted({ headers: 100 })
    control.pause()
    clock.advance(100)
    expect(heard.error?.message).toContain('headers time-out of 100 ms')
  })
})

describe('first byte', () => {
  it('passes when the head came and no body', async () => {
    const { clock, server, heard, say } = await scripted({ headers: 1_000, firstByte: 2_000 })
    clock.advance(900)
    say(head)
    await heard.heard('head')
    clock.advance(1_099)
    expect(heard.events).toEqual(['head'])
    clock.advance(1)
    await freed(server, heard, 'the first byte time-out of 2000 ms passed.')
  })

  it('passes before the head too', async () => {
    const { clock, heard } = await scripted({ headers: 0, firstByte: 70 })
    clock.advance(70)
    expect(heard.error?.message).toContain('first byte time-out of 70 ms')
  })

  it('is over with the first byte', async () => {
    const { clock, heard, say } = await scripted({ firstByte: 100, idle: 0 })
    say(head + chunk('x'))
    await heard.heard('data')
    clock.advance(1_000_000)
    say('0\r\n\r\n')
    expect(await heard.over()).toBeUndefined()
  })
})

describe('idle', () => {
  it('TZ#6328: passes between two chunks, counted anew from each', async () => {
    const { clock, server, heard, say } = await scripted({ idle: 100 })
    say(head + chunk('1'))
    await heard.until(() => heard.body === '1')
    for (const text of ['2', '3', '4']) {
      clock.advance(99)
      say(chunk(text))
      await heard.until(() => heard.body.endsWith(text))
    }
    clock.advance(99)
    expect(heard.error).toBeUndefined()
    clock.advance(1)
    await freed(server, heard, 'the idle time-out of 100 ms passed.')
  })

  it('waits for the first chunk, which has its own limit', async () => {
    const { clock, heard, say } = await scripted({ idle: 100, firstByte: 10_000 })
    say(head)
    await heard.heard('head')
    clock.advance(5_000)
    say(`${chunk('x')}0\r\n\r\n`)
    expect(await heard.over()).toBeUndefined()
  })

  it('does not count while paused, and goes on where it was after', async () => {
    const { clock, heard, say, control } = await scripted({ idle: 100 })
    say(head + chunk('1'))
    await heard.heard('data')
    clock.advance(60)
    control.pause()
    clock.advance(1_000_000)
    expect(heard.error).toBeUndefined()
    control.resume()
    clock.advance(39)
    expect(heard.error).toBeUndefined()
    clock.advance(1)
    expect(heard.error?.message).toContain('idle time-out of 100 ms')
  })

  it('does not count for chunks that wait for the caller', async () => {
    const { clock, heard, say, control } = await scripted({ idle: 100 })
    const paused = new Recorder({ onHead: (control) => control.pause() })
    control.abort()
    expect(heard.events).toEqual([])
    const server = await rawServer((socket) => socket.write(head + chunk('1')))
    const http = connector({ clock })
    const second = http.open({ method: 'GET', url: server.url, trust: 'operator', timeouts: { idle: 100, firstByte: 100 } }, paused)
    await paused.heard('head')
    clock.advance(5_000)
    await turns()
    expect(paused.events).toEqual(['head'])
    second.resume()
    await paused.heard('data')
    expect(paused.error).toBeUndefined()
    say('')
  })
})

describe('total', () => {
  it('passes in the middle of a lively stream', async () => {
    const { clock, server, heard, say } = await scripted({ total: 500, idle: 200 })
    say(head)
    for (let n = 0; n < 4; n++) {
      clock.advance(100)
      say(chunk(String(n)))
      await heard.until(() => heard.body.endsWith(String(n)))
    }
    clock.advance(99)
    expect(heard.error).toBeUndefined()
    clock.advance(1)
    await freed(server, heard, 'the total time-out of 500 ms passed.')
  })

  it('passes while paused', async () => {
    const { clock, heard, say, control } = await scripted({ total: 500 })
    say(head)
    await heard.heard('head')
    control.pause()
    clock.advance(500)
    expect(heard.error?.message).toContain('total time-out of 500 ms')
  })

  it('passes while waiting for a connection', async () => {
    const clock = testClock()
    const server = await httpServer(() => {})
    const http = connector({ clock, connections: 1 })
    const first = new Recorder()
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, first)
    const second = new Recorder()
    http.open({ method: 'GET', url: server.url, trust: 'operator', timeouts: { total: 50 } }, second)
    clock.advance(50)
    expect(second.error?.message).toContain('total time-out of 50 ms')
    expect(first.events).toEqual([])
  })
})

describe('connect', () => {
  it('passes when name resolution hangs, and says so', async () => {
    const clock = testClock()
    const http = connector({ clock, resolve: () => new Promise(() => {}) })
    const heard = new Recorder()
    http.open({ method: 'GET', url: 'http://slow.test/', timeouts: { connect: 75 } }, heard)
    clock.advance(74)
    await turns()
    expect(heard.events).toEqual([])
    clock.advance(1)
    await heard.heard('error')
    expect(heard.error).toMatchObject({ code: 'upstream_timeout', message: 'slow.test did not answer in time: the connect time-out of 75 ms passed.' })
  })

  it('passes when the TLS handshake hangs, and closes the socket', async () => {
    const clock = testClock()
    let hello: () => void = () => {}
    const greeted = new Promise<void>((resolve) => (hello = resolve))
    const server = await rawServer(() => hello())
    const heard = new Recorder()
    connector({ clock, timeouts: { connect: 75 } }).open({ method: 'GET', url: server.url.replace('http', 'https'), trust: 'operator' }, heard)
    await greeted
    clock.advance(75)
    await heard.heard('error')
    expect(heard.error?.message).toContain('connect time-out of 75 ms')
    await server.idle()
  })

  it('does not count for a connection that is there', async () => {
    const clock = testClock()
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ clock, timeouts: { connect: 10 } })
    await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    await turns()
    clock.advance(1_000)
    expect((await http.send({ method: 'GET', url: server.url, trust: 'operator' })).status).toBe(200)
    expect(server.accepted).toBe(1)
  })
})

describe('many calls', () => {
  it('share one timer and each keep their own time', async () => {
    const clock = testClock()
    const server = await httpServer((_, reply) => reply.writeHead(200).flushHeaders())
    const http = connector({ clock })
    const all = Array.from({ length: 20 }, (_, index) => {
      const heard = new Recorder()
      http.open({ method: 'GET', url: server.url, trust: 'operator', timeouts: { total: 1_000 - index * 10, firstByte: 0 } }, heard)
      return heard
    })
    await Promise.all(all.map((heard) => heard.heard('head')))
    clock.advance(809)
    expect(all.filter(({ error }) => error !== undefined)).toEqual([])
    for (let index = 19; index >= 0; index--) {
      clock.advance(index === 19 ? 1 : 10)
      expect(all.map(({ error }) => error !== undefined)).toEqual(all.map((_, other) => other >= index))
    }
    await server.idle()
    expect(http.stats().calls).toBe(0)
  })

  it('leave no time-out behind when they end', async () => {
    const clock = testClock()
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ clock, timeouts: { headers: 10, total: 20 } })
    const heard = new Recorder()
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, heard)
    await heard.over()
    clock.advance(1_000)
    expect(heard.events).toEqual(['head', 'data', 'end'])
    expect(clock.pending).toBeLessThanOrEqual(1)
  })
})

describe('on the machine clock', () => {
  it('a short time-out is exact to a few hundredths of a second', async () => {
    const server = await httpServer(() => {})
    const heard = new Recorder()
    const http = connector()
    const before = performance.now()
    http.open({ method: 'GET', url: server.url, trust: 'operator', timeouts: { headers: 50 } }, heard)
    await heard.over()
    expect(heard.error?.message).toContain('headers time-out of 50 ms')
    expect(performance.now() - before).toBeGreaterThanOrEqual(48)
    expect(performance.now() - before).toBeLessThan(450)
  })
})
