/**
 * Server-sent events, as the HTML standard defines them ("Interpreting an event stream",
 * https://html.spec.whatwg.org/multipage/server-sent-events.html). `id` and `retry` matter to
 * reconnecting browsers only and are skipped.
 *
 * Lines end in LF, CRLF or CR. All three are ASCII, so lines are cut on bytes and each line's
 * text is decoded once, whole: a chunk may end inside a character without harm.
 */
import type { Frame } from '@tianjillm/core'
import { asBuffer, Carry, frameTooLarge } from './carry.ts'
import type { FrameDecoder } from './decoder.ts'
import { checkLastFrame } from './tail.ts'

const LF = 10
const CR = 13
const SPACE = 32
const COLON = 58
/** `data` and `even` (of `event`) read as one big-endian number: one comparison instead of four. */
const DATA = 0x64617461
const EVEN = 0x6576656e
const LETTER_T = 0x74

export function createSseDecoder(maxFrameBytes: number): FrameDecoder {
  const carry = new Carry(maxFrameBytes)
  let event: string | undefined
  let data: string | undefined
  let frameBytes = 0
  let afterCr = false
  let first = true

  function field(buffer: Buffer, start: number, end: number): void {
    const length = end - start
    if (length < 4) return
    const name = ((buffer[start]! << 24) | (buffer[start + 1]! << 16) | (buffer[start + 2]! << 8) | buffer[start + 3]!)
    if (name === DATA) {
      if (length > 4 && buffer[start + 4] !== COLON) return
      count(length)
      const text = valueOf(buffer, start + 5, end)
      data = data === undefined ? text : `${data}\n${text}`
    } else if (name === EVEN && buffer[start + 4] === LETTER_T && length > 4) {
      if (length > 5 && buffer[start + 5] !== COLON) return
      count(length)
      event = valueOf(buffer, start + 6, end) || undefined
    }
  }

  function count(bytes: number): void {
    frameBytes += bytes
    if (frameBytes > maxFrameBytes) throw frameTooLarge(maxFrameBytes)
  }

  function dispatch(emit: (frame: Frame) => void): void {
    const frame = data === undefined ? undefined : { event, data }
    event = undefined
    data = undefined
    frameBytes = 0
    if (frame !== undefined) emit(frame)
  }

  /** The line's end was found at `end`; its beginning may be in the carry. */
  function line(chunk: Buffer, start: number, end: number, emit: (frame: Frame) => void): void {
    if (carry.length === 0) return wholeLine(chunk, start, end, emit)
    carry.append(chunk, start, end)
    const whole = carry.view()
    carry.clear()
    wholeLine(whole, 0, whole.length, emit)
  }

  function wholeLine(buffer: Buffer, from: number, end: number, emit: (frame: Frame) => void): void {
    let start = from
    if (first) {
      first = false
      if (startsWithBom(buffer, start, end)) start += 3
    }
    if (start === end) dispatch(emit)
    else field(buffer, start, end)
  }

  return {
    push(bytes, emit) {
      const chunk = asBuffer(bytes)
      const length = chunk.length
      if (length === 0) return
      let at = 0
      if (afterCr) {
        afterCr = false
        if (chunk[0] === LF) at = 1
      }
      // Each is looked for again only once it is passed, so that the chunk is scanned twice in all.
      let cr = nextOf(chunk, CR, at)
      let lf = nextOf(chunk, LF, at)
      while (at < length) {
        if (cr < lf) {
          line(chunk, at, cr, emit)
          at = cr + 1
          if (at === length) afterCr = true
          else if (chunk[at] === LF) at++
          cr = nextOf(chunk, CR, at)
          if (lf < at) lf = nextOf(chunk, LF, at)
        } else if (lf < length) {
          line(chunk, at, lf, emit)
          at = lf + 1
          // A blank line follows most lines: seen without a search.
          lf = chunk[at] === LF ? at : nextOf(chunk, LF, at)
        } else {
          carry.append(chunk, at, length)
          return
        }
      }
    },
    end(emit) {
      if (carry.length > 0) {
        const last = carry.view()
        carry.clear()
        // A name without its colon may be the beginning of anything.
        if (last.includes(COLON)) wholeLine(last, 0, last.length, emit)
      }
      if (data !== undefined) checkLastFrame(data)
      dispatch(emit)
    },
  }
}

/** Where `byte` is next, or the length when it is not there. */
function nextOf(chunk: Buffer, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from)
  return at === -1 ? chunk.length : at
}

function startsWithBom(line: Buffer, start: number, end: number): boolean {
  return end - start >= 3 && line[start] === 0xef && line[start + 1] === 0xbb && line[start + 2] === 0xbf
}

/** What stands after the colon, without the one space that may follow it. */
function valueOf(buffer: Buffer, from: number, end: number): string {
  const start = buffer[from] === SPACE && from < end ? from + 1 : from
  return start >= end ? '' : buffer.toString('utf8', start, end)
}
