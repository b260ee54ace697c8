import { type Frame } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { eachCut, framesOf } from './__fixtures__/cuts.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...values: string[]): Frame[] => values.map((data) => ({ event: undefined, data }))

describe('NDJSON frames', () => {
  it.each<[string, string, Frame[]]>([
    ['a line each', '{"a":1}\n{"b":2}\n', lines('{"a":1}', '{"b":2}')],
    ['CRLF', '{"a":1}\r\n{"b":2}\r\n', lines('{"a":1}', '{"b":2}')],
    ['blank lines are skipped', '\n\n{"a":1}\n \n\r\n{"b":2}\n\n', lines('{"a":1}', '{"b":2}')],
    ['the last line end may be missing', '{"a":1}\n{"b":2}', lines('{"a":1}', '{"b":2}')],
    ['a byte order mark', '\uFEFF{"a":1}\n', lines('{"a":1}')],
    ['characters of several bytes', '{"t":"é字🦊"}\n{"t":"👩‍👩‍👧"}\n', lines('{"t":"é字🦊"}', '{"t":"👩‍👩‍👧"}')],
    ['escaped line ends stay', '{"t":"a\\nb"}\n', lines('{"t":"a\\nb"}')],
    ['nothing', '', []],
  ])('%s, wherever the bytes are cut', (_, text, expected) => {
    eachCut('ndjson', bytes(text), (found, how) => expect(found, how).toEqual(expected))
  })

  it('is upstream_interrupted when the last line is cut', () => {
    expect(() => framesOf('ndjson', bytes('{"a":1}\n{"b":'))).toThrow(expect.objectContaining({ code: 'upstream_interrupted' }))
  })

  it.each([[[]], [[50, 90, 120]]])('refuses a line above the limit, cut at %j', (cuts) => {
    expect(() => framesOf('ndjson', bytes(`{"t":"${'x'.repeat(200)}"}\n`), cuts, { maxFrameBytes: 100 }))
      .toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
  })

  it('does not add lines up against the limit', () => {
    expect(framesOf('ndjson', bytes(`{"t":"${'x'.repeat(80)}"}\n`.repeat(10)), [40, 300], { maxFrameBytes: 100 })).toHaveLength(10)
  })
})
