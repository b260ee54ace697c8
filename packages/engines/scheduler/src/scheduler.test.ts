import type { Clock } from '@tianjillm/core'
import { createFakeClock, createTestHost, turn } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { createScheduler } from './index.ts'

function setUp(wrap: (clock: Clock) => Clock = (clock) => clock) {
  const host = createTestHost()
  return { clock: host.clock, host, scheduler: createScheduler({ clock: wrap(host.clock), log: host.log }) }
}
const never = new AbortController().signal

describe('scheduler', () => {
  it('runs a job at every due time, first after one interval', async () => {
    const { clock, scheduler } = setUp()
    const times: number[] = []
    scheduler.every({ name: 'tidy', everyMs: 1000, run: () => void times.push(clock.monotonic()) })
    await clock.advanceAsync(3500)
    expect(times).toEqual([1000, 2000, 3000])
    expect(scheduler.status('tidy')).toEqual({ runs: 3, failures: 0, lastStartedAt: clock.now() - 500 })
    expect(scheduler.status('other')).toBeUndefined()
  })

  it('begins at once where a job says so', async () => {
    const { clock, scheduler } = setUp()
    const times: number[] = []
    scheduler.every({ name: 'eager', everyMs: 1000, atOnce: true, run: () => void times.push(clock.monotonic()) })
    expect(times).toEqual([0])
    await clock.advanceAsync(2500)
    expect(times).toEqual([0, 1000, 2000])
  })

  it('keeps to its grid when a run takes long, and never runs twice at once', async () => {
    const { clock, scheduler } = setUp()
    const times: number[] = []
    let running = 0
    scheduler.every({
      name: 'slow', everyMs: 1000,
      run: async () => {
        times.push(clock.monotonic())
        running += 1
        expect(running).toBe(1)
        await new Promise<void>((resolve) => void clock.after(2300, resolve))
        running -= 1
      },
    })
    await clock.advanceAsync(8000)
    expect(times).toEqual([1000, 4000, 7000])
  })

  it('runs once, not once for each missed time, after the machine slept', async () => {
    const { clock, scheduler } = setUp()
    let runs = 0
    let asleep = 0
    scheduler.every({ name: 'tidy', everyMs: 1000, run: () => void (runs += 1) })
    const sleeper = setUp((inner) => ({ ...inner, monotonic: () => inner.monotonic() + asleep }))
    sleeper.scheduler.every({ name: 'tidy', everyMs: 1000, run: () => void (runs += 1) })
    asleep = 10 * 60_000
    await sleeper.clock.advanceAsync(1000)
    expect(runs).toBe(1)
    await sleeper.clock.advanceAsync(1000)
    expect(runs).toBe(2)
    expect(clock.pending()).toBe(1)
  })

  it('does not run twice for one due time when a timer fires a little early', async () => {
    const { clock, scheduler } = setUp((inner) => ({ ...inner, after: (ms, run) => inner.after(Math.max(0, ms - 0.4), run) }))
    let runs = 0
    scheduler.every({ name: 'tidy', everyMs: 1000, run: () => void (runs += 1) })
    await clock.advanceAsync(5000)
    expect(runs).toBe(5)
  })

  it('logs a failure and goes on', async () => {
    const { clock, scheduler, host } = setUp()
    scheduler.every({ name: 'bad', everyMs: 1000, run: () => { throw new Error('disk full') } })
    await clock.advanceAsync(2000)
    expect(scheduler.status('bad')).toMatchObject({ runs: 2, failures: 2 })
    expect(host.logText()).toContain('disk full')
  })

  it.each([[0], [-1], [NaN]])('refuses an interval of %d', (everyMs) => {
    expect(() => setUp().scheduler.every({ name: 'x', everyMs, run() {} })).toThrow(RangeError)
  })

  it('refuses a name twice, and a job after the stop', async () => {
    const { scheduler } = setUp()
    scheduler.every({ name: 'x', everyMs: 1, run() {} })
    expect(() => scheduler.every({ name: 'x', everyMs: 1, run() {} })).toThrow('x exists already')
    await scheduler.stop(never)
    expect(() => scheduler.every({ name: 'y', everyMs: 1, run() {} })).toThrow('stopped')
  })
})

describe('stop', () => {
  it('starts nothing more, tells running jobs and waits for them', async () => {
    const { clock, scheduler } = setUp()
    const finished = Promise.withResolvers<void>()
    let told = false
    scheduler.every({
      name: 'long', everyMs: 1000,
      run: async (signal) => {
        signal.addEventListener('abort', () => (told = true))
        await finished.promise
      },
    })
    await clock.advanceAsync(1000)
    let stopped = false
    const stop = scheduler.stop(never).then(() => (stopped = true))
    expect(told).toBe(true)
    await turn()
    expect(stopped).toBe(false)
    finished.resolve()
    await stop
    expect(clock.pending()).toBe(0)
    await clock.advanceAsync(10_000)
    expect(scheduler.status('long')?.runs).toBe(1)
  })

  it('gives up at the deadline and names the job', async () => {
    const { clock, scheduler, host } = setUp()
    scheduler.every({ name: 'stuck', everyMs: 1000, run: () => new Promise(() => {}) })
    await clock.advanceAsync(1000)
    const deadline = new AbortController()
    const stop = scheduler.stop(deadline.signal)
    deadline.abort()
    await stop
    expect(host.entries).toContainEqual({ level: 'warn', fields: { job: 'stuck' }, message: 'job still running at the shutdown deadline' })
    await setUp().scheduler.stop(AbortSignal.abort())
  })
})

it('uses no time but its clock\'s', async () => {
  const clock = createFakeClock()
  const { log } = createTestHost()
  createScheduler({ clock, log }).every({ name: 'x', everyMs: 5, run() {} })
  expect(clock.pending()).toBe(1)
})
