import type { Clock, Timer } from '@tianjillm/core'
import { isCluster, type RedisClient } from '@tianjillm/redis-kit'
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

/** Ticks in a deadline. */
const TICKS = 5
/** Deadlines that an answer may take while others come: a Redis that has too much to do is not away. */
const MOST = 4

interface Asked {
  /** The tick in which it was asked. */
  readonly at: number
  readonly reject: (error: Error) => void
  readonly late: ((reply: unknown) => void) | undefined
  state: 'open' | 'overdue' | 'done'
}

/**
 * Scripts run with a deadline. Commands of one connection are answered in their order: when one is overdue,
 * those behind it are stuck too, and the first answer that comes shows that Redis is at work again. So one
 * deadline is the most that a Redis that hangs costs, and no probes are needed.
 *
 * Silence is counted in ticks, a few to a deadline. One that fires late counts once: a process that was busy
 * elsewhere has not listened, and must not take its own slowness for Redis's.
 */
export class Link {
  readonly #options: LinkOptions
  readonly #asked: Asked[] = []
  #timer: Timer | undefined
  #tick = 0
  /** The tick of the last answer. */
  #heard = 0
  #stuck = false

  constructor(options: LinkOptions) {
    this.#options = options
    const { client } = options
    client.on('ready', options.onReady)
    client.on('close', this.#broke)
    // A Cluster sends commands again by itself when a node went: begin anew, as after a break.
    if (isCluster(client)) for (const event of NODE_EVENTS) client.on(event, this.#moved)
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
      const asked: Asked = { at: this.#tick, reject, late, state: 'open' }
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
    this.#heard = this.#tick
    if (!overdue) tell()
    if (this.#stuck) {
      this.#stuck = false
      this.#options.onChange(true)
    }
    if (overdue && reply !== undefined) asked.late?.(reply)
  }

  #arm(): void {
    // What has arrived meanwhile is read before anything is called overdue.
    this.#timer = this.#options.clock.after(this.#options.deadlineMs / TICKS, () => void setImmediate(() => this.#look()))
  }

  #look(): void {
    this.#tick += 1
    let overdue = false
    let settled = 0
    for (const asked of this.#asked) {
      if (asked.state === 'open') {
        const silent = this.#tick - Math.max(asked.at, this.#heard)
        if (silent <= TICKS && this.#tick - asked.at <= TICKS * MOST) break
        asked.state = 'overdue'
        asked.reject(new Unreachable(`Redis did not answer within ${this.#options.deadlineMs} ms.`))
        overdue = true
      }
      settled += 1
    }
    this.#asked.splice(0, settled)
    if (overdue && !this.#stuck) {
      this.#stuck = true
      this.#options.onChange(false)
    }
    this.#timer = undefined
    if (this.#asked.length > 0) this.#arm()
  }

  close(): void {
    const { client, onReady } = this.#options
    this.#timer?.cancel()
    client.off('ready', onReady)
    client.off('close', this.#broke)
    if (isCluster(client)) for (const event of NODE_EVENTS) client.off(event, this.#moved)
  }
}
