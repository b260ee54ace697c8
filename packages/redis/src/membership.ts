import type { Clock, Log, Timer } from '@tianjillm/core'
import { WOBBLE } from '@tianjillm/limits'
import type { LimitKeys } from './keys.ts'
import type { Link } from './link.ts'
import { beatScript, holdScript, joinScript, liveScript } from './scripts/membership.ts'

/** What a replica holds on a counter. */
export interface Held {
  readonly key: string
  readonly amount: number
  /** `p` calls in flight, `b` a budget that the ledger can give again, `-` one that it cannot. */
  readonly kind: 'p' | 'b' | '-'
}

/** What Redis knew of this replica when it joined. */
export interface Joined {
  /** Number of the last batch of settlements that was applied, and the soft budgets that it told. */
  readonly lastBatch: number
  readonly crossings: readonly number[]
  /** Redis lost what it knew of limits. */
  readonly forgot: boolean
}

export interface MembershipOptions {
  readonly link: Link
  readonly keys: LimitKeys
  readonly clock: Clock
  readonly log: Log
  readonly replica: string
  /** Milliseconds without a beat after which others take what this replica holds as given back. */
  readonly replicaLeaseMs: number
  /** Milliseconds that budgets stay closed after Redis forgot them, so that every replica's calls are in the ledger before it is asked. */
  readonly graceMs: number
  readonly lastBatch: () => number
  /** What is held now; called in one turn with what the caller does to keep it exact. */
  readonly holds: () => readonly Held[]
  /** Counted again: requests may be sent. */
  readonly onJoined: (joined: Joined) => void
}

const CHUNK = 500
const BEATS_PER_LEASE = 12
const AGAIN_MS = 250

/**
 * This process as one of the replicas that share limits. It joins anew after every break: what it holds is
 * counted under a new generation, and what it held under earlier ones, whether Redis knew of it or not, is void.
 */
export class Membership {
  readonly #options: MembershipOptions
  #epoch = ''
  #generation = ''
  #joined = false
  #joining = false
  #closed = false
  #timer: Timer | undefined
  #skewMs = 0

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  get joined(): boolean {
    return this.#joined
  }

  get generation(): string {
    return this.#generation
  }

  /** How far this clock is ahead of Redis's, in milliseconds, as of the last beat. */
  get skewMs(): number {
    return this.#skewMs
  }

  leave(): void {
    this.#joined = false
    this.#timer?.cancel()
  }

  /** Joins, and tries again until it succeeds or the connection is gone. */
  async join(): Promise<void> {
    this.leave()
    if (this.#joining || this.#closed) return
    this.#joining = true
    try {
      await this.#enter()
    } catch (error) {
      this.#options.log.debug({ err: error }, 'could not join the replicas that share limits')
      if (!this.#closed) this.#timer = this.#options.clock.after(AGAIN_MS, () => void this.join())
    } finally {
      this.#joining = false
    }
  }

  async #enter(): Promise<void> {
    const { link, keys, replica, replicaLeaseMs, graceMs, lastBatch, holds, onJoined, log, clock } = this.#options
    const asked = clock.now()
    const answer = await link.ask(joinScript, [keys.epoch, keys.grace, keys.record(replica)], [this.#epoch, crypto.randomUUID(), graceMs, lastBatch()])
    const [epoch, generation, last, crossings, time, forgot] = answer as [string, number, number, string, number, number]
    this.#tellSkew(asked, time)
    if (forgot === 1) log.warn({}, 'Redis forgot the limits that replicas share: budgets are taken from the ledger again')
    this.#epoch = epoch
    this.#generation = String(generation)
    const held = holds()
    for (let i = 0; i < held.length; i += CHUNK) {
      const chunk = held.slice(i, i + CHUNK)
      await link.ask(holdScript, chunk.map(({ key }) => key), [replica, this.#generation, ...chunk.map(({ amount }) => amount), ...chunk.map(({ kind }) => kind)])
    }
    await link.ask(liveScript, [keys.live(replica)], [this.#generation, replicaLeaseMs])
    this.#joined = true
    onJoined({ lastBatch: last, crossings: readCrossings(crossings), forgot: forgot === 1 })
    this.#scheduleBeat()
  }

  #scheduleBeat(): void {
    this.#timer = this.#options.clock.after(this.#options.replicaLeaseMs / BEATS_PER_LEASE, () => {
      this.#scheduleBeat()
      this.beat().catch(() => undefined)
    })
  }

  /** Says that this replica lives. @throws Unreachable */
  async beat(): Promise<void> {
    const { link, keys, replica, replicaLeaseMs, clock } = this.#options
    if (!this.#joined) return
    const generation = this.#generation
    const asked = clock.now()
    const time = await link.ask(beatScript, [keys.live(replica), keys.record(replica)], [generation, replicaLeaseMs])
    if (typeof time === 'number') this.#tellSkew(asked, time)
    else if (generation === this.#generation) await this.join()
  }

  #tellSkew(asked: number, redis: number): void {
    const before = Math.abs(this.#skewMs) > WOBBLE
    // Between the question and the answer lies what Redis measured.
    const now = this.#options.clock.now()
    this.#skewMs = Math.round((asked + now) / 2 - redis)
    const apart = Math.abs(this.#skewMs) > WOBBLE
    if (apart && !before) this.#options.log.warn({ skewMs: this.#skewMs }, 'the clocks of this machine and of Redis are apart: where replicas disagree on a period, neighbouring periods count together')
    else if (before && !apart) this.#options.log.info({ skewMs: this.#skewMs }, 'the clocks of this machine and of Redis agree')
  }

  /** Ends: what is still held is void. */
  close(): void {
    this.#closed = true
    this.leave()
  }
}

function readCrossings(text: string): readonly number[] {
  const read: unknown = text === '' ? [] : JSON.parse(text)
  return Array.isArray(read) ? read as number[] : []
}
