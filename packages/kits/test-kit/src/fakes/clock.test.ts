import { describe, expect, it } from 'vitest'
import { createFakeClock, drive } from './clock.ts'

describe('createFakeClock', () => {
  it('stands still until it is moved', () => {
    const clock = createFakeClock(1000)
    expect([clock.now(), clock.monotonic(), clock.pending(), clock.next()]).toEqual([1000, 0, 0, undefined])
    clock.advance(250)
    expect([clock.now(), clock.monotonic()]).toEqual([1250, 250])
  })

  it('fires due timers in order, equal ones as they were set, each at its own time', () => {
    const clock = createFakeClock(0)
    const fired: string[] = []
    for (const [name, ms] of [['c', 30], ['a', 10], ['b1', 20], ['b2', 20], ['later', 41]] as const) clock.after(ms, () => fired.push(`${name}@${clock.now()}`))
    clock.advance(40)
    expect(fired).toEqual(['a@10', 'b1@20', 'b2@20', 'c@30'])
    expect([clock.pending(), clock.next()]).toEqual([1, 1])
  })

  it('fires timers that timers set, if they fall due in time', () => {
    const clock = createFakeClock(0)
    let ticks = 0
    const tick = (): void => { ticks += 1; clock.after(10, tick) }
    clock.after(10, tick)
    clock.advance(100)
    expect(ticks).toBe(10)
  })

  it('does not fire what was cancelled, before or after', () => {
    const clock = createFakeClock(0)
    let fired = 0
    const timer = clock.after(5, () => { fired += 1 })
    timer.cancel()
    timer.cancel()
    const other = clock.after(5, () => { fired += 1 })
    clock.advance(5)
    other.cancel()
    expect(fired).toBe(1)
  })

  it('lets promises run between timers with advanceAsync', async () => {
    const clock = createFakeClock(0)
    const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve))
    const seen: number[] = []
    const work = (async () => { for (let i = 0; i < 3; i++) { await pause(10); seen.push(clock.now()) } })()
    await clock.advanceAsync(30)
    await work
    expect(seen).toEqual([10, 20, 30])
  })

  it('jumps wall time without firing timers', () => {
    const clock = createFakeClock(0)
    let fired = false
    clock.after(10, () => { fired = true })
    clock.jump(3_600_000)
    expect([clock.now(), clock.monotonic(), fired]).toEqual([3_600_000, 0, false])
  })
})

describe('drive', () => {
  it('moves time to whatever comes next until the promise settles', async () => {
    const clock = createFakeClock(0)
    const done = (async () => {
      for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => clock.after(60_000, resolve))
      return clock.now()
    })()
    expect(await drive(done, clock)).toBe(300_000)
  })

  it('passes a rejection on, and gives up when nothing settles', async () => {
    const clock = createFakeClock(0)
    await expect(drive(Promise.reject(new Error('no')), clock)).rejects.toThrow('no')
    await expect(drive(new Promise(() => {}), clock, { deadlineMs: 5 })).rejects.toThrow('Nothing settled')
  })
})
