import type { RedisAddress, RedisNode } from '@tianjillm/redis'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { Environment } from './configure-plugin.ts'

/**
 * Where Redis is, by LiteLLM's names: `router_settings.redis_*`, else the environment's `REDIS_*`. Undefined:
 * none is wanted. (`litellm_settings.cache_params` names the Redis of the answer cache, which is another matter.)
 *
 * @see https://docs.litellm.ai/docs/proxy/caching_redis
 */
export function redisAddress({ redis_url, redis_host, redis_port, redis_password, redis_username, redis_db, redis_ssl }: Config['router_settings'], env: Environment, problems: Problems): RedisAddress | undefined {
  const read = (name: string): string | undefined => env[name] || undefined
  const secrets = given({ username: redis_username ?? read('REDIS_USERNAME'), password: redis_password ?? read('REDIS_PASSWORD') })
  const tls = redis_ssl ?? /^(true|1|yes)$/i.test(read('REDIS_SSL') ?? '')
  const db = redis_db ?? whole('REDIS_DB', read('REDIS_DB'), problems)
  if (redis_url !== undefined) return urlAddress('router_settings.redis_url', redis_url, problems)
  if (redis_host === undefined) {
    const cluster = read('REDIS_CLUSTER_NODES')
    if (cluster !== undefined) return { cluster: nodes('REDIS_CLUSTER_NODES', cluster, problems), tls, ...secrets }
    const sentinels = read('REDIS_SENTINEL_NODES')
    if (sentinels !== undefined) {
      return {
        sentinels: nodes('REDIS_SENTINEL_NODES', sentinels, problems), tls, ...secrets,
        ...given({ sentinelName: read('REDIS_SERVICE_NAME'), sentinelPassword: read('REDIS_SENTINEL_PASSWORD'), db }),
      }
    }
    const url = read('REDIS_URL')
    if (url !== undefined) return urlAddress('REDIS_URL', url, problems)
  }
  const host = redis_host ?? read('REDIS_HOST')
  if (host === undefined) return undefined
  return { host, tls, ...secrets, ...given({ port: redis_port ?? whole('REDIS_PORT', read('REDIS_PORT'), problems), db }) }
}

function urlAddress(path: string, url: string, problems: Problems): RedisAddress {
  // The URL itself may hold a password: it is not repeated.
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) problems.error(path, 'must be a URL such as `redis://user:password@host:6379/0`, or `rediss://` for TLS.')
  return { url }
}

/** LiteLLM's two ways to list nodes: `[{"host": "a", "port": 7001}]` and `[["a", 26379]]`. */
function nodes(path: string, text: string, problems: Problems): readonly RedisNode[] {
  try {
    const list = JSON.parse(text) as readonly (readonly [unknown, unknown] | { host: unknown; port: unknown })[]
    const found = list.map((node) => {
      const [host, port] = 'host' in node ? [node.host, node.port] : node
      if (typeof host !== 'string' || host === '' || !isPort(Number(port))) throw new TypeError(path)
      return { host, port: Number(port) }
    })
    if (found.length > 0) return found
  } catch {
    // Told below.
  }
  problems.error(path, 'must be a JSON list of nodes such as `[{"host": "127.0.0.1", "port": 7001}]` or `[["127.0.0.1", 26379]]`.')
  return []
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536
}

function whole(path: string, text: string | undefined, problems: Problems): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text)) problems.error(path, 'must be a whole number.')
  return Number(text)
}

/** Without what is undefined. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
