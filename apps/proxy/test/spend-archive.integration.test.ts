import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { systemClock } from '@tianjillm/core'
import { ledgerEntry } from '@tianjillm/spend/contract'
import { openStorage, weekOf } from '@tianjillm/storage'
import { createDatabase, type TestDatabase } from '@tianjillm/storage/testing'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { manage } from './management-client.ts'
import { S3_KEY, type S3Server, startS3Server } from './s3-server.ts'
import { MASTER_KEY, runCli, type RunningProxy, startProxy, writeConfig } from './start-proxy.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** A Monday, 15 weeks ago. */
const OLD = weekOf(Date.now() - 15 * WEEK).from
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

interface Line { readonly request_id: string; readonly cost_nano_usd: number; readonly started_at: string }
interface Archived { readonly from: string; readonly to: string; readonly status: string; readonly location?: string; readonly entries?: number }
interface ArchiveRow { readonly id: string; readonly date_from: string; readonly status: string; readonly entry_count: number; readonly attempts: number; readonly error: string | null; readonly storage_location: string; readonly manifest: string }

const pg = await createDatabase()
const available = pg !== undefined
await pg?.drop()

describe('the archive on the embedded database', () => void archiveTests('embedded'))
describe.runIf(available)('the archive on PostgreSQL', () => void archiveTests('PostgreSQL'))

