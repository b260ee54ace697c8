import type { HttpHeaders } from '@tianjillm/core'
import { Malformed } from './malformed.ts'

/** How the end of a body is told (RFC 9112, 6.3): its length in bytes, or one of these. */
export const CHUNKED = -1
export const UNTIL_CLOSE = -2

/** The head of an answer, and what it says of the connection. */
export interface ResponseHead {
  readonly status: number
  readonly headers: HttpHeaders
  /** Bytes, or {@link CHUNKED}, {@link UNTIL_CLOSE}. */
  readonly length: number
  /** Whether another request may follow. */
  readonly keepAlive: boolean
}

const NINE = 0x39
const ZERO = 0x30
const SPACE = 0x20
const TAB = 0x09

/**
 * Reads a head: the text before the empty line, Latin-1. Strict where laxness lets two readers see two different
 * answers: line ends, names, lengths (RFC 9112, 2.2, 5.1, 6.1 to 6.3).
 *
 * @param bodiless the answer to a HEAD
 * @throws Malformed
 */
export function parseResponseHead(text: string, bodiless: boolean): ResponseHead {
  const lineEnd = text.indexOf('\r\n')
  const end = lineEnd === -1 ? text.length : lineEnd
  const minor = text.charCodeAt(7)
  if (!text.startsWith('HTTP/1.')) throw new Malformed('not a status line')
  if (hasBareLineFeed(text, 0)) throw new Malformed('a bad line end in the head')
  if ((minor !== ZERO && minor !== ZERO + 1) || text.charCodeAt(8) !== SPACE) throw new Malformed('not a status line')
  const status = statusOf(text, end)
  const headers: Record<string, string | string[]> = {}
  for (let at = end + 2; at < text.length;) {
    const found = text.indexOf('\r\n', at)
    const stop = found === -1 ? text.length : found
    addField(headers, text, at, stop)
    at = stop + 2
  }
  return { status, headers, length: lengthOf(status, headers, bodiless), keepAlive: keepsAlive(headers, minor) }
}

function statusOf(text: string, end: number): number {
  let status = 0
  for (let at = 9; at < 12; at++) {
    const digit = text.charCodeAt(at)
    if (!(digit >= ZERO && digit <= NINE)) throw new Malformed('not a status line')
    status = status * 10 + digit - ZERO
  }
  if (status < 100 || (end > 12 && text.charCodeAt(12) !== SPACE) || (end > 13 && unclean.test(text.slice(13, end)))) throw new Malformed('not a status line')
  return status
}

function addField(headers: Record<string, string | string[]>, text: string, at: number, stop: number): void {
  const colon = text.indexOf(':', at)
  if (colon === -1 || colon >= stop) throw new Malformed('a header line without a colon')
  const name = nameOf(text.slice(at, colon))
  let from = colon + 1
  let to = stop
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  const value = text.slice(from, to)
  if (unclean.test(value)) throw new Malformed('a control character in a header')
  const before = headers[name]
  if (before === undefined) headers[name] = value
  else if (typeof before === 'string') headers[name] = [before, value]
  else before.push(value)
}

const isBlank = (code: number): boolean => code === SPACE || code === TAB

/** Whether some line of a head ends without CR. @param from what is before was looked at */
export function hasBareLineFeed(text: string, from: number): boolean {
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) if (text[at - 1] !== '\r') return true
  return false
}

/** What no header value may have: RFC 9110, 5.5. A line end that is not CR LF is among it. */
const unclean = /[^\t\u0020-\u007e\u0080-\u00ff]/

const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/
const MOST_NAMES = 1_000

/** Names as they were written, with what they are in lower case: upstreams send the same ones again and again. */
const known = new Map<string, string>()

function nameOf(written: string): string {
  const hit = known.get(written)
  if (hit !== undefined) return hit
  // A folded line (RFC 9112, 5.2) begins with a blank, which no name has; so does one with a blank before its colon.
  if (!token.test(written)) throw new Malformed('not a header name')
  const name = written.toLowerCase()
  // What every object has: `__proto__` would set the prototype, `constructor` is there before. Nobody means a header.
  if (name in Object.prototype) throw new Malformed('not a header name')
  if (known.size < MOST_NAMES && written.length <= 64) known.set(written, name)
  return name
}

/** RFC 9112, 6.3. */
function lengthOf(status: number, headers: Readonly<Record<string, string | string[]>>, bodiless: boolean): number {
  const coding = headers['transfer-encoding']
  const length = headers['content-length']
  if (coding !== undefined && length !== undefined) throw new Malformed('contradictory lengths')
  if (length !== undefined && (typeof length !== 'string' || !/^\d{1,15}$/.test(length))) throw new Malformed('contradictory lengths')
  // No other was asked for (RFC 9112, 7.4), and a list is read in more than one way.
  if (coding !== undefined && (typeof coding !== 'string' || coding.toLowerCase() !== 'chunked')) throw new Malformed('a transfer coding that was not asked for')
  if (bodiless || status < 200 || status === 204 || status === 304) return 0
  if (coding !== undefined) return CHUNKED
  return length === undefined ? UNTIL_CLOSE : Number(length)
}

/** RFC 9112, 9.3; chunks of a server that cannot know them are not trusted further than to their end (6.1). */
function keepsAlive(headers: Readonly<Record<string, string | string[]>>, minor: number): boolean {
  const { connection } = headers
  if (minor === ZERO && headers['transfer-encoding'] !== undefined) return false
  if (connection === undefined) return minor !== ZERO
  const options = String(connection)
  return !close.test(options) && (minor !== ZERO || keepAlive.test(options))
}

const close = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i
const keepAlive = /(?:^|,)[ \t]*keep-alive[ \t]*(?:,|$)/i
