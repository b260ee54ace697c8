import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerEntry } from '@tianjillm/spend'
import { ledgerEntry } from '@tianjillm/spend/contract'
import { createFakeClock } from '@tianjillm/test-kit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { testLog } from '../test/log.ts'
import { BufferedLedger, type BufferedLedgerOptions } from './buffered-ledger.ts'
import { Journal } from './journal.ts'
import { parse, type WrittenRows } from './written-rows.ts'

/** A database that the test takes away, or makes refuse. */
class Table {
  readonly batches: (readonly string[])[] = []
  attempts = 0
  away = false
  refused = new Set<string>()
  insert = async (rows: readonly WrittenRows[]): Promise<number> => {
    const ids = rows.flatMap(({ frame }) => parse(frame).map((row) => row['request_id'] as string))
    this.attempts += 1
    if (this.away) throw new Error('connect ECONNREFUSED')
    if (ids.some((id) => this.refused.has(id))) throw Object.assign(new Error('out of range'), { code: '22003' })
    const known = new Set(this.ids())
    this.batches.push(ids)
    return ids.filter((id) => !known.has(id)).length
  }
  ids(): string[] {
    return this.batches.flat()
  }
}

describe('buffered ledger', () => {
  let folder: string
  let table: Table
  let logged: ReturnType<typeof testLog>
  let clock: ReturnType<typeof createFakeClock>
  const journal = (): Journal => new Journal({ folder, sync: 'os', maxBytes: 1e9, log: logged.log })
  const make = (more: Partial<BufferedLedgerOptions> = {}): BufferedLedger =>
    new BufferedLedger({ insert: table.insert, isRefusal: (error) => (error as { code?: string }).code === '22003', clock, log: logged.log, ...more })
  const entries = (count: number): LedgerEntry[] => Array.from({ length: count }, () => ledgerEntry())
  const soon = (): AbortSignal => AbortSignal.timeout(5000)
  const errors = (): string[] => logged.lines.filter(({ level }) => level === 'error').map(({ message }) => message)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-'))
    table = new Table()
    logged = testLog()
    clock = createFakeClock()
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('collects entries for an interval, and inserts them together and in order', async () => {
    const ledger = make({ intervalMs: 100 })
    const all = entries(7)
    for (const entry of all) ledger.append(entry)
    await clock.advanceAsync(99)
    expect(table.batches).toEqual([])
    await clock.advanceAsync(1)
    expect(table.batches).toEqual([all.map(({ id }) => id)])
  })

  it('lets what comes in during an insert wait for its own interval, unless that is a full batch', async () => {
    const first = Promise.withResolvers<void>()
    const ledger = make({
      intervalMs: 100, batchSize: 10,
      insert: async (rows) => {
        const added = await table.insert(rows)
        if (table.batches.length === 1) await first.promise
        return added
      },
    })
    for (const entry of entries(10)) ledger.append(entry)
    for (const entry of entries(3)) ledger.append(entry)
    first.resolve()
    await clock.advanceAsync(99)
    expect(table.batches.map(({ length }) => length)).toEqual([10])
    for (const entry of entries(4)) ledger.append(entry)
    await clock.advanceAsync(1)
    expect(table.batches.map(({ length }) => length)).toEqual([10, 7])
    await ledger.close(soon())
  })

  it('does not wait for the interval when a batch is full, and makes none larger', async () => {
    const ledger = make({ batchSize: 10 })
    for (const entry of entries(35)) ledger.append(entry)
    await ledger.flush(soon())
    expect(table.batches.map(({ length }) => length)).toEqual([10, 10, 10, 5])
  })

  it('writes the entries of a turn down together, before those who wait are told', async () => {
    const journaled = journal()
    const ledger = make({ journal: journaled, batchSize: 1000 })
    const order: string[] = []
    const write = vi.spyOn(journaled, 'append').mockImplementation((rows) => {
      order.push(`written ${rows.count}`)
      return Journal.prototype.append.call(journaled, rows)
    })
    entries(4).forEach((entry, i) => ledger.append(entry, () => order.push(`told ${i}`)))
    // One that comes alone does not wait; those that follow closely do.
    expect(order).toEqual(['written 1', 'told 0'])
    expect(ledger.stats().queued).toBe(4)
    order.length = 0
    // One that cannot wait takes the others with it.
    ledger.append(ledgerEntry())
    expect(order).toEqual(['written 4', 'told 1', 'told 2', 'told 3'])
    order.length = 0
    await new Promise<void>((resolve) => ledger.append(ledgerEntry(), resolve))
    expect(order).toEqual(['written 1'])
    write.mockRestore()
    await ledger.close(soon())
    expect(table.ids()).toHaveLength(6)
  })

  it('of entries that were written down together, the one that the database refuses is left out alone', async () => {
    const ledger = make({ journal: journal() })
    const all = entries(20)
    table.refused = new Set([all[7]!.id])
    for (const entry of all) ledger.append(entry, () => {})
    await ledger.flush(soon())
    expect(table.ids()).toEqual(all.map(({ id }) => id).filter((id) => !table.refused.has(id)))
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 19, dropped: 1 })
    await ledger.close(soon())
  })

  it('tries again, ever later, while the database is away, and tells once', async () => {
    const ledger = make({ intervalMs: 100 })
    table.away = true
    ledger.append(ledgerEntry())
    await clock.advanceAsync(100)
    await clock.advanceAsync(60_000)
    expect(table.attempts).toBeGreaterThan(5)
    expect(table.attempts).toBeLessThan(20)
    expect(errors()).toHaveLength(1)
    expect(ledger.stats()).toEqual({ queued: 1, inserted: 0, dropped: 0 })
    table.away = false
    await clock.advanceAsync(10_000)
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 1, dropped: 0 })
    expect(logged.lines.at(-1)!.message).toContain('back')
  })

  it('an entry that the database refuses is told and left out; the others go in', async () => {
    const ledger = make()
    const all = entries(50)
    table.refused = new Set([all[3]!.id, all[30]!.id])
    for (const entry of all) ledger.append(entry)
    await ledger.flush(soon())
    expect(table.ids()).toEqual(all.map(({ id }) => id).filter((id) => !table.refused.has(id)))
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 48, dropped: 2 })
    expect(errors()).toHaveLength(2)
  })

  it('memory is bounded: what has no room waits on disk, and comes after', async () => {
    const ledger = make({ journal: journal(), maxInMemory: 20, batchSize: 10 })
    table.away = true
    const all = entries(100)
    for (const entry of all) ledger.append(entry)
    expect(ledger.stats()).toEqual({ queued: 100, inserted: 0, dropped: 0 })
    table.away = false
    const flushed = ledger.flush(soon())
    await clock.advanceAsync(10_000)
    await flushed
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 100, dropped: 0 })
    expect(new Set(table.ids())).toEqual(new Set(all.map(({ id }) => id)))
    await ledger.close(soon())
  })

  it('without a journal what has no room is dropped, counted and told', () => {
    const ledger = make({ maxInMemory: 20 })
    table.away = true
    for (const entry of entries(100)) ledger.append(entry)
    expect(ledger.stats()).toMatchObject({ dropped: 80 })
    expect(errors()).toHaveLength(1)
  })

  it('what the database did not take before the end is inserted by the next start', async () => {
    const first = make({ journal: journal() })
    table.away = true
    const all = entries(30)
    for (const entry of all) first.append(entry)
    const late = new AbortController()
    const closed = first.close(late.signal)
    late.abort()
    await closed
    expect(logged.lines.at(-1)).toMatchObject({ level: 'warn', fields: { entries: 30 } })
    table.away = false
    const second = make({ journal: journal() })
    await clock.advanceAsync(200)
    await second.flush(soon())
    expect(table.ids()).toEqual(all.map(({ id }) => id))
    await second.close(soon())
    const third = make({ journal: journal() })
    await third.close(soon())
    expect(table.ids()).toHaveLength(30)
  })

  it('an end that is in time leaves nothing behind', async () => {
    const ledger = make({ journal: journal() })
    for (const entry of entries(30)) ledger.append(entry)
    await ledger.close(soon())
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 30, dropped: 0 })
  })

  it('entries whose cost is not known to all stay in the journal, and the next process tells of them', async () => {
    let settledUpTo = Number.NEGATIVE_INFINITY
    const ledger = make({ journal: journal(), settledUpTo: () => settledUpTo, intervalMs: 100 })
    ledger.append(ledgerEntry({ keyId: 'known' }))
    await clock.advanceAsync(100)
    settledUpTo = clock.monotonic()
    await clock.advanceAsync(100)
    ledger.append(ledgerEntry({ keyId: 'unknown' }))
    await clock.advanceAsync(100)
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 2, dropped: 0 })
    // Nothing of it is written again, and nobody waits for it.
    await ledger.flush(soon())
    await ledger.close(soon())
    expect(table.ids()).toHaveLength(2)
    const told: unknown[] = []
    const next = make({ journal: journal(), recovered: (left) => told.push(...left.map(({ keyId }) => keyId)) })
    await next.flush(soon())
    expect(told).toEqual(['unknown'])
    expect(next.stats()).toEqual({ queued: 0, inserted: 0, dropped: 0 })
    await next.close(soon())
    const last = make({ journal: journal(), recovered: (left) => told.push(...left) })
    await last.close(soon())
    expect(told).toEqual(['unknown'])
  })

  it('a journal that is half full lets go of what is in the database', async () => {
    const small = new Journal({ folder, sync: 'os', maxBytes: 4000, log: logged.log })
    const ledger = make({ journal: small, settledUpTo: () => Number.NEGATIVE_INFINITY, intervalMs: 100 })
    for (let i = 0; i < 50; i += 1) {
      ledger.append(ledgerEntry())
      await clock.advanceAsync(100)
    }
    expect(errors()).toEqual([])
    expect(ledger.stats()).toEqual({ queued: 0, inserted: 50, dropped: 0 })
    await ledger.close(soon())
  })

  it('flush waits for what was accepted before it, also by earlier processes, and not for what keeps coming', async () => {
    const before = make({ journal: journal() })
    table.away = true
    const left = entries(3)
    for (const entry of left) before.append(entry)
    const now = new AbortController()
    now.abort()
    await before.close(now.signal)
    table.away = false
    // Each insert is followed by another entry: there is no moment with nothing to write.
    let coming = true
    const ledger = make({ journal: journal(), insert: async (batch) => {
      const added = await table.insert(batch)
      if (coming) ledger.append(ledgerEntry())
      return added
    } })
    const mine = entries(2)
    for (const entry of mine) ledger.append(entry)
    await ledger.flush(soon())
    expect(table.ids()).toEqual(expect.arrayContaining([...left, ...mine].map(({ id }) => id)))
    coming = false
    await ledger.close(soon())
  })

  it('flush gives up when told to', async () => {
    const ledger = make()
    table.away = true
    ledger.append(ledgerEntry())
    const signal = new AbortController()
    const flushed = ledger.flush(signal.signal)
    signal.abort()
    await flushed
    expect(ledger.stats().queued).toBe(1)
  })
})
