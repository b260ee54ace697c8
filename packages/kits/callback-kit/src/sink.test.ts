import type { CallRecord } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { advance, callRecord, never, testHost, turns } from './__fixtures__/double.ts'
import { SendError } from './send-error.ts'
import { createSink, type SinkOptions } from './sink.ts'

const ids = (records: readonly CallRecord[]): string[] => records.map(({ id }) => id)
const busy = (details: Partial<ConstructorParameters<typeof SendError>[1]> = {}): SendError => new SendError('busy', { retryable: true, status: 503, ...details })

/** A sink of records whose sends are listed; `answers` says how each goes. */
function setUp(options: Partial<SinkOptions<CallRecord>> = {}, answers: (unknown | (() => Promise<unknown>))[] = []) {
  const host = testHost()
  const sends: string[][] = []
  const signals: AbortSignal[] = []
  const sink = createSink<CallRecord>({
    name: 'test',
    host,
    map: (record) => record,
    send: async (items, signal) => {
      sends.push(ids(items))
      signals.push(signal)
      const answer = answers.shift()
      if (typeof answer === 'function') return answer() as Promise<undefined>
      if (answer !== undefined) throw answer
    },
    random: () => 0.5,
    ...options,
  })
  const put = (...names: string[]): void => names.forEach((id) => sink.record(callRecord({ id })))
  return { host, clock: host.clock, sends, signals, sink, put }
}

const hang = () => new Promise<never>(() => {})

describe('record', () => {
  it('neither maps nor sends before it returns', async () => {
    let mapped = 0
    const { sink, sends, put } = setUp({ maxItems: 1, map: (record) => (mapped++, record) })
    put('a')
    await Promise.resolve()
    expect([mapped, sends.length]).toEqual([0, 0])
    await turns()
    expect([mapped, sends.length]).toEqual([1, 1])
    expect(sink.stats()).toEqual({ queued: 0, sent: 1, dropped: 0 })
  })

  it('loses only the record whose mapping throws, and says so once a minute without its message', async () => {
    const { sink, sends, clock, host, put } = setUp({ maxItems: 2, map: (record) => { if (record.id.startsWith('bad')) throw new RangeError('secret words'); return record } })
    put('bad-1', 'a', 'bad-2', 'b')
    await turns()
    expect(sends).toEqual([['a', 'b']])
    expect(sink.stats()).toEqual({ queued: 0, sent: 2, dropped: 2 })
    const told = host.entries.filter(({ message }) => message.includes('map'))
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told)).not.toContain('secret words')
    expect(told[0]?.fields).toMatchObject({ error: expect.stringContaining('RangeError') })
    await advance(clock, 60_000)
    put('bad-3', 'c')
    await turns()
    expect(host.entries.filter(({ message }) => message.includes('map'))[1]?.fields).toMatchObject({ repeated: 1 })
  })

  it('passes over records that map to nothing, without counting them', async () => {
    const { sink, sends, put } = setUp({ maxItems: 2, map: (record) => (record.id === 'skip' ? undefined : record) })
    put('skip', 'skip', 'skip')
    await turns()
    expect(sends).toEqual([])
    expect(sink.stats()).toEqual({ queued: 0, sent: 0, dropped: 0 })
  })

  it('hides texts from a mapping that did not ask for them', async () => {
    const seen: CallRecord[] = []
    for (const needs of [{}, { text: true }]) {
      const { sink } = setUp({ maxItems: 1, needs, map: (record) => (seen.push(record), record) })
      sink.record(callRecord({ text: { request: 'private' } }))
      await turns()
    }
    expect(seen.map(({ text }) => text?.request)).toEqual([undefined, 'private'])
  })
})

describe('batches', () => {
  it('leave when full, and the rest when the oldest record is old enough', async () => {
    const { clock, sends, put } = setUp({ maxItems: 3, maxAgeMs: 1000 })
    put('a', 'b')
    await advance(clock, 600)
    put('c', 'd')
    await turns()
    expect(sends).toEqual([['a', 'b', 'c']])
    await advance(clock, 999)
    expect(sends).toHaveLength(1)
    await advance(clock, 1)
    expect(sends).toEqual([['a', 'b', 'c'], ['d']])
  })

  it('are cut by bytes; an item above the limit goes alone', async () => {
    const { sends, sink } = setUp({ maxBytes: 4000, needs: { text: true } })
    const put = (id: string, length: number): void => sink.record(callRecord({ id, text: { request: 'x'.repeat(length) } }))
    put('a', 1000)
    put('b', 1000)
    put('big', 9000)
    put('c', 1000)
    await sink.flush(never)
    expect(sends).toEqual([['a', 'b'], ['big'], ['c']])
  })

  it('are under way at most `concurrency` at a time', async () => {
    const first = Promise.withResolvers<void>()
    const { sends, put } = setUp({ maxItems: 1, concurrency: 2 }, [() => first.promise, hang])
    put('a', 'b', 'c', 'd')
    await turns()
    expect(sends).toEqual([['a'], ['b']])
    first.resolve()
    await turns()
    expect(sends).toEqual([['a'], ['b'], ['c'], ['d']])
  })
})

