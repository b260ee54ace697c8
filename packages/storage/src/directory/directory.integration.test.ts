import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DirectoryChange } from '@tianjillm/auth'
import { directoryChecks, keyRecord } from '@tianjillm/auth/checks'
import { configurationChecks } from '@tianjillm/configuration/checks'
import { systemClock } from '@tianjillm/core'
import { cuttableWay } from '@tianjillm/test-kit'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStorage, type Storage } from '../index.ts'
import { testLog } from '../test/log.ts'
import { createDatabase } from '../testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'directory-'))
const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const open = (url?: string): Storage => openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log: testLog().log })
const close = (storage: Storage): Promise<void> => storage.close(AbortSignal.timeout(5000))

describe.each([{ kind: 'embedded', url: undefined }, ...(server ? [{ kind: 'PostgreSQL', url: server.url }] : [])])('the directory on $kind', ({ url }) => {
  let storage: Storage
  beforeAll(async () => {
    storage = open(url)
    await storage.ready
  })
  afterAll(() => close(storage))

  it.each(directoryChecks(() => storage.directory))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it.each(configurationChecks(() => ({ directory: storage.configuration, audit: storage.directory.audit })))('configuration: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('LL#5918: five hundred look-ups at once go through few connections, and all are answered', async () => {
    const record = keyRecord()
    await storage.directory.keys.insert(record)
    const found = await Promise.all(Array.from({ length: 500 }, () => storage.directory.keys.byHash(record.hash)))
    expect(found.every((one) => one?.id === record.id)).toBe(true)
    if (url === undefined) return
    const sql = postgres(url, { max: 1 })
    const [clients] = await sql<{ n: number }[]>`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'tianjillm'`
    await sql.end()
    expect(clients!.n).toBeLessThanOrEqual(7)
  })

  it('records are there for the next process', async () => {
    const record = keyRecord({ alias: 'kept', metadata: { odd: '\0' } })
    await storage.directory.keys.insert(record)
    await close(storage)
    storage = open(url)
    // No wait for the database: whoever asks first waits for it.
    expect(await storage.directory.keys.byHash(record.hash)).toEqual(record)
    expect(await storage.directory.keys.insert(keyRecord({ alias: 'kept' }))).toBe('taken')
  })

  it('every replica hears of a change of another within a second', async () => {
    const other = open(url)
    await other.directory.keys.get('')
    const told: DirectoryChange[] = []
    other.directory.subscribe((change) => told.push(change))
    for (let version = 1; version <= 5; version += 1) {
      const record = keyRecord()
      await storage.directory.keys.insert(record)
      const written = performance.now()
      await expect.poll(() => told.some((change) => change.kind === 'key' && change.id === record.id), { interval: 5, timeout: 5000 }).toBe(true)
      expect(performance.now() - written).toBeLessThan(1000)
      // What is told can be read.
      expect(await other.directory.keys.get(record.id)).toEqual(record)
    }
    await close(other)
  })
})

describe.runIf(server)('a PostgreSQL that goes away', () => {
  const url = new URL(server?.url ?? 'postgres://none')

  it.each(['cut', 'stall'] as const)('%s: look-ups and writes fail in words that say so, soon at once, and it is found again; what changed meanwhile is told then', async (how) => {
    await using way = await cuttableWay(Number(url.port || 5432))
    const through = new URL(url)
    through.host = `127.0.0.1:${way.port}`
    const storage = open(through.href)
    const near = open(url.href)
    const record = keyRecord()
    await near.directory.keys.insert(record)
    expect(await storage.directory.keys.get(record.id)).toEqual(record)
    const told: DirectoryChange[] = []
    storage.directory.subscribe((change) => told.push(change))

    await way[how]()
    await expect(storage.directory.keys.get(record.id)).rejects.toMatchObject({ code: 'no_db_connection', status: 503, type: 'no_db_connection' })
    expect(storage.state()).toBe('connecting')
    const began = performance.now()
    await expect(storage.directory.keys.insert(keyRecord())).rejects.toMatchObject({ code: 'no_db_connection' })
    await expect(storage.spend.spent({ entity: 'key', id: 'k', since: 0 })).rejects.toMatchObject({ code: 'no_db_connection' })
    expect(performance.now() - began).toBeLessThan(100)

    // Nobody hears this one.
    await near.directory.keys.update({ ...record, blocked: true, version: 2 })
    expect(told).toEqual([])
    await way.mend()
    await expect.poll(() => told.some((change) => change.kind === 'all' || change.id === record.id), { timeout: 15_000, interval: 20 }).toBe(true)
    expect((await storage.directory.keys.get(record.id))?.blocked).toBe(true)
    expect(storage.state()).toBe('connected')
    // And changes are heard again.
    told.splice(0)
    await near.directory.keys.delete(record.id)
    await expect.poll(() => told, { timeout: 5000 }).toContainEqual({ kind: 'key', id: record.id })
    await Promise.all([close(storage), close(near)])
  })

  it('behind a pooler that passes no calls on, changes are seen within a second', async () => {
    const storage = open(url.href)
    await storage.directory.keys.get('')
    const told: DirectoryChange[] = []
    storage.directory.subscribe((change) => told.push(change))
    const sql = postgres(url.href, { max: 1 })
    await sql`insert into directory_change (kind, id) values ('team', 'quiet')`
    await expect.poll(() => told, { timeout: 1000, interval: 10 }).toContainEqual({ kind: 'team', id: 'quiet' })
    await sql.end()
    await close(storage)
  })
})
