import { crc32 } from 'node:zlib'

/** Length of the text in bytes, then its CRC-32; both 32 bits, little endian. */
export const HEAD_BYTES = 8

/** Writes a text with its head to the beginning of a buffer with room for it. Answers the bytes of both. */
export function frameInto(buffer: Buffer, text: string): number {
  const length = buffer.write(text, HEAD_BYTES, 'utf8')
  buffer.writeUInt32LE(length, 0)
  buffer.writeUInt32LE(crc32(buffer.subarray(HEAD_BYTES, HEAD_BYTES + length)), 4)
  return HEAD_BYTES + length
}

/** The texts of all whole frames, and how many bytes after them make no frame. */
export function readFrames(bytes: Buffer): { readonly texts: readonly string[]; readonly ignored: number } {
  const texts: string[] = []
  let at = 0
  while (at + HEAD_BYTES <= bytes.length) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at)
    // A length of 0 is what a crash of the machine leaves: a file that was made longer and never filled.
    if (end > bytes.length || end === at + HEAD_BYTES) break
    const body = bytes.subarray(at + HEAD_BYTES, end)
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) break
    texts.push(body.toString('utf8'))
    at = end
  }
  return { texts, ignored: bytes.length - at }
}
