import { GatewayError } from '@tianjillm/core'
import type { buildConnector } from 'undici'
import type { Dial } from './connect.ts'
import { Client, type Dispatcher } from './undici.ts'

/** What a pool carries: a call that undici talks to, and that can be told of a failure. */
export interface Rider extends Dispatcher.DispatchHandler {
  readonly options: Dispatcher.DispatchOptions
  /** The connection that carries it. */
  lane: Lane | undefined
  fail(error: unknown): void
}

/** Settings of a pool. */
export interface PoolOptions {
  readonly origin: string
  readonly dial: Dial
  readonly connections: number
  readonly keepAliveTimeout: number
  readonly maxHeaderSize: number
}

const noop = (): void => {}

/** One connection, busy with at most one call. */
export class Lane {
  readonly client: Client
  /** No answer has come over the present socket yet, so it cannot be a stale one. */
  fresh = true
  connected = false
  /** On the list of those that wait for a call. */
  free = false
  rider: Rider | undefined
  #cancel: () => void = noop

  constructor(options: PoolOptions, onDrain: (lane: Lane) => void, onDisconnect: (lane: Lane) => void) {
    const connect: buildConnector.connector = (to, callback) => {
      this.fresh = true
      this.#cancel = options.dial(to, callback)
    }
    const { keepAliveTimeout, maxHeaderSize } = options
    // Time-outs of ours replace undici's (0): those tick about once a second.
    this.client = new Client(options.origin, { connect, keepAliveTimeout, maxHeaderSize, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
    this.client.on('connect', () => void (this.connected = true))
    this.client.on('disconnect', () => {
      this.connected = false
      onDisconnect(this)
    })
    this.client.on('drain', () => onDrain(this))
  }

  /** Ends the connection, or the attempt to make it, now. */
  destroy(error: Error, done: () => void = noop): void {
    this.#cancel()
    this.client.destroy(error, done)
  }

  /** As {@link destroy}; resolves when the socket is closed. */
  gone(error: Error): Promise<void> {
    return new Promise((resolve) => this.destroy(error, resolve))
  }
}

/**
 * The connections to one origin. Not undici's own Pool: after an abort that one connects again
 * for the aborted request, and it looks through all its connections for each call.
 */
export class Pool {
  /** Used since the last sweep. */
  used = true
  closed = false
  readonly #options: PoolOptions
  readonly #lanes = new Set<Lane>()
  /** The last used on top, so that what is not needed grows idle and closes. */
  readonly #free: Lane[] = []
  #riding = 0
  readonly #queue = new Set<Rider>()
  #drained: (() => void) | undefined

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Calls not yet over. */
  get calls(): number {
    return this.#riding + this.#queue.size
  }

  get figures(): { calls: number; connected: number; free: number; queued: number } {
    let connected = 0
    for (const lane of this.#lanes) if (lane.connected) connected++
    return { calls: this.calls, connected, free: this.#free.filter((lane) => lane.connected).length, queued: this.#queue.size }
  }

  /** Sends a call, or queues it when all connections are busy. */
  take(rider: Rider): void {
    this.used = true
    const free = this.#free.pop()
    if (free !== undefined) this.#ride(free, rider)
    else if (this.#lanes.size < this.#options.connections) this.#ride(this.#open(), rider)
    else this.#queue.add(rider)
  }

  /**
   * The rider's call ended well. Its connection carries the next one when undici says so (drain,
   * a turn later): by then a server that closes after its answer has been noticed.
   */
  release(lane: Lane): void {
    this.#riding--
    lane.fresh = false
    lane.rider = undefined
  }

  /** The rider's call never reached its connection. */
  giveBack(lane: Lane): void {
    this.#riding--
    lane.rider = undefined
    queueMicrotask(() => this.#ready(lane))
  }

  /** The rider's call was ended or failed: its connection must not be used again. */
  drop(rider: Rider, reason: Error): void {
    const { lane } = rider
    if (lane === undefined) {
      this.#queue.delete(rider)
      return
    }
    this.#riding--
    lane.rider = undefined
    rider.lane = undefined
    this.#remove(lane, reason)
    const next = this.#next()
    if (next !== undefined) this.#ride(this.#open(), next)
  }

  /** Sends a call a second time, over a new connection. */
  again(rider: Rider): void {
    const { lane } = rider
    if (lane === undefined) return
    // Opened before the old one goes, so that a pool that is draining does not think it is empty.
    const other = this.#open()
    lane.rider = undefined
    rider.lane = other
    other.rider = rider
    this.#remove(lane)
    queueMicrotask(() => {
      if (rider.lane === other) other.client.dispatch(rider.options, rider)
    })
  }

  /** Resolves when every call is over and every connection closed. */
  close(): Promise<void> {
    this.closed = true
    return new Promise((resolve) => {
      const before = this.#drained
      this.#drained = () => {
        before?.()
        resolve()
      }
      for (const lane of this.#free.splice(0)) this.#remove(lane)
      this.#settle()
    })
  }

  /** Ends all calls with `reason` and all connections. Resolves when the sockets are closed. */
  async destroy(reason: GatewayError): Promise<void> {
    const lanes = [...this.#lanes]
    const riders = [...lanes.map((lane) => lane.rider), ...this.#queue]
    this.#queue.clear()
    this.#free.length = 0
    const closed = this.close()
    const gone = lanes.map((lane) => lane.gone(reason))
    for (const rider of riders) rider?.fail(reason)
    for (const lane of lanes) this.#lanes.delete(lane)
    this.#settle()
    await Promise.all([...gone, closed])
  }

  #open(): Lane {
    const lane = new Lane(this.#options, (drained) => this.#ready(drained), (gone) => {
      if (gone.rider !== undefined || !this.#lanes.has(gone)) return
      if (gone.free) this.#free.splice(this.#free.indexOf(gone), 1)
      this.#remove(gone)
      const next = this.#next()
      if (next !== undefined) this.#ride(this.#open(), next)
    })
    this.#lanes.add(lane)
    return lane
  }

  #ride(lane: Lane, rider: Rider): void {
    this.#riding++
    lane.free = false
    lane.rider = rider
    rider.lane = lane
    lane.client.dispatch(rider.options, rider)
  }

  #ready(lane: Lane): void {
    if (lane.free || lane.rider !== undefined || !this.#lanes.has(lane)) return
    const next = this.#next()
    if (next !== undefined) this.#ride(lane, next)
    else if (this.#drained !== undefined) this.#remove(lane)
    else {
      lane.free = true
      this.#free.push(lane)
    }
  }

  #next(): Rider | undefined {
    const first = this.#queue.values().next()
    if (first.done) return undefined
    this.#queue.delete(first.value)
    return first.value
  }

  #remove(lane: Lane, reason: Error = closing): void {
    this.#lanes.delete(lane)
    lane.destroy(reason)
    this.#settle()
  }

  #settle(): void {
    if (this.#lanes.size > 0 || this.#queue.size > 0) return
    this.#drained?.()
  }
}

// Built once: an error for each closed connection would cost a stack trace.
const closing = new Error('connection no longer needed')
