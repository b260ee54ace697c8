import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, controlledStream, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, chunk, completion, oneModel, streamed } from './chat-answers.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

interface Row {
  readonly request_id: string
  readonly status: string
  readonly spend: number
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly cache_hit: string
  readonly call_type: string
  readonly model: string
  readonly metadata: { readonly call_id?: string; readonly error_code?: string; readonly attempts: number }
  readonly request_tags: readonly string[]
  readonly end_user: string
}

const params = { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }
const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
})

describe('the ledger on the embedded database', () => void ledgerTests('embedded'))
describe.runIf(server)('the ledger on PostgreSQL', () => void ledgerTests('PostgreSQL'))

function ledgerTests(kind: 'embedded' | 'PostgreSQL'): void {
  const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-ledger-'))
  const database = kind === 'embedded' ? 'embedded' : (server?.url ?? '')
  let upstream: FakeUpstream
  let proxy: RunningProxy

  const start = (more: object = {}): Promise<RunningProxy> => startProxy({ database, dataDir, config: oneModel(upstream.url, { params, config: { litellm_settings: { cache: true, cache_params: { type: 'local', mode: 'default_off' } }, ...more } }) })
  const connected = (): Promise<unknown> => proxy.logged(({ msg }) => msg === 'database connected')
  const rows = async (query = 'limit=1000'): Promise<Row[]> => {
    const all: Row[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: { data: Row[]; next: string | null } = await (await proxy.fetch(`/spend/logs?${query}${next && `&next=${next}`}`)).json() as never
      all.push(...page.data)
      next = page.next
    }
    return all
  }
  /** Waits for the row of a call that named its id. */
  const rowsOf = async (id: string): Promise<Row[]> => {
    await expect.poll(async () => (await rows(`limit=10&request_id=${id}`)).length, { timeout: 10_000, interval: 30 }).toBeGreaterThan(0)
    return rows(`limit=10&request_id=${id}`)
  }
  const ask = (id: string, more: object = {}, init: RequestInit = {}): Promise<Response> => proxy.fetch(CHAT, { ...chatBody(more), ...init, headers: { 'x-litellm-call-id': id } })

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await start()
    await connected()
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('readiness tells that the database is connected', async () => {
    expect(await (await proxy.fetch('/health/readiness')).json()).toMatchObject({ db: 'connected' })
  })

  it('a plain answer has one row with its tokens, cost, tags and end user', async () => {
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    await (await ask('plain', { user: 'customer-1', metadata: { tags: ['blue'], trace: 't-1', nested: { text: 'secret' }, long: 'x'.repeat(5000) } })).text()
    expect(await rowsOf('plain')).toMatchObject([{ status: 'success', spend: 0.00002, prompt_tokens: 10, completion_tokens: 5, call_type: 'acompletion', model: 'gpt', end_user: 'customer-1', request_tags: ['blue'], cache_hit: 'False' }])
    const [{ metadata }] = await rowsOf('plain') as [Row]
    expect(metadata).toMatchObject({ trace: 't-1', long: 'x'.repeat(256) })
    expect(metadata).not.toHaveProperty('nested')
  })

  it('a stream has one row with the usage of its end', async () => {
    upstream.reset().on(CHAT, streamed('a', 'b'))
    expect(await (await ask('stream', { stream: true })).text()).toContain('[DONE]')
    expect(await rowsOf('stream')).toMatchObject([{ status: 'success', spend: 0.00002, prompt_tokens: 10, completion_tokens: 5 }])
  })

  it('an error of the provider has one row that cost nothing', async () => {
    upstream.reset().on(CHAT, answer.error(500))
    expect((await ask('error')).status).toBeGreaterThanOrEqual(500)
    expect(await rowsOf('error')).toMatchObject([{ status: 'failure', spend: 0, metadata: { error_code: 'upstream_error' } }])
  })

  it('an unknown model has one row, a call without a key none', async () => {
    await (await ask('nobody', { model: 'nope' })).text()
    expect(await rowsOf('nobody')).toMatchObject([{ status: 'failure', model: 'nope', metadata: { error_code: 'unknown_model' } }])
    await (await fetch(proxy.url + CHAT, { ...chatBody(), headers: { 'x-litellm-call-id': 'stranger' } })).text()
    await (await ask('after-stranger', { model: 'nope' })).text()
    await rowsOf('after-stranger')
    expect(await rows('limit=10&request_id=stranger')).toEqual([])
  })

  it('a stream that the client leaves has one row, marked cancelled', async () => {
    const stream = controlledStream()
    upstream.reset().on(CHAT, stream.answer)
    const leave = new AbortController()
    const asked = ask('gone', { stream: true }, { signal: leave.signal })
    await stream.send(`data: ${JSON.stringify(chunk({ content: 'a' }))}\n\n`)
    expect((await asked).status).toBe(200)
    leave.abort()
    expect(await rowsOf('gone')).toMatchObject([{ status: 'cancelled' }])
  })

  it('a cached answer has a row of its own, at no cost', async () => {
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    const cached = { messages: [{ role: 'user', content: 'cache me' }], cache: { 'use-cache': true } }
    await (await ask('first', cached)).text()
    await (await ask('second', cached)).text()
    expect(await rowsOf('first')).toMatchObject([{ spend: 0.00002, cache_hit: 'False' }])
    expect(await rowsOf('second')).toMatchObject([{ spend: 0, cache_hit: 'True', status: 'success' }])
    expect(upstream.requests).toHaveLength(1)
  })

  it('calls that name the same id are billed each', async () => {
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    await Promise.all(Array.from({ length: 5 }, async () => (await ask('again')).text()))
    await expect.poll(() => rows('limit=10&request_id=again').then((found) => found.length), { timeout: 10_000 }).toBe(5)
  })

  it('killed at any moment, it has a row for every answered call, and aggregates that are their sum', async () => {
    upstream.reset().on(CHAT, (response, call) => ((call.json as { stream?: boolean }).stream ? streamed('a') : answer.json(completion('hi')))(response, call))
    const answered: string[] = []
    const client = async (name: string, count: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) {
        const id = `crash-${name}-${i}`
        const text = await ask(id, { stream: i % 2 === 0 }).then((response) => response.text()).catch(() => '')
        if (text.includes(i % 2 === 0 ? '[DONE]' : '"usage"')) answered.push(id)
      }
    }
    for (const round of [1, 2]) {
      const clients = Array.from({ length: 8 }, (_, i) => client(`${round}-${i}`, 60))
      await expect.poll(() => answered.length, { interval: 1, timeout: 20_000 }).toBeGreaterThan(150 * round)
      proxy.process.kill('SIGKILL')
      await Promise.all(clients)
      await proxy.exited
      proxy = await start()
      await connected()
    }
    expect(answered.length).toBeGreaterThan(300)
    let found: Row[] = []
    const callIds = (): (string | undefined)[] => found.map(({ metadata }) => metadata.call_id)
    await expect.poll(async () => {
      found = await rows()
      const ids = new Set(callIds())
      return answered.filter((id) => !ids.has(id))
    }, { timeout: 10_000 }).toEqual([])
    const crash = callIds().filter((id) => id?.startsWith('crash-'))
    expect(new Set(crash).size).toBe(crash.length)
    const { spend } = await (await proxy.fetch('/global/spend')).json() as { spend: number }
    expect(spend).toBeCloseTo(found.reduce((sum, row) => sum + row.spend, 0), 9)
  })

  it('LL#2173: sums up by day, and pages by a cursor without gap or double', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const days = await (await proxy.fetch(`/spend/logs?start_date=${today}&end_date=${tomorrow}`)).json() as { startTime: string; spend: number; models: Record<string, number> }[]
    const { spend } = await (await proxy.fetch('/global/spend')).json() as { spend: number }
    expect(days).toMatchObject([{ startTime: today, spend, models: { gpt: spend } }])
    const whole = await rows()
    const small = await rows('limit=37')
    expect(small.map(({ request_id }) => request_id)).toEqual(whole.map(({ request_id }) => request_id))
    expect(new Set(whole.map(({ request_id }) => request_id)).size).toBe(whole.length)
  })

  it('wants a key that may read spend, and names the parameter that is wrong', async () => {
    expect((await fetch(`${proxy.url}/spend/logs`)).status).toBe(401)
    const refused = await proxy.fetch('/spend/logs?start_date=yesterday')
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('start_date')
  })

  it('ends on SIGTERM with everything inserted', async () => {
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    await Promise.all(Array.from({ length: 40 }, async (_, i) => (await ask(`term-${i}`)).text()))
    proxy.process.kill('SIGTERM')
    expect(await proxy.exited).toBe(0)
    proxy = await start()
    await connected()
    expect((await rows()).filter(({ metadata }) => metadata.call_id?.startsWith('term-'))).toHaveLength(40)
  })

  it('drops spend logs past their retention period, and keeps the younger', async () => {
    const sql: postgres.Sql = kind === 'embedded' ? postgres({ path: join(dataDir, 'database/socket'), max: 1, fetch_types: false }) : postgres(database, { max: 1 })
    await sql`create table spend_log_w20240101 partition of spend_log for values from ('2024-01-01Z') to ('2024-01-08Z')`
    await sql.end()
    const before = (await rows()).length
    proxy.process.kill('SIGTERM')
    await proxy.exited
    proxy = await start({ general_settings: { maximum_spend_logs_retention_period: '30d' } })
    expect(await proxy.logged(({ msg }) => String(msg).includes('past its retention'))).toMatchObject({ table: 'spend_log', done: ['spend_log_w20240101'] })
    expect((await rows()).length).toBe(before)
  })

  it('disable_spend_logs keeps the database and writes no rows', async () => {
    const before = (await rows()).length
    proxy.process.kill('SIGTERM')
    await proxy.exited
    proxy = await start({ general_settings: { disable_spend_logs: true } })
    await connected()
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    expect((await ask('unseen')).status).toBe(200)
    proxy.process.kill('SIGTERM')
    await proxy.exited
    proxy = await start()
    await connected()
    expect((await rows()).length).toBe(before)
  })
}
