import { crc32 } from 'node:zlib'

/** Length of the text in bytes, then its CRC-32; both 32 bits, little endian. */
const HEAD_BYTES = 8
/** Frames that are made one after the other lie in one piece of memory. */
const PAGE_BYTES = 256 * 1024
/** Bytes of UTF-8 that a UTF-16 unit takes at most. */
const WIDEST = 3

/** Makes frames. */
export class FrameWriter {
  #page = Buffer.alloc(0)
  #at = 0

  write(text: string): Buffer {
    const room = HEAD_BYTES + text.length * WIDEST
    if (room > this.#page.length - this.#at) {
      this.#page = Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, room))
      this.#at = 0
    }
    const frame = frameInto(this.#page, this.#at, text)
    this.#at += frame.length
    return frame
  }
}

/** A frame that stands alone. */
export function frameOf(text: string): Buffer {
  return frameInto(Buffer.allocUnsafeSlow(HEAD_BYTES + Buffer.byteLength(text)), 0, text)
}

function frameInto(page: Buffer, at: number, text: string): Buffer {
  const start = at + HEAD_BYTES
  const length = page.write(text, start, 'utf8')
  page.writeUInt32LE(length, at)
  page.writeUInt32LE(crc32(page.subarray(start, start + length)), at + 4)
  return page.subarray(at, start + length)
}

export function textOf(frame: Buffer): string {
  return frame.toString('utf8', HEAD_BYTES)
}

/** All whole frames, and how many bytes after them make no frame. */
export function readFrames(bytes: Buffer): { readonly frames: readonly Buffer[]; readonly ignored: number } {
  const frames: Buffer[] = []
  let at = 0
  while (at + HEAD_BYTES <= bytes.length) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at)
    // A length of 0 is what a crash of the machine leaves: a file that was made longer and never filled.
    if (end > bytes.length || end === at + HEAD_BYTES) break
    const body = bytes.subarray(at + HEAD_BYTES, end)
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) break
    frames.push(bytes.subarray(at, end))
    at = end
  }
  return { frames, ignored: bytes.length - at }
}
