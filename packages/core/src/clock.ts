/** A pending timer. Calling `cancel` twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void
}

/**
 * Time as the code sees it. Everything periodic or time-based takes a clock, so that tests
 * move time themselves instead of sleeping.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch (wall clock; may jump). */
  now(): number
  /** Milliseconds from a fixed, unknown start (never jumps back). For durations. */
  monotonic(): number
  /** Calls `run` once after `ms` milliseconds. Pending timers never keep the process alive. */
  after(ms: number, run: () => void): Timer
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    let handle: NodeJS.Timeout
    const wait = (left: number): void => {
      handle = left <= MAX_TIMEOUT_MS ? setTimeout(run, left) : setTimeout(() => wait(left - MAX_TIMEOUT_MS), MAX_TIMEOUT_MS)
      handle.unref()
    }
    wait(ms)
    return { cancel: () => clearTimeout(handle) }
  },
}

/** `setTimeout` fires at once above this (24.8 days). */
const MAX_TIMEOUT_MS = 2 ** 31 - 1
