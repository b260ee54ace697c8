import type { Clock, Timer } from '@tianjillm/core'

/** A clock that only the test moves. */
export interface TestClock extends Clock {
  advance(ms: number): void
  /** Timers not yet fired or cancelled. */
  readonly pending: number
}

export function testClock(): TestClock {
  let now = 0
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, run): Timer {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return { cancel: () => void timers.delete(timer) }
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.run()
      }
      now = until
    },
    get pending() {
      return timers.size
    },
  }
}
