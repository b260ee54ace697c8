/** Milliseconds. Slower than this, nothing is gained by waiting for the next. */
const CLOSE_MS = 0.25

/** Tells whether things come one close upon the other, as they do under load, or alone. */
export class Burst {
  readonly #now: () => number
  #last = Number.NEGATIVE_INFINITY

  /** @param now milliseconds that never go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Something came. @returns whether it followed closely upon the last one */
  follows(): boolean {
    const now = this.#now()
    const close = now - this.#last < CLOSE_MS
    this.#last = now
    return close
  }
}
