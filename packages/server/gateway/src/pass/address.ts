import { GatewayError } from '@tianjillm/core'
import type { PassEndpoint } from './endpoint.ts'

/**
 * Where a call goes: the target, with what the caller asked for below the endpoint's path. It never leads out of the
 * target's own path: steps upwards, and slashes that hide in a segment, are refused however often they are encoded.
 *
 * @param path as it stands in the request line
 * @param query what follows the `?`
 * @throws `invalid_request`
 */
export function addressOf({ options, target }: PassEndpoint, path: string, query: string): string {
  const url = new URL(target)
  if (!path.startsWith(options.path)) throw refused()
  const below = path.slice(options.path.length).replace(/^\/+/, '')
  if (below !== '') {
    for (const segment of below.split('/')) checkSegment(segment)
    const base = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`
    url.pathname = base + below
    if (!url.pathname.startsWith(base)) throw refused()
  }
  const asked = new URLSearchParams(query)
  for (const [name, value] of Object.entries(options.query)) if (!asked.has(name) && !url.searchParams.has(name)) url.searchParams.append(name, value)
  for (const name of new Set(asked.keys())) {
    // What the operator wrote into the target's address is not the caller's to change.
    if (target.searchParams.has(name)) continue
    for (const value of asked.getAll(name)) url.searchParams.append(name, value)
  }
  return url.href
}

/** Times that a text is decoded: servers behind servers decode more than once. */
const DEPTH = 5

function checkSegment(segment: string): void {
  let text = segment
  for (let i = 0; i < DEPTH; i += 1) {
    // Some servers take what follows a semicolon for parameters of the segment.
    if (/^\.\.?(?:;|$)/.test(text) || /[/\\]/.test(text) || hasControl(text)) throw refused()
    const decoded = decode(text)
    if (decoded === text) return
    text = decoded
  }
  throw refused()
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw refused()
  }
}

function refused(): GatewayError {
  return new GatewayError('invalid_request', 'The path leads out of the endpoint: it must not hold `.`, `..` or encoded slashes.', { param: 'path' })
}
