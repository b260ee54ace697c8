import type { Clock } from '@tianjillm/core'
import type { LimitRule, SoftCrossing } from '@tianjillm/limits'

/** What a settlement does to one counter. */
export interface Part {
  readonly kind: 'b' | 'p' | 't'
  readonly key: string
  readonly rule: LimitRule
  /** Budgets: what it cost. Tokens: what was used. */
  readonly amount: number
  /** Given back of what calls in flight hold. */
  readonly release: number
  /** Start of the period that it was reserved in. */
  readonly reserved: number
  /** Tokens: what was reserved. */
  readonly estimate: number
}

/** The end of a call, on its way to Redis. */
interface Entry {
  readonly parts: readonly Part[]
  /** When the call ended, on the clock that never jumps. */
  readonly endedAt: number
  readonly tell: (crossings: readonly SoftCrossing[]) => void
  /** Whether what it held is counted in Redis under the present generation. */
  held: boolean
  /** Its ledger entry is in the ledger for certain. */
  certain: boolean
}

/** Entries that are sent as one step, and stay until Redis says that it took them. */
export interface Batch {
  readonly number: number
  readonly entries: readonly Entry[]
}

export interface SettlementsOptions {
  readonly clock: Clock
  /** Most entries that wait for a Redis that is away. */
  readonly most: number
  /** Sends a batch; the answer goes to `taken`, nothing to it when there is none. */
  readonly send: (batch: Batch) => void
  /** Resolves when all that the ledger was given before is in it. */
  readonly flushed: () => Promise<void>
  /** Entries were given up for want of room; the ledger has them. */
  readonly dropped: (total: number) => void
}

const BATCH = 100
const FLUSH_AGAIN_MS = 1000
const none: readonly SoftCrossing[] = Object.freeze([])

/**
 * Settlements in their order, each applied once: numbered batches that are sent without waiting for the one
 * before, and again from the first that Redis does not know when the connection was away.
 */
export class Settlements {
  readonly #options: SettlementsOptions
  #waiting: Entry[] = []
  #sent: Batch[] = []
  /** Wait for the ledger, because their budget is not loaded. */
  readonly #flushing = new Set<Entry>()
  #next = 1
  #open = false
  #dropped = 0
  #scheduled = false

  constructor(options: SettlementsOptions) {
    this.#options = options
  }

  /** Parts to settle and a promise of the soft budgets that they reach. */
  add(parts: readonly Part[], held: boolean): Promise<readonly SoftCrossing[]> {
    return new Promise((tell) => {
      this.#waiting.push({ parts, endedAt: this.#options.clock.monotonic(), tell, held, certain: false })
      if (this.#waiting.length > this.#options.most) this.#drop()
      this.#schedule()
    })
  }

  /** Sends what waits, in front of whatever is sent next. */
  flush(): void {
    while (this.#open && this.#waiting.length > 0) {
      const batch = { number: this.#next, entries: this.#waiting.splice(0, BATCH) }
      this.#next += 1
      this.#sent.push(batch)
      this.#options.send(batch)
    }
  }

  /** The number of the last batch that Redis is known to have taken. */
  get last(): number {
    return (this.#sent[0]?.number ?? this.#next) - 1
  }

  /** What ended before this moment, on the clock that never jumps, is in Redis, or given up. */
  get settledUpTo(): number {
    let first = Number.POSITIVE_INFINITY
    for (const { endedAt } of this.#waiting) first = Math.min(first, endedAt)
    for (const { entries } of this.#sent) for (const { endedAt } of entries) first = Math.min(first, endedAt)
    for (const { endedAt } of this.#flushing) first = Math.min(first, endedAt)
    return first
  }

  get pending(): number {
    return this.#waiting.length + this.#flushing.size + this.#sent.reduce((sum, { entries }) => sum + entries.length, 0)
  }

  /** Nothing is sent until `resume`. */
  pause(): void {
    this.#open = false
  }

  /** What these held is not counted under the generation that begins now. */
  forgetHolds(): void {
    for (const { entries } of this.#sent) for (const entry of entries) entry.held = false
    for (const entry of this.#waiting) entry.held = false
    for (const entry of this.#flushing) entry.held = false
  }

  /** Goes on behind the last batch that Redis took; those before are done. @param crossings soft budgets told by the last of them */
  resume(last: number, crossings: readonly number[]): void {
    for (const batch of this.#sent) if (batch.number <= last) this.taken(batch, batch.number === last ? crossings : [], [])
    const again = this.#sent.flatMap(({ entries }) => entries)
    this.#sent = []
    this.#waiting = [...again, ...this.#waiting]
    this.#next = last + 1
    this.#open = true
    this.flush()
  }

  /** Redis took a batch. @param crossed position of a part and what was spent, in turn. @param unloaded parts that wait for the ledger */
  taken(batch: Batch, crossed: readonly number[], unloaded: readonly number[]): void {
    const at = this.#sent.indexOf(batch)
    // Sent again meanwhile.
    if (at === -1) return
    this.#sent.splice(at, 1)
    let first = 1
    for (const entry of batch.entries) {
      const past = first + entry.parts.length
      let told: SoftCrossing[] | undefined
      for (let i = 0; i < crossed.length; i += 2) {
        if (crossed[i]! >= first && crossed[i]! < past) (told ??= []).push({ rule: entry.parts[crossed[i]! - first]!.rule, spent: crossed[i + 1]! })
      }
      const left = unloaded.filter((position) => position >= first && position < past).map((position) => entry.parts[position - first]!)
      if (left.length > 0) void this.#afterFlush({ ...entry, parts: left, tell: () => undefined })
      entry.tell(told ?? none)
      first = past
    }
  }

  async #afterFlush(entry: Entry): Promise<void> {
    this.#flushing.add(entry)
    try {
      await this.#options.flushed()
    } catch {
      this.#options.clock.after(FLUSH_AGAIN_MS, () => void this.#afterFlush(entry))
      return
    }
    this.#flushing.delete(entry)
    entry.certain = true
    this.#waiting.push(entry)
    this.#schedule()
  }

  /** Calls that end together are sent together. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      this.flush()
    })
  }

  #drop(): void {
    this.#waiting.shift()!.tell(none)
    this.#dropped += 1
    this.#options.dropped(this.#dropped)
  }
}

/** The settle script's nine words on each part. @param now of the send */
export function settleArguments(batch: Batch, now: number, monotonic: number): { keys: string[]; args: (string | number)[] } {
  const keys: string[] = []
  const args: (string | number)[] = []
  for (const { parts, endedAt, held, certain } of batch.entries) {
    for (const { kind, key, rule, amount, release, reserved, estimate } of parts) {
      keys.push(key)
      args.push(kind, rule.period(now).start, amount, held ? release : 0, reserved, estimate, rule.soft ?? '', Math.max(0, Math.round(monotonic - endedAt)), certain ? 1 : 0)
    }
  }
  return { keys, args }
}
