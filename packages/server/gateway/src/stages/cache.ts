import { hash } from 'node:crypto'
import { GatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { CacheBinding, Settings } from '../settings.ts'

/** Request fields that do not change the answer. */
const unkeyed = new Set(['cache', 'metadata', 'litellm_metadata', 'tags', 'user', 'safety_identifier', 'num_retries', 'priority'])

/** What a request says about caching (LiteLLM's `cache` field). */
interface CacheWish {
  readonly read: boolean
  readonly write: boolean
  readonly ttlMs: number
  readonly namespace: string
}

/** The cached answer's bytes, when there is one. Sets `ctx.cacheKey` when the answer may be stored. */
export async function cacheLookup(ctx: RequestContext, settings: Settings): Promise<Uint8Array | undefined> {
  const binding = settings.cache
  // A streamed answer is not stored whole; streams go to the provider.
  if (!binding || ctx.stream) return undefined
  const wish = readWish(ctx.body['cache'], binding)
  if (!wish.read && !wish.write) return undefined
  const key = cacheKey(ctx, wish.namespace)
  if (wish.write) ctx.cacheKey = key
  if (!wish.read) return undefined
  try {
    const found = await binding.cache.get(key)
    ctx.cacheHit = found !== undefined
    if (found) ctx.cacheKey = key
    return found
  } catch (error) {
    settings.log.warn({ id: ctx.id, err: error }, 'cache read failed')
    return undefined
  }
}

/** Keeps an answer (its bytes read as Latin-1), off the request's path. */
export function cacheStore(ctx: RequestContext, settings: Settings, answer: string): void {
  const binding = settings.cache
  // An answer that a budget cut short is not what others ask for.
  if (!binding || ctx.cacheKey === undefined || ctx.cacheHit || ctx.maxOutput !== undefined) return
  const { ttlMs } = readWish(ctx.body['cache'], binding)
  const failed = (error: unknown): void => settings.log.warn({ id: ctx.id, err: error }, 'cache write failed')
  try {
    const written = binding.cache.set(ctx.cacheKey, Buffer.from(answer, 'latin1'), ttlMs)
    if (written instanceof Promise) written.catch(failed)
  } catch (error) {
    failed(error)
  }
}

function readWish(field: unknown, binding: CacheBinding): CacheWish {
  const wish = (field ?? {}) as Record<string, unknown>
  if (typeof wish !== 'object' || Array.isArray(wish)) throw new GatewayError('invalid_request', '`cache` must be an object such as {"no-cache": true}.', { param: 'cache' })
  const on = binding.mode === 'on' || wish['use-cache'] === true
  const seconds = wish['ttl'] ?? wish['s-maxage']
  if (seconds !== undefined && (typeof seconds !== 'number' || !(seconds >= 0 && seconds < Infinity))) throw new GatewayError('invalid_request', '`cache.ttl` must be a number of seconds.', { param: 'cache.ttl' })
  return {
    read: on && wish['no-cache'] !== true,
    write: on && wish['no-store'] !== true && seconds !== 0,
    ttlMs: seconds === undefined ? binding.ttlMs : seconds * 1000,
    namespace: typeof wish['namespace'] === 'string' ? wish['namespace'] : '',
  }
}

/** Tenant, operation and every field that matters, keys in order. */
function cacheKey(ctx: RequestContext, namespace: string): string {
  const text = JSON.stringify([ctx.principal?.tenant ?? '', namespace, ctx.route.codec.dialect, ctx.route.operation, canonical(ctx.body, true)])
  return hash('sha256', text)
}

function canonical(value: unknown, top = false): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item))
  if (typeof value !== 'object' || value === null) return value
  const source = value as Record<string, unknown>
  const keys = Object.keys(source).filter((key) => !top || !unkeyed.has(key))
  // Wrapped, so that an object never equals a list of pairs.
  return { o: keys.sort().map((key) => [key, canonical(source[key])]) }
}
