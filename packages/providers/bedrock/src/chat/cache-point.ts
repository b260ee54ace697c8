import type { CacheControl } from '@tianjillm/core'
import type { Family } from '../model.ts'
import type { Block } from './media.ts'

/**
 * The cache point that ends a prefix marked with `cache_control`; undefined where there is none.
 * Models that cannot cache refuse cache points, and a cache only saves money: for them the mark
 * is left out. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function cachePoint(mark: CacheControl | null | undefined, family: Family, place: 'message' | 'tools' = 'message'): Block | undefined {
  if (mark === null || mark === undefined) return undefined
  if (family !== 'anthropic' && family !== 'unknown' && !(family === 'nova' && place === 'message')) return undefined
  return { cachePoint: { type: 'default', ...(mark.ttl !== undefined && family !== 'nova' && { ttl: mark.ttl }) } }
}
