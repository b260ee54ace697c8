import { type Frame, isGatewayError } from '@tianjillm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eachCut, framesOf } from './__fixtures__/cuts.ts'
import { createFrameDecoder } from './decoder.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const frames = (text: string): Frame[] => framesOf('sse', bytes(text))
const data = (...values: string[]): Frame[] => values.map((value) => ({ event: undefined, data: value }))

describe('SSE frames', () => {
  it.each<[string, string, Frame[]]>([
    ['one event', 'data: {"a":1}\n\n', data('{"a":1}')],
    ['several events and [DONE]', 'data: 1\n\ndata: 2\n\ndata: [DONE]\n\n', data('1', '2', '[DONE]')],
    ['no space after the colon', 'data:x\n\n', data('x')],
    ['only one space is taken off', 'data:  x \n\n', data(' x ')],
    ['lines are joined', 'data: YHOO\ndata: +2\ndata: 10\n\n', data('YHOO\n+2\n10')],
    ['empty data lines count (standard, third example)', 'data\n\ndata\ndata\n\ndata:\n\n', data('', '\n', '')],
    ['an event name', 'event: content_block_delta\ndata: {}\n\n', [{ event: 'content_block_delta', data: '{}' }]],
    ['the name may follow the data', 'data: {}\nevent: ping\n\n', [{ event: 'ping', data: '{}' }]],
    ['the last name wins', 'event: a\nevent: b\ndata: 1\n\n', [{ event: 'b', data: '1' }]],
    ['the name ends with its event', 'event: a\ndata: 1\n\ndata: 2\n\n', [{ event: 'a', data: '1' }, { event: undefined, data: '2' }]],
    ['an empty name is none', 'event:\ndata: 1\n\nevent\ndata: 2\n\n', data('1', '2')],
    ['an event without data is not an event', 'event: lonely\n\ndata: 1\n\n', data('1')],
    ['comments', ': OPENROUTER PROCESSING\n\n: keep-alive\ndata: 1\n:\n\n', data('1')],
    ['id and retry are skipped', 'id: 7\nretry: 10\ndata: 1\n\n', data('1')],
    ['unknown and look-alike fields are skipped', 'dat: 0\ndatab: 1\ndata : 2\neventful: 3\n data: 4\nDATA: 5\ndata: 6\n\n', data('6')],
    ['a colon in the value', 'data: a: b\n\n', data('a: b')],
    ['CRLF', 'event: e\r\ndata: 1\r\ndata: 2\r\n\r\ndata: 3\r\n\r\n', [{ event: 'e', data: '1\n2' }, { event: undefined, data: '3' }]],
    ['CR', 'event: e\rdata: 1\rdata: 2\r\rdata: 3\r\r', [{ event: 'e', data: '1\n2' }, { event: undefined, data: '3' }]],
    ['mixed line ends', 'data: 1\r\n\ndata: 2\n\r\ndata: 3\r\rdata: 4\n\r', data('1', '2', '3', '4')],
    ['LF then CR are two line ends', 'data: 1\n\rdata: 2\n\r', data('1', '2')],
    ['byte order mark first', '\uFEFFdata: 1\n\n', data('1')],
    ['byte order mark on a line of its own', '\uFEFF\ndata: 1\n\n', data('1')],
    ['byte order mark later belongs to the field name', 'data: 1\n\n\uFEFFdata: 2\n\ndata: \uFEFF3\n\n', data('1', '\uFEFF3')],
    ['blank lines before, between and after', '\n\ndata: 1\n\n\n\n\ndata: 2\n\n\n', data('1', '2')],
    ['characters of two, three and four bytes', 'event: ünï\ndata: é字🦊\ndata: 👩‍👩‍👧\n\n', [{ event: 'ünï', data: 'é字🦊\n👩‍👩‍👧' }]],
    ['nothing', '', []],
  ])('%s, wherever the bytes are cut', (_, text, expected) => {
    eachCut('sse', bytes(text), (found, how) => expect(found, how).toEqual(expected))
  })

  it('replaces broken UTF-8 instead of failing', () => {
    expect(framesOf('sse', Uint8Array.from([...bytes('data: a'), 0xff, ...bytes('b\n\n')]))).toEqual(data('a\uFFFDb'))
  })

  it('takes a plain Uint8Array that is a window on a larger buffer', () => {
    const backing = bytes('xxxxdata: 1\n\nyyyy')
    expect(framesOf('sse', backing.subarray(4, 13))).toEqual(data('1'))
  })

  it('gives the same frames for any text, cut anywhere', () => {
    const piece = fc.constantFrom('data', 'event', ':', ' ', '\n', '\r', '\r\n', '\n\n', '{"a":"é"}', '🦊', '\uFEFF', 'data: x\n\n', 'id: 1\n')
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(400), { maxLength: 12 }), (pieces, positions) => {
      // Terminated, so that no judgement about a last frame is involved.
      const whole = bytes(`${pieces.join('')}\n\n`)
      const cuts = positions.filter((cut) => cut <= whole.length).sort((a, b) => a - b)
      expect(framesOf('sse', whole, cuts)).toEqual(referenceFrames(new TextDecoder().decode(whole)))
    }), { numRuns: 500 })
  })
})

