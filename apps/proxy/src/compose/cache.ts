import { AnswerCache, createSingleFlight, type Entry, guard, layered, operationOf } from '@tianjillm/cache'
import { type Cache, isGatewayError } from '@tianjillm/core'
import type { CacheBinding, SimilarBinding } from '@tianjillm/gateway'
import { type CacheParams, commonCacheKeys, embeddingModelKey, ttlOf } from '../config/cache-params.ts'
import type { Config } from '../config/schema.ts'
import type { Sources } from './deployments.ts'
import { configurePlugin } from './configure-plugin.ts'

const PATH = 'litellm_settings.cache_params'
/** Seconds that an answer stays in a near store, where nobody says how long. */
const NEAR_TTL = 60

/** The answer cache, when `litellm_settings.cache` is on. Problems are noted, not thrown. */
export async function createCache(sources: Sources): Promise<CacheBinding | undefined> {
  const { config, env, host: { clock, log }, problems } = sources
  const { cache: wanted, cache_params: params } = config.litellm_settings
  if (!wanted) return undefined
  const type = params.type ?? (['REDIS_URL', 'REDIS_HOST', 'REDIS_CLUSTER_NODES', 'REDIS_SENTINEL_NODES'].some((name) => env[name]) ? 'redis' : 'local')
  const store = await open(sources, type, ownKeys(params), PATH)
  const near = params.near === false ? undefined : await openNear(sources, params.near === true ? {} : params.near)
  const similar = similarOf(config, type, store?.cache, sources)
  if (!store || problems.errors.length > 0) return undefined
  const guarded = guard(store.cache, {
    clock, deadlineMs: params.socket_timeout * 1000,
    breaker: { onChange: (state, error) => (state === 'open' ? log.warn({ cache: store.name, err: error }, 'the cache failed several times in a row and is left alone for a while: requests go to the providers') : log.info({ cache: store.name }, 'the cache answers again')) },
  })
  const cache = near ? layered({ near: guard(near.cache, { clock, deadlineMs: params.socket_timeout * 1000 }), far: guarded, nearTtlMs: (near.ttl ?? NEAR_TTL) * 1000 }) : guarded
  const answers = new AnswerCache({
    cache, clock, ttlMs: (store.ttl ?? params.ttl) * 1000, maxBytes: params.max_answer_bytes,
    ...(params.similarity_threshold !== undefined && { threshold: params.similarity_threshold }),
    onFailure: (operation, error) => log.debug({ cache: store.name, operation, err: error }, 'the cache failed'),
  })
  return {
    type: store.name, cache, answers, stats: () => guarded.stats(),
    ...(params.collapse_wait > 0 && { flights: createSingleFlight<Entry>({ clock, waitMs: params.collapse_wait * 1000 }) }),
    scope: params.scope ?? params.semantic_cache_scope ?? 'key',
    byDefault: params.mode === 'default_on',
    ...(params.supported_call_types && { operations: new Set(params.supported_call_types.flatMap((name) => operationOf(name) ?? [])) }),
    ...(similar && { similar }),
  }
}

interface Opened {
  readonly name: string
  readonly cache: Cache
  /** Seconds, where the config names them for this store alone. */
  readonly ttl: number | undefined
}

/** The keys that are the store's. */
function ownKeys(params: CacheParams): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([key]) => !commonCacheKeys.includes(key) && !embeddingModelKey.test(key)))
}

async function open({ config, env, loader, host, problems }: Sources, type: string, written: Record<string, unknown>, path: string): Promise<Opened | undefined> {
  try {
    const plugin = await loader.load('cache', type)
    const ttls = config.litellm_settings.cache_params as Readonly<Record<string, unknown>>
    const ttl = ttls[ttlOf(plugin.name)]
    if (ttl !== undefined && !(typeof ttl === 'number' && ttl > 0)) problems.error(`${PATH}.${ttlOf(plugin.name)}`, 'must be a number of seconds above 0.')
    const own = Object.fromEntries(Object.entries(written).filter(([key]) => !/^default_in_\w+_ttl$/.test(key)))
    const configured = await configurePlugin(plugin, own, env, path, problems, commonCacheKeys)
    return configured && { name: plugin.name, cache: await plugin.create(configured as never, host), ttl: ttl as number | undefined }
  } catch (error) {
    problems.error(`${path}.type`, isGatewayError(error) ? error.message : String(error))
    return undefined
  }
}

async function openNear(sources: Sources, { type = 'local', ttl, ...written }: { readonly type?: string; readonly ttl?: number | undefined }): Promise<Opened | undefined> {
  const near = await open(sources, type, written, `${PATH}.near`)
  return near && { ...near, ttl: ttl ?? near.ttl }
}

/** How questions are compared by their meaning, where the config says so. */
function similarOf(config: Config, type: string, cache: Cache | undefined, { problems }: Sources): SimilarBinding | undefined {
  const params = config.litellm_settings.cache_params
  const found = Object.entries(params).find(([key]) => embeddingModelKey.test(key))
  const wanted = found !== undefined || params.similarity_threshold !== undefined || type.endsWith('-semantic')
  if (!wanted) return undefined
  if (params.similarity_threshold === undefined) problems.error(`${PATH}.similarity_threshold`, 'is missing: it says how alike two questions must be for one answer, above 0 and at most 1 (such as 0.9).')
  if (!found) {
    problems.error(`${PATH}.semantic_cache_embedding_model`, 'is missing: it names the model of model_list that turns questions into vectors.')
    return undefined
  }
  const [key, model] = found
  const open = config.general_settings.store_model_in_db || config.model_list.some(({ model_name }) => model_name.includes('*'))
  if (typeof model !== 'string' || !(open || config.model_list.some(({ model_name }) => model_name === model))) problems.error(`${PATH}.${key}`, 'must be a model_name of model_list.')
  if (cache && !cache.similar) problems.error(`${PATH}.type`, 'cannot find answers by the likeness of questions: choose a store that can, or take similarity_threshold and the embedding model away.')
  return { model: String(model), timeoutMs: params.semantic_cache_embedding_timeout * 1000 }
}
