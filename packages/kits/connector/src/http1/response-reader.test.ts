import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { array, assert, asyncProperty, boolean, integer, nat, property, tuple } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sample, type Sample } from './__fixtures__/answers.ts'
import { cutAt, Ear, hear } from './__fixtures__/hearing.ts'
import { ResponseReader } from './response-reader.ts'

const places = array(nat(), { maxLength: 12 })
const bodiless = ({ method }: Sample): boolean => method === 'HEAD'

describe('an answer', () => {
  it('is the same however it is cut', () => {
    const run = (): void => assert(property(sample, places, (given, cuts) => {
      const whole = hear([given.bytes], bodiless(given))
      expect(whole).toMatchObject({ ends: 1, refused: undefined, excess: 0 })
      expect(hear(cutAt(given.bytes, cuts), bodiless(given))).toEqual(whole)
      expect(hear(Array.from(given.bytes, (byte) => Buffer.of(byte)), bodiless(given))).toEqual(whole)
    }), { numRuns: 500 })
    expect(run).not.toThrow()
  })

  it('is taken up to any place by a sink that stops, and goes on exactly there', () => {
    const run = (): void => assert(property(sample, places, (given, cuts) => {
      const ear: Ear = new Ear(() => (ear.stopped = true))
      const reader = new ResponseReader(ear, 65_536)
      reader.expect(bodiless(given))
      for (const piece of cutAt(given.bytes, cuts)) {
        for (let rest = piece; rest.length > 0;) {
          const before = ear.body
          rest = rest.subarray(reader.read(rest))
          if (!ear.stopped) continue
          const taken = ear.body
          expect(taken.length).toBeGreaterThan(before.length)
          expect([reader.read(rest), ear.body]).toEqual([0, taken])
          ear.stopped = false
        }
      }
      reader.close()
      const { heads, body, ends } = hear([given.bytes], bodiless(given))
      expect([ear.heads, ear.body, ear.ends]).toEqual([heads, body, ends])
    }), { numRuns: 500 })
    expect(run).not.toThrow()
  })

  it('with any bytes changed, left out or put in is read or refused, never both', () => {
    const change = tuple(nat(), integer({ min: 0, max: 255 }), integer({ min: 0, max: 2 }))
    const run = (): void => assert(property(sample, array(change, { minLength: 1, maxLength: 4 }), places, boolean(), (given, changes, cuts, single) => {
      const bytes = [...given.bytes]
      for (const [place, byte, kind] of changes) bytes.splice(place % (bytes.length + 1), kind === 1 ? 0 : 1, ...(kind === 2 ? [] : [byte]))
      const changed = Buffer.from(bytes)
      const whole = hear([changed], bodiless(given))
      const cut = hear(single ? Array.from(changed, (byte) => Buffer.of(byte)) : cutAt(changed, cuts), bodiless(given))
      expect(whole.ends + (whole.refused === undefined ? 0 : 1)).toBeLessThanOrEqual(1)
      expect(cut).toEqual(whole)
    }), { numRuns: 3_000 })
    expect(run).not.toThrow()
  })
})

describe('beside the reader of node:http', () => {
  const served: Buffer[] = []
  let server: Server

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', (head) => socket.end(served[Number(/\d+/.exec(head.toString())![0])]!))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => void server.close())

  /** What node:http makes of an answer, in the shape of ours. */
  const nodeReads = ({ method, bytes }: Sample): Promise<unknown> => new Promise((resolve, reject) => {
    const path = `/${served.push(bytes) - 1}`
    const interims: number[] = []
    const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method, path, agent: false }, (answer) => {
      const headers: Record<string, string | string[]> = {}
      for (let at = 0; at < answer.rawHeaders.length; at += 2) {
        const name = answer.rawHeaders[at]!.toLowerCase()
        const value = answer.rawHeaders[at + 1]!
        headers[name] = Object.hasOwn(headers, name) ? [headers[name]!, value].flat() : value
      }
      let body = ''
      answer.setEncoding('latin1').on('data', (text: string) => (body += text)).on('error', reject)
      answer.on('end', () => resolve({ interims, status: answer.statusCode, headers, body }))
    })
    sent.on('information', ({ statusCode }) => interims.push(statusCode)).on('error', reject).end()
  })

  it('the same is read', async () => {
    await expect(assert(asyncProperty(sample, places, async (given, cuts) => {
      const { heads, body } = hear(cutAt(given.bytes, cuts), bodiless(given))
      const { status, headers } = heads.at(-1)!
      expect({ interims: heads.slice(0, -1).map((head) => head.status), status, headers, body }).toEqual(await nodeReads(given))
    }), { numRuns: 300 })).resolves.toBeUndefined()
  })
})

describe('the bodies of answers without one', () => {
  it.each([[200, true], [204, false], [304, false]])('status %i, to HEAD %s: what follows is excess, whatever length is told', (status, head) => {
    for (const header of ['content-length: 3', 'transfer-encoding: chunked']) {
      const heard = hear([Buffer.from(`HTTP/1.1 ${status} X\r\n${header}\r\n\r\nabc`)], head)
      expect(heard).toMatchObject({ body: '', ends: 1, refused: undefined, excess: 3 })
    }
  })
})

describe('the connection after an answer', () => {
  it.each([
    ['HTTP/1.1 200', '', true], ['HTTP/1.1 200', 'connection: close', false], ['HTTP/1.1 200', 'Connection: x , CLOSE', false], ['HTTP/1.1 200', 'connection: x\r\nconnection: close', false],
    ['HTTP/1.1 200', 'connection: closed', true], ['HTTP/1.1 200', 'connection: keep-alive', true], ['HTTP/1.0 200', '', false], ['HTTP/1.0 200', 'connection: Keep-Alive', true],
    ['HTTP/1.0 200', 'connection: keep-alive, close', false], ['HTTP/1.0 200', 'connection: not-keep-alive', false], ['HTTP/1.0 200', 'connection: keep-alive\r\ntransfer-encoding: chunked', false],
  ])('%s, %j: may carry another %s', (line, header, keepAlive) => {
    expect(hear([Buffer.from(`${line}\r\n${header === '' ? '' : `${header}\r\n`}\r\n`)], true).heads[0]?.keepAlive).toBe(keepAlive)
  })
})
