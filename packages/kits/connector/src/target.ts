import { GatewayError } from '@tianjillm/core'
import type { PreparedHead } from './headers.ts'
import type { Route } from './pools.ts'

/** Where a URL points, taken apart once. */
export interface Target {
  readonly protocol: 'http:' | 'https:'
  /** `scheme://host[:port]`. */
  readonly origin: string
  /** `host[:port]`, lower case, default port left out. */
  readonly host: string
  /** Without brackets or port. */
  readonly hostname: string
  readonly port: number
  /** Path and query. */
  readonly path: string
  /** The route of the last call; most calls use it again. */
  route: Route | undefined
  /** The head of the last call; adapters use one object for all calls. */
  head: PreparedHead | undefined
}

// WHATWG parsing drops tabs and newlines and trims spaces silently; we refuse them instead.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0020\u007f]/

/**
 * Takes `url` apart by the WHATWG rules, which also turn every odd spelling of an IPv4 address
 * (decimal, octal, hex, short, full-width digits) into the dotted form.
 * Throws `invalid_request` (no URL) or `address_refused` (scheme, user name).
 */
export function parseTarget(url: string): Target {
  if (unsafe.test(url)) throw new GatewayError('invalid_request', 'The upstream URL contains a space or a control character. Percent-encode it. Nothing was sent.')
  const parsed = URL.parse(url)
  if (parsed === null) throw new GatewayError('invalid_request', 'The upstream URL is not a valid absolute URL. Nothing was sent.')
  const { protocol } = parsed
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new GatewayError('address_refused', `The upstream URL has the scheme "${protocol}"; only http: and https: are allowed. Nothing was sent.`)
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new GatewayError('address_refused', `The upstream URL for ${parsed.host} carries a user name or password. Put credentials into headers. Nothing was sent.`)
  }
  return {
    protocol,
    origin: parsed.origin,
    host: parsed.host,
    hostname: parsed.hostname.startsWith('[') ? parsed.hostname.slice(1, -1) : parsed.hostname,
    port: parsed.port === '' ? (protocol === 'https:' ? 443 : 80) : Number(parsed.port),
    path: parsed.pathname + parsed.search,
    route: undefined,
    head: undefined,
  }
}

const MAX_TARGETS = 2_000
const MAX_KEY = 2_048

/** Parsed URLs by their text; bounded, oldest out first. */
export function createTargets(): (url: string) => Target {
  const known = new Map<string, Target>()
  return (url) => {
    const hit = known.get(url)
    if (hit !== undefined) return hit
    const target = parseTarget(url)
    if (url.length > MAX_KEY) return target
    if (known.size >= MAX_TARGETS) {
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    }
    known.set(url, target)
    return target
  }
}