describe('a full queue', () => {
  it('drops the oldest waiting record, never one under way', async () => {
    const { sink, sends, host, put } = setUp({ maxItems: 2, concurrency: 1, queueLimit: 4 }, [hang])
    put('a', 'b')
    await turns()
    put('c', 'd', 'e')
    expect(sink.stats()).toEqual({ queued: 4, sent: 0, dropped: 1 })
    expect(sends).toEqual([['a', 'b']])
    expect(host.entries.map(({ message }) => message)).toContain('A callback\'s queue is full: its target is slower than the traffic. Records are dropped.')
  })

  it('delivers the newest once the target is back', async () => {
    const gate = Promise.withResolvers<void>()
    const { sink, sends, put } = setUp({ maxItems: 2, concurrency: 1, queueLimit: 4 }, [() => gate.promise])
    put('a', 'b')
    await turns()
    put('c', 'd', 'e')
    gate.resolve()
    await turns()
    expect(sends).toEqual([['a', 'b'], ['d', 'e']])
    expect(sink.stats()).toEqual({ queued: 0, sent: 4, dropped: 1 })
  })

  it('drops the new record when nothing waits that could make room', async () => {
    const { sink, put } = setUp({ maxItems: 2, concurrency: 1, queueLimit: 2 }, [hang])
    put('a', 'b')
    await turns()
    put('c')
    expect(sink.stats()).toEqual({ queued: 2, sent: 0, dropped: 1 })
  })

  it('is bounded by bytes too; one record above the bound does not empty it', async () => {
    const { sink, sends } = setUp({ queueBytes: 10_000, needs: { text: true } })
    const put = (id: string, length: number): void => sink.record(callRecord({ id, text: { request: 'x'.repeat(length) } }))
    put('a', 3000)
    put('b', 3000)
    put('huge', 20_000)
    expect(sink.stats()).toEqual({ queued: 2, sent: 0, dropped: 1 })
    put('c', 3000)
    await sink.flush(never)
    expect(sends).toEqual([['b', 'c']])
  })
})

describe('retries', () => {
  it('wait with exponential full jitter, then give up and count', async () => {
    const { clock, sink, sends, put } = setUp({ maxItems: 1, retry: { attempts: 4, baseMs: 1000, maxMs: 3000 } }, [busy(), busy(), busy(), busy()])
    put('a')
    await turns()
    // Half of 1000, 2000 and 3000 (capped), as random says 0.5.
    for (const [wait, count] of [[499, 1], [1, 2], [999, 2], [1, 3], [1499, 3], [1, 4]] as const) {
      await advance(clock, wait)
      expect(sends).toHaveLength(count)
    }
    expect(sink.stats()).toEqual({ queued: 0, sent: 0, dropped: 1 })
  })

  it('send the same items again', async () => {
    const { clock, sends, put } = setUp({ maxItems: 2 }, [busy()])
    put('a', 'b')
    await advance(clock, 1000)
    expect(sends).toEqual([['a', 'b'], ['a', 'b']])
  })

  it('wait at least as long as the target asked, and not for ever', async () => {
    const { clock, sends, put } = setUp({ maxItems: 1 }, [busy({ retryAfterMs: 7000 }), busy({ retryAfterMs: 86_400_000 })])
    put('a')
    await advance(clock, 6999)
    expect(sends).toHaveLength(1)
    await advance(clock, 1000)
    expect(sends).toHaveLength(2)
    await advance(clock, 301_000)
    expect(sends).toHaveLength(3)
  })

  it('are not made for what will not be taken', async () => {
    const { clock, sink, sends, host, put } = setUp({ maxItems: 1 }, [new SendError('POST to logs.test was answered with 401.', { retryable: false, status: 401 })])
    put('a')
    await advance(clock, 100_000)
    expect(sends).toHaveLength(1)
    expect(sink.stats().dropped).toBe(1)
    expect(host.entries[0]?.fields).toMatchObject({ callback: 'test', dropped: 1, status: 401, reason: 'POST to logs.test was answered with 401.' })
  })

  it('are not made for a fault in the integration, whose words are not logged', async () => {
    const { clock, sends, host, put } = setUp({ maxItems: 1 }, [new SyntaxError('Unexpected token in "private"')])
    put('a')
    await advance(clock, 100_000)
    expect(sends).toHaveLength(1)
    expect(host.entries[0]?.fields).toMatchObject({ reason: expect.stringContaining('SyntaxError') })
    expect(JSON.stringify(host.entries)).not.toContain('private')
  })

  it('try only what the target did not take', async () => {
    const records = ['a', 'b', 'c'].map((id) => callRecord({ id }))
    const { clock, sink, sends } = setUp({ maxItems: 3 }, [busy({ unsent: [records[1]] })])
    records.forEach((record) => sink.record(record))
    await advance(clock, 1000)
    expect(sends).toEqual([['a', 'b', 'c'], ['b']])
    expect(sink.stats()).toEqual({ queued: 0, sent: 3, dropped: 0 })
  })

  it('halve a batch that is too large, down to the one item that is dropped', async () => {
    const host = testHost()
    const sends: string[][] = []
    const sink = createSink<CallRecord>({
      name: 'test', host, maxItems: 4, map: (record) => record,
      send: async (items) => {
        sends.push(ids(items))
        if (ids(items).includes('big')) throw new SendError('too large', { retryable: false, tooLarge: true, status: 413 })
      },
    })
    for (const id of ['a', 'big', 'c', 'd']) sink.record(callRecord({ id }))
    await turns()
    expect(sends).toEqual([['a', 'big', 'c', 'd'], ['a', 'big'], ['a'], ['big'], ['c', 'd']])
    expect(sink.stats()).toEqual({ queued: 0, sent: 3, dropped: 1 })
  })

  it('follow an attempt that hangs, whose signal fires', async () => {
    const { clock, sends, signals, put } = setUp({ maxItems: 1, sendTimeoutMs: 2000 }, [hang])
    put('a')
    await advance(clock, 2000)
    expect(signals[0]?.aborted).toBe(true)
    await advance(clock, 500)
    expect(sends).toHaveLength(2)
  })

  it('count what a target took and refused as dropped', async () => {
    const { sink, put } = setUp({ maxItems: 3 }, [async () => ({ refused: 2 })])
    put('a', 'b', 'c')
    await turns()
    expect(sink.stats()).toEqual({ queued: 0, sent: 1, dropped: 2 })
  })
})

