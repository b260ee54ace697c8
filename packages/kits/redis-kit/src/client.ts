import type { ConnectionOptions } from 'node:tls'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { RedisAddress } from './address.ts'

/** One server, or a server that Sentinels name, or a Cluster. */
export type RedisClient = Redis | Cluster

/** Whether it is one of a Cluster. By its word: a program may hold two copies of the library, and one's class is not the other's. */
export function isCluster(client: RedisClient): client is Cluster {
  return client.isCluster
}

const CONNECT_MS = 2000
/** Silence after which a connection with commands under way is given up. */
const SILENT_MS = 12_000
const RETRY_STEP_MS = 50
const LONGEST_RETRY_MS = 1000

const wait = (times: number): number => Math.min(times * RETRY_STEP_MS, LONGEST_RETRY_MS)

export interface RedisClientOptions {
  /** What the server's `CLIENT LIST` calls it. */
  readonly name: string
  /** RESP's version: modules answer differently in 3. Default 3. */
  readonly protocol?: 2 | 3
  /** Hears of connections that fail, without the words of commands: a password is one. */
  readonly onError: (error: Error) => void
}

/**
 * A client that connects, and connects again, in the background. Nothing is queued for a Redis that is away, and nothing
 * is sent twice by itself: whoever sends knows what may be repeated.
 */
export function createRedisClient(address: RedisAddress, { name, protocol = 3, onError }: RedisClientOptions): RedisClient {
  const client = open(address, name, protocol)
  client.on('error', (error: Error) => onError(withoutWords(error)))
  return client
}

/** An error of the client without the command that it is about: keys, values and passwords belong in no log. */
export function withoutWords(error: Error): Error {
  if ('command' in error) delete error.command
  return error
}

function open(address: RedisAddress, connectionName: string, protocol: 2 | 3): RedisClient {
  const tls = address.tls ? tlsOptions(address.tls) : undefined
  const options = {
    connectionName,
    protocol,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    keepAlive: SILENT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    retryStrategy: wait,
    // A replica that became read-only, or a server that still loads: find the one that takes writes.
    reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
    ...(address.username !== undefined && { username: address.username }),
    ...(address.password !== undefined && { password: address.password }),
    ...(address.db !== undefined && { db: address.db }),
    ...(tls && { tls }),
  } satisfies RedisOptions
  if (address.cluster) {
    const { db: _, retryStrategy: __, ...redisOptions } = options
    return new Cluster([...address.cluster], {
      redisOptions, clusterRetryStrategy: wait, enableOfflineQueue: false, maxRedirections: 4, slotsRefreshTimeout: CONNECT_MS,
      // With TLS the certificate names the host, not the address that was found for it.
      ...(tls && { dnsLookup: (name, found) => found(null, name) }),
    })
  }
  if (address.sentinels) {
    return new Redis({
      ...options, sentinels: [...address.sentinels], name: address.sentinelName ?? 'mymaster', sentinelRetryStrategy: wait, failoverDetector: true,
      ...(address.sentinelPassword !== undefined && { sentinelPassword: address.sentinelPassword }),
      ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: tls }),
    })
  }
  if (address.url !== undefined) return new Redis(address.url, options)
  return new Redis({ ...options, host: address.host ?? '127.0.0.1', port: address.port ?? 6379 })
}

function tlsOptions(tls: true | Exclude<RedisAddress['tls'], boolean | undefined>): ConnectionOptions {
  if (tls === true) return {}
  return {
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(tls.verify === false && { rejectUnauthorized: false }),
    ...(tls.checkHost === false && { checkServerIdentity: () => undefined }),
  }
}
