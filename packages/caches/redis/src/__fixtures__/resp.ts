/** What of RESP2 a proxy must know. Source: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const CRLF = '\r\n'

/** The end of the value that begins at `from`; -1 while it is not all there. */
export function endOfValue(buffer: Buffer, from: number): number {
  const end = buffer.indexOf(CRLF, from)
  if (end < 0) return -1
  const after = end + 2
  const size = Number(buffer.toString('latin1', from + 1, end))
  const kind = String.fromCharCode(buffer[from]!)
  if (kind === '$') return size < 0 ? after : after + size + 2 <= buffer.length ? after + size + 2 : -1
  if (kind !== '*') return after
  let at = after
  for (let i = 0; i < size && at >= 0; i += 1) at = at < buffer.length ? endOfValue(buffer, at) : -1
  return at
}

/** The words of a command (an array of bulk strings). */
export function wordsOf(command: Buffer): Buffer[] {
  const words: Buffer[] = []
  let at = command.indexOf(CRLF) + 2
  while (at < command.length) {
    const end = command.indexOf(CRLF, at)
    const size = Number(command.toString('latin1', at + 1, end))
    words.push(command.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return words
}

export function reply(value: unknown): Buffer {
  if (Array.isArray(value)) return Buffer.concat([Buffer.from(`*${value.length}${CRLF}`), ...value.map(reply)])
  if (typeof value === 'number') return Buffer.from(`:${value}${CRLF}`)
  if (value instanceof Error) return Buffer.from(`-${value.message}${CRLF}`)
  if (value === 'OK') return Buffer.from(`+OK${CRLF}`)
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value))
  return Buffer.concat([Buffer.from(`$${bytes.length}${CRLF}`), bytes, Buffer.from(CRLF)])
}
