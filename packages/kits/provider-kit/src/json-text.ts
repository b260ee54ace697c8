/**
 * Finding something in JSON without parsing it. The functions take text, or byte text: bytes read as Latin-1,
 * one character a byte, so that an index into the text is an index into the bytes. What JSON is made of is
 * ASCII and reads the same in both.
 */

const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const SPACE = 0x20
const COLON = 0x3a
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** How much deeper `to` lies than `from`; both outside strings, in valid JSON. */
export function depthBetween(text: string, from: number, to: number): number {
  let depth = 0
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      const end = stringEnd(text, i)
      if (end === -1) return depth
      i = end - 1
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1
  }
  return depth
}

/** Index behind the string that starts at `start`; -1 when it does not end. */
export function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return quote + 1
  }
  return -1
}

/** Where the value begins behind a key that stands before `at`; -1 when there is no colon. */
export function valueAfterKey(text: string, at: number): number {
  const colon = skipSpace(text, at)
  return text.charCodeAt(colon) === COLON ? skipSpace(text, colon + 1) : -1
}

function skipSpace(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code === SPACE || code === 0x0a || code === 0x0d || code === 0x09; code = text.charCodeAt(at)) at += 1
  return at
}