describe('the end of an SSE body', () => {
  it.each<[string, string, Frame[]]>([
    ['the blank line is missing', 'data: {"a":1}\n', data('{"a":1}')],
    ['both line ends are missing', 'data: {"a":1}', data('{"a":1}')],
    ['[DONE] without a line end', 'data: 1\n\ndata: [DONE]', data('1', '[DONE]')],
    ['CR without a blank line', 'event: e\rdata: {}\r', [{ event: 'e', data: '{}' }]],
    ['plain text', 'data: Hello', data('Hello')],
    ['a field name without its colon says nothing', 'data: 1\n\ndata', data('1')],
    ['a cut comment', 'data: 1\n\n: keep', data('1')],
  ])('is forgiven when %s', (_, text, expected) => {
    eachCut('sse', bytes(text), (found, how) => expect(found, how).toEqual(expected))
  })

  it.each(['data: {"a":"half', 'data: {"a":1}\n\ndata: {"b":', 'data: ["x",\n', 'data: "open'])('is upstream_interrupted inside JSON: %s', (text) => {
    const error = caught(() => frames(text))
    expect(isGatewayError(error) && error.code).toBe('upstream_interrupted')
    expect(isGatewayError(error) && error.retryable).toBe(true)
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('half')
  })

  it('still hands over the frames before the cut one', () => {
    const seen: Frame[] = []
    const decoder = createFrameDecoder('sse')
    decoder.push(bytes('data: {"a":1}\n\ndata: {"b"'), (frame) => seen.push(frame))
    expect(() => decoder.end((frame) => seen.push(frame))).toThrow('middle of a stream frame')
    expect(seen).toEqual(data('{"a":1}'))
  })
})

describe('the SSE size limit', () => {
  const limit = { maxFrameBytes: 100 }
  const tooLarge = expect.objectContaining({ code: 'upstream_malformed', message: expect.stringContaining('100 bytes') })

  it.each([
    ['one line in one piece', ['data: ', 'x'.repeat(200), '\n\n'], false],
    ['one line that never ends', ['data: ', ...Array.from({ length: 50 }, () => 'xxxxxxxxxx')], true],
    ['many data lines', Array.from({ length: 50 }, () => 'data: xxxxx\n'), true],
    ['a comment that never ends', [': ', ...Array.from({ length: 50 }, () => 'xxxxxxxxxx')], true],
    ['an event name', ['event: ', 'e'.repeat(200), '\n'], true],
  ])('refuses %s', (_, pieces, apart) => {
    const text = pieces.join('')
    const cuts = apart ? pieces.map((_piece, i) => bytes(pieces.slice(0, i + 1).join('')).length) : []
    expect(caught(() => framesOf('sse', bytes(text), cuts, limit))).toEqual(tooLarge)
  })

  it('counts each frame anew, and keep-alive comments not at all', () => {
    const text = `data: ${'x'.repeat(80)}\n\n: ${'keep '.repeat(15)}\n`.repeat(20)
    expect(framesOf('sse', bytes(text), [50, 130, 700], limit)).toHaveLength(20)
  })

  it('keeps a large frame in small chunks linear', () => {
    const chunk = new Uint8Array(64).fill(0x61)
    const decoder = createFrameDecoder('sse')
    const seen: number[] = []
    const emit = (frame: Frame): void => void seen.push(frame.data.length)
    decoder.push(bytes('data:'), emit)
    for (let i = 0; i < 65_536; i++) decoder.push(chunk, emit)
    decoder.push(bytes('\n\n'), emit)
    expect(seen).toEqual([4 * 1024 * 1024])
  })
})

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

/** The standard's algorithm on the whole text, line by line, with no regard to speed. */
function referenceFrames(text: string): Frame[] {
  const found: Frame[] = []
  let name = ''
  let lines: string[] = []
  // The decoder took the byte order mark off already.
  for (const line of text.split(/\r\n|\n|\r/).slice(0, -1)) {
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (line === '') {
      if (lines.length > 0) found.push({ event: name || undefined, data: lines.join('\n') })
      name = ''
      lines = []
    } else if (field === 'data') {
      lines.push(value)
    } else if (field === 'event') {
      name = value
    }
  }
  return found
}
