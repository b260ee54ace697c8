import { createFakeClock, createTestHost } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { startJobs } from './jobs.ts'

it('warns once of what a callback lost, and again only of new losses', async () => {
  const clock = createFakeClock()
  const host = createTestHost({ clock })
  const stats = { queued: 0, sent: 5, dropped: 0 }
  const callback = { needs: {}, record: () => {}, flush: async () => {}, close: async () => {}, stats: () => stats }
  const jobs = startJobs(() => [{ name: 'hook', callback, hears: () => true }], clock, host.log)
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
