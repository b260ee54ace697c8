import { callTypes, scopes } from '@tianjillm/cache'
import * as v from 'valibot'

const seconds = v.pipe(v.number(), v.minValue(0))
const positive = v.pipe(v.number(), v.gtValue(0))

/** What `cache_params` says of the cache whatever the store is. The other keys are the store's. */
const common = v.looseObject({
  /** Which store: a plugin's name. */
  type: v.optional(v.pipe(v.string(), v.nonEmpty())),
  ttl: v.optional(positive, 3600),
  mode: v.optional(v.picklist(['default_on', 'default_off']), 'default_on'),
  supported_call_types: v.optional(v.array(v.picklist(callTypes, `must be one of ${callTypes.join(', ')}`))),
  /** Seconds that one operation of the store may take (LiteLLM's name). */
  socket_timeout: v.optional(positive, 0.25),
  similarity_threshold: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
  semantic_cache_embedding_timeout: v.optional(positive, 5),
  semantic_cache_scope: v.optional(v.picklist(['key', 'end_user'])),
  /** Ours: who shares answers with whom. */
  scope: v.optional(v.picklist(scopes, `must be one of ${scopes.join(', ')}`)),
  /** Ours: a store in front of the store; `true` is the process's memory. */
  near: v.optional(v.union([v.boolean(), v.looseObject({ type: v.optional(v.pipe(v.string(), v.nonEmpty()), 'local'), ttl: v.optional(positive) })], 'must be true, false, or an object such as {"type": "local", "ttl": 60}'), false),
  /** Ours: seconds that one waits for another who asks the same; 0: everybody calls the model. */
  collapse_wait: v.optional(seconds, 30),
  /** Ours: bytes of an answer that is worth keeping. */
  max_answer_bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1024 * 1024),
})

export const cacheParams = common
export type CacheParams = v.InferOutput<typeof common>

/** The keys that are not the store's. */
export const commonCacheKeys: readonly string[] = Object.keys(common.entries)
/** LiteLLM's name for the model that makes vectors, with the store's name in it. */
export const embeddingModelKey = /^(?:\w+_)?semantic_cache_embedding_model$/
/** LiteLLM's name for the `ttl` of one store. */
export const ttlOf = (store: string): string => `default_in_${store}_ttl`
