import type { Clock, Timer } from '@tianjillm/core'
import { Cluster } from 'ioredis'
import type { RedisClient } from './connection.ts'
import { run, type Script } from './scripts/script.ts'

/** Redis did not answer in time, or cannot be reached. What was asked may have been done all the same. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export interface LinkOptions {
  readonly client: RedisClient
  readonly clock: Clock
  /** Milliseconds that an answer may take. */
  readonly deadlineMs: number
  /** The connection is there, again or for the first time. */
  readonly onReady: () => void
  /** An answer is overdue (`false`), or came after all (`true`); or the connection broke (`undefined`). */
  readonly onChange: (answers: boolean | undefined) => void
}

const NODE_EVENTS = ['+node', '-node'] as const

/** A timer that fires this much too late shows that the process was busy. */
const BUSY_MS = 20

interface Asked {
  until: number
  /** The process was busy when this was due, and looks again. */
  again: boolean
  readonly reject: (error: Error) => void
  readonly late: ((reply: unknown) => void) | undefined
  state: 'open' | 'overdue' | 'done'
}

/**
 * Scripts run with a deadline. Commands of one connection are answered in their order: when one is overdue,
 * those behind it are stuck too, and the first answer that comes shows that Redis is at work again. So one
 * deadline is the most that a slow Redis costs, and no probes are needed.
 */
export class Link {
  readonly #options: LinkOptions
  readonly #asked: Asked[] = []
  #timer: Timer | undefined
  #stuck = false

  constructor(options: LinkOptions) {
    this.#options = options
    const { client } = options
    client.on('ready', options.onReady)
    client.on('close', this.#broke)
    // A Cluster sends commands again by itself when a node went: begin anew, as after a break.
    if (client instanceof Cluster) for (const event of NODE_EVENTS) client.on(event, this.#moved)
  }

  readonly #broke = (): void => {
    this.#stuck = false
    this.#options.onChange(undefined)
  }

  readonly #moved = (): void => {
    this.#broke()
    if (this.#options.client.status === 'ready') this.#options.onReady()
  }

  /** Whether it is worth asking. */
  get answers(): boolean {
    return !this.#stuck && this.#options.client.status === 'ready'
  }

  /**
   * @param late hears of an answer that came after the deadline
   * @throws Unreachable; a ReplyError as it is
   */
  ask(script: Script, keys: readonly string[], args: readonly (string | number)[], late?: (reply: unknown) => void): Promise<unknown> {
    if (this.#options.client.status !== 'ready') return Promise.reject(new Unreachable('Redis is not connected.'))
    return new Promise((resolve, reject) => {
      const asked: Asked = { until: this.#options.clock.monotonic() + this.#options.deadlineMs, again: false, reject, late, state: 'open' }
      this.#asked.push(asked)
      if (!this.#timer) this.#arm()
      run(this.#options.client, script, keys, args).then((reply) => this.#answered(asked, () => resolve(reply), reply), (error: Error) => {
        // Redis itself says no: that is an answer.
        if (error.name === 'ReplyError') this.#answered(asked, () => reject(error), undefined)
        else {
          asked.state = 'done'
          reject(new Unreachable('The connection to Redis broke.', { cause: error }))
        }
      })
    })
  }

  #answered(asked: Asked, tell: () => void, reply: unknown): void {
    const overdue = asked.state === 'overdue'
    asked.state = 'done'
    if (!overdue) tell()
    if (this.#stuck) {
      this.#stuck = false
      this.#options.onChange(true)
    }
    if (overdue && reply !== undefined) asked.late?.(reply)
  }

  #arm(): void {
    while (this.#asked[0]?.state === 'done') this.#asked.shift()
    const first = this.#asked[0]
    this.#timer = first && this.#options.clock.after(Math.max(1, first.until - this.#options.clock.monotonic()), this.#due)
  }

  /**
   * A process that was busy elsewhere may not even have sent what it asked, nor read what came: it looks again
   * later, once, so that it does not take its own slowness for Redis's.
   */
  readonly #due = (): void => {
    const now = this.#options.clock.monotonic()
    if (this.#asked[0] && now - this.#asked[0].until > BUSY_MS) {
      for (const asked of this.#asked) {
        if (asked.until > now) break
        if (asked.again) continue
        asked.again = true
        asked.until = now + this.#options.deadlineMs / 2
      }
    }
    setImmediate(() => this.#look())
  }

  #look(): void {
    const now = this.#options.clock.monotonic()
    let overdue = false
    while (this.#asked[0] && (this.#asked[0].state === 'done' || this.#asked[0].until <= now)) {
      const asked = this.#asked.shift()!
      if (asked.state !== 'open') continue
      asked.state = 'overdue'
      asked.reject(new Unreachable(`Redis did not answer within ${this.#options.deadlineMs} ms.`))
      overdue = true
    }
    if (overdue && !this.#stuck) {
      this.#stuck = true
      this.#options.onChange(false)
    }
    this.#arm()
  }

  close(): void {
    const { client, onReady } = this.#options
    this.#timer?.cancel()
    client.off('ready', onReady)
    client.off('close', this.#broke)
    if (client instanceof Cluster) for (const event of NODE_EVENTS) client.off(event, this.#moved)
  }
}
