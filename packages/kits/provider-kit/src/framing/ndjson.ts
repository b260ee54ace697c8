/**
 * One JSON value a line (https://github.com/ndjson/ndjson-spec): lines end in LF or CRLF, blank
 * lines are skipped. Frames have no event name.
 */
import type { Frame } from '@tianjillm/core'
import { asBuffer, Carry, frameTooLarge } from './carry.ts'
import type { FrameDecoder } from './decoder.ts'
import { checkLastFrame } from './tail.ts'

const LF = 10

export function createNdjsonDecoder(maxFrameBytes: number): FrameDecoder {
  const carry = new Carry(maxFrameBytes)
  let first = true

  function line(buffer: Buffer, start: number, end: number, emit: (frame: Frame) => void, last = false): void {
    if (end - start > maxFrameBytes) throw frameTooLarge(maxFrameBytes)
    let text = buffer.toString('utf8', start, end)
    if (first) {
      first = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    text = text.trim()
    if (text === '') return
    if (last) checkLastFrame(text)
    emit({ event: undefined, data: text })
  }

  return {
    push(bytes, emit) {
      const chunk = asBuffer(bytes)
      let at = 0
      for (let lf = chunk.indexOf(LF); lf !== -1; lf = chunk.indexOf(LF, at)) {
        if (carry.length > 0) {
          carry.append(chunk, at, lf)
          const whole = carry.view()
          carry.clear()
          line(whole, 0, whole.length, emit)
        } else if (lf > at) {
          line(chunk, at, lf, emit)
        }
        at = lf + 1
      }
      if (at < chunk.length) carry.append(chunk, at, chunk.length)
    },
    end(emit) {
      if (carry.length === 0) return
      const last = carry.view()
      carry.clear()
      line(last, 0, last.length, emit, true)
    },
  }
}
