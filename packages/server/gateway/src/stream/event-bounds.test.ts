import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfEvent, endOfEvents, startOfEvent } from './event-bounds.ts'
import { EventCutter } from './event-cutter.ts'

/** Streams of events with each line end that LLM providers use, and what may stand after the last. */
const line = fc.string({ unit: fc.constantFrom('a', ':', ' ', '{', '"', 'é', '🎉', '\u2028'), minLength: 1, maxLength: 12 }).map((text) => `data: ${text}`)
const event = fc.tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n')).map(([lines, end]) => lines.join(end) + end + end)
const stream = fc.tuple(fc.array(event, { maxLength: 6 }), fc.oneof(fc.constant(''), line)).map(([events, rest]) => ({ events, rest, bytes: Buffer.from(events.join('') + rest) }))

describe('endOfEvents', () => {
  it('is behind the last whole event', () => {
    fc.assert(fc.property(stream, ({ events, bytes }) => {
      expect(endOfEvents(bytes)).toBe(Buffer.byteLength(events.join('')))
    }))
  })

  it('agrees with the plain reading of the rule on any bytes', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r\n'), maxLength: 12 }), (text) => {
      const found = [...text.matchAll(/\n(?=(\r?\n))/g)].map((match) => match.index + 1 + match[1]!.length)
      expect(endOfEvents(Buffer.from(text))).toBe(found.at(-1) ?? 0)
    }))
  })
})

describe('startOfEvent and endOfEvent', () => {
  it('enclose the event of a byte', () => {
    fc.assert(fc.property(stream.filter(({ events }) => events.length > 0), fc.nat(), fc.nat(), ({ events, bytes }, which, where) => {
      const index = which % events.length
      const start = Buffer.byteLength(events.slice(0, index).join(''))
      const end = start + Buffer.byteLength(events[index]!)
      const at = start + (where % (Buffer.byteLength(events[index]!.trimEnd())))
      const text = bytes.toString('latin1')
      expect([startOfEvent(text, at), endOfEvent(text, at)]).toEqual([start, end])
    }))
  })
})

describe('EventCutter', () => {
  it('gives whole events only, and all bytes, wherever the stream is cut', () => {
    fc.assert(fc.property(stream, fc.array(fc.nat({ max: 200 }), { maxLength: 40 }), ({ events, bytes }, cuts) => {
      const ends = new Set(events.map((_, i) => Buffer.byteLength(events.slice(0, i + 1).join(''))))
      const cutter = new EventCutter()
      const places = [...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b)
      let sent = 0
      let from = 0
      for (const place of places) {
        const piece = cutter.push(bytes.subarray(from, place))
        from = place
        if (!piece) continue
        expect(piece.equals(bytes.subarray(sent, sent + piece.length))).toBe(true)
        sent += piece.length
        expect(ends.has(sent)).toBe(true)
      }
      expect(sent).toBe(Buffer.byteLength(events.join('')))
      expect(cutter.held).toBe(bytes.length - sent)
    }), { numRuns: 500 })
  })

  it.each([
    ['data: [DONE]', 'data: [DONE]\n\n'], ['data: {"a":1}\r\n', 'data: {"a":1}\r\n\n\n'], ['data: {"a":', 'cut'], ['dat', 'cut'], ['data: [DO', 'cut'],
    [': ping', undefined], ['\n', undefined], ['', undefined],
  ])('ends %j as %j', (rest, expected) => {
    const cutter = new EventCutter()
    cutter.push(Buffer.from(`data: 1\n\n${rest}`))
    const last = cutter.end()
    expect(Buffer.isBuffer(last) ? last.toString() : last).toBe(expected)
    expect(cutter.end()).toBeUndefined()
  })

  it('takes an event of 16 MB in small pieces without copying it for each', () => {
    const cutter = new EventCutter()
    const piece = Buffer.alloc(16 * 1024, 'x')
    const started = performance.now()
    for (let i = 0; i < 1024; i += 1) cutter.push(piece)
    expect(cutter.push(Buffer.from('\n\n'))).toHaveLength(16 * 1024 * 1024 + 2)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
