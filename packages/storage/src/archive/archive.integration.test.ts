import { gunzipSync } from 'node:zlib'
import { type ArchiveBook, type Archiver, createArchiver } from '@tianjillm/archive'
import { type Archive, GatewayError, systemClock } from '@tianjillm/core'
import { ledgerEntry } from '@tianjillm/spend/contract'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStorage, type Storage, weekOf } from '../index.ts'
import { testDatabases } from '../test/databases.ts'
import { testLog } from '../test/log.ts'

const DAY = 86_400_000
const { folder, kinds } = await testDatabases()
/** A Monday, some months ago. */
const OLD = weekOf(Date.now() - 100 * DAY).from

interface Manifest {
  readonly generation: number
  readonly rows: number
  readonly cost_nano_usd: number
  readonly parts: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
}

/** A cold store that keeps objects in memory. */
function createMemoryArchive(): Archive & { readonly objects: Map<string, Uint8Array>; lines(): readonly Record<string, unknown>[]; manifests(): readonly Manifest[] } {
  const objects = new Map<string, Uint8Array>()
  const named = (pattern: RegExp): readonly Uint8Array[] => [...objects].filter(([name]) => pattern.test(name)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, body]) => body)
  return {
    location: 'memory://cold', objects,
    put: async ({ name, body }) => void objects.set(name, Buffer.from(body)),
    get: async (name) => objects.get(name),
    lines: () => named(/\.ndjson\.gz$/).flatMap((body) => gunzipSync(body).toString().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)),
    manifests: () => named(/manifest\.json$/).map((body) => JSON.parse(Buffer.from(body).toString()) as Manifest),
  }
}

/** Stands for the end of the process. */
class Killed extends Error {}

/** The same, but the step of a number does not come back: it was done, or it was not. */
function killedAt<T extends object>(target: T, steps: { left: number }, done: boolean, names: readonly (keyof T)[]): T {
  return new Proxy(target, {
    get(object, name) {
      const value = Reflect.get(object, name) as unknown
      if (typeof value !== 'function' || !names.includes(name as keyof T)) return value
      return async (...given: unknown[]): Promise<unknown> => {
        steps.left -= 1
        if (steps.left < 0 || (steps.left === 0 && !done)) throw new Killed()
        const result: unknown = await (value as (...args: unknown[]) => Promise<unknown>).apply(object, given)
        if (steps.left === 0) throw new Killed()
        return result
      }
    },
  })
}
const bookSteps: readonly (keyof ArchiveBook)[] = ['claim', 'restart', 'bounds', 'takeOut', 'rows', 'addPart', 'exported', 'finish', 'failed', 'release']

