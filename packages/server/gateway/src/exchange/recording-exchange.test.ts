import { describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { InnerExchange } from './inner-exchange.ts'
import { RecordingExchange } from './recording-exchange.ts'

function recording(maxBytes: number) {
  const heard: (Buffer | string | undefined)[] = []
  const inner = new InnerExchange()
  const exchange: Exchange & { giveUp(): void } = new RecordingExchange(inner, maxBytes, (answer) => heard.push(answer))
  return { heard, inner, exchange }
}

describe('a recording', () => {
  it('hears the bytes of a success, once, and lets all pass', () => {
    const { heard, inner, exchange } = recording(100)
    exchange.head(200, [])
    exchange.write('é')
    exchange.write('\u00e9', 'latin1')
    exchange.end(Buffer.from('!'))
    exchange.giveUp()
    expect(heard).toEqual([Buffer.from([0xc3, 0xa9, 0xe9, 0x21])])
    expect(inner.body).toHaveLength(3)
  })

  it.each<[string, (exchange: Exchange & { giveUp(): void }, inner: InnerExchange) => void]>([
    ['an error', (exchange) => { exchange.head(500, []); exchange.end('x') }], ['one that breaks off', (exchange) => { exchange.head(200, []); exchange.write('x'); exchange.destroy() }],
    ['one that nobody ended', (exchange) => { exchange.head(200, []); exchange.write('x'); exchange.giveUp() }], ['one whose client left', (exchange, inner) => { exchange.head(200, []); inner.leave(); exchange.end('x') }],
  ])('tells that %s failed', (_what, play) => {
    const { heard, inner, exchange } = recording(100)
    play(exchange, inner)
    expect(heard).toEqual(['failed'])
  })

  it('is bounded for itself and, with all others, for the process; what it held is free again', () => {
    const small = recording(3)
    small.exchange.head(200, [])
    small.exchange.write('abcd')
    small.exchange.end('e')
    expect(small.heard).toEqual([undefined])
    const megabyte = Buffer.alloc(1024 * 1024)
    for (let round = 0; round < 2; round += 1) {
      const many = Array.from({ length: 130 }, () => recording(Infinity))
      for (const { exchange } of many) {
        exchange.head(200, [])
        exchange.write(megabyte)
      }
      for (const { exchange } of many) exchange.end()
      expect(many.filter(({ heard }) => Buffer.isBuffer(heard[0]))).toHaveLength(128)
    }
  })
})
