import { GatewayError } from '@tianjillm/core'
import { createFakeClock, createTestHost } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { type ArchiveBook, type ArchiverOptions, type ArchiveRecord, createArchiver } from './index.ts'

const MINUTE = 60_000
const record: ArchiveRecord = { id: 'week', from: Date.UTC(2025, 0, 6), to: Date.UTC(2025, 0, 13), generation: 1, status: 'exporting', storageType: '', location: '', entries: 0, costNanoUsd: 0, parts: [], attempts: 0, error: undefined, nextAttemptAt: undefined, createdAt: 0, exportedAt: undefined }

/** A book with one record of one row, that does what it is told. What a real one does with all of it is tested where it is. */
function setUp(changes: Partial<ArchiveBook> = {}, options: Partial<ArchiverOptions> = {}) {
  const clock = createFakeClock()
  const host = createTestHost({ clock })
  const done: string[] = []
  let due: ArchiveRecord | undefined = record
  const failures: { error: string; retryAt: number | undefined }[] = []
  const unused = (): never => { throw new Error('not used') }
  const book: ArchiveBook = {
    list: async () => ({ records: [], total: 0 }), get: async () => undefined, within: async () => [], bounds: async () => undefined, takeOut: unused,
    plan: async (before) => void done.push(`plan ${clock.now() - before}`),
    claim: async () => {
      const given = due
      due = undefined
      return given
    },
    renew: async () => true,
    restart: async (_, { location }) => { done.push(`restart ${location}`); return true },
    rows: async (_, after) => (after ? [] : [{ startedAt: record.from, id: 'r', costNanoUsd: 5, line: '{}' }]),
    addPart: async (_, { name }) => { done.push(name); return true },
    exported: async () => { done.push('exported'); return true },
    finish: async () => { done.push('finish'); return 'archived' },
    failed: async (_, error, retryAt) => { failures.push({ error, retryAt }); return true },
    release: async () => void done.push('release'),
    replay: async () => true,
    ...changes,
  }
  const objects = new Map<string, Uint8Array>()
  const store = { location: 'memory://cold', put: async ({ name, body }: { name: string; body: Uint8Array }) => void objects.set(name, body), get: async (name: string) => objects.get(name) }
  const archiver = createArchiver({ book, store, storageType: 'memory', afterMs: 90 * 86_400_000, maxAttempts: 3, clock, log: host.log, ...options })
  return { archiver, clock, host, done, failures, objects, again: (next: Partial<ArchiveRecord>) => { due = { ...record, ...next } } }
}

describe('createArchiver', () => {
  it('writes the parts, then the manifest, then takes the rows out', async () => {
    const { archiver, done, objects, clock } = setUp()
    expect(await archiver.run()).toEqual({ archived: 1, failed: 0 })
    expect(done).toEqual([`plan ${90 * 86_400_000}`, 'restart memory://cold', 'spend_log/week=2025-01-06/g01-part-00001.ndjson.gz', 'exported', 'finish'])
    expect([...objects.keys()]).toEqual(['spend_log/week=2025-01-06/g01-part-00001.ndjson.gz', 'spend_log/week=2025-01-06/_g01-manifest.json'])
    expect(clock.pending()).toBe(0)
  })

  it('calls during a run wait for that one', async () => {
    const { archiver, done } = setUp()
    expect(await Promise.all([archiver.run(), archiver.run(true)])).toEqual([{ archived: 1, failed: 0 }, { archived: 1, failed: 0 }])
    expect(done.filter((step) => step.startsWith('plan'))).toHaveLength(1)
  })

  it('waits twice as long after each failure, an hour at most, and leaves it at the last', async () => {
    const { archiver, clock, failures, again } = setUp({}, { maxAttempts: 9, store: { location: 'memory://', put: async () => { throw new GatewayError('upstream_error', 'down') }, get: async () => undefined } })
    for (let attempts = 0; attempts < 9; attempts += 1) {
      again({ attempts })
      expect(await archiver.run()).toEqual({ archived: 0, failed: 1 })
    }
    expect(failures.map(({ retryAt }) => (retryAt === undefined ? undefined : (retryAt - clock.now()) / MINUTE))).toEqual([1, 2, 4, 8, 16, 32, 60, 60, undefined])
  })

  it('a store that lets nothing be written twice is not asked to: what is there is right', async () => {
    const objects = new Map<string, Uint8Array>()
    const put = async ({ name, body }: { name: string; body: Uint8Array }): Promise<void> => {
      if (objects.has(name)) throw new GatewayError('upstream_permission', 'The object is under a retention policy.')
      objects.set(name, body)
    }
    const store = { location: 'memory://', put, get: async (name: string) => objects.get(name) }
    const { archiver, again } = setUp({}, { store })
    for (let i = 0; i < 2; i += 1) {
      expect(await archiver.run()).toEqual({ archived: 1, failed: 0 })
      again({})
    }
    objects.set('spend_log/week=2025-01-06/g01-part-00001.ndjson.gz', Buffer.from('other'))
    expect(await archiver.run()).toEqual({ archived: 0, failed: 1 })
  })

  it('tells no words that are not ours', async () => {
    const { archiver, failures } = setUp({ rows: async () => { throw new Error('password=hunter2') } })
    await archiver.run()
    expect(failures[0]!.error).not.toContain('hunter2')
  })

  it('keeps what it holds while a store takes its time, and lets go when it is lost', async () => {
    for (const lost of [async () => false, async () => { throw new Error('away') }]) {
      let renewals = 0
      let renew: () => Promise<boolean> = async () => { renewals += 1; return true }
      const { promise, resolve } = Promise.withResolvers<AbortSignal>()
      const put = (_: unknown, signal: AbortSignal): Promise<void> => new Promise((_resolve, reject) => {
        resolve(signal)
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
      const { archiver, clock, done, failures } = setUp({ renew: () => renew() }, { store: { location: 'memory://', put, get: async () => undefined } })
      const running = archiver.run()
      const signal = await promise
      await clock.advanceAsync(5 * MINUTE)
      expect([renewals, signal.aborted]).toEqual([30, false])
      renew = lost
      await clock.advanceAsync(30_000)
      expect(signal.aborted).toBe(true)
      expect(await running).toEqual({ archived: 0, failed: 0 })
      expect([failures, done.includes('release'), clock.pending()]).toEqual([[], false, 0])
    }
  })

  it('stopped, it gives back what it holds', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const put = (_: unknown, signal: AbortSignal): Promise<void> => new Promise((_resolve, reject) => {
      resolve()
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
    const { archiver, done, failures, clock } = setUp({}, { store: { location: 'memory://', put, get: async () => undefined } })
    const running = archiver.run()
    await promise
    await archiver.stop(AbortSignal.timeout(1000))
    expect(await running).toEqual({ archived: 0, failed: 0 })
    expect([done.at(-1), failures, clock.pending()]).toEqual(['release', [], 0])
  })

  it('rows that keep on coming, and readers that do not go, are waited for without a failure', async () => {
    for (const ended of ['grown', 'busy'] as const) {
      const { archiver, done, failures } = setUp({ finish: async () => ended })
      expect(await archiver.run()).toEqual({ archived: 0, failed: 0 })
      expect([done.at(-1), failures]).toEqual(['release', []])
    }
  })
})