describe.each(kinds)('the archive on $kind', ({ url, raw }) => {
  let storage: Storage
  let sql: postgres.Sql
  let store: ReturnType<typeof createMemoryArchive>
  const { log, lines: logged } = testLog()

  beforeAll(async () => {
    storage = openStorage({ ...(url !== undefined && { url }), dataDir: folder, clock: systemClock, log })
    await storage.ready
    sql = raw()
  })
  afterAll(async () => {
    await sql.end()
    await storage.close(AbortSignal.timeout(5000))
  })
  beforeEach(async () => {
    store = createMemoryArchive()
    await storage.tidy({ spendLogMs: 60 * DAY })
    await sql`truncate spend_log, spend_daily, spend_usage, spend_usage_month, spend_archives`
  })

  const archiver = (more: Partial<Parameters<typeof createArchiver>[0]> = {}): Archiver => createArchiver({ book: storage.archives, store, storageType: 'memory', afterMs: 60 * DAY, maxAttempts: 3, clock: systemClock, log, limits: { rows: 10, bytes: 1e6 }, ...more })
  const write = async (count: number, from = OLD, name = 'r'): Promise<readonly string[]> => {
    const ids = Array.from({ length: count }, (_, i) => `${name}-${String(i).padStart(4, '0')}`)
    ids.forEach((id, i) => storage.ledger.append(ledgerEntry({ id, startedAt: from + i * 60_000, costNanoUsd: i, tags: ['t'], endUser: 'e' })))
    await storage.ledger.flush(AbortSignal.timeout(20_000))
    return ids
  }
  const inLog = async (): Promise<readonly string[]> => (await storage.spend.page({}, 10_000)).entries.map(({ id }) => id).toSorted()
  const inStore = (): readonly unknown[] => store.lines().map(({ request_id: id }) => id)
  const records = async () => (await storage.archives.list({ limit: 100 })).records
  /** What a process held that ended is anybody's after a while. */
  const timePasses = (): Promise<unknown> => sql`update spend_archives set held_until = now() - interval '1 second'`

  it('old weeks go to the cold store, whole and in order, and the young stay; a second run does nothing', async () => {
    const old = await write(35)
    const young = await write(5, Date.now() - DAY, 'young')
    expect(await archiver().run()).toEqual({ archived: 1, failed: 0 })
    expect([await inLog(), inStore()]).toEqual([young, old])
    const before = new Map(store.objects)
    expect(await archiver().run()).toEqual({ archived: 0, failed: 0 })
    expect(store.objects).toEqual(before)
    expect([...store.objects.keys()]).toEqual([1, 2, 3, 4].map((n) => `spend_log/week=${new Date(OLD).toISOString().slice(0, 10)}/g01-part-0000${n}.ndjson.gz`).concat(`spend_log/week=${new Date(OLD).toISOString().slice(0, 10)}/_g01-manifest.json`))
    const [manifest] = store.manifests()
    expect(manifest).toMatchObject({ version: 1, rows: 35, cost_nano_usd: 34 * 35 / 2, generation: 1, from: new Date(OLD).toISOString(), to: new Date(OLD + 7 * DAY).toISOString(), format: 'ndjson', compression: 'gzip' })
    expect(manifest!.parts.map(({ rows }) => rows)).toEqual([10, 10, 10, 5])
    expect(await records()).toMatchObject([{ status: 'archived', from: OLD, to: OLD + 7 * DAY, generation: 1, entries: 35, costNanoUsd: 34 * 35 / 2, storageType: 'memory', location: 'memory://cold', attempts: 0, exportedAt: expect.any(Number) }])
  })

  it('a line has every column of the row, exactly', async () => {
    const entry = ledgerEntry({ id: 'whole', startedAt: OLD + 1, firstByteAt: OLD + 2, endedAt: OLD + 3, callId: 'c', keyHash: 'h', keyId: 'k', userId: 'u', teamId: 't', organizationId: 'o', endUser: 'e "quoted"\n', tags: ['a', 'ü'], costNanoUsd: 9_007_199_254_740_991, metadata: { text: 'x', number: 1.5, flag: true }, errorCode: 'internal', status: 'failure' })
    storage.ledger.append(entry)
    await storage.ledger.flush(AbortSignal.timeout(20_000))
    await archiver().run()
    const at = (ms: number): string => new Date(ms).toISOString()
    expect(store.lines()).toEqual([{
      request_id: 'whole', call_id: 'c', call_type: 'chat', status: 'failure', stream: false, started_at: at(OLD + 1), first_byte_at: at(OLD + 2), ended_at: at(OLD + 3), model: 'gpt', model_group: 'gpt', deployment_id: 'd1', provider: 'openai', api_base: 'https://api.example.com/v1',
      key_hash: 'h', key_id: 'k', user_id: 'u', team_id: 't', organization_id: 'o', end_user: 'e "quoted"\n', tags: ['a', 'ü'], has_usage: true, input_tokens: 10, cache_read_tokens: 0, cache_write_5m_tokens: 0, cache_write_1h_tokens: 0, input_audio_tokens: 0, input_image_tokens: 0, output_tokens: 5, reasoning_tokens: 0, output_audio_tokens: 0, output_image_tokens: 0,
      cost_nano_usd: 9_007_199_254_740_991, price_version: 'config', cache_hit: false, attempts: 1, error_code: 'internal', metadata: { text: 'x', number: 1.5, flag: true },
    }])
  })

  it('killed at every step, before and after it, and run again: no row is lost, none is there twice', async () => {
    for (const done of [false, true]) {
      for (let step = 1; ; step += 1) {
        const ids = await write(25)
        const steps = { left: step }
        const killed = archiver({ book: killedAt(storage.archives, steps, done, bookSteps), store: killedAt(store, steps, done, ['put', 'get']) })
        await killed.run().catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error
        })
        const reached = steps.left <= 0
        // Rows are in the database until all of them are in the cold store.
        const there = await inLog()
        expect([there.length === 0 ? inStore() : there], `step ${step}, ${done ? 'after' : 'before'}`).toEqual([ids])
        await timePasses()
        await archiver().run(true)
        expect([await inLog(), inStore(), store.manifests().map(({ rows }) => rows)], `step ${step}, ${done ? 'after' : 'before'}`).toEqual([[], ids, [25]])
        expect(await records()).toMatchObject([{ status: 'archived', entries: 25 }])
        store.objects.clear()
        await sql`truncate spend_archives, spend_daily, spend_usage, spend_usage_month`
        if (!reached) break
      }
    }
  }, 120_000)

  it('killed at every step of a further generation, too', async () => {
    for (const done of [false, true]) {
      for (let step = 1; ; step += 1) {
        const ids = await write(12)
        await archiver().run()
        await write(12)
        const late = await write(3, OLD + 1, 'late')
        const steps = { left: step }
        await archiver({ book: killedAt(storage.archives, steps, done, bookSteps), store: killedAt(store, steps, done, ['put', 'get']) }).run().catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error
        })
        await timePasses()
        await archiver().run(true)
        expect([await inLog(), inStore(), (await storage.spend.sum('total', '')).requests, (await records()).map(({ status, entries }) => [status, entries])], `step ${step}, ${done ? 'after' : 'before'}`).toEqual([[], [...ids, ...late], 15, [['archived', 12], ['archived', 3]]])
        store.objects.clear()
        await sql`truncate spend_archives, spend_daily, spend_usage, spend_usage_month`
        if (steps.left > 0) break
      }
    }
  }, 120_000)

  it('rows that come while their week is being exported are in the archive, once', async () => {
    const ids = await write(25)
    const late: string[] = []
    let puts = 0
    const put: Archive['put'] = async (object, signal) => {
      puts += 1
      // Before, among, and after what is exported already; and one after the manifest.
      if (puts === 2 || puts === 4) late.push(...(await write(1, OLD + puts, `late-${puts}`)))
      await store.put(object, signal)
    }
    expect(await archiver({ store: { ...store, put } }).run()).toEqual({ archived: 1, failed: 0 })
    expect(late).toHaveLength(2)
    expect([await inLog(), inStore().toSorted(), store.manifests().map(({ rows }) => rows)]).toEqual([[], [...ids, ...late].toSorted(), [27]])
    expect(await records()).toMatchObject([{ entries: 27, status: 'archived' }])
  })

  it('rows that come after their week was archived make a further generation, and the first stays as it is', async () => {
    const ids = await write(12)
    await archiver().run()
    const before = new Map(store.objects)
    const late = await write(3, OLD + 5000, 'late')
    expect(await inLog()).toEqual(late)
    expect(await archiver().run()).toEqual({ archived: 1, failed: 0 })
    expect([await inLog(), inStore()]).toEqual([[], [...ids, ...late]])
    for (const [name, body] of before) expect(store.objects.get(name), name).toEqual(body)
    expect((await records()).map(({ generation, entries }) => [generation, entries])).toEqual([[1, 12], [2, 3]])
    expect((await storage.spend.sum('total', '')).requests).toBe(15)
  })

  it('a journal that comes back with rows that are archived already: they are neither archived nor counted twice', async () => {
    const ids = await write(25)
    await archiver().run()
    const sums = () => Promise.all([storage.spend.sum('total', ''), storage.spend.sum('tag', 't'), storage.spend.usage({ from: '2000-01-01', to: '2100-01-01', counted: 'end_user', only: {}, by: [['day', 'entity']] }), storage.spend.usage({ from: '2000-01-01', to: '2100-01-01', counted: 'call', only: {}, by: [['modelGroup']] })])
    const before = await sums()
    const objects = new Map(store.objects)
    await write(25)
    expect(await sums()).not.toEqual(before)
    expect(await archiver().run()).toEqual({ archived: 1, failed: 0 })
    expect([await sums(), await inLog(), store.objects, await records()]).toEqual([before, [], objects, [expect.objectContaining({ generation: 1, entries: 25 })]])
    // Among them one that was never archived.
    await write(25)
    const late = await write(1, OLD + 90_001, 'late')
    await archiver().run()
    expect([await inLog(), inStore(), (await storage.spend.sum('total', '')).requests]).toEqual([[], [...ids, ...late], 26])
    expect(await storage.tidy({}), 'months are the sum of their days').toEqual({})
  })

  it('a journal that comes back while a further generation is written: what was not looked at is not archived', async () => {
    const ids = await write(25)
    await archiver().run()
    const late = await write(15, OLD + 1, 'late')
    let came = false
    const put: Archive['put'] = async (object, signal) => {
      // Before and behind what is written already.
      if (object.name.includes('g02') && !came) {
        came = true
        await write(25)
      }
      await store.put(object, signal)
    }
    expect(await archiver({ store: { ...store, put } }).run()).toEqual({ archived: 1, failed: 0 })
    expect([await inLog(), inStore(), (await storage.spend.sum('total', '')).requests]).toEqual([[], [...ids, ...late], 40])
    expect((await records()).map(({ entries }) => entries)).toEqual([25, 15])
  })

  it('several processes at once: each week is archived by one of them, once', async () => {
    const weeks = [0, 1, 2, 3].map((n) => OLD - n * 7 * DAY)
    const ids = (await Promise.all(weeks.map((from, n) => write(15, from, `w${n}`)))).flat()
    const runs = await Promise.all([1, 2, 3].map(() => archiver().run()))
    expect(runs.reduce((sum, { archived }) => sum + archived, 0)).toBe(4)
    expect([await inLog(), inStore().toSorted(), (await records()).map(({ status }) => status)]).toEqual([[], ids.toSorted(), Array.from({ length: 4 }, () => 'archived')])
  })

  it('who was held up too long finds that another took over, and changes nothing', async () => {
    const ids = await write(12)
    const { promise: stuck, resolve: goOn } = Promise.withResolvers<void>()
    const { promise: waiting, resolve: waits } = Promise.withResolvers<void>()
    const put: Archive['put'] = async (object, signal) => {
      waits()
      await stuck
      await store.put(object, signal)
    }
    const slow = archiver({ store: { ...store, put } }).run()
    await waiting
    expect(await archiver().run(true)).toEqual({ archived: 0, failed: 0 })
    await timePasses()
    expect(await archiver().run(true)).toEqual({ archived: 1, failed: 0 })
    goOn()
    expect(await slow).toEqual({ archived: 0, failed: 0 })
    expect([await inLog(), inStore()]).toEqual([[], ids])
    expect(await records()).toMatchObject([{ status: 'archived', entries: 12 }])
  })

  it('LL#31828: a store that fails is tried again, later and later; then the record waits for a replay, and nothing is dropped meanwhile', async () => {
    const ids = await write(12)
    const failing: Archive = { ...store, put: async () => { throw new GatewayError('upstream_permission', 'bucket logs: AccessDenied') } }
    expect(await archiver({ store: failing }).run()).toEqual({ archived: 0, failed: 1 })
    const [first] = await records()
    expect(first).toMatchObject({ status: 'exporting', attempts: 1, error: 'bucket logs: AccessDenied' })
    expect(first!.nextAttemptAt! - Date.now()).toBeGreaterThan(50_000)
    expect(await archiver({ store: failing }).run(), 'not before its time').toEqual({ archived: 0, failed: 0 })
    await archiver({ store: failing }).run(true)
    const second = (await records())[0]!.nextAttemptAt! - Date.now()
    expect(second).toBeGreaterThan(110_000)
    await archiver({ store: failing }).run(true)
    expect(await records()).toMatchObject([{ status: 'failed', attempts: 3, nextAttemptAt: undefined }])
    expect(logged.some(({ level, message }) => level === 'error' && message.includes('replay'))).toBe(true)
    expect(await archiver().run(true), 'dead').toEqual({ archived: 0, failed: 0 })
    expect(await inLog()).toEqual(ids)
    expect([await storage.archives.replay(first!.id), await storage.archives.replay('none')]).toEqual([true, false])
    expect(await archiver().run()).toEqual({ archived: 1, failed: 0 })
    expect([await inLog(), inStore()]).toEqual([[], ids])
    expect(await storage.archives.replay(first!.id), 'what is archived is not archived again').toBe(false)
  })

  it('a store that loses or changes what it was given keeps nothing from staying in the database', async () => {
    const ids = await write(12)
    for (const get of [async () => undefined, async () => Buffer.from('other')]) {
      expect(await archiver({ store: { ...store, get } }).run(true)).toEqual({ archived: 0, failed: 1 })
      expect(await inLog()).toEqual(ids)
    }
    expect(await archiver().run(true)).toEqual({ archived: 1, failed: 0 })
  })

  it('another store than before begins from the first row', async () => {
    const ids = await write(25)
    const steps = { left: 8 }
    await archiver({ book: killedAt(storage.archives, steps, true, bookSteps) }).run().catch(() => {})
    expect((await records())[0]!.parts.length).toBeGreaterThan(0)
    await timePasses()
    const other = { ...createMemoryArchive(), location: 'memory://other' }
    await archiver({ store: other }).run(true)
    expect(other.lines().map(({ request_id: id }) => id)).toEqual(ids)
    expect(await records()).toMatchObject([{ location: 'memory://other', entries: 25 }])
  })

  it('stopped, a run gives back what it had, and the next goes on from there at once', async () => {
    const ids = await write(25)
    let running: Archiver | undefined
    const put: Archive['put'] = async (object, signal) => {
      await store.put(object, signal)
      if (object.name.includes('part-00002')) void running!.stop(AbortSignal.timeout(1000))
    }
    running = archiver({ store: { ...store, put } })
    expect(await running.run()).toEqual({ archived: 0, failed: 0 })
    expect((await records())[0]).toMatchObject({ status: 'exporting', attempts: 0 })
    expect(await archiver().run()).toEqual({ archived: 1, failed: 0 })
    expect(inStore()).toEqual(ids)
  })

  it('sums of days and what was spent are the same after as before', async () => {
    await write(40)
    const all = () => Promise.all([
      storage.spend.usage({ from: '2000-01-01', to: '2100-01-01', counted: 'call', only: {}, by: [['day', 'modelGroup']] }), storage.spend.sum('total', ''), storage.spend.sum('tag', 't'),
      storage.spend.spent({ entity: 'total', id: '', since: OLD }), storage.spend.spent({ entity: 'end_user', id: 'e', since: 0 }),
    ])
    const before = await all()
    await archiver().run()
    await storage.tidy({})
    expect(await all()).toEqual(before)
  })

  it('part of a day whose rows are archived counts whole, also when a row of it comes late', async () => {
    await write(10)
    const since = OLD + 5 * 60_000
    const spent = () => storage.spend.spent({ entity: 'total', id: '', since })
    expect(await spent()).toBe(35)
    await archiver().run()
    expect(await spent()).toBe(45)
    storage.ledger.append(ledgerEntry({ startedAt: since + 1, costNanoUsd: 1000 }))
    expect(await spent()).toBe(1045)
  })

  it('within tells the ranges that a question touches, also those that a retention period dropped', async () => {
    await write(3)
    await write(4, OLD - 14 * DAY, 'dropped')
    await storage.tidy({ spendLogMs: Date.now() - OLD })
    await archiver().run()
    const within = async (from?: number, to?: number) => (await storage.archives.within({ from, to })).map(({ from: start, status, entries }) => [(OLD - start) / DAY, status, entries])
    expect(await within()).toEqual([[14, 'dropped', 4], [0, 'archived', 3]])
    expect(await within(OLD - 7 * DAY)).toEqual([[0, 'archived', 3]])
    expect(await within(OLD + 7 * DAY)).toEqual([])
    expect(await within(undefined, OLD)).toEqual([[14, 'dropped', 4]])
    expect(await within(undefined, OLD + 1)).toEqual([[14, 'dropped', 4], [0, 'archived', 3]])
    expect(await within(OLD + 7 * DAY - 1, OLD + 8 * DAY)).toEqual([[0, 'archived', 3]])
  })

  it('SC-007: a million rows an hour, and far more', async () => {
    const { table, from, to } = weekOf(OLD)
    await sql.unsafe(`create table if not exists ${table} partition of spend_log for values from ('${new Date(from).toISOString()}') to ('${new Date(to).toISOString()}')`)
    const rows = 20_000
    await sql.unsafe(`insert into spend_log (request_id, call_type, status, stream, started_at, ended_at, model, has_usage, cost_nano_usd, cache_hit, attempts) select 'r' || i, 'chat', 'success', false, '${new Date(from).toISOString()}'::timestamptz + i * interval '1 s', '${new Date(from).toISOString()}'::timestamptz, 'gpt', true, i, false, 1 from generate_series(1, ${rows}) i`)
    const began = performance.now()
    await createArchiver({ book: storage.archives, store, storageType: 'memory', afterMs: 60 * DAY, maxAttempts: 3, clock: systemClock, log }).run()
    const perHour = (rows / (performance.now() - began)) * 3_600_000
    expect([inStore().length, (await records())[0]!.status]).toEqual([rows, 'archived'])
    expect(perHour).toBeGreaterThan(1_000_000)
  }, 120_000)

  it('what was begun when nothing is to be archived any more goes with its rows', async () => {
    await write(25)
    const steps = { left: 8 }
    await archiver({ book: killedAt(storage.archives, steps, true, bookSteps) }).run().catch(() => {})
    expect((await records())[0]).toMatchObject({ status: 'exporting' })
    await storage.tidy({ spendLogMs: 60 * DAY })
    expect(await records()).toMatchObject([{ status: 'dropped', entries: 25 }])
    expect(await archiver().run(true)).toEqual({ archived: 0, failed: 0 })
  })

  // The embedded database has one session: nobody reads while another works.
  it.runIf(url)('a reader that holds the week is not cut off, and nobody waits behind it for long', async () => {
    const ids = await write(5)
    await sql.begin(async (tx) => {
      await tx`select count(*) from spend_log`
      const began = performance.now()
      expect(await archiver().run()).toEqual({ archived: 0, failed: 0 })
      expect(performance.now() - began).toBeLessThan(10_000)
      expect(await inLog()).toEqual(ids)
    })
    await archiver().run()
    expect([await inLog(), inStore()]).toEqual([[], ids])
  })

  it('a week without rows leaves nothing behind', async () => {
    const { table, from, to } = weekOf(OLD)
    await sql.unsafe(`create table if not exists ${table} partition of spend_log for values from ('${new Date(from).toISOString()}') to ('${new Date(to).toISOString()}')`)
    await archiver().run()
    expect([await records(), (await sql`select to_regclass(${table}) as there`)[0]]).toEqual([[], { there: null }])
  })
})
