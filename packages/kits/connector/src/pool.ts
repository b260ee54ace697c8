import type { GatewayError } from '@tianjillm/core'
import { Lane, type LaneOptions, type Rider } from './lane.ts'

/** Settings of a pool. */
export interface PoolOptions extends LaneOptions {
  /** Most connections; further calls queue. */
  readonly connections: number
}

/** The connections to one origin. */
export class Pool {
  /** Used since the last sweep. */
  used = true
  closed = false
  readonly #options: PoolOptions
  readonly #lanes = new Set<Lane>()
  /** The last used on top, so that what is not needed grows idle and closes. */
  readonly #free: Lane[] = []
  /** Those whose answer ended in this turn of the event loop; see {@link release}. */
  #ended: Lane[] = []
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
    if (free !== undefined) {
      free.wake()
      this.#ride(free, rider)
    } else if (this.#lanes.size < this.#options.connections) this.#ride(this.#open(), rider)
    else this.#queue.add(rider)
  }

  /**
   * The rider's call ended well. Its connection carries the next one two turns later: the sockets are read between
   * them, so a server that closes after its answer has been noticed.
   */
  release(lane: Lane): void {
    this.#riding--
    lane.fresh = false
    lane.rider = undefined
    if (!lane.usable) this.#end(lane)
    else if (this.#ended.push(lane) === 1) setImmediate(() => this.#turn())
  }

  /** The rider's call was ended or failed: its connection must not be used again. */
  drop(rider: Rider): void {
    const { lane } = rider
    if (lane === undefined) {
      this.#queue.delete(rider)
      return
    }
    this.#riding--
    rider.lane = undefined
    this.#end(lane)
  }

  /** Sends a call a second time, over a new connection. */
  again(rider: Rider): void {
    const { lane } = rider
    if (lane === undefined) return
    // Opened before the old one goes, so that a pool that is draining does not think it is empty.
    const other = this.#open()
    this.#remove(lane)
    other.carry(rider)
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
    const gone = lanes.map((lane) => lane.gone())
    for (const rider of riders) rider?.fail(reason)
    for (const lane of lanes) this.#lanes.delete(lane)
    this.#settle()
    await Promise.all([...gone, closed])
  }

  #open(): Lane {
    const lane = new Lane(this.#options, (gone) => {
      if (!this.#lanes.has(gone)) return
      if (gone.free) this.#free.splice(this.#free.indexOf(gone), 1)
      this.#end(gone)
    })
    this.#lanes.add(lane)
    return lane
  }

  #ride(lane: Lane, rider: Rider): void {
    this.#riding++
    lane.carry(rider)
  }

  #turn(): void {
    const ended = this.#ended
    this.#ended = []
    setImmediate(() => this.#rest(ended))
  }

  #rest(ended: readonly Lane[]): void {
    for (const lane of ended) {
      if (!this.#lanes.has(lane)) continue
      const next = this.#next()
      if (next !== undefined) this.#ride(lane, next)
      else if (this.#drained !== undefined) this.#remove(lane)
      else {
        this.#free.push(lane)
        lane.rest()
      }
    }
  }

  /** A connection is of no more use: who waits for one gets a new one. */
  #end(lane: Lane): void {
    this.#remove(lane)
    const next = this.#next()
    if (next !== undefined) this.#ride(this.#open(), next)
  }

  #next(): Rider | undefined {
    const first = this.#queue.values().next()
    if (first.done) return undefined
    this.#queue.delete(first.value)
    return first.value
  }

  #remove(lane: Lane): void {
    this.#lanes.delete(lane)
    lane.destroy()
    this.#settle()
  }

  #settle(): void {
    if (this.#lanes.size > 0 || this.#queue.size > 0) return
    this.#drained?.()
  }
}
