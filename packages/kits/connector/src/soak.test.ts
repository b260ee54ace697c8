import type { HttpControl, HttpHandler } from '@tianjillm/core'
import type { RequestListener } from 'node:http'
import { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { Recorder, turns } from './__fixtures__/record.ts'
import { connector, httpServer, rawServer, answer } from './__fixtures__/servers.ts'
import { testClock } from './__fixtures__/clock.ts'
import { reach, type Way } from './__fixtures__/ways.ts'

/** A small generator with a seed, so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Answers `/n` with n numbered lines, at a random pace, and sometimes breaks off. */
function lines(random: (below: number) => number): RequestListener {
  return (request, reply) => {
    const count = Number(request.url?.slice(1))
    let line = 0
    const next = (): void => {
      if (reply.destroyed) return
      if (line === count) return void reply.end()
      if (random(400) === 0) return void (request.socket instanceof TLSSocket ? request.socket.destroy() : request.socket.resetAndDestroy())
      reply.write(`${line++}\n`)
      if (random(3) === 0) setImmediate(next)
      else next()
    }
    request.resume()
    request.on('end', next)
  }
}

describe('calls that are paused, aborted, broken and ended at random', () => {
  const runs: [way: Way, seed: number][] = [['tcp', 1], ['tcp', 2], ['tcp', 3], ['tcp', 4], ['tls', 5], ['tls', 6], ['tunnel', 7]]
  it.each(runs)('each hear a proper sequence, and leave nothing behind (%s, seed %i)', async (way, seed) => {
    const random = randomFrom(seed)
    const { server, http } = await reach(way, lines(random), { connections: 8 })
    const outcomes = { end: 0, error: 0, abort: 0 }

    const run = (count: number): Promise<void> => new Promise((resolve, reject) => {
      let body = ''
      let phase: 'wait' | 'body' | 'over' = 'wait'
      let paused = false
      let control: HttpControl | undefined
      const must = (fine: boolean, what: string): void => {
        if (!fine) reject(new Error(`${what} in phase ${phase}`))
      }
      const finish = (how: keyof typeof outcomes): void => {
        phase = 'over'
        outcomes[how]++
        // A moment longer, to notice events that come too late.
        setImmediate(() => setImmediate(resolve))
      }
      const handler: HttpHandler = {
        onHead(status) {
          must(phase === 'wait' && status === 200, 'head')
          phase = 'body'
        },
        onData(chunk) {
          must(phase === 'body' && !paused, 'data')
          body += chunk.toString()
          const dice = random(30)
          if (dice === 0) {
            control?.abort()
            finish('abort')
          } else if (dice < 6) {
            paused = true
            control?.pause()
            setImmediate(() => {
              paused = false
              control?.resume()
            })
          }
        },
        onEnd() {
          must(phase === 'body' && body === Array.from({ length: count }, (_, line) => `${line}\n`).join(''), 'end')
          finish('end')
        },
        onError(error) {
          must(phase !== 'over' && ['upstream_interrupted', 'upstream_unreachable'].includes(error.code), `error ${error.code}`)
          finish('error')
        },
      }
      control = http.open({ method: random(2) === 0 ? 'POST' : 'GET', url: `${server.url}/${count}`, trust: 'operator' }, handler)
      if (random(15) === 0) {
        control.abort()
        finish('abort')
      }
    })

    const worker = async (): Promise<void> => {
      for (let round = 0; round < 15; round++) await run(random(40))
    }
    await Promise.all(Array.from({ length: 20 }, worker))
    await turns()
    expect(outcomes.end + outcomes.error + outcomes.abort).toBe(300)
    expect(Math.min(outcomes.end, outcomes.error, outcomes.abort)).toBeGreaterThan(0)
    const { calls, queued, connected } = http.stats()
    expect([calls, queued]).toEqual([0, 0])
    expect(connected).toBeLessThanOrEqual(8)
    await http.close()
    await server.idle()
  })
})

describe('the queue', () => {
  it('moves on when calls before it are aborted, time out or break', async () => {
    const clock = testClock()
    const seen: string[] = []
    const server = await rawServer((socket, text) => {
      const path = text.split(' ')[1] ?? ''
      seen.push(path)
      if (path === '/break') socket.destroy()
      else if (path === '/whole') socket.write(answer('whole'))
    })
    const http = connector({ connections: 1, clock })
    const open = (path: string, headers = 0) => {
      const heard = new Recorder()
      return { heard, control: http.open({ method: 'POST', url: server.url + path, body: '', trust: 'operator', timeouts: { headers } }, heard) }
    }
    const first = open('/abort')
    const second = open('/late', 50)
    const third = open('/break')
    const dropped = open('/dropped')
    const last = open('/whole')
    while (seen.length < 1) await turns(1)
    dropped.control.abort()
    first.control.abort()
    while (seen.length < 2) await turns(1)
    clock.advance(50)
    await last.heard.over()
    expect(seen).toEqual(['/abort', '/late', '/break', '/whole'])
    expect([first, second, third, dropped, last].map(({ heard }) => heard.error?.code ?? heard.body)).toEqual(['', 'upstream_timeout', 'upstream_unreachable', '', 'whole'])
    expect(server.accepted).toBe(4)
    expect(http.stats()).toMatchObject({ calls: 0, queued: 0 })
  })

  it('is not held up by a request that cannot be written', async () => {
    const server = await httpServer((_, reply) => reply.end('ok'))
    const http = connector({ connections: 1 })
    const bad = new Recorder()
    const good = new Recorder()
    http.open({ method: 'GET', url: server.url, headers: { 'x-a': 'b\nc' }, trust: 'operator' }, bad)
    http.open({ method: 'GET', url: server.url, trust: 'operator' }, good)
    await Promise.all([bad.over(), good.over()])
    expect([bad.error?.code, good.body]).toEqual(['invalid_request', 'ok'])
    for (let round = 0; round < 3; round++) {
      await turns()
      const again = new Recorder()
      http.open({ method: 'GET', url: server.url, headers: { 'x-a': 'b\nc' }, trust: 'operator' }, again)
      await again.over()
      await turns()
      await http.send({ method: 'GET', url: server.url, trust: 'operator' })
    }
    expect(server.accepted).toBe(1)
  })
})

describe('time-outs of many days', () => {
  it('do not fire at once', async () => {
    const server = await httpServer((_, reply) => setImmediate(() => reply.end('ok')))
    const http = connector({ poolIdleTimeout: 1e12, timeouts: { connect: 1e12, headers: 1e12, firstByte: 1e12, idle: 1e12, total: 1e12 } })
    expect((await http.send({ method: 'GET', url: server.url, trust: 'operator' })).body.toString()).toBe('ok')
  })
})
