import type { RedisLimitStoreOptions } from './limit-store.ts'
import type { LimitKeys } from './keys.ts'
import { Link, Unreachable } from './link.ts'
import { type Held, Membership } from './membership.ts'
import { settleScript } from './scripts/settle.ts'
import { type Batch, settleArguments, Settlements } from './settlements.ts'

export interface SharedCountsOptions extends RedisLimitStoreOptions {
  readonly keys: LimitKeys
  /** What this replica holds in Redis now. */
  readonly held: () => readonly Held[]
  /** Redis went away, or came back. */
  readonly onChange: () => void
}

/** Milliseconds after which a settled call is in the ledger, as far as anybody waits for it. */
const LEDGER_LAG_MS = 1500
const AGAIN_MS = 1000

/** The way to the counts in Redis: whether it can be used, joining after a break, settlements in their order. */
export class SharedCounts {
  readonly #options: SharedCountsOptions
  readonly replica = crypto.randomUUID()
  readonly link: Link
  readonly membership: Membership
  readonly settlements: Settlements
  readonly #waiting = new Set<() => void>()
  #told: boolean | undefined
  #dropped = 0
  #closed = false

  constructor(options: SharedCountsOptions) {
    this.#options = options
    const { redis, keys, clock, log, held, deadlineMs = 250, replicaLeaseMs = 60_000, graceMs = 2000, maxWaiting = 50_000, flushed = () => Promise.resolve() } = options
    this.settlements = new Settlements({
      clock, most: maxWaiting, flushed,
      send: (batch) => this.#send(batch),
      dropped: (total) => {
        if (total % 10_000 === 1) log.error({ dropped: total }, 'too many settlements wait for Redis: the oldest are given up. The ledger has them; the shared budgets count too little until their period ends')
        this.#dropped = total
      },
    })
    this.link = new Link({
      client: redis.client, clock, deadlineMs,
      onReady: () => void this.membership.join(),
      onChange: (answers) => {
        if (answers === undefined) this.#leave()
        this.#tell()
      },
    })
    this.membership = new Membership({
      link: this.link, keys, clock, log, replica: this.replica, replicaLeaseMs, graceMs,
      lastBatch: () => this.settlements.last,
      holds: () => {
        this.settlements.forgetHolds()
        return held()
      },
      onJoined: ({ lastBatch, crossings, forgot }) => {
        // Budgets are asked of the ledger as soon as the grace is over: what this process settled must be in it.
        if (forgot) flushed().catch((error: unknown) => log.warn({ err: error }, 'the ledger was not flushed after Redis lost its data'))
        this.settlements.resume(lastBatch, crossings)
        this.#tell()
      },
    })
    if (this.link.answers) void this.membership.join()
  }

  get usable(): boolean {
    return this.membership.joined && this.link.answers
  }

  stats(): { readonly waiting: number; readonly dropped: number; readonly skewMs: number } {
    return { waiting: this.settlements.pending, dropped: this.#dropped, skewMs: this.membership.skewMs }
  }

  /** Redis does not know this replica any more. */
  rejoin(): void {
    if (!this.membership.joined) return
    this.#leave()
    this.#tell()
    void this.membership.join()
  }

  ready(withinMs: number): Promise<boolean> {
    if (this.usable) return Promise.resolve(true)
    return new Promise((resolve) => {
      const done = (): void => {
        timer.cancel()
        this.#waiting.delete(done)
        resolve(this.usable)
      }
      const timer = this.#options.clock.after(withinMs, done)
      this.#waiting.add(done)
    })
  }

  async close(signal: AbortSignal): Promise<void> {
    this.#closed = true
    const { redis, keys, log } = this.#options
    this.settlements.flush()
    // Commands are answered in their order: when a beat is, what was sent before it is done.
    while (this.settlements.pending > 0 && this.usable && !signal.aborted) await this.membership.beat().catch(() => undefined)
    if (this.settlements.pending > 0) log.warn({ settlements: this.settlements.pending }, 'settlements did not reach Redis before the end; the ledger has them')
    this.membership.close()
    this.link.close()
    await redis.client.del(keys.live(this.replica)).catch(() => undefined)
  }

  #leave(): void {
    this.membership.leave()
    this.settlements.pause()
  }

  /** Logs a change of state, once. */
  #tell(): void {
    const { usable } = this
    if (usable) for (const done of this.#waiting) done()
    // Until Redis was there for the first time, the start tells.
    if (this.#closed || usable === this.#told || (this.#told === undefined && !usable)) return
    this.#told = usable
    const { log, whenUnavailable, onChange } = this.#options
    onChange()
    if (usable) log.info({}, 'limits are shared through Redis')
    else log.warn({}, `Redis does not answer: until it does, ${whenUnavailable === 'open' ? 'budgets and rates are counted in this process' : 'calls with a hard budget are refused, rates are counted in this process'}`)
  }

  #send(batch: Batch): void {
    const { clock, spent, keys, log } = this.#options
    const { keys: counters, args } = settleArguments(batch, clock.now(), clock.monotonic())
    const take = (reply: unknown): void => {
      const [word, crossed, unloaded] = reply as [string, number[], number[]]
      if (word === 'ok') this.settlements.taken(batch, crossed, unloaded)
      else this.rejoin()
    }
    const first = [this.replica, this.membership.generation, batch.number, clock.now(), spent ? 1 : 0, LEDGER_LAG_MS]
    this.link.ask(settleScript, [keys.live(this.replica), keys.record(this.replica), keys.loads, ...counters], [...first, ...args], take).then(take, (error: unknown) => {
      if (error instanceof Unreachable) return
      log.error({ err: error }, 'Redis refused a settlement; it is sent again')
      clock.after(AGAIN_MS, () => this.rejoin())
    })
  }
}
