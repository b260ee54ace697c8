import { Burst } from './burst.ts'

/** Settings of a {@link TurnQueue}. */
export interface TurnQueueOptions {
  /** Items at which it does not wait any longer: the first of many must not wait for all. Default 64. */
  readonly most?: number
  /** Milliseconds that never go back. */
  readonly now?: () => number
}

/**
 * What can wait for the end of this turn of the event loop under load, done together then: writes to sockets one after
 * another are cheaper than each between other work (the code stays in the processor's caches, and who reads is woken
 * once). What comes alone is done at once.
 */
export class TurnQueue<Item> {
  readonly #run: (item: Item) => void
  readonly #most: number
  readonly #burst: Burst
  #items: Item[] = []
  #scheduled = false
  readonly #atTurnsEnd = (): void => {
    this.#scheduled = false
    this.#drain()
  }

  constructor(run: (item: Item) => void, { most = 64, now }: TurnQueueOptions = {}) {
    this.#run = run
    this.#most = most
    this.#burst = new Burst(now)
  }

  add(item: Item): void {
    if (!this.#burst.follows() && this.#items.length === 0) this.#run(item)
    else if (this.#items.push(item) >= this.#most) this.#drain()
    else this.#schedule()
  }

  #drain(): void {
    const items = this.#items
    this.#items = []
    let done = 0
    try {
      while (done < items.length) this.#run(items[done++]!)
    } finally {
      // One that throws does not keep the others from their turn.
      if (done < items.length) {
        this.#items = [...items.slice(done), ...this.#items]
        this.#schedule()
      }
    }
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(this.#atTurnsEnd)
  }
}
