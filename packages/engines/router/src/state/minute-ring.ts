const BUCKETS = 6
const BUCKET_MS = 10_000

/** Counts of the last minute, in steps of ten seconds. Times are monotonic milliseconds. */
export class MinuteRing {
  readonly #counts = new Float64Array(BUCKETS)
  #step = 0
  #sum = 0

  add(now: number, count = 1): void {
    this.#turn(now)
    this.#counts[this.#step % BUCKETS]! += count
    this.#sum += count
  }

  sum(now: number): number {
    this.#turn(now)
    return this.#sum
  }

  clear(): void {
    this.#counts.fill(0)
    this.#sum = 0
  }

  #turn(now: number): void {
    const step = Math.floor(now / BUCKET_MS)
    if (step <= this.#step) return
    if (this.#sum !== 0) {
      for (let left = Math.min(step - this.#step, BUCKETS), at = this.#step + 1; left > 0; left -= 1, at += 1) {
        this.#sum -= this.#counts[at % BUCKETS]!
        this.#counts[at % BUCKETS] = 0
      }
    }
    this.#step = step
  }
}
