import { answer, createFakeUpstream, cuttableWay } from '@tianjillm/test-kit'
import { afterAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { startProxy } from './start-proxy.ts'

const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
})
const params = { input_cost_per_token: 0, output_cost_per_token: 0.004 }

describe.runIf(server)('while PostgreSQL is away', () => {
  it.each([false, true])('keys in use go on, others and changes get 503 no_db_connection; allow_requests_on_db_unavailable: %s', async (allow) => {
    await using upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    const url = new URL(server!.url)
    await using way = await cuttableWay(Number(url.port || 5432))
    url.host = `127.0.0.1:${way.port}`
    await using proxy = await startProxy({ database: url.href, config: { ...oneModel(upstream.url, { params }), general_settings: { allow_requests_on_db_unavailable: allow } } })
    const ask = async (key: string): Promise<{ status: number; type: unknown; text: string }> => {
      const reply = await proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5 }), headers: { authorization: `Bearer ${key}` } })
      const text = await reply.text()
      return { status: reply.status, type: (JSON.parse(text) as { error?: { type: unknown } }).error?.type, text }
    }
    const make = async (body: object = {}): Promise<string> => ((await (await proxy.fetch('/key/generate', { method: 'POST', body: JSON.stringify(body) })).json()) as { key: string }).key
    const [warm, cold, tight] = [await make(), await make(), await make({ max_budget: 0.09 })]
    expect([(await ask(warm)).status, (await ask(tight)).status]).toEqual([200, 200])
    expect(await (await proxy.fetch('/health/readiness')).json()).toMatchObject({ db: 'connected' })

    await way.cut()
    const ready = (): Promise<unknown> => proxy.fetch('/health/readiness').then(async (reply) => [reply.status, ((await reply.json()) as { db: string }).db])
    await expect.poll(ready, { timeout: 5000 }).toEqual([allow ? 200 : 503, 'disconnected'])
    expect((await proxy.fetch('/health/liveliness')).status).toBe(200)
    for (const key of [cold, 'sk-never-made-by-anybody']) {
      const refused = await ask(key)
      expect([refused.status, refused.type]).toEqual([503, 'no_db_connection'])
      expect(refused.text).not.toContain(key)
    }
    expect((await ask(warm)).status).toBe(200)
    // A budget holds as before.
    expect([(await ask(tight)).status, (await ask(tight)).status, (await ask(tight)).status, (await ask(tight)).status]).toContain(429)
    for (const [path, body] of [['/key/generate', {}], ['/team/new', {}], ['/key/block', { key: warm }]] as const) {
      const reply = await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })
      expect([reply.status, ((await reply.json()) as { error: { type: string; message: string } }).error], path).toMatchObject([503, { type: 'no_db_connection', message: expect.stringContaining('database cannot be reached') as string }])
    }
    // The operator's own key needs no database.
    expect((await proxy.fetch('/v1/models')).status).toBe(200)

    await way.mend()
    await expect.poll(async () => (await ask(cold)).status, { timeout: 10_000 }).toBe(200)
    expect(await ready()).toEqual([200, 'connected'])
    expect((await proxy.fetch('/key/block', { method: 'POST', body: JSON.stringify({ key: warm }) })).status).toBe(200)
    expect((await ask(warm)).status).toBe(401)
    // What was spent meanwhile is in the ledger.
    await expect.poll(async () => ((await (await proxy.fetch('/spend/logs?limit=100')).json()) as { data: { status: string; spend: number }[] }).data.filter(({ status, spend }) => status === 'success' && spend > 0).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4)
  })

  it('a proxy that starts without it serves the master key, and the others once it is there', async () => {
    await using upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    const url = new URL(server!.url)
    await using way = await cuttableWay(Number(url.port || 5432))
    url.host = `127.0.0.1:${way.port}`
    await way.cut()
    await using proxy = await startProxy({ database: url.href, config: oneModel(upstream.url) })
    expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
    expect((await proxy.fetch('/health/readiness')).status).toBe(503)
    expect((await proxy.fetch(CHAT, { ...chatBody(), headers: { authorization: 'Bearer sk-somebody-unknown' } })).status).toBe(503)
    await way.mend()
    await expect.poll(async () => (await proxy.fetch(CHAT, { ...chatBody(), headers: { authorization: 'Bearer sk-somebody-unknown' } })).status, { timeout: 15_000 }).toBe(401)
  })
})
