import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from './clock.ts'

describe('systemClock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const DAY = 86_400_000

  it('waits longer than setTimeout can', () => {
    const run = vi.fn<() => void>()
    systemClock.after(60 * DAY, run)
    vi.advanceTimersByTime(60 * DAY - 1)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(run).toHaveBeenCalledOnce()
  })

  it('cancels in any part of the wait, more than once, and after it fired', () => {
    const run = vi.fn<() => void>()
    const long = systemClock.after(60 * DAY, run)
    vi.advanceTimersByTime(30 * DAY)
    long.cancel()
    long.cancel()
    vi.advanceTimersByTime(60 * DAY)
    expect(run).not.toHaveBeenCalled()
    const short = systemClock.after(5, run)
    vi.advanceTimersByTime(5)
    short.cancel()
    expect(run).toHaveBeenCalledOnce()
  })
})
