import { systemClock } from '@tianjillm/core'
import type { LedgerEntry, UsageSheetQuery } from '@tianjillm/spend'
import { ledgerEntry } from '@tianjillm/spend/contract'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { openStorage, type Storage } from '../index.ts'
import { testDatabases } from '../test/databases.ts'
import { testLog } from '../test/log.ts'
import { dayOf } from './days.ts'
import { weekOf } from './partitions.ts'

const DAY = 86_400_000
/** Enough rows of a day that a sheet is made of it. */
const ROWS = 300
/** A Monday, some months ago. */
const OLD = weekOf(Date.now() - 100 * DAY).from
const { folder, kinds } = await testDatabases()

/** Everybody's days, with more than the report shows. */
const question: UsageSheetQuery = { from: dayOf(OLD), to: dayOf(Date.now() + DAY), counted: 'end_user', dimensions: ['modelGroup', 'key', 'entity'], sums: [['requests'], ['costNanoUsd'], ['promptTokens', 'completionTokens']] }

async function rowsOf(storage: Storage, query = question): Promise<readonly unknown[]> {
  const rows: { readonly day: string; readonly told: readonly string[]; readonly sums: readonly number[] }[] = []
  for await (const { day, rows: count, dimensions, sums } of storage.spend.usageSheets(query)) {
    for (let row = 0; row < count; row += 1) rows.push({ day, told: dimensions.map((column) => column.texts[column.rows[row]!]!), sums: sums.map((sum) => sum[row]!) })
  }
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

const requestsOf = (rows: readonly unknown[]): number => (rows as readonly { readonly sums: readonly number[] }[]).reduce((sum, { sums }) => sum + sums[0]!, 0)

/** A call of each of many customers, some with names that JSON escapes. */
const callsOf = (startedAt: number, count = ROWS, first = 0): readonly LedgerEntry[] => Array.from({ length: count }, (_, i) => ledgerEntry({ startedAt, endUser: i % 7 === 0 ? `"${first + i}\\ö` : `customer-${first + i}`, keyId: `key-${i % 5}`, modelGroup: `model-${i % 3}`, costNanoUsd: i + 1 }))

describe.each(kinds)('sheets of days that are over, on $kind', ({ kind, url, raw }) => {
  const open = (): Storage => openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log: testLog().log })
  const flush = (storage: Storage): Promise<void> => storage.ledger.flush(AbortSignal.timeout(20_000))
  const write = async (storage: Storage, entries: readonly LedgerEntry[]): Promise<void> => {
    for (const entry of entries) storage.ledger.append(entry)
    await flush(storage)
  }
  const withStorage = async (work: (storage: Storage, sql: postgres.Sql, sheets: () => Promise<readonly string[]>) => Promise<void>): Promise<void> => {
    const storage = open()
    const sql = raw()
    try {
      await storage.ready
      await sql`truncate spend_log, spend_daily, spend_usage, spend_usage_month, spend_archives`
      await work(storage, sql, async () => (await sql<{ day: string }[]>`select day::text as day from spend_usage_sheet order by 1`).map(({ day }) => day))
    } finally {
      await sql.end()
      await storage.close(AbortSignal.timeout(5000))
    }
  }

  it('are made once somebody asked, and answer as the rows do, in both orders, whatever is asked of them', () => withStorage(async (storage, sql, sheets) => {
    await write(storage, [...callsOf(OLD), ...callsOf(OLD + DAY, 5), ...callsOf(OLD + 2 * DAY), ...callsOf(Date.now())])
    const questions: readonly UsageSheetQuery[] = [question, { ...question, newestFirst: true }, { ...question, to: dayOf(OLD + 2 * DAY) }, { ...question, dimensions: ['user', 'provider'], sums: [['failures', 'cacheHits', 'requests']] }, { ...question, only: { key: ['key-1'] } }]
    const asked = async (): Promise<unknown> => Promise.all(questions.map((one) => rowsOf(storage, one)))
    const daysOf = async (one: UsageSheetQuery): Promise<readonly string[]> => {
      const days: string[] = []
      for await (const { day } of storage.spend.usageSheets(one)) days.push(day)
      return days
    }
    const before = await asked()
    // Neither a day of few rows, nor today.
    await expect.poll(sheets).toEqual([dayOf(OLD), dayOf(OLD + 2 * DAY)])
    expect(await asked()).toEqual(before)
    expect(await daysOf(questions[1]!)).toEqual((await daysOf(question)).toReversed())
    // They are what is read.
    await sql`update spend_usage_sheet set requests = replace(requests, '1', '2')`
    expect(requestsOf(await rowsOf(storage))).toBe(2 * ROWS + 5 + ROWS + 2 * ROWS)
  }))

  it('are made by whoever tidies, before anybody asks', () => withStorage(async (storage, _sql, sheets) => {
    await write(storage, [...callsOf(OLD), ...callsOf(OLD + DAY, 5), ...callsOf(Date.now())])
    await storage.tidy({})
    expect(await sheets()).toEqual([dayOf(OLD)])
    await storage.tidy({})
    expect(await sheets()).toEqual([dayOf(OLD)])
  }))

  it('are gone with a late call, with calls that an archive takes out, and with days that are dropped', () => withStorage(async (storage, sql, sheets) => {
    await write(storage, callsOf(OLD))
    const kept = async (): Promise<void> => {
      await rowsOf(storage)
      await expect.poll(sheets).toEqual([dayOf(OLD)])
    }
    await kept()
    await write(storage, callsOf(OLD + 1, 3))
    expect(await sheets()).toEqual([])
    expect(requestsOf(await rowsOf(storage))).toBe(ROWS + 3)
    await kept()
    expect(requestsOf(await rowsOf(storage))).toBe(ROWS + 3)
    // Calls of today leave it alone; so do calls that were there before.
    await write(storage, callsOf(Date.now(), 3))
    expect(await sheets()).toEqual([dayOf(OLD)])

    await storage.archives.plan(Date.now() - 30 * DAY)
    const record = (await storage.archives.claim('a', Date.now(), 60_000))!
    const claim = { id: record.id, holder: 'a' }
    const [first] = await storage.archives.rows(record, undefined, 1)
    expect(await storage.archives.takeOut(claim, record, [first!])).toBe(1)
    expect(await sheets()).toEqual([])
    expect(requestsOf(await rowsOf(storage))).toBe(ROWS + 3 + 3 - 1)
    await kept()
    await sql`delete from spend_usage where day = ${dayOf(OLD)}::text::date`
    expect(await sheets()).toEqual([])
    expect(requestsOf(await rowsOf(storage))).toBe(3)
  }))

  it('stay where a change is taken back', () => withStorage(async (storage, sql, sheets) => {
    await write(storage, callsOf(OLD))
    const before = await rowsOf(storage)
    await expect.poll(sheets).toEqual([dayOf(OLD)])
    const within: number[] = []
    await expect(sql.begin(async (tx) => {
      await tx`update spend_usage set requests = requests + 1`
      within.push((await tx`select from spend_usage_sheet`).length)
      throw new Error('taken back')
    })).rejects.toThrow('taken back')
    expect(within).toEqual([0])
    expect(await sheets()).toEqual([dayOf(OLD)])
    expect(await rowsOf(storage)).toEqual(before)
  }))

  it('tell what was written, whoever writes and asks at the same time', () => withStorage(async (storage, _sql, sheets) => {
    const other = open()
    await other.ready
    await write(storage, [...callsOf(OLD), ...callsOf(OLD + DAY)])
    let written = 2 * ROWS
    let begun = written
    const end = new AbortController()
    const writers = [storage, other].map(async (writer, index) => {
      for (let round = 0; round < 30; round += 1) {
        begun += 2
        await write(writer, [OLD, OLD + DAY].map((day) => ledgerEntry({ startedAt: day, endUser: `customer-${(round * 11 + index) % ROWS}`, costNanoUsd: 1 })))
        written += 2
      }
    })
    const seen: number[] = []
    const readers = [storage, other].map(async (reader) => {
      while (!end.signal.aborted) {
        const least = written
        const told = requestsOf(await rowsOf(reader))
        expect(told).toBeGreaterThanOrEqual(least)
        expect(told).toBeLessThanOrEqual(begun)
        seen.push(told)
      }
    })
    await Promise.all(writers).finally(() => end.abort())
    await Promise.all(readers)
    expect(seen.length).toBeGreaterThan(10)
    const after = await rowsOf(storage)
    expect(requestsOf(after)).toBe(written)
    await expect.poll(async () => {
      await rowsOf(storage)
      return sheets()
    }).toEqual([dayOf(OLD), dayOf(OLD + DAY)])
    expect(await rowsOf(other)).toEqual(after)
    await other.close(AbortSignal.timeout(5000))
  }))

  it.runIf(kind === 'PostgreSQL')('are made of what a writer that was first has committed', () => withStorage(async (storage, sql, sheets) => {
    await write(storage, callsOf(OLD))
    const writer = raw()
    const [waiting, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const change = writer.begin(async (tx) => {
      await tx`update spend_usage set requests = requests + 1`
      waiting.resolve()
      await go.promise
    })
    await waiting.promise
    expect(requestsOf(await rowsOf(storage))).toBe(ROWS)
    // It waits: the sheet would be of before.
    await expect.poll(async () => (await sql`select from pg_locks where relation = 'spend_usage_sheet'::regclass and not granted`).length, { interval: 5 }).toBe(1)
    go.resolve()
    await change
    await writer.end()
    await expect.poll(sheets).toEqual([dayOf(OLD)])
    expect(requestsOf(await rowsOf(storage))).toBe(2 * ROWS)
  }))
})
