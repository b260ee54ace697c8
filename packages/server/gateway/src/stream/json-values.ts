import { stringEnd, valueAfterKey } from '@tianjillm/provider-kit'
import type { Span } from './json-text.ts'

/**
 * Where the values of some keys stand that lie `depth` objects deep, between `from` and `to`: 1 is the outermost. Found by
 * going through the text once, without making values of it. Byte text; the JSON must be valid.
 */
export function valuesAt(text: string, wanted: ReadonlySet<string>, depth: number, from = 0, to = text.length): Map<string, Span> {
  const found = new Map<string, Span>()
  let deep = 0
  for (let i = from; i < to && found.size < wanted.size; i += 1) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      const end = stringEnd(text, i)
      if (end === -1) break
      const start = deep === depth ? valueAfterKey(text, end) : -1
      if (start !== -1) {
        const key = text.slice(i + 1, end - 1)
        if (wanted.has(key)) found.set(key, { start, end: valueEnd(text, start, to) })
      }
      i = end - 1
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) deep += 1
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) deep -= 1
  }
  return found
}

/** The value there; undefined when there is none, or it cannot be read. */
export function readAt(text: string, span: Span | undefined): unknown {
  if (!span) return undefined
  try {
    return JSON.parse(Buffer.from(text.slice(span.start, span.end), 'latin1').toString('utf8'))
  } catch {
    return undefined
  }
}

function valueEnd(text: string, start: number, to: number): number {
  let deep = 0
  for (let i = start; i < to; i += 1) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      const end = stringEnd(text, i)
      if (end === -1) return to
      if (deep === 0) return end
      i = end - 1
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) deep += 1
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      // Behind a number or a word the object that holds it may close.
      if (deep === 0) return i
      deep -= 1
      if (deep === 0) return i + 1
    } else if (deep === 0 && (code === COMMA || code <= SPACE)) return i
  }
  return to
}

const QUOTE = 0x22
const COMMA = 0x2c
const SPACE = 0x20
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
