import { GatewayError, unknownKey } from '@tianjillm/core'

/** What a request says about caching (LiteLLM's `cache` field), read. Times in milliseconds. */
export interface CacheControls {
  /** May be answered from the cache. */
  readonly read: boolean
  /** Its answer may be kept. */
  readonly write: boolean
  /** How long its answer is kept; undefined: as long as all are. */
  readonly ttlMs: number | undefined
  /** How old an answer may be. */
  readonly maxAgeMs: number
  readonly namespace: string
}

export interface ControlsInput {
  /** The request's `cache`. */
  readonly field: unknown
  /** The request's `Cache-Control` header. LiteLLM reads `s-maxage` from it, as how long the answer is kept. */
  readonly header?: string | undefined
  /** What the caller may set; empty or undefined: everything (a key's `allowed_cache_controls`). */
  readonly allowed?: readonly string[] | undefined
  /** Whether requests that say nothing use the cache. */
  readonly byDefault: boolean
}

/** What a request's `cache` may hold. */
export const cacheControlNames = ['ttl', 's-maxage', 's-max-age', 'no-cache', 'no-store', 'namespace', 'use-cache'] as const
const LONGEST_NAMESPACE = 200

const usual: CacheControls = Object.freeze({ read: true, write: true, ttlMs: undefined, maxAgeMs: Infinity, namespace: '' })

/**
 * What a request wants of the cache; undefined: nothing at all.
 * @throws `invalid_request` naming the field; `permission_denied` for what the caller may not set
 * @see https://docs.litellm.ai/docs/proxy/caching_controls
 */
export function readControls({ field, header, allowed, byDefault }: ControlsInput): CacheControls | undefined {
  const kept = header === undefined ? undefined : sharedMaxAge(header)
  if (field === undefined || field === null) {
    if (!byDefault) return undefined
    return kept === undefined ? usual : { ...usual, write: kept > 0, ttlMs: kept * 1000 }
  }
  const wish = checked(field, allowed)
  if (!byDefault && wish['use-cache'] !== true) return undefined
  const ttl = seconds(wish, 'ttl') ?? kept
  const maxAge = seconds(wish, 's-maxage') ?? seconds(wish, 's-max-age')
  const read = wish['no-cache'] !== true
  const write = wish['no-store'] !== true && ttl !== 0
  if (!read && !write) return undefined
  return { read, write, ttlMs: ttl === undefined ? undefined : ttl * 1000, maxAgeMs: maxAge === undefined ? Infinity : maxAge * 1000, namespace: namespaceOf(wish) }
}

function checked(field: unknown, allowed: readonly string[] | undefined): Record<string, unknown> {
  if (typeof field !== 'object' || Array.isArray(field)) throw new GatewayError('invalid_request', '`cache` must be an object such as {"no-cache": true}.', { param: 'cache' })
  const wish = field as Record<string, unknown>
  for (const name of Object.keys(wish)) {
    const param = `cache.${name.slice(0, 100)}`
    if (!(cacheControlNames as readonly string[]).includes(name)) throw new GatewayError('invalid_request', `\`${param}\` ${unknownKey(name, cacheControlNames)}`, { param })
    if (allowed && allowed.length > 0 && !allowed.includes(name)) {
      throw new GatewayError('permission_denied', `The API key may not set \`${param}\`. Its allowed_cache_controls: ${allowed.join(', ')}.`, { param })
    }
  }
  for (const name of ['no-cache', 'no-store', 'use-cache']) {
    const value = wish[name]
    if (value !== undefined && value !== null && typeof value !== 'boolean') throw new GatewayError('invalid_request', `\`cache.${name}\` must be true or false.`, { param: `cache.${name}` })
  }
  return wish
}

function seconds(wish: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = wish[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) throw new GatewayError('invalid_request', `\`cache.${name}\` must be a number of seconds.`, { param: `cache.${name}` })
  return value
}

function namespaceOf({ namespace }: Readonly<Record<string, unknown>>): string {
  if (namespace === undefined || namespace === null) return ''
  if (typeof namespace !== 'string' || namespace.length > LONGEST_NAMESPACE) throw new GatewayError('invalid_request', `\`cache.namespace\` must be a text of at most ${LONGEST_NAMESPACE} characters.`, { param: 'cache.namespace' })
  return namespace
}

/** `s-maxage` of a `Cache-Control` header (RFC 9111, 5.2.2.10), in seconds. Other directives are about other caches. */
function sharedMaxAge(header: string): number | undefined {
  const found = /(?:^|,)\s*s-maxage\s*=\s*"?([^",]*)"?/i.exec(header)
  if (!found) return undefined
  if (!/^\d{1,10}$/.test(found[1]!.trim())) throw new GatewayError('invalid_request', '`s-maxage` in the header Cache-Control must be a whole number of seconds.', { param: 'cache-control' })
  return Number(found[1])
}
