import { systemClock } from '@tianjillm/core'
import { ledgerEntry } from '@tianjillm/spend/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStorage, type Storage } from '../index.ts'
import { testDatabases } from '../test/databases.ts'
import { testLog } from '../test/log.ts'
import { rowsOf } from '../test/rows.ts'
import { frameOf } from './frame.ts'
import { createInsert } from './insert.ts'
import { callRow } from './row-text.ts'
import { sharedRow } from './shared-members.ts'
import { readRows } from './written-rows.ts'

const { folder, kinds } = await testDatabases()

describe.each(kinds)('batches, on $kind', ({ url, raw }) => {
  let storage: Storage
  let sql: ReturnType<typeof raw>
  beforeAll(async () => {
    storage = openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log: testLog().log })
    await storage.ready
    sql = raw()
  })
  afterAll(async () => {
    await sql.end()
    await storage.close(AbortSignal.timeout(20_000))
  })
  const spent = async (keyId: string): Promise<number> => (await storage.spend.sum('key', keyId)).costNanoUsd

  it('a batch of which some rows are there already adds the others, once', async () => {
    const insert = createInsert(sql)
    const entries = Array.from({ length: 10 }, () => ledgerEntry({ keyId: 'some', costNanoUsd: 5 }))
    expect(await insert([rowsOf(...entries.slice(0, 4))])).toBe(4)
    expect(await insert([rowsOf(...entries.slice(2, 7)), rowsOf(...entries.slice(6))])).toBe(6)
    expect(await insert([rowsOf(...entries)])).toBe(0)
    expect(await spent('some')).toBe(50)
  })

  it('rows that an earlier version wrote whole are inserted as they were', async () => {
    const entries = [ledgerEntry({ keyId: 'whole', status: 'failure', stream: true, attempts: 3, costNanoUsd: 7, tags: ['a'] }), ledgerEntry({ keyId: 'whole', costNanoUsd: 8 })]
    const whole = readRows(frameOf(entries.map((entry) => JSON.stringify({ status: entry.status, stream: entry.stream, attempts: entry.attempts, cache_hit: entry.cacheHit, has_usage: entry.usage !== undefined, ...sharedRow(entry), ...defined(callRow(entry)) })).join(',')))
    expect(await createInsert(sql)([whole])).toBe(2)
    expect(await spent('whole')).toBe(15)
    const { entries: read } = await storage.spend.page({ keyId: 'whole' }, 10)
    expect(read.toSorted((a, b) => a.costNanoUsd! - b.costNanoUsd!)).toEqual(entries)
  })
})

const defined = (row: object): object => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
