/**
 * `application/vnd.amazon.eventstream`
 * (https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html). A message is
 *
 *   total length u32 | headers length u32 | CRC-32 of both | headers | payload | CRC-32 of all before
 *
 * big-endian, and each header is: name length u8 | name | value type u8 | value.
 */
import { crc32 } from 'node:zlib'
import { GatewayError, type Frame } from '@tianjillm/core'
import { asBuffer, Carry, frameTooLarge } from './carry.ts'
import type { FrameDecoder } from './decoder.ts'

const PRELUDE = 12
/** Prelude and trailing checksum: the length of a message with no headers and no payload. */
const SMALLEST = 16

export function createAwsEventStreamDecoder(maxFrameBytes: number): FrameDecoder {
  const carry = new Carry(Math.max(maxFrameBytes, PRELUDE))
  return {
    push(bytes, emit) {
      const chunk = asBuffer(bytes)
      let at = 0
      if (carry.length > 0) {
        at = Math.min(chunk.length, Math.max(0, PRELUDE - carry.length))
        carry.append(chunk, 0, at)
        if (carry.length < PRELUDE) return
        const more = Math.min(chunk.length - at, lengthOf(carry.view(), 0, maxFrameBytes) - carry.length)
        carry.append(chunk, at, at + more)
        at += more
        const message = carry.view()
        if (message.length < lengthOf(message, 0, maxFrameBytes)) return
        carry.clear()
        emit(read(message, 0, message.length))
      }
      while (chunk.length - at >= PRELUDE) {
        const end = at + lengthOf(chunk, at, maxFrameBytes)
        if (end > chunk.length) break
        emit(read(chunk, at, end))
        at = end
      }
      if (at < chunk.length) carry.append(chunk, at, chunk.length)
    },
    end() {
      if (carry.length > 0) throw malformed(`it ended after ${carry.length} bytes of a message`)
    },
  }
}

/** The length of the message that begins at `at`, whose prelude is there. */
function lengthOf(buffer: Buffer, at: number, maxFrameBytes: number): number {
  if (crc32(buffer.subarray(at, at + 8)) !== buffer.readUInt32BE(at + 8)) throw malformed('the checksum of a message prelude is wrong')
  const length = buffer.readUInt32BE(at)
  if (length < SMALLEST || buffer.readUInt32BE(at + 4) > length - SMALLEST) throw malformed('the lengths in a message prelude contradict each other')
  if (length > maxFrameBytes) throw frameTooLarge(maxFrameBytes)
  return length
}

function read(buffer: Buffer, start: number, end: number): Frame {
  if (crc32(buffer.subarray(start, end - 4)) !== buffer.readUInt32BE(end - 4)) throw malformed('the checksum of a message is wrong')
  const headersEnd = start + PRELUDE + buffer.readUInt32BE(start + 4)
  const headers = readHeaders(buffer, start + PRELUDE, headersEnd)
  const data = buffer.toString('utf8', headersEnd, end - 4)
  switch (headers.get(':message-type')) {
    case 'exception':
      return { event: headers.get(':exception-type'), data }
    case 'error':
      // An error message has no payload; its text stands in a header. Given the form of an exception's payload.
      return { event: headers.get(':error-code'), data: data || JSON.stringify({ message: headers.get(':error-message') ?? '' }) }
    default:
      return { event: headers.get(':event-type'), data }
  }
}

/** Bytes of a value by its type; strings and byte arrays carry their own length. */
const sizes: readonly (number | 'text' | 'bytes')[] = [0, 0, 1, 2, 4, 8, 'bytes', 'text', 8, 16]

function readHeaders(buffer: Buffer, from: number, end: number): Map<string, string> {
  const headers = new Map<string, string>()
  let at = from
  while (at < end) {
    const nameEnd = at + 1 + buffer[at]!
    const size = nameEnd < end ? sizes[buffer[nameEnd]!] : undefined
    const value = nameEnd + 1
    if (size === undefined || (typeof size === 'string' && value + 2 > end)) throw malformed('a message header cannot be read')
    const valueStart = typeof size === 'string' ? value + 2 : value
    const valueEnd = valueStart + (typeof size === 'string' ? buffer.readUInt16BE(value) : size)
    if (valueEnd > end) throw malformed('a message header cannot be read')
    if (size === 'text') headers.set(buffer.toString('utf8', at + 1, nameEnd), buffer.toString('utf8', valueStart, valueEnd))
    at = valueEnd
  }
  return headers
}

function malformed(what: string): GatewayError {
  return new GatewayError('upstream_malformed', `The provider's event stream is broken: ${what}.`)
}
