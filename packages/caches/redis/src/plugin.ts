import type { CachePlugin, Host } from '@tianjillm/core'
import { createRedisClient } from '@tianjillm/redis-kit'
import manifest from '../package.json' with { type: 'json' }
import { addressOf } from './address.ts'
import { redisConfig, type RedisConfig } from './config.ts'
import { createRedisCache } from './redis-cache.ts'

/** Keeps answers in Redis or Valkey. */
export const redisPlugin: CachePlugin<RedisConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'cache',
  name: 'redis',
  aliases: ['redis-semantic', 'valkey', 'valkey-semantic'],
  version: manifest.version,
  config: redisConfig,
  env: {
    redis_url: ['REDIS_URL'], host: ['REDIS_HOST'], port: ['REDIS_PORT'], username: ['REDIS_USERNAME'], password: ['REDIS_PASSWORD'], db: ['REDIS_DB'], ssl: ['REDIS_SSL'],
    redis_startup_nodes: ['REDIS_CLUSTER_NODES'], sentinel_nodes: ['REDIS_SENTINEL_NODES'], service_name: ['REDIS_SERVICE_NAME'], sentinel_password: ['REDIS_SENTINEL_PASSWORD'],
  },
  async create(config: RedisConfig, { log }: Host) {
    const { namespace } = config
    const client = createRedisClient(await addressOf(config), { name: `${namespace}:cache`, protocol: 2, onError: (error) => log.debug({ err: error }, 'redis connection of the cache') })
    return createRedisCache({ client, namespace, indexName: config.redis_semantic_cache_index_name ?? `${namespace}:cache`, log })
  },
})
