import type { Clock } from '@tianjillm/core'

/** Its turn: this one does the work, and says what came of it. Whoever gets a turn must end it, one way or the other. */
export interface Turn<T> {
  /** Hands the result to all who wait; `undefined`: it is for this one alone, and the others must help themselves. */
  done(result: T | undefined): void
  /** Nothing came of it: one of those who wait has a turn now, and if that fails too, all help themselves. */
  failed(): void
}

/** What became of somebody who came: the first (or the next) does the work, others are given its result, or must help themselves. */
export type Boarding<T> = { readonly turn: Turn<T> } | { readonly result: T } | 'alone'

interface Waiting<T> {
  settle(boarding: Boarding<T>): void
}

interface Flight<T> {
  readonly waiting: Set<Waiting<T>>
  /** When the one who works began, on the monotonic scale. */
  since: number
  /** Turns that came to nothing. */
  failures: number
}

export interface SingleFlightOptions {
  readonly clock: Clock
  /**
   * Milliseconds that somebody waits for another's result; then it helps itself. Nobody begins to wait for one who has
   * been at work for longer than that.
   */
  readonly waitMs: number
  /** Turns that may fail before all help themselves. Default 2: the first, and one who took over. */
  readonly maxFailures?: number
}

/** Of those who want the same at the same time one works, and the others wait for what it brings. */
export interface SingleFlight<T> {
  /**
   * Answers at once for the first. @param signal when it fires, this one waits no longer and is told `alone`
   */
  board(key: string, signal?: AbortSignal): Boarding<T> | Promise<Boarding<T>>
  /** Whether somebody is at work for this key. */
  has(key: string): boolean
}

export function createSingleFlight<T>({ clock, waitMs, maxFailures = 2 }: SingleFlightOptions): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>()

  const turnOf = (key: string, flight: Flight<T>): Turn<T> => {
    let over = false
    const end = (): boolean => {
      if (over) return false
      over = true
      return true
    }
    const land = (boarding: Boarding<T>): void => {
      flights.delete(key)
      for (const each of flight.waiting) each.settle(boarding)
    }
    return {
      done(result) {
        if (end()) land(result === undefined ? 'alone' : { result })
      },
      failed() {
        if (!end()) return
        flight.failures += 1
        const [next] = flight.waiting
        if (!next || flight.failures >= maxFailures) land('alone')
        else {
          flight.since = clock.monotonic()
          next.settle({ turn: turnOf(key, flight) })
        }
      },
    }
  }

  return {
    has: (key) => flights.has(key),
    board(key, signal) {
      const flight = flights.get(key)
      if (!flight) {
        const begun: Flight<T> = { waiting: new Set(), failures: 0, since: clock.monotonic() }
        flights.set(key, begun)
        return { turn: turnOf(key, begun) }
      }
      if (signal?.aborted || clock.monotonic() - flight.since >= waitMs) return 'alone'
      return new Promise((resolve) => {
        const settle = (boarding: Boarding<T>): void => {
          flight.waiting.delete(one)
          timer.cancel()
          signal?.removeEventListener('abort', leave)
          resolve(boarding)
        }
        const leave = (): void => settle('alone')
        const one: Waiting<T> = { settle }
        const timer = clock.after(waitMs, leave)
        signal?.addEventListener('abort', leave, { once: true })
        flight.waiting.add(one)
      })
    },
  }
}
