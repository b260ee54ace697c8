import { createFakeClock, createTestHost } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { startJobs } from './jobs.ts'

it('warns once of what a callback lost, and again only of new losses', async () => {
  const clock = createFakeClock()
  const host = createTestHost({ clock })
  const stats = { queued: 0, sent: 5, dropped: 0 }
  const callback = { needs: {}, record: () => {}, flush: async () => {}, close: async () => {}, stats: () => stats }
  const health = { look: async () => {} } as never
  const jobs = startJobs({ callbacks: () => [{ name: 'hook', callback, hears: () => true }], health, looksEveryMs: undefined, clock, log: host.log })
  await clock.advanceAsync(60_000)
  expect(host.entries).toHaveLength(0)
  stats.dropped = 3
  await clock.advanceAsync(120_000)
  stats.dropped = 4
  await clock.advanceAsync(60_000)
  expect(host.entries.map(({ fields }) => (fields as { lost: number }).lost)).toEqual([3, 1])
  await jobs.stop(new AbortController().signal)
  expect(clock.pending()).toBe(0)
})

it('looks after deployments at once, and from then on', async () => {
  const clock = createFakeClock()
  const host = createTestHost({ clock })
  const looks: number[] = []
  const health = { look: async () => void looks.push(clock.monotonic()) } as never
  const jobs = startJobs({ callbacks: () => [], health, looksEveryMs: 300_000, clock, log: host.log })
  await clock.advanceAsync(700_000)
  expect(looks).toEqual([0, 300_000, 600_000])
  await jobs.stop(new AbortController().signal)
})

it('archives at once, then each minute, and ends a run with the proxy', async () => {
  const clock = createFakeClock()
  const host = createTestHost({ clock })
  const runs: number[] = []
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  let run = async (): Promise<void> => void runs.push(clock.monotonic())
  const archiver = { run: () => run(), stop: async () => resolve() } as never
  const jobs = startJobs({ callbacks: () => [], health: {} as never, looksEveryMs: undefined, archiver, clock, log: host.log })
  await clock.advanceAsync(130_000)
  expect(runs).toEqual([0, 60_000, 120_000])
  run = () => stopped
  await clock.advanceAsync(60_000)
  await jobs.stop(AbortSignal.timeout(1000))
  expect([clock.pending(), host.entries]).toEqual([0, []])
})
