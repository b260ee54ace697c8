import type { Log } from '@tianjillm/core'
import { createRedisClient, type RedisAddress, type RedisClient } from '@tianjillm/redis-kit'

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

/**
 * Connects. Nothing is queued for a Redis that is away, and nothing is sent twice by itself: whoever sends
 * knows what may be repeated.
 */
export function connectRedis({ namespace = 'tianjillm', log, ...address }: RedisConnectionOptions): RedisConnection {
  const opened: RedisClient[] = []
  const open = (name: string): RedisClient => {
    // Who uses a client tells of its state.
    const client = createRedisClient(address, { name: `${namespace}:${name}`, onError: (error) => log.debug({ err: error }, 'redis connection') })
    opened.push(client)
    return client
  }
  const client = open('limits')
  return { client, subscriber: () => open('changes'), namespace, log, close: () => opened.forEach((each) => each.disconnect()) }
}
