import { isAscii, isUtf8 } from 'node:buffer'
import { GatewayError } from '@tianjillm/core'

/** Deepest nesting accepted; real requests (tool schemas) stay below 30. */
const MAX_DEPTH = 100

/** The text of a request body. As long as the bytes where they are ASCII, and shorter otherwise. @throws `invalid_json` when they are not UTF-8 */
export function readText(bytes: Buffer): string {
  // A text of ASCII needs no decoding.
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) throw new GatewayError('invalid_json', 'The request body is not valid UTF-8.')
  return bytes.toString('utf8')
}

/**
 * Parses a request body: one JSON object, not nested too deeply, without keys that could reach a prototype.
 *
 * @throws `invalid_json`, `body_too_deep`
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  if (text === '') throw new GatewayError('invalid_json', 'The request body is empty. Send a JSON object.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new GatewayError('invalid_json', `The request body is not valid JSON${position(error)}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new GatewayError('invalid_json', 'The request body must be a JSON object.')
  }
  checkDepth(value, 0)
  return value as Record<string, unknown>
}

/** V8 tells where, last; the text before it is the caller's and stays out of the answer. */
function position(error: unknown): string {
  const found = /at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(error instanceof Error ? error.message : '')
  return found ? ` (at character ${found[1]})` : ''
}

/** @throws `body_too_deep` */
export function checkDepth(value: object, depth: number): void {
  if (depth >= MAX_DEPTH) throw new GatewayError('body_too_deep', `The request body is nested deeper than ${MAX_DEPTH} levels.`)
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null) checkDepth(item, depth + 1)
    return
  }
  for (const key in value) {
    if (key === '__proto__') throw new GatewayError('invalid_json', 'The request body has a key `__proto__`, which is refused.', { param: '__proto__' })
    const item = (value as Record<string, unknown>)[key]
    if (typeof item === 'object' && item !== null) checkDepth(item, depth + 1)
  }
}
