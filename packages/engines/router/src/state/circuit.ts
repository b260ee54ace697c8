/** `closed`: calls pass. `open`: none does. `half_open`: one at a time does, to find out. */
export type CircuitState = 'closed' | 'open' | 'half_open'

/** The rest of one deployment. Times are monotonic milliseconds; nothing shortens a deadline. */
export class Circuit {
  #until: number | undefined
  /** Until when a probe counts as under way; 0: none is. */
  #probeUntil = 0

  state(now: number): CircuitState {
    if (this.#until === undefined) return 'closed'
    return now < this.#until ? 'open' : 'half_open'
  }

  /** When calls pass again; undefined: they do. */
  get until(): number | undefined {
    return this.#until
  }

  /** Milliseconds until a call may pass: 0 when one may now. */
  wait(now: number): number {
    if (this.#until === undefined) return 0
    return Math.max(0, this.#until - now, this.#probeUntil - now)
  }

  /** Rests until then at least. @returns whether that is news */
  open(until: number): boolean {
    if (this.#until !== undefined && until <= this.#until) return false
    this.#until = until
    this.#probeUntil = 0
    return true
  }

  /** A call goes out: after a rest it is the probe. @param patienceMs after which another may probe too */
  sent(now: number, patienceMs: number): void {
    if (this.#until !== undefined && now >= this.#until) this.#probeUntil = now + patienceMs
  }

  /** Ends a rest before its time: an operator's word. */
  lift(): void {
    this.#until = undefined
    this.#probeUntil = 0
  }

  /** A call ended that says nothing. */
  release(): void {
    this.#probeUntil = 0
  }

  /** A call went well: a rest that is over ends, one that is not goes on. */
  succeeded(now: number): void {
    if (this.#until !== undefined && now >= this.#until) this.lift()
  }
}