describe('flush', () => {
  it('delivers what is queued without waiting for company', async () => {
    const { sink, sends, put } = setUp({ maxItems: 2 })
    put('a', 'b', 'c')
    await sink.flush(never)
    expect(sends).toEqual([['a', 'b'], ['c']])
  })

  it('is over when the records before it are, whatever comes after', async () => {
    const gate = Promise.withResolvers<void>()
    const { sink, sends, put } = setUp({ maxItems: 2 }, [() => gate.promise, hang])
    put('a')
    const flushed = sink.flush(never)
    put('b', 'c')
    await turns()
    expect(sends).toEqual([['a'], ['b', 'c']])
    gate.resolve()
    await flushed
    expect(sink.stats()).toMatchObject({ queued: 2, sent: 1 })
  })

  it('cuts a wait for the next attempt short, but not one that the target asked for', async () => {
    const { sink, sends, put } = setUp({ maxItems: 1, retry: { baseMs: 60_000, maxMs: 60_000 } }, [busy()])
    put('a')
    await turns()
    await sink.flush(never)
    expect(sends).toEqual([['a'], ['a']])
    const asked = setUp({ maxItems: 1 }, [busy({ retryAfterMs: 9000 })])
    asked.put('a')
    await turns()
    const flushed = asked.sink.flush(never)
    await turns()
    expect(asked.sends).toHaveLength(1)
    await advance(asked.clock, 10_000)
    await flushed
  })

  it('gives up at its signal and keeps the records', async () => {
    const { sink, put } = setUp({ maxItems: 1 }, [hang])
    put('a')
    const deadline = new AbortController()
    const flushed = sink.flush(deadline.signal)
    deadline.abort()
    await flushed
    expect(sink.stats()).toEqual({ queued: 1, sent: 0, dropped: 0 })
  })
})

describe('close', () => {
  it('delivers the rest and leaves no timer', async () => {
    const { sink, sends, clock, put } = setUp()
    put('a', 'b')
    await sink.close(never)
    expect(sends).toEqual([['a', 'b']])
    expect(clock.pending()).toBe(0)
  })

  it('gives up at its signal: sends are aborted, the rest is counted as dropped, no timer is left', async () => {
    const { sink, clock, signals, host, put } = setUp({ maxItems: 1, concurrency: 1 }, [hang])
    put('a', 'b', 'c')
    await turns()
    const deadline = new AbortController()
    const closed = sink.close(deadline.signal)
    deadline.abort()
    await closed
    expect(signals[0]?.aborted).toBe(true)
    expect(sink.stats()).toEqual({ queued: 0, sent: 0, dropped: 3 })
    expect(host.entries.some(({ message }) => message.includes('closed before'))).toBe(true)
    expect(clock.pending()).toBe(0)
  })

  it('ends a wait for the next attempt', async () => {
    const { sink, clock, put } = setUp({ maxItems: 1 }, [busy({ retryAfterMs: 60_000 })])
    put('a')
    await turns()
    const deadline = new AbortController()
    const closed = sink.close(deadline.signal)
    deadline.abort()
    await closed
    expect(sink.stats().dropped).toBe(1)
    expect(clock.pending()).toBe(0)
  })

  it('may be called twice, and takes no record after it', async () => {
    const { sink, sends, put } = setUp()
    await Promise.all([sink.close(never), sink.close(never)])
    put('late')
    await turns()
    expect(sends).toEqual([])
    expect(sink.stats()).toEqual({ queued: 0, sent: 0, dropped: 1 })
  })
})
