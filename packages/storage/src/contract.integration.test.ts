import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tianjillm/core'
import { ledgerChecks, ledgerEntry } from '@tianjillm/spend/contract'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import journal from '../drizzle/meta/_journal.json' with { type: 'json' }
import { openStorage, type Storage } from './index.ts'
import { retention } from './retention.ts'
import { testDatabases } from './test/databases.ts'
import { testLog } from './test/log.ts'

const DAY = 86_400_000
const { folder, kinds } = await testDatabases()

describe.each(kinds)('ledger on $kind', ({ url, raw }) => {
  const withStorage = async (work: (storage: Storage, sql: postgres.Sql) => Promise<void>): Promise<void> => {
    const { log } = testLog()
    const storage = openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log })
    const sql = raw()
    try {
      await storage.ready
      await sql`truncate spend_log, spend_daily, spend_usage, spend_usage_month`
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
    expect(await sql`select count(*)::int as n from drizzle.__drizzle_migrations`).toEqual([{ n: journal.entries.length }])
  }))

  it('LL#6895: several writers of the same aggregates never wait for each other in a circle', () => withStorage(async (storage) => {
    const logs = Array.from({ length: 4 }, () => testLog())
    const writers = logs.map(({ log }) => openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log }))
    const total = 4 * 600
    writers.forEach((writer, index) => {
      // Everybody writes on every aggregate, each in an order of its own.
      for (let i = 0; i < 600; i += 1) writer.ledger.append(ledgerEntry({ keyId: `key-${(i * (index + 3)) % 40}`, tags: [`tag-${(i * (index + 7)) % 20}`], modelGroup: `model-${(i * (index + 5)) % 10}`, costNanoUsd: 1 }))
    })
    await Promise.all(writers.map((writer) => writer.ledger.flush(AbortSignal.timeout(20_000))))
    expect(await storage.spend.sum('total', '')).toMatchObject({ requests: total, costNanoUsd: total })
    expect(logs.flatMap(({ lines }) => lines.filter(({ level }) => level === 'error'))).toEqual([])
    await Promise.all(writers.map((writer) => writer.close(AbortSignal.timeout(5000))))
  }))

  it('LL#16582: retention drops whole weeks, keeps the others and the aggregates, and old entries find a partition again', () => withStorage(async (storage) => {
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

  it('days past their time are rolled up, and what was spent stays spent: exact from every kept day on, never too little', () => withStorage(async (storage) => {
    const now = Date.now()
    const today = now - (now % DAY)
    const ages = [900, 800, 732, 700, 1, 0]
    ages.forEach((age, i) => storage.ledger.append(ledgerEntry({ keyId: 'old', startedAt: today - age * DAY, costNanoUsd: 10 ** i })))
    const spent = (age: number): Promise<number> => storage.spend.spent({ entity: 'key', id: 'old', since: age === Infinity ? 0 : today - age * DAY })
    expect(await spent(Infinity)).toBe(111_111)
    const { spend_daily: rolledUp } = await storage.tidy({})
    expect(rolledUp).toEqual([900, 800, 732].map((age) => new Date(today - age * DAY).toISOString().slice(0, 10)))
    expect((await storage.spend.sum('key', 'old')).requests).toBe(6)
    expect([await spent(Infinity), await spent(700), await spent(1), await spent(0)]).toEqual([111_111, 111_000, 110_000, 100_000])
    // Of what was rolled up all counts.
    expect(await spent(800)).toBe(111_111)
    // An entry that was late is added to the others.
    storage.ledger.append(ledgerEntry({ keyId: 'old', startedAt: today - 850 * DAY, costNanoUsd: 5 }))
    expect(await spent(Infinity)).toBe(111_116)
    await storage.tidy({})
    expect(await spent(Infinity)).toBe(111_116)
    expect(await storage.tidy({})).toEqual({})
  }))

  it('months are the sum of their days: also when days are dropped, or were written by a version that knew of no months', () => withStorage(async (storage, sql) => {
    const now = Date.now()
    for (const age of [760, 732, 731, 730, 400, 40, 0]) storage.ledger.append(ledgerEntry({ keyId: 'months', tags: ['m'], startedAt: now - age * DAY, costNanoUsd: 1 }))
    await storage.ledger.flush(AbortSignal.timeout(10_000))
    const total = async (counted: 'call' | 'tag'): Promise<number> => (await storage.spend.usage({ from: '2000-01-01', to: '2100-01-01', counted, only: { key: ['months'] }, by: [['key']] }))[0]![0]!.requests
    const months = async (): Promise<unknown> => (await sql`select counted, sum(requests)::int as requests, sum(cost_nano_usd)::int as cost from spend_usage_month group by 1 order by 1`).map((row) => ({ ...row }))
    expect([await total('call'), await total('tag'), await months()]).toEqual([7, 7, [{ counted: 'call', requests: 7, cost: 7 }, { counted: 'tag', requests: 7, cost: 7 }]])
    expect(Object.keys(await storage.tidy({}))).toEqual(expect.arrayContaining(['spend_usage', 'spend_usage_month']))
    expect([await total('call'), await months()]).toEqual([4, [{ counted: 'call', requests: 4, cost: 4 }, { counted: 'tag', requests: 4, cost: 4 }]])
    await sql`delete from spend_usage_month where counted = 'tag'`
    await sql`update spend_usage_month set requests = requests - 1`
    await storage.tidy({})
    expect([await total('call'), await total('tag'), await months()]).toEqual([4, 4, [{ counted: 'call', requests: 4, cost: 4 }, { counted: 'tag', requests: 4, cost: 4 }]])
    expect(await storage.tidy({})).toEqual({})
  }))

  it('months are there for the days that were there before them', () => withStorage(async (storage, sql) => {
    const now = Date.now()
    for (let i = 0; i < 50; i += 1) storage.ledger.append(ledgerEntry({ keyId: `k${i % 3}`, endUser: 'e', tags: [`t${i % 2}`], startedAt: now - i * 7 * DAY, costNanoUsd: i }))
    await storage.ledger.flush(AbortSignal.timeout(10_000))
    const rows = (): Promise<unknown> => sql`select * from spend_usage_month order by counted, month, entity, key_id`.then((found) => [...found])
    const before = await rows()
    await sql`drop table spend_usage_month`
    await sql`delete from drizzle.__drizzle_migrations where created_at = ${journal.entries.find(({ tag }) => tag === '0007_usage_by_month')!.when}`
    const later = openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log: testLog().log })
    await later.ready
    await later.close(AbortSignal.timeout(5000))
    expect(await rows()).toEqual(before)
  }))

  it('deployments have sums of the calls that were there before their sums', () => withStorage(async (storage, sql) => {
    const now = Date.now()
    for (let i = 0; i < 50; i += 1) storage.ledger.append(ledgerEntry({ deploymentId: `d${i % 3}`, modelGroup: `m${i % 2}`, startedAt: now - i * 7 * DAY, costNanoUsd: i, status: i % 5 === 0 ? 'failure' : 'success' }))
    await storage.ledger.flush(AbortSignal.timeout(10_000))
    const rows = (): Promise<unknown> => sql`select * from spend_daily where entity_kind = 'deployment' order by day, entity_id, model`.then((found) => [...found])
    const before = await rows()
    await sql`delete from spend_daily where entity_kind = 'deployment'`
    await sql`delete from drizzle.__drizzle_migrations where created_at = ${journal.entries.find(({ tag }) => tag.endsWith('_deployment_sums'))!.when}`
    const later = openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log: testLog().log })
    await later.ready
    await later.close(AbortSignal.timeout(5000))
    expect(await rows()).toEqual(before)
    expect(await storage.spend.spent({ entity: 'deployment', id: 'd1', since: 0 })).toBe(Array.from({ length: 50 }, (_, i) => i).filter((i) => i % 3 === 1).reduce((sum, i) => sum + i, 0))
  }))

  it('where the rows of a part of a day are gone, the whole day counts', () => withStorage(async (storage) => {
    const noon = Date.UTC(2026, 2, 4, 12)
    for (const [hours, costNanoUsd] of [[-6, 1], [6, 10], [30, 100]] as const) storage.ledger.append(ledgerEntry({ keyId: 'part', startedAt: noon + hours * 3_600_000, costNanoUsd }))
    const since = (): Promise<number> => storage.spend.spent({ entity: 'key', id: 'part', since: noon })
    expect(await since()).toBe(110)
    expect(Object.keys(await storage.tidy({ spendLogMs: 7 * DAY }))).toContain('spend_log')
    expect(await since()).toBe(111)
  }))

  it('changes of the directory are forgotten after a day, and later ones are heard all the same', () => withStorage(async (storage, sql) => {
    await sql`insert into directory_change (kind, id, at) values ('key', 'a', now() - interval '25 hours'), ('key', 'b', now())`
    expect(await storage.tidy({})).toMatchObject({ directory_change: ['1 changes'] })
    await sql`delete from directory_change`
    const told: unknown[] = []
    await storage.directory.keys.get('')
    storage.directory.subscribe((change) => told.push(change))
    await sql`insert into directory_change (kind, id) values ('key', 'c')`
    await expect.poll(() => told).toContainEqual({ kind: 'key', id: 'c' })
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
