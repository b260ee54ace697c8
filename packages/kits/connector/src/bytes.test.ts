import type { HttpControl, HttpRequest } from '@tianjillm/core'
import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { pouring } from './__fixtures__/pouring.ts'
import { turns } from './__fixtures__/record.ts'
import { ways, reach } from './__fixtures__/ways.ts'
import type { Connector } from './index.ts'

const echo: RequestListener = (request, reply) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const body = Buffer.concat(pieces)
    reply.writeHead(200, { 'x-length': request.headers['content-length'] ?? 'none', 'content-length': body.length }).end(body)
  })
}

/** Bytes of which each four are different, and different from those of another number. */
function pattern(number: number, words: number): Buffer {
  return Buffer.from(Uint32Array.from({ length: words }, (_, index) => number * 1_000_000 + index).buffer)
}

/** Answers `/number/words` with that pattern, in pieces of odd sizes. */
const patterns: RequestListener = (request, reply) => {
  const [, number, words] = request.url!.split('/').map(Number)
  const bytes = pattern(number!, words!)
  let at = 0
  let size = 1 + number!
  const next = (): void => {
    while (at < bytes.length) {
      const piece = bytes.subarray(at, at + size)
      at += piece.length
      size = (size * 7) % 40_009
      if (!reply.write(piece)) return void reply.once('drain', next)
    }
    reply.end()
  }
  next()
}

/** What came, put together only at the end; `each` hears of every chunk before that. */
function read(http: Connector, request: HttpRequest, each: (control: HttpControl, count: number) => void = () => {}): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    const control = http.open(request, {
      onHead: () => {},
      onData: (chunk) => {
        chunks.push(chunk)
        each(control, chunks.length)
      },
      onEnd: () => setImmediate(() => resolve(Buffer.concat(chunks))),
      onError: reject,
    })
  })
}

const KiB16 = 16 * 1024
const sizes = [0, 1, KiB16 - 1, KiB16, KiB16 + 1, 65_535, 65_536, 65_537, 3_000_000]

describe.each(ways)('over %s', (way) => {
  it('bodies of all sizes and kinds arrive, and come back, as they are', async () => {
    const { server, http } = await reach(way, echo)
    for (const size of sizes) {
      const around = Buffer.alloc(size + 20, pattern(size, 1_000))
      const bodies: [string, Uint8Array | string][] = [
        ['ASCII', 'abcdefg'.repeat(size).slice(0, size)],
        ['Latin-1', '\u00e4\u00ff'.repeat(size / 2 + 1).slice(0, size)],
        ['three bytes a character', '\u20ac'.repeat(size / 3)],
        ['four bytes a character, and half of one', `${'\ud83d\ude00'.repeat(size / 4)}${size === 0 ? '' : '\ud83d'}`],
        ['one character that is not ASCII, at the end', size === 0 ? '' : `${'a'.repeat(size - 1)}\u00e4`],
        ['Buffer', around.subarray(7, 7 + size)],
        ['Uint8Array', new Uint8Array(around.buffer, around.byteOffset + 3, size)],
      ]
      for (const [kind, body] of bodies) {
        const reply = await http.send({ method: 'POST', url: server.url, body, trust: 'operator' })
        const wanted = Buffer.from(body as string)
        expect([kind, size, reply.headers['x-length'], reply.body.equals(wanted)]).toEqual([kind, size, String(wanted.length), true])
      }
    }
    expect(server.accepted).toBeLessThan(20)
  }, 20_000)

  it('each of many calls at once keeps its own bytes, with and without pauses', async () => {
    const { server, http } = await reach(way, patterns, { connections: 16 })
    const call = async (number: number): Promise<boolean> => {
      const words = 1 + number * 997
      const bytes = await read(http, { method: 'GET', url: `${server.url}/${number}/${words}`, trust: 'operator' }, (control, count) => {
        if (number % 3 !== 0 || count % 5 !== 0) return
        control.pause()
        setImmediate(() => control.resume())
      })
      return bytes.equals(pattern(number, words))
    }
    const fine = await Promise.all(Array.from({ length: 60 }, (_, number) => call(number)))
    expect(fine).toEqual(Array(60).fill(true))
    expect(server.accepted).toBeLessThanOrEqual(16)
    expect(http.stats()).toMatchObject({ calls: 0, queued: 0 })
  }, 20_000)

  it('pauses at every chunk, of any length, lose and repeat nothing', async () => {
    const { server, http } = await reach(way, patterns)
    let inside = false
    const bytes = await read(http, { method: 'GET', url: `${server.url}/5/400000`, trust: 'operator' }, (control, count) => {
      expect(inside).toBe(false)
      inside = true
      control.pause()
      const on = (): void => {
        inside = false
        control.resume()
      }
      if (count % 3 === 0) queueMicrotask(on)
      else if (count % 3 === 1) process.nextTick(on)
      else setImmediate(() => setImmediate(on))
    })
    expect(bytes.equals(pattern(5, 400_000))).toBe(true)
  }, 20_000)

  it('pauses and resumes in any order hold the server back', async () => {
    const total = 40_000_000
    const poured = pouring(total)
    const { server, http } = await reach(way, poured.answer)
    let resumed = 0
    let held = 0
    const reading = read(http, { method: 'GET', url: server.url, trust: 'operator' }, (control, count) => {
      control.pause()
      // Both before and after what was held is read.
      if (count % 2 === 0) {
        control.resume()
        control.pause()
      }
      if (++resumed < 30) return void setImmediate(() => control.resume())
      if (resumed === 30) void turns(200).then(() => {
        held = poured.written
        control.resume()
      })
      else control.resume()
    })
    expect((await reading).length).toBe(total)
    expect(held).toBeLessThan(total)
  }, 20_000)

  it('what was kept of a chunk stays when other connections read', async () => {
    const { server, http } = await reach(way, patterns)
    const first = await http.send({ method: 'GET', url: `${server.url}/1/9000`, trust: 'operator' })
    const head = first.body.subarray(0, 4_000)
    for (let number = 2; number < 12; number++) await http.send({ method: 'GET', url: `${server.url}/${number}/9000`, trust: 'operator' })
    expect(head.equals(pattern(1, 1_000))).toBe(true)
    expect(first.body.equals(pattern(1, 9_000))).toBe(true)
  })
})
