import type { Clock } from '@tianjillm/core'

export interface BreakerOptions {
  /** Failures in a row that open it. Default 3. */
  readonly failures?: number
  /** Milliseconds that it stays open before one operation may try. Default 5000. */
  readonly openMs?: number
  /** Hears when it opens (and what failed last) and closes. */
  readonly onChange?: (state: 'open' | 'closed', error?: unknown) => void
}

/**
 * Spares a store that does not answer, and its callers the wait. Closed: everybody may ask. Open: nobody. When its time
 * is over (half-open) one may; what becomes of that decides.
 */
export class Breaker {
  readonly #clock: Clock
  readonly #failures: number
  readonly #openMs: number
  readonly #onChange: BreakerOptions['onChange']
  #inARow = 0
  /** On the monotonic scale; undefined while closed. */
  #openUntil: number | undefined
  #trying = false

  constructor(clock: Clock, { failures = 3, openMs = 5000, onChange }: BreakerOptions = {}) {
    this.#clock = clock
    this.#failures = failures
    this.#openMs = openMs
    this.#onChange = onChange
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#openUntil === undefined) return 'closed'
    return this.#clock.monotonic() < this.#openUntil ? 'open' : 'half-open'
  }

  /** Whether to ask. Who is told yes must say how it went. */
  allow(): boolean {
    if (this.#openUntil === undefined) return true
    if (this.#trying || this.#clock.monotonic() < this.#openUntil) return false
    this.#trying = true
    return true
  }

  succeeded(): void {
    this.#inARow = 0
    this.#trying = false
    if (this.#openUntil === undefined) return
    this.#openUntil = undefined
    this.#onChange?.('closed')
  }

  failed(error: unknown): void {
    this.#inARow += 1
    const wasOpen = this.#openUntil !== undefined
    if (!wasOpen && this.#inARow < this.#failures) return
    // What was asked before it opened and fails only now says nothing new.
    if (wasOpen && !this.#trying) return
    this.#trying = false
    this.#openUntil = this.#clock.monotonic() + this.#openMs
    if (!wasOpen) this.#onChange?.('open', error)
  }
}
