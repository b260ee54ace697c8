import type { Clock } from '@tianjillm/core'
import { InFlight } from './in-flight.ts'

/** What ran out and may still be ended. */
const LATE = 10_000

interface Lease<Held> {
  readonly held: Held
  /** On the clock that never jumps. */
  readonly end: number
}

/** What calls in flight hold, each for a time at most. */
export class Leases<Held> {
  readonly #clock: Clock
  readonly #ms: number
  readonly #open = new InFlight<Lease<Held>>()
  readonly #late = new Map<string, Held>()
  /** No lease ends before. */
  #nextEnd = Number.NEGATIVE_INFINITY
  #expired = 0

  /** @param ms how long a lease is */
  constructor(clock: Clock, ms: number) {
    this.#clock = clock
    this.#ms = ms
  }

  get size(): number {
    return this.#open.size
  }

  /** How many ran out. */
  get expired(): number {
    return this.#expired
  }

  has(id: string): boolean {
    return this.#open.has(id)
  }

  /** Begins a lease, under an id that has none. */
  add(id: string, held: Held): void {
    this.#open.add(id, { held, end: this.#clock.monotonic() + this.#ms })
  }

  /** Ends a lease: once. */
  end(id: string): Held | undefined {
    return this.#open.take(id)?.held
  }

  /** What the lease that ran out under this id held: once, and if that is not too long ago. */
  endLate(id: string): Held | undefined {
    const held = this.#late.get(id)
    this.#late.delete(id)
    return held
  }

  /** Ends leases that have run out. @param release gives back what such a call holds */
  expire(release: (held: Held) => void): void {
    const now = this.#clock.monotonic()
    if (now < this.#nextEnd) return
    const over: string[] = []
    this.#nextEnd = now + this.#ms
    for (const [id, { end }] of this.#open.entries()) {
      if (end <= now) over.push(id)
      else this.#nextEnd = Math.min(this.#nextEnd, end)
    }
    for (const id of over) {
      const { held } = this.#open.take(id)!
      this.#expired += 1
      if (this.#late.size >= LATE) this.#late.delete(this.#late.keys().next().value!)
      this.#late.set(id, held)
      release(held)
    }
  }

  /** What is held, in no order. */
  *all(): Generator<Held> {
    for (const [, { held }] of this.#open.entries()) yield held
  }
}
