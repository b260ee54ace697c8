import { depthBetween, stringEnd, valueAfterKey } from '@tianjillm/provider-kit'

const MODEL = '"model"'

/** Where a value stands. */
export interface Span {
  readonly start: number
  /** Behind its last character. */
  readonly end: number
}

/** What the UTF-8 bytes of `text` read as Latin-1 say: byte text, in which an index is an index into the bytes. */
export function byteText(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text
}

// oxlint-disable-next-line no-control-regex
const beyondAscii = /[^\u0000-\u007f]/

/**
 * Where the text value of the top `model` key stands, between `from` and `to`. Chat writes it near the
 * beginning, embeddings near the end: depth is counted from the side that is nearer, the end once at most.
 */
export function modelValue(text: string, from: number, to: number): Span | undefined {
  let depth = 0
  let scanned = from
  let triedEnd = false
  for (let found = text.indexOf(MODEL, from); found !== -1 && found < to; found = text.indexOf(MODEL, found + MODEL.length)) {
    // Behind a backslash it is part of a string.
    const start = text[found - 1] === '\\' ? -1 : valueAfterKey(text, found + MODEL.length)
    if (start === -1 || text[start] !== '"') continue
    const end = stringEnd(text, start)
    if (end === -1) return undefined
    if (!triedEnd && to - end < found - scanned) {
      triedEnd = true
      if (depthBetween(text, end, to) === -1) return { start, end }
    }
    depth += depthBetween(text, scanned, found)
    scanned = found
    if (depth === 1) return { start, end }
  }
  return undefined
}
