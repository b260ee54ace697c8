import type { Directory, DirectoryChange } from '@tianjillm/auth'
import type { Clock, Log, Timer } from '@tianjillm/core'
import type { RedisConnection } from './connection.ts'

export interface ShareDirectoryOptions {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds between signs of life, by which a lost message is noticed. Default 5,000. */
  readonly tickMs?: number
}

/** A directory whose changes are told to the other replicas, and theirs here. */
export interface SharedDirectory extends Directory {
  /** Stops listening and telling. */
  close(): void
}

const MOST_SENDERS = 1000

/** What travels on the channel: who tells it, how many it told before, and the change; none is a sign of life. */
interface Message {
  readonly from: string
  readonly number: number
  readonly change?: DirectoryChange
}

/**
 * Tells changes over Redis pub/sub. It loses messages when a connection breaks, and a Cluster moves a
 * subscription without a word; so each sender numbers what it tells, and a gap, like a new connection, is told
 * as `all`. What the directory itself hears from other replicas is passed on too: being told twice harms nobody.
 */
export function shareDirectory(directory: Directory, { redis, clock, log, tickMs = 5000 }: ShareDirectoryOptions): SharedDirectory {
  const channel = `${redis.namespace}:directory`
  const me = crypto.randomUUID()
  const listeners = new Set<(change: DirectoryChange) => void>()
  const senders = new Map<string, number>()
  const subscriber = redis.subscriber()
  let told = 0
  let timer: Timer | undefined
  const tell = (change: DirectoryChange): void => {
    for (const listener of listeners) listener(change)
  }
  const publish = (change?: DirectoryChange): void => {
    told += 1
    // When it does not arrive, the next number shows that something is missing.
    redis.client.publish(channel, JSON.stringify({ from: me, number: told, ...(change && { change }) } satisfies Message)).catch(() => undefined)
  }
  const tick = (): void => {
    publish()
    timer = clock.after(tickMs, tick)
  }
  const listen = (): void => {
    subscriber.subscribe(channel).then(() => tell({ kind: 'all' }), (error: unknown) => log.debug({ err: error }, 'could not listen for changes of other replicas'))
  }
  subscriber.on('ready', listen)
  subscriber.on('message', (_channel: string, text: string) => {
    const message = read(text)
    if (!message || message.from === me) return
    const before = senders.get(message.from)
    // Replicas come and go: the one that was silent for longest is forgotten.
    senders.delete(message.from)
    if (senders.size >= MOST_SENDERS) senders.delete(senders.keys().next().value!)
    senders.set(message.from, message.number)
    if (before !== undefined && message.number !== before + 1) tell({ kind: 'all' })
    else if (message.change) tell(message.change)
  })
  const stop = directory.subscribe((change) => {
    tell(change)
    publish(change)
  })
  if (subscriber.status === 'ready') listen()
  tick()
  return {
    ...directory,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      stop()
      timer?.cancel()
      subscriber.disconnect()
    },
  }
}

function read(text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as Partial<Message>
    return typeof message.from === 'string' && typeof message.number === 'number' ? message as Message : undefined
  } catch {
    return undefined
  }
}
