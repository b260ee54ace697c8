import { crc32 } from 'node:zlib'

/** An entry's file: a line of JSON, then the value. */
export interface FileEntry {
  readonly key: string
  /** Milliseconds since the epoch. */
  readonly endsAt: number
  readonly value: Uint8Array
}

const NEWLINE = 0x0a

export function encodeFile({ key, endsAt, value }: FileEntry): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ v: 1, key, ends: endsAt, bytes: value.byteLength, crc: crc32(value) })}\n`), value])
}

/** What {@link encodeFile} wrote; undefined for a file that was cut, changed, or is another's. */
export function decodeFile(file: Buffer): FileEntry | undefined {
  const end = file.indexOf(NEWLINE)
  if (end < 0) return undefined
  try {
    const head = JSON.parse(file.toString('utf8', 0, end)) as { v?: unknown; key?: unknown; ends?: unknown; bytes?: unknown; crc?: unknown }
    const value = file.subarray(end + 1)
    if (head.v !== 1 || typeof head.key !== 'string' || typeof head.ends !== 'number' || head.bytes !== value.length || head.crc !== crc32(value)) return undefined
    return { key: head.key, endsAt: head.ends, value }
  } catch {
    return undefined
  }
}
