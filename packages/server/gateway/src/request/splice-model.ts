const KEY = Buffer.from('"model"')
/** Begins an escape for any of `a` to `o`: with one, the key could be written so that the search does not see it. */
const ESCAPED_LETTER = Buffer.from('\\u006')
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/**
 * Replaces the value of the one key `model` in JSON bytes, leaving every other byte alone.
 *
 * The bytes must be valid JSON. An unescaped `"model"` is then a whole string token, so a search
 * needs no parser; if the token stands (or may stand, escaped) more than once (a tool schema with a `model` property, a
 * doubled key), the caller has to write the JSON anew.
 *
 * @param text what the bytes say
 * @param after JSON text put right behind the value (`,"stream_options":{...}`), or ''
 * @returns the new bytes, or their text where that is ASCII; undefined when it cannot be told which token is the key
 */
export function spliceModel(bytes: Buffer, text: string, current: string, next: string, after: string): Buffer | string | undefined {
  if (current === next && after === '') return text.length === bytes.length && text.length <= SHORT ? text : bytes
  const value = JSON.stringify(current)
  const middle = JSON.stringify(next) + after
  if (text.length === bytes.length && text.length <= SHORT && ascii.test(middle)) return spliceShort(text, value, middle)
  const at = onlyToken(bytes)
  if (at === -1 || bytes.includes(ESCAPED_LETTER)) return undefined
  let start = skipSpace(bytes, at + KEY.length)
  if (bytes[start] !== COLON) return undefined
  start = skipSpace(bytes, start + 1)
  const end = start + Buffer.byteLength(value)
  if (bytes[start] !== QUOTE || bytes.toString('utf8', start, end) !== value) return undefined
  const length = Buffer.byteLength(middle)
  const spliced = Buffer.allocUnsafe(start + length + bytes.length - end)
  bytes.copy(spliced, 0, 0, start)
  spliced.write(middle, start, 'utf8')
  bytes.copy(spliced, start + length, end)
  return spliced
}

/** Up to so many bytes a text of ASCII, one character a byte, is searched and put together quicker than a buffer: it stays in JavaScript. */
const SHORT = 16 * 1024
const ascii = /^[\u0020-\u007e]*$/
const token = '"model"'
/** `"model"` with its colon, at the place. */
const opening = /"model"[ \t\r\n]*:[ \t\r\n]*/y

function spliceShort(text: string, value: string, middle: string): string | undefined {
  const at = text.indexOf(token)
  // A second token, or one that may be there escaped: who knows which is the key.
  if (at === -1 || text.charCodeAt(at - 1) === BACKSLASH || text.indexOf(token, at + token.length) !== -1 || text.includes('\\u006')) return undefined
  opening.lastIndex = at
  if (!opening.test(text) || !text.startsWith(value, opening.lastIndex)) return undefined
  const start = opening.lastIndex
  return text.slice(0, start) + middle + text.slice(start + value.length)
}

/** Where the token stands, when it stands once; -1 otherwise. A backslash before it says that it is text within a string. */
function onlyToken(bytes: Buffer): number {
  let found = -1
  for (let at = bytes.indexOf(KEY); at !== -1; at = bytes.indexOf(KEY, at + KEY.length)) {
    if (bytes[at - 1] === BACKSLASH) continue
    if (found !== -1) return -1
    found = at
  }
  return found
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1
  return at
}
