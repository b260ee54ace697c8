import { EventStreamCodec } from '@smithy/eventstream-codec'
import { type Frame } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { eachCut, framesOf } from './__fixtures__/cuts.ts'

/** AWS's own encoder is the other party. */
const codec = new EventStreamCodec((input) => (typeof input === 'string' ? input : new TextDecoder().decode(input)), (text) => new TextEncoder().encode(text))
type Headers = Parameters<typeof codec.encode>[0]['headers']

function message(headers: Record<string, string>, payload = '', more: Headers = {}): Uint8Array {
  const text = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]))
  return codec.encode({ headers: { ...more, ...text }, body: new TextEncoder().encode(payload) })
}

const event = (type: string, payload: string, more?: Headers): Uint8Array =>
  message({ ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' }, payload, more)
const join = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts)

describe('AWS event stream frames', () => {
  const delta = event('contentBlockDelta', '{"delta":{"text":"é字🦊"}}')
  const stop = event('messageStop', '{"stopReason":"end_turn"}')

  it('reads events, wherever the bytes are cut', () => {
    const expected: Frame[] = [
      { event: 'contentBlockDelta', data: '{"delta":{"text":"é字🦊"}}' },
      { event: 'messageStop', data: '{"stopReason":"end_turn"}' },
      { event: 'contentBlockDelta', data: '{"delta":{"text":"é字🦊"}}' },
    ]
    eachCut('aws-event-stream', join(delta, stop, delta), (found, how) => expect(found, how).toEqual(expected))
  })

  it('names an exception by its type', () => {
    const bytes = message({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, '{"message":"Too many tokens"}')
    expect(framesOf('aws-event-stream', bytes)).toEqual([{ event: 'throttlingException', data: '{"message":"Too many tokens"}' }])
  })

  it('names an error by its code and gives its message the form of an exception', () => {
    const bytes = message({ ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'It "broke"' })
    expect(framesOf('aws-event-stream', bytes)).toEqual([{ event: 'InternalError', data: '{"message":"It \\"broke\\""}' }])
  })

  it('skips headers of every other type', () => {
    const more: Headers = {
      yes: { type: 'boolean', value: true }, no: { type: 'boolean', value: false }, byte: { type: 'byte', value: 1 },
      short: { type: 'short', value: 2 }, int: { type: 'integer', value: 3 }, blob: { type: 'binary', value: Uint8Array.from([1, 2, 3]) },
      when: { type: 'timestamp', value: new Date(1_700_000_000_000) }, id: { type: 'uuid', value: '01234567-89ab-cdef-0123-456789abcdef' },
    }
    eachCut('aws-event-stream', event('chunk', '{}', more), (found, how) => expect(found, how).toEqual([{ event: 'chunk', data: '{}' }]))
  })

  it('reads a message without headers or payload', () => {
    expect(framesOf('aws-event-stream', message({}))).toEqual([{ event: undefined, data: '' }])
  })

  it('agrees with the other party on large payloads in many chunks', () => {
    const payload = JSON.stringify({ bytes: 'x'.repeat(300_000) })
    const bytes = join(event('chunk', payload), stop)
    const cuts = Array.from({ length: Math.floor(bytes.length / 1000) }, (_, i) => i * 1000)
    expect(framesOf('aws-event-stream', bytes, cuts)).toEqual([{ event: 'chunk', data: payload }, { event: 'messageStop', data: '{"stopReason":"end_turn"}' }])
  })

  it('refuses any flipped byte', () => {
    const whole = join(delta, stop)
    for (let at = 0; at < whole.length; at++) {
      const flipped = Uint8Array.from(whole)
      flipped[at]! ^= 0x01
      expect(() => framesOf('aws-event-stream', flipped, [at]), `byte ${at}`).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
    }
  })

  it('refuses a message that is cut, at every position', () => {
    for (let end = 1; end < delta.length; end++) {
      expect(() => framesOf('aws-event-stream', delta.subarray(0, end)), `ended after ${end}`).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
    }
  })

  it('refuses a length above the limit before it has arrived', () => {
    const large = event('chunk', 'x'.repeat(5000))
    expect(() => framesOf('aws-event-stream', large.subarray(0, 20), [], { maxFrameBytes: 1000 })).toThrow('larger than 1000 bytes')
    expect(() => framesOf('aws-event-stream', large.subarray(0, 20), [5, 9], { maxFrameBytes: 1000 })).toThrow('larger than 1000 bytes')
  })

  it('refuses lengths that contradict each other, with a right checksum', () => {
    for (const [total, headers] of [[15, 0], [40, 25], [0, 0]] as const) {
      const prelude = Buffer.alloc(12)
      prelude.writeUInt32BE(total, 0)
      prelude.writeUInt32BE(headers, 4)
      prelude.writeUInt32BE(crc(prelude.subarray(0, 8)), 8)
      expect(() => framesOf('aws-event-stream', prelude)).toThrow('contradict')
    }
  })

  it('refuses headers that run past their end, with right checksums', () => {
    for (const headers of [[5], [1, 0x61], [1, 0x61, 7], [1, 0x61, 7, 0, 9, 0x62], [1, 0x61, 99, 0], [1, 0x61, 4, 0]]) {
      expect(() => framesOf('aws-event-stream', raw(headers)), headers.join()).toThrow('header cannot be read')
    }
  })
})

function raw(headers: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(16 + headers.length)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.writeUInt32BE(headers.length, 4)
  bytes.writeUInt32BE(crc(bytes.subarray(0, 8)), 8)
  bytes.set(headers, 12)
  bytes.writeUInt32BE(crc(bytes.subarray(0, -4)), bytes.length - 4)
  return bytes
}

/** CRC-32 bit by bit (ISO 3309), independent of the code under test. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}
