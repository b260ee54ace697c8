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

/** Where the event begins that holds the byte at `at`, in byte text. */
export function startOfEvent(text: string, at: number): number {
  let newline = text.lastIndexOf('\n', at)
  while (newline > 0) {
    const before = text.charCodeAt(newline - 1) === CR ? newline - 2 : newline - 1
    if (before >= 0 && text.charCodeAt(before) === LF) return newline + 1
    newline = text.lastIndexOf('\n', newline - 1)
  }
  return 0
}

/** Index behind the event that holds the byte at `at`, in byte text. */
export function endOfEvent(text: string, at: number): number {
  let newline = text.indexOf('\n', at)
  while (newline !== -1) {
    const next = text.charCodeAt(newline + 1) === CR ? newline + 2 : newline + 1
    if (next >= text.length) return text.length
    if (text.charCodeAt(next) === LF) return next + 1
    newline = text.indexOf('\n', newline + 1)
  }
  return text.length
}
