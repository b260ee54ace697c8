import type { Clock, Log, Timer } from '@tianjillm/core'
import type { MinuteUse, RoutingShare, SharedState } from '@tianjillm/router'
import type { RedisConnection } from './connection.ts'
import { Link } from './link.ts'
import { restScript, restsScript, useScript } from './scripts/routing.ts'

export interface ShareRoutingOptions {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds between two exchanges of what was used. Default 1,000. */
  readonly tickMs?: number
}

export interface SharedRouting extends RoutingShare {
  /** Resolves when what others found before the start is known here, or cannot be asked for. */
  heard(): Promise<void>
  /** Stops listening and telling. */
  close(): void
}

const MINUTE_MS = 60_000
const DEADLINE_MS = 500
/** Rests that are kept, here and in Redis. */
const MOST_RESTS = 10_000
/** Fields that one script takes. */
const CHUNK = 1_000

/** What travels on the channel: who tells it, which deployment rests, and for how many milliseconds. */
interface Message {
  readonly from: string
  readonly id: string
  readonly ms: number
}

/**
 * Shares rests and use through Redis: a rest is told at once over pub/sub, and kept for replicas that start or come
 * back; what was used of deployments with limits is exchanged each second. Durations travel, not times, so that
 * clocks may differ. While Redis is away each replica goes by what it sees; its own rests are told when it is back.
 */
export function shareRouting({ redis, clock, log, tickMs = 1_000 }: ShareRoutingOptions): SharedRouting {
  const prefix = `{${redis.namespace.replaceAll(/[{}]/g, '_')}:routing}:`
  const rests = `${prefix}rests`
  const channel = `${redis.namespace}:routing`
  const me = crypto.randomUUID()
  /** Rests found here, by the monotonic time of their end. */
  const own = new Map<string, number>()
  let local: SharedState | undefined
  let timer: Timer | undefined
  let first: Promise<void> = Promise.resolve()

  const missed = (error: unknown): void => log.debug({ err: error }, 'could not share routing with other replicas')
  const link = new Link({ client: redis.client, clock, deadlineMs: DEADLINE_MS, onReady: () => void resume(), onChange: () => undefined })
  const subscriber = redis.subscriber()

  const tell = async (id: string, ms: number): Promise<void> => {
    await link.ask(restScript, [rests], [id, Math.ceil(ms), MOST_RESTS, channel, JSON.stringify({ from: me, id, ms } satisfies Message)])
  }
  /** Tells what could not be told, and hears what was missed. */
  const resume = async (): Promise<void> => {
    try {
      const now = clock.monotonic()
      for (const [id, until] of own) {
        if (until > now) await tell(id, until - now)
        else own.delete(id)
      }
      const left = await link.ask(restsScript, [rests], []) as (string | number)[]
      for (let i = 0; i + 1 < left.length; i += 2) local?.rest(String(left[i]), Number(left[i + 1]))
    } catch (error) {
      missed(error)
    }
  }
  const exchange = async (): Promise<void> => {
    const minute = Math.floor(clock.now() / MINUTE_MS)
    const uses = local?.used(minute)
    if (!uses || !link.answers) return
    const fields = uses.flatMap(({ id, requests, tokens }) => [`${me}|${id}`, `${requests} ${tokens}`])
    const key = `${prefix}use:${minute}`
    for (let at = CHUNK; at < fields.length; at += CHUNK) await link.ask(useScript, [key], [2 * MINUTE_MS, ...fields.slice(at, at + CHUNK)])
    const all = await link.ask(useScript, [key], [2 * MINUTE_MS, ...fields.slice(0, CHUNK)]) as string[]
    local!.usedByOthers(minute, othersOf(all, `${me}|`))
  }
  const tick = (): void => {
    timer = clock.after(tickMs, tick)
    exchange().catch(missed)
  }
  const listen = (): void => {
    subscriber.subscribe(channel).then(() => resume(), missed)
  }

  return {
    start(state) {
      local = state
      subscriber.on('ready', listen)
      subscriber.on('message', (_channel: string, text: string) => {
        const message = read(text)
        if (message && message.from !== me) state.rest(message.id, message.ms)
      })
      if (subscriber.status === 'ready') listen()
      if (redis.client.status === 'ready') first = resume()
      tick()
    },
    heard: () => first,
    cooled(id, ms) {
      own.delete(id)
      if (own.size >= MOST_RESTS) own.delete(own.keys().next().value!)
      own.set(id, clock.monotonic() + ms)
      tell(id, ms).catch(missed)
    },
    close() {
      timer?.cancel()
      link.close()
      subscriber.disconnect()
    },
  }
}

function read(text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as Partial<Message>
    return typeof message.from === 'string' && typeof message.id === 'string' && typeof message.ms === 'number' && message.ms > 0 ? message as Message : undefined
  } catch {
    return undefined
  }
}

/** What all but this replica used, by deployment. */
function othersOf(fields: readonly string[], mine: string): Iterable<MinuteUse> {
  const sums = new Map<string, { id: string; requests: number; tokens: number }>()
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const field = fields[i]!
    if (field.startsWith(mine)) continue
    const id = field.slice(field.indexOf('|') + 1)
    const [requests = 0, tokens = 0] = fields[i + 1]!.split(' ').map(Number)
    const sum = sums.get(id) ?? { id, requests: 0, tokens: 0 }
    sum.requests += requests
    sum.tokens += tokens
    sums.set(id, sum)
  }
  return sums.values()
}
