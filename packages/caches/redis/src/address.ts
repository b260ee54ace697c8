import { readFile } from 'node:fs/promises'
import type { RedisAddress, RedisTls } from '@tianjillm/redis-kit'
import type { RedisConfig } from './config.ts'

/** Where the Redis of a config is. What is written goes before what the environment says. @throws for a file that cannot be read */
export async function addressOf(config: RedisConfig): Promise<RedisAddress> {
  const cluster = config.redis_startup_nodes ?? config.startup_nodes
  const tls = await tlsOf(config)
  const common = given({ username: config.username, password: config.password, tls })
  if (cluster) return { ...common, cluster }
  const single = { ...common, ...given({ db: config.db }) }
  if (config.sentinel_nodes) return { ...single, sentinels: config.sentinel_nodes, ...given({ sentinelName: config.service_name, sentinelPassword: config.sentinel_password }) }
  if (config.url !== undefined) return { ...single, url: config.url }
  if (config.host !== undefined) return { ...single, host: config.host, ...given({ port: config.port }) }
  return { ...single, ...given({ url: config.redis_url }) }
}

async function tlsOf({ url, redis_url, ssl, ssl_ca_certs, ssl_cert_reqs, ssl_check_hostname }: RedisConfig): Promise<true | RedisTls | undefined> {
  if (ssl !== true && !(url ?? redis_url ?? '').startsWith('rediss:')) return undefined
  const ca = ssl_ca_certs === undefined ? undefined : await readFile(ssl_ca_certs, 'utf8')
  const tls = given({ ca, verify: ssl_cert_reqs === null || ssl_cert_reqs === 'none' ? false : undefined, checkHost: ssl_check_hostname === false ? false : undefined })
  return Object.keys(tls).length > 0 ? tls : true
}

/** Without what is undefined. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
