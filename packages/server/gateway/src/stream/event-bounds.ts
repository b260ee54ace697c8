const LF = 0x0a
const CR = 0x0d

/**
 * Index behind the last complete SSE event in `bytes` (after its blank line), or 0 when none is complete.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function endOfEvents(bytes: Buffer): number {
  const length = bytes.length
  if (length >= 2 && bytes[length - 1] === LF && bytes[length - 2] === LF) return length
  let at = bytes.lastIndexOf(LF)
  while (at > 0) {
    const before = bytes[at - 1] === CR ? at - 2 : at - 1
    if (before >= 0 && bytes[before] === LF) return at + 1
    at = bytes.lastIndexOf(LF, at - 1)
  }
  return 0
}

/** Index of the first byte of the event that holds the byte at `at`. */
export function startOfEvent(bytes: Buffer, at: number): number {
  let newline = bytes.lastIndexOf(LF, at)
  while (newline > 0) {
    const before = bytes[newline - 1] === CR ? newline - 2 : newline - 1
    if (before >= 0 && bytes[before] === LF) return newline + 1
    newline = bytes.lastIndexOf(LF, newline - 1)
  }
  return 0
}

/** Index behind the event that holds the byte at `at`. */
export function endOfEvent(bytes: Buffer, at: number): number {
  let newline = bytes.indexOf(LF, at)
  while (newline !== -1) {
    const next = bytes[newline + 1] === CR ? newline + 2 : newline + 1
    if (next >= bytes.length) return bytes.length
    if (bytes[next] === LF) return next + 1
    newline = bytes.indexOf(LF, newline + 1)
  }
  return bytes.length
}
