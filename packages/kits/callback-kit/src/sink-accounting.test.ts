import type { CallRecord } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { advance, callRecord, never, testHost, turns } from './__fixtures__/double.ts'
import { SendError } from './send-error.ts'
import { createSink } from './sink.ts'

/** A small generator, so that a failure can be run again by its seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Totals {
  recorded: number
  filtered: number
  delivered: Map<string, number>
}

/** Records, waits, flushes and a moody target in random order; then a close. */
async function run(seed: number) {
  const random = randomOf(seed)
  const host = testHost()
  const totals: Totals = { recorded: 0, filtered: 0, delivered: new Map() }
  const sink = createSink<CallRecord>({
    name: 'test',
    host,
    maxItems: 1 + Math.floor(random() * 5),
    maxAgeMs: 100,
    queueLimit: 20,
    concurrency: 1 + Math.floor(random() * 3),
    sendTimeoutMs: 500,
    retry: { attempts: 3, baseMs: 50, maxMs: 200 },
    random,
    map: (record) => {
      if (record.tags?.[0] === 'throws') throw new Error('no')
      if (record.tags?.[0] !== 'filtered') return record
      totals.filtered++
      return undefined
    },
    send: async (items, signal) => {
      const mood = random()
      if (mood < 0.15) throw new SendError('busy', { retryable: true })
      if (mood < 0.25) throw new SendError('no', { retryable: false })
      if (mood < 0.35) throw new SendError('large', { retryable: false, tooLarge: true })
      if (mood < 0.4) return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      const refused = mood < 0.5 ? 1 : 0
      for (const { id } of items) totals.delivered.set(id, (totals.delivered.get(id) ?? 0) + 1)
      await turns(1)
      return { refused }
    },
  })
  const check = (): void => {
    const { queued, sent, dropped } = sink.stats()
    expect(queued + sent + dropped + totals.filtered, `seed ${seed}`).toBe(totals.recorded)
    expect(queued, `seed ${seed}`).toBeLessThanOrEqual(20)
  }
  for (let step = 0; step < 60; step++) {
    const choice = random()
    if (choice < 0.7) {
      for (let i = Math.floor(random() * 6); i >= 0; i--) {
        totals.recorded++
        sink.record(callRecord({ tags: [random() < 0.05 ? 'throws' : random() < 0.1 ? 'filtered' : 'plain'] }))
      }
    } else if (choice < 0.95) await advance(host.clock, Math.floor(random() * 300))
    else {
      const deadline = new AbortController()
      const flushed = sink.flush(deadline.signal)
      await advance(host.clock, 50)
      deadline.abort()
      await flushed
    }
    check()
  }
  const closed = sink.close(never)
  while (sink.stats().queued > 0) await advance(host.clock, 100)
  await closed
  check()
  return { sink, host, totals }
}

describe('whatever the target does', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('each record is queued, sent, dropped or filtered, exactly once (seed %i)', async (seed) => {
    const { sink, host, totals } = await run(seed)
    expect(sink.stats().queued).toBe(0)
    expect(host.clock.pending()).toBe(0)
    // Nothing that a target took was sent to it again.
    expect(Math.max(0, ...totals.delivered.values())).toBeLessThanOrEqual(1)
  })
})
