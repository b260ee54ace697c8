import type { Log } from '@tianjillm/core'
import { Cluster, Redis, type RedisOptions } from 'ioredis'

/** One server, or a server that Sentinels name, or a Cluster. */
export type RedisClient = Redis | Cluster

export interface RedisNode {
  readonly host: string
  readonly port: number
}

/** Where Redis is. `cluster` and `sentinels` go before `url`, `url` before `host`. */
export interface RedisAddress {
  /** `redis://user:password@host:port/db`, `rediss://` for TLS. */
  readonly url?: string
  readonly host?: string
  /** Default 6379. */
  readonly port?: number
  readonly username?: string
  readonly password?: string
  readonly db?: number
  readonly tls?: boolean
  /** Some nodes of a Cluster. */
  readonly cluster?: readonly RedisNode[]
  readonly sentinels?: readonly RedisNode[]
  /** The master's name among Sentinels. Default `mymaster`. */
  readonly sentinelName?: string
  readonly sentinelPassword?: string
}

export interface RedisConnectionOptions extends RedisAddress {
  /** Begins the name of every key and channel, so that several gateways may share a Redis. Default `tianjillm`. */
  readonly namespace?: string
  readonly log: Log
}

/** Connections to one Redis. Made and kept up in the background; nothing waits for them. */
export interface RedisConnection {
  readonly client: RedisClient
  /** A connection of its own, for subscriptions. */
  readonly subscriber: () => RedisClient
  readonly namespace: string
  readonly log: Log
  close(): void
}

const CONNECT_MS = 2000
/** Silence after which a connection with commands under way is given up; beats come more often. */
const SILENT_MS = 12_000
const RETRY_STEP_MS = 50
const LONGEST_RETRY_MS = 1000

const wait = (times: number): number => Math.min(times * RETRY_STEP_MS, LONGEST_RETRY_MS)

/**
 * Connects. Nothing is queued for a Redis that is away, and nothing is sent twice by itself: whoever sends
 * knows what may be repeated.
 */
export function connectRedis({ namespace = 'tianjillm', log, ...address }: RedisConnectionOptions): RedisConnection {
  const opened: RedisClient[] = []
  const open = (name: string): RedisClient => {
    const client = createClient(address, `${namespace}:${name}`)
    // Who uses a client tells of its state; without a listener an error would end the process.
    client.on('error', (error: Error) => log.debug({ err: error }, 'redis connection'))
    opened.push(client)
    return client
  }
  const client = open('limits')
  return { client, subscriber: () => open('changes'), namespace, log, close: () => opened.forEach((each) => each.disconnect()) }
}

function createClient(address: RedisAddress, connectionName: string): RedisClient {
  const options = {
    connectionName,
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
    ...(address.tls && { tls: {} }),
  } satisfies RedisOptions
  if (address.cluster) {
    const { db: _, retryStrategy: __, ...redisOptions } = options
    return new Cluster([...address.cluster], {
      redisOptions, clusterRetryStrategy: wait, enableOfflineQueue: false, maxRedirections: 4, slotsRefreshTimeout: CONNECT_MS,
      // With TLS the certificate names the host, not the address that was found for it.
      ...(address.tls && { dnsLookup: (name, found) => found(null, name) }),
    })
  }
  if (address.sentinels) {
    return new Redis({
      ...options, sentinels: [...address.sentinels], name: address.sentinelName ?? 'mymaster', sentinelRetryStrategy: wait, failoverDetector: true,
      ...(address.sentinelPassword !== undefined && { sentinelPassword: address.sentinelPassword }),
      ...(address.tls && { enableTLSForSentinelMode: true }),
    })
  }
  if (address.url !== undefined) return new Redis(address.url, options)
  return new Redis({ ...options, host: address.host ?? '127.0.0.1', port: address.port ?? 6379 })
}