function archiveTests(kind: 'embedded' | 'PostgreSQL'): void {
  let s3: S3Server
  let server: TestDatabase | undefined
  let dataDir: string
  let proxy: RunningProxy
  const { get, post, make } = manage(() => proxy)

  const general = (more: object = {}): object => ({ spend_archive: { type: 's3', after: '60d', s3_bucket_name: 'logs', s3_path: 'llm', s3_endpoint_url: s3.url, ...S3_KEY, ...more } })
  const start = async (settings: object = general(), wait = true): Promise<void> => {
    proxy = await startProxy({ database: server?.url ?? 'embedded', dataDir, config: { model_list: [], general_settings: settings } })
    if (wait) await proxy.logged(({ msg }) => msg === 'database connected')
  }
  /** Calls of weeks that are gone by, as replicas wrote them then. */
  const seed = async (weeks: number, each: number): Promise<readonly string[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'tianjillm-seed-'))
    const storage = openStorage({ ...(server ? { url: server.url } : {}), dataDir: server ? folder : dataDir, clock: systemClock, log: silent })
    const ids: string[] = []
    for (let week = 0; week < weeks; week += 1) {
      for (let i = 0; i < each; i += 1) {
        ids.push(`w${week}-${String(i).padStart(4, '0')}`)
        storage.ledger.append(ledgerEntry({ id: ids.at(-1)!, startedAt: OLD - week * WEEK + i * 1000, costNanoUsd: 1_000_000, teamId: 'old-team' }))
      }
    }
    for (let i = 0; i < 5; i += 1) storage.ledger.append(ledgerEntry({ id: `young-${i}`, startedAt: Date.now() - DAY + i, costNanoUsd: 1_000_000 }))
    await storage.ledger.flush(AbortSignal.timeout(30_000))
    await storage.close(AbortSignal.timeout(10_000))
    rmSync(folder, { recursive: true, force: true })
    return ids.toSorted()
  }
  const sql = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const client = server ? postgres(server.url, { max: 1, onnotice: () => {} }) : postgres({ path: join(dataDir, 'database/socket'), max: 1, fetch_types: false })
    return work(client).finally(() => client.end())
  }
  const objects = (): readonly string[] => (existsSync(s3.folder) ? readdirSync(s3.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('._S3rver_object')) : [])
  const lines = (): readonly Line[] => objects().filter((name) => name.includes('.ndjson.gz')).toSorted().flatMap((name) => gunzipSync(readFileSync(join(s3.folder, name))).toString().trimEnd().split('\n').map((line) => JSON.parse(line) as Line))
  const list = async (query = ''): Promise<readonly ArchiveRow[]> => (await get(`/spend/archives${query}`)).body['archives'] as readonly ArchiveRow[]
  const settled = async (weeks: number): Promise<void> => void (await expect.poll(async () => (await list('?status=archived')).length, { timeout: 20_000, interval: 50 }).toBe(weeks))
  const inLedger = async (): Promise<readonly string[]> => ((await get('/spend/logs?limit=1000')).body['data'] as { request_id: string }[]).map(({ request_id: id }) => id)

  beforeAll(async () => {
    s3 = await startS3Server()
  })
  afterAll(() => s3[Symbol.asyncDispose]())
  beforeEach(async () => {
    server = kind === 'PostgreSQL' ? await createDatabase() : undefined
    dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-archive-'))
    rmSync(join(s3.folder, 'llm'), { recursive: true, force: true })
  })
  afterEach(async () => {
    await proxy[Symbol.asyncDispose]()
    await server?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('moves old weeks to the bucket by itself; questions that reach into them say so, and sums stay', async () => {
    const ids = await seed(2, 30)
    await start({})
    const questions = ['/global/spend', `/global/activity?start_date=${dayOf(OLD)}&end_date=${dayOf(OLD + 6 * DAY)}`, `/spend/logs?start_date=${dayOf(OLD)}&end_date=${dayOf(OLD + WEEK)}`, '/spend/keys', '/global/spend/models']
    const before = await Promise.all(questions.map(async (path) => (await get(path)).body))
    await proxy[Symbol.asyncDispose]()
    await start()
    await settled(2)
    expect(lines().map(({ request_id: id }) => id).toSorted()).toEqual(ids)
    expect(await list()).toMatchObject([1, 0].map((week) => ({ date_from: dayOf(OLD - week * WEEK), date_to: dayOf(OLD - week * WEEK + WEEK), generation: 1, status: 'archived', storage_type: 's3', storage_location: 's3://logs/llm', entry_count: 30, spend: 0.03, attempts: 0, error: null, manifest: `spend_log/week=${dayOf(OLD - week * WEEK)}/_g01-manifest.json` })))
    const [first] = await list()
    expect((await get(`/spend/archives/${first!.id}`)).body['objects']).toMatchObject([{ entry_count: 30, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    expect(await Promise.all(questions.map(async (path) => (await get(path)).body))).toEqual(before)
    expect((await inLedger()).length).toBe(5)

    const days = `${dayOf(OLD - WEEK)}/${dayOf(OLD + WEEK)}`
    const ask = async (path: string, key = MASTER_KEY): Promise<{ status: number; days: string | null; place: string | null; body: unknown }> => {
      const reply = await proxy.fetch(path, { headers: { authorization: `Bearer ${key}` } })
      return { status: reply.status, days: reply.headers.get('x-tianjillm-archived'), place: reply.headers.get('x-tianjillm-archive-location'), body: await reply.json() }
    }
    const plain = await ask('/spend/logs')
    expect(plain).toMatchObject({ status: 200, days, place: 's3://logs/llm' })
    expect(plain.body, 'LiteLLM answers with a list').toHaveLength(5)
    expect(await ask(`/spend/logs?limit=2&team_id=old-team&start_date=${dayOf(OLD + DAY)}`)).toMatchObject({ days: `${dayOf(OLD)}/${dayOf(OLD + WEEK)}`, body: { data: [], next: null, archived: [{ from: dayOf(OLD), to: dayOf(OLD + WEEK), status: 'archived', location: 's3://logs/llm', entries: 30 }] } })
    expect(await ask(`/spend/logs/v2?start_date=${dayOf(OLD)}&end_date=${dayOf(Date.now() + DAY)}`)).toMatchObject({ days: `${dayOf(OLD)}/${dayOf(OLD + WEEK)}`, body: { total: 5, archived: [{ entries: 30 }] } })
    const none = await ask(`/spend/logs?limit=2&start_date=${dayOf(OLD + WEEK)}`)
    expect([none.days, Object.keys(none.body as object)]).toEqual([null, ['data', 'next']])
    expect(await ask(`/spend/logs/ui/${ids[0]}`)).toMatchObject({ status: 404, days, body: { error: { message: expect.stringContaining(`Calls of ${dayOf(OLD - WEEK)} to ${dayOf(OLD + WEEK)}`), param: 'request_id' } } })
    expect(await ask('/spend/logs/ui/young-1')).toMatchObject({ status: 200, days: null })
    expect(await ask(`/spend/logs?request_id=${ids[0]}`)).toMatchObject({ status: 200, days, body: [] })
    expect(await ask(`/requests/${ids[0]}/trace`)).toMatchObject({ status: 404, days })
    expect(await ask(`/global/activity/exceptions?model_group=gpt&start_date=${dayOf(OLD)}&end_date=${dayOf(OLD)}`)).toMatchObject({ status: 200, days: `${dayOf(OLD)}/${dayOf(OLD + WEEK)}` })

    const readBack = async (query: string): Promise<{ ids: readonly string[]; next: string | null }> => {
      const reply = await proxy.fetch(`/spend/archives/calls?day=${dayOf(OLD)}&${query}`)
      const text = await reply.text()
      expect([reply.status, reply.headers.get('content-type')], text).toEqual([200, 'application/x-ndjson'])
      return { ids: text.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as Line).request_id), next: reply.headers.get('x-tianjillm-next') }
    }
    const ofDay = ids.filter((id) => id.startsWith('w0'))
    expect(await readBack('')).toEqual({ ids: ofDay, next: null })
    const pages = [await readBack('limit=12')]
    for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next) pages.push(await readBack(`limit=12&next=${next}`))
    expect([pages.map((page) => page.ids.length), pages.flatMap((page) => page.ids)]).toEqual([[12, 12, 6], ofDay])
    expect(await readBack(`request_id=${ofDay[7]!}`)).toEqual({ ids: [ofDay[7]], next: null })
    expect([(await get(`/spend/archives/calls?day=${dayOf(OLD)}&next=x`)).body.error.param, (await get('/spend/archives/calls?day=2025-02-30')).status]).toEqual(['next', 400])

    const { key } = await make('/user/new', { user_role: 'internal_user' })
    const other = await ask('/spend/logs?limit=5', key)
    expect(other).toMatchObject({ status: 200, days, place: null, body: { archived: [{ from: dayOf(OLD - WEEK), to: dayOf(OLD), status: 'archived' }, { from: dayOf(OLD), to: dayOf(OLD + WEEK) }] } })
    expect(Object.keys((other.body as { archived: Archived[] }).archived[0]!)).toEqual(['from', 'to', 'status'])
    expect([(await ask('/spend/archives', key)).status, (await post('/spend/archives/run', {}, key)).status]).toEqual([403, 403])
    const { key: viewer } = await make('/user/new', { user_role: 'proxy_admin_viewer' })
    expect([(await ask('/spend/archives', viewer)).status, (await post('/spend/archives/run', {}, viewer)).status]).toEqual([200, 403])
  })

  it('EC-04: killed again and again in the middle, it archives every call once and loses none', async () => {
    const weeks = 12
    const ids = await seed(weeks, 40)
    for (const enough of [3, 9, 15, Infinity]) {
      await start(general(), false)
      if (enough === Infinity) break
      await expect.poll(() => objects().length, { timeout: 20_000, interval: 1 }).toBeGreaterThanOrEqual(enough)
      proxy.process.kill('SIGKILL')
      await proxy.exited
    }
    await proxy.logged(({ msg }) => msg === 'database connected')
    // A process that is gone is missed after half a minute.
    await sql((client) => client`update spend_archives set held_until = now() - interval '1 second'`)
    await expect.poll(async () => (await post('/spend/archives/run', {})).body['status'], { timeout: 20_000 }).toBe('done')
    await settled(weeks)
    expect(lines().map(({ request_id: id }) => id).toSorted()).toEqual(ids)
    expect((await list()).map(({ status, entry_count: entries }) => [status, entries])).toEqual(Array.from({ length: weeks }, () => ['archived', 40]))
    expect((await inLedger()).toSorted()).toEqual(Array.from({ length: 5 }, (_, i) => `young-${i}`))
    const { spend } = (await get('/global/spend')).body as unknown as { spend: number }
    expect(spend).toBeCloseTo((ids.length + 5) / 1000, 9)
  }, 90_000)

  it('LL#31828: a bucket that refuses is tried again, then the week waits for a replay; nothing is dropped meanwhile, whatever the retention period', async () => {
    const ids = await seed(1, 10)
    const settings = (secret: string): object => ({ ...general({ s3_aws_secret_access_key: secret, max_attempts: 2 }), maximum_spend_logs_retention_period: '30d' })
    await start(settings('wrong-secret-of-the-bucket'))
    const warned = await proxy.logged(({ msg }) => String(msg).includes('trying again'))
    expect(warned).toMatchObject({ attempts: 1 })
    expect((await post('/spend/archives/run', {})).body).toMatchObject({ status: 'done', archived: 0, failed: 1 })
    const [failed] = await list()
    expect(failed).toMatchObject({ status: 'failed', attempts: 2, error: expect.stringContaining('SignatureDoesNotMatch') })
    expect(await proxy.logged(({ msg }) => String(msg).includes('replay the archive'))).toMatchObject({ archive: failed!.id })
    expect(proxy.output).not.toContain('wrong-secret-of-the-bucket')
    expect((await inLedger()).filter((id) => id.startsWith('w')).toSorted()).toEqual(ids)
    await proxy[Symbol.asyncDispose]()

    await start(settings(S3_KEY.s3_aws_secret_access_key))
    expect((await post('/spend/archives/run', {})).body, 'what failed waits').toMatchObject({ archived: 0, failed: 0 })
    const env = { TIANJILLM_URL: proxy.url, TIANJILLM_API_KEY: MASTER_KEY }
    expect((await runCli(['spend', 'archives', '--status', 'failed'], env)).output).toMatch(/failed +0 /)
    expect(await runCli(['spend', 'replay-archive', failed!.id], env)).toMatchObject({ code: 0, output: '1 archived, 0 failed.\n' })
    expect((await runCli(['spend', 'archive-info', failed!.id], env)).output).toMatch(/^status +archived$/m)
    expect((await runCli(['spend', 'archive'], env)).output).toBe('0 archived, 0 failed.\n')
    expect((await runCli(['spend', 'logs', '--start-date', dayOf(OLD)], env)).output).toContain(`Calls of ${dayOf(OLD)} to ${dayOf(OLD + WEEK)}`)
    expect([(await post(`/spend/archives/${failed!.id}/replay`, {})).status, (await post('/spend/archives/none/replay', {})).status, (await get('/spend/archives/none')).status]).toEqual([400, 404, 404])
    expect(lines().map(({ request_id: id }) => id)).toEqual(ids)
    expect((await runCli(['spend', 'archived-calls', dayOf(OLD), '--request-id', ids[3]!], env)).output).toMatch(new RegExp(`^\\{"request_id":"${ids[3]!}".*\\}\n$`))
  }, 60_000)

  it('without an archive, what a retention period dropped is told in the same way', async () => {
    await seed(1, 10)
    await start({ maximum_spend_logs_retention_period: '60d' })
    await proxy.logged(({ msg }) => String(msg).includes('past its retention'))
    const reply = await proxy.fetch('/spend/logs?limit=10')
    expect([reply.headers.get('x-tianjillm-archived'), reply.headers.get('x-tianjillm-archive-location')]).toEqual([`${dayOf(OLD)}/${dayOf(OLD + WEEK)}`, null])
    expect(await reply.json()).toMatchObject({ archived: [{ from: dayOf(OLD), to: dayOf(OLD + WEEK), status: 'dropped', location: null, entries: 10 }] })
    expect((await post('/spend/archives/run', {})).body.error).toMatchObject({ code: 'no_archive' })
    expect((await get('/spend/archives')).body).toMatchObject({ total: 1, storage: null, archives: [{ status: 'dropped', storage_location: null, manifest: null }] })
  })

  it('keeps them in a folder, too', async () => {
    const ids = await seed(1, 10)
    const folder = join(dataDir, 'cold')
    await start({ spend_archive: { type: 'local', after: '60d', archive_dir: folder } })
    await settled(1)
    const week = join(folder, `spend_log/week=${dayOf(OLD)}`)
    expect(readdirSync(week).toSorted()).toEqual(['_g01-manifest.json', 'g01-part-00001.ndjson.gz'])
    expect(gunzipSync(readFileSync(join(week, 'g01-part-00001.ndjson.gz'))).toString().trimEnd().split('\n').map((line) => (JSON.parse(line) as Line).request_id)).toEqual(ids)
    expect((await list())[0]!.storage_location).toBe(`file://${folder}`)
  })
}

describe('the settings of the archive', () => {
  const check = (spend_archive: object, more: object = {}): Promise<{ code: number | null; output: string }> => runCli(['check', '--config', writeConfig({ model_list: [], general_settings: { master_key: MASTER_KEY, spend_archive, ...more } })])
  const good = { type: 's3', s3_bucket_name: 'logs', ...S3_KEY }

  it.each([
    ['an unknown key', { ...good, s3_bucket: 'x' }, 'general_settings.spend_archive.s3_bucket'],
    ['no bucket', { type: 's3', ...S3_KEY }, 'general_settings.spend_archive.s3_bucket_name'],
    ['half a key', { type: 's3', s3_bucket_name: 'logs', s3_aws_access_key_id: 'A' }, 'general_settings.spend_archive.s3_aws_secret_access_key'],
    ['an unknown store', { type: 's4' }, 'Did you mean "s3"'],
    ['no store', { after: '90d' }, 'general_settings.spend_archive.type'],
    ['a wrong age', { ...good, after: '90 days' }, 'general_settings.spend_archive.after'],
  ])('%s is refused by name', async (_, settings, said) => {
    const { code, output } = await check(settings)
    expect([code, output]).toEqual([1, expect.stringContaining(said)])
  })

  it('are fine, and warn of a retention period that is shorter', async () => {
    expect(await check({ ...good, after: '90d' })).toMatchObject({ code: 0 })
    expect((await check({ ...good, after: '90d' }, { maximum_spend_logs_retention_period: '30d' })).output).toContain('stay in the database until they are archived')
  })
})
