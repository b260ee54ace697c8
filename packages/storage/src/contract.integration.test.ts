import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tianjillm/core'
import { ledgerChecks, ledgerEntry } from '@tianjillm/spend/contract'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { openStorage, type Storage } from './index.ts'
import { retention } from './retention.ts'
import { createDatabase } from './test/server.ts'
import { testLog } from './test/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'storage-'))
const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const kinds = [
  { kind: 'embedded', url: undefined, raw: (): postgres.Sql => postgres({ path: join(folder, 'database/socket'), fetch_types: false, max: 1 }) },
  ...(server ? [{ kind: 'PostgreSQL', url: server.url, raw: (): postgres.Sql => postgres(server.url, { max: 1, onnotice: () => {} }) }] : []),
]

describe.each(kinds)('ledger on $kind', ({ url, raw }) => {
  const withStorage = async (work: (storage: Storage, sql: postgres.Sql) => Promise<void>): Promise<void> => {
    const { log } = testLog()
    const storage = openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log })
    const sql = raw()
    try {
      await storage.ready
      await sql`truncate spend_log, spend_daily`
      await work(storage, sql)
    } finally {
      await sql.end()
      await storage.close(AbortSignal.timeout(5000))
    }
  }

  it.each(ledgerChecks)('$name', ({ run }) => withStorage(async (storage) => {
    await expect(run({ ledger: storage.ledger, reader: storage.spend })).resolves.toBeUndefined()
  }))

  it('migrations that ran once do not run again, also when several start together', () => withStorage(async (storage, sql) => {
    const others = [0, 1].map(() => openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log: testLog().log }))
    await Promise.all(others.map(({ ready }) => ready))
    await Promise.all(others.map((other) => other.close(AbortSignal.timeout(5000))))
    expect(storage.state()).toBe('connected')
    expect(await sql`select count(*)::int as n from drizzle.__drizzle_migrations`).toEqual([{ n: 2 }])
  }))

  it('retention drops whole weeks, keeps the others and the aggregates, and old entries find a partition again', () => withStorage(async (storage) => {
    const old = ledgerEntry({ startedAt: Date.now() - 60 * 86_400_000 })
    const young = ledgerEntry({ startedAt: Date.now() - 86_400_000 })
    const flush = (): Promise<void> => storage.ledger.flush(AbortSignal.timeout(10_000))
    storage.ledger.append(old)
    storage.ledger.append(young)
    await flush()
    expect((await storage.tidy({ spendLogMs: 30 * 86_400_000 }))['spend_log']!.length).toBeGreaterThan(0)
    expect((await storage.spend.page({}, 10)).entries.map(({ id }) => id)).toEqual([young.id])
    expect((await storage.spend.sum('total', '')).requests).toBe(2)
    expect(await storage.tidy({ spendLogMs: 30 * 86_400_000 })).toEqual({})
    storage.ledger.append({ ...old, id: 'late' })
    await flush()
    expect((await storage.spend.page({}, 10)).entries.map(({ id }) => id)).toEqual([young.id, 'late'])
  }))

  it('what PostgreSQL cannot hold is cleaned, and an entry that it refuses keeps no other out', () => withStorage(async (storage) => {
    const odd = ledgerEntry({ endUser: 'a\0b', tags: ['\ud800'], metadata: { 'k\0': 'v\udc00' } })
    const impossible = ledgerEntry({ costNanoUsd: 1e300 })
    const fine = Array.from({ length: 9 }, () => ledgerEntry())
    for (const entry of [...fine.slice(0, 4), odd, impossible, ...fine.slice(4)]) storage.ledger.append(entry)
    await storage.ledger.flush(AbortSignal.timeout(10_000))
    const { entries } = await storage.spend.page({}, 100)
    expect(entries).toHaveLength(10)
    expect(entries.find(({ id }) => id === odd.id)).toMatchObject({ endUser: 'a\uFFFDb', tags: ['\uFFFD'], metadata: { 'k\uFFFD': 'v\uFFFD' } })
    expect(storage.ledger.stats()).toEqual({ queued: 0, inserted: 10, dropped: 1 })
    expect((await storage.spend.sum('total', '')).requests).toBe(10)
  }))

  it('LL#29342: every table has a rule that bounds it', () => withStorage(async (_storage, sql) => {
    const rows = await sql<{ name: string }[]>`select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'drizzle') and relkind in ('r', 'p') and not relispartition order by 1`
    expect(Object.keys(retention).toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  }))
})

it('several that open a new folder at once share its database, and none loses an entry', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'storage-'))
  const storages = [1, 2, 3].map(() => openStorage({ dataDir, clock: systemClock, log: testLog().log }))
  for (const { ledger } of storages) for (let i = 0; i < 5; i += 1) ledger.append(ledgerEntry())
  await Promise.all(storages.map(({ ledger }) => ledger.flush(AbortSignal.timeout(25_000))))
  expect((await storages[2]!.spend.sum('total', '')).requests).toBe(15)
  // Each of them may end first.
  for (const storage of storages) {
    storage.ledger.append(ledgerEntry())
    await storage.close(AbortSignal.timeout(10_000))
  }
  const last = openStorage({ dataDir, clock: systemClock, log: testLog().log })
  expect((await last.spend.sum('total', '')).requests).toBe(18)
  await last.close(AbortSignal.timeout(5000))
  rmSync(dataDir, { recursive: true, force: true })
})
