import type { Clock, Timer } from '@tianjillm/core'

/** Core's clock, moved by the test. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order; timers set on the way count too. */
  advance(ms: number): void
  /** As {@link advance}, and lets promises and I/O callbacks run after each timer and at the end. */
  advanceAsync(ms: number): Promise<void>
  /** Moves wall time alone, as when somebody sets the machine's clock. */
  jump(ms: number): void
  /** How many timers are set. */
  pending(): number
  /** Milliseconds until the next timer; undefined when none is set. */
  next(): number | undefined
}

interface Due {
  at: number
  run: () => void
}

/** A clock that stands still until told. `start`: milliseconds since the epoch, default 2025-01-01T00:00:00Z. */
export function createFakeClock(start = Date.UTC(2025, 0, 1)): FakeClock {
  let wall = start
  let elapsed = 0
  const timers = new Set<Due>()

  function move(to: number): void {
    wall += to - elapsed
    elapsed = to
  }

  /** Runs the next timer that is due by `until`; false when there is none. */
  function fireNext(until: number): boolean {
    let first: Due | undefined
    // A Set keeps the order of insertion: of equal times, the one set first fires first.
    for (const timer of timers) if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer
    if (first === undefined) return false
    timers.delete(first)
    move(Math.max(elapsed, first.at))
    first.run()
    return true
  }

  return {
    now: () => wall,
    monotonic: () => elapsed,
    after(ms, run): Timer {
      const timer = { at: elapsed + Math.max(0, ms), run }
      timers.add(timer)
      return { cancel: () => void timers.delete(timer) }
    },
    advance(ms) {
      const until = elapsed + ms
      while (fireNext(until));
      move(until)
    },
    async advanceAsync(ms) {
      const until = elapsed + ms
      await turn()
      while (fireNext(until)) await turn()
      move(until)
      await turn()
    },
    jump(ms) {
      wall += ms
    },
    pending: () => timers.size,
    next() {
      let at: number | undefined
      for (const timer of timers) at = at === undefined ? timer.at : Math.min(at, timer.at)
      return at === undefined ? undefined : Math.max(0, at - elapsed)
    },
  }
}

/** One turn of the event loop: all microtasks, and I/O that is ready. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Options of {@link drive}. */
export interface DriveOptions {
  /** Whether real I/O is under way that will bring news by itself: time then moves only after a long wait. */
  readonly busy?: () => boolean
  /** Real time after which it gives up, in milliseconds. Default 5,000. */
  readonly deadlineMs?: number
}

/** Real milliseconds without news after which time moves: when nothing is under way, and when something is. */
const QUIET_MS = 8
const STUCK_MS = 1_000

/**
 * Waits for `promise` while moving the clock to whatever timer comes next, so that retries and
 * pauses take next to no real time. Rejects when nothing settles before the deadline.
 */
export async function drive<T>(promise: Promise<T>, clock: FakeClock, { busy = () => false, deadlineMs = 5_000 }: DriveOptions = {}): Promise<T> {
  const state = { settled: false }
  const end = (): void => { state.settled = true }
  promise.then(end, end)
  const start = performance.now()
  let moved = start
  while (!state.settled) {
    await turn()
    const now = performance.now()
    if (state.settled || now - moved < (busy() ? STUCK_MS : QUIET_MS)) continue
    moved = now
    const next = clock.next()
    if (next !== undefined) clock.advance(next)
    if (now - start > deadlineMs) throw new Error(`Nothing settled within ${deadlineMs} ms, with ${clock.pending()} timers set.`)
  }
  return promise
}
