import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { createDatabase } from '@tianjillm/storage/testing'
import OpenAI, { AzureOpenAI, BadRequestError, NotFoundError } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeResponses, type FakeResponses } from './fake-responses.ts'
import { manage } from './management-client.ts'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

const database = await createDatabase()
/** 6 + 5 tokens at full price and 4 from the cache, in USD. */
const COST = 6 * 1e-6 + 4 * 5e-7 + 5 * 2e-6

describe.skipIf(database === undefined)('the Responses API', () => {
  let upstream: FakeUpstream
  let accounts: { one: FakeResponses; two: FakeResponses }
  let proxy: RunningProxy
  let replica: RunningProxy
  const { generate, get } = manage(() => proxy)
  const client = (apiKey: string = MASTER_KEY, at: RunningProxy = proxy): OpenAI => new OpenAI({ baseURL: `${at.url}/v1`, apiKey, maxRetries: 0 })
  const deployment = (name: string, account: string, id: string): object => ({
    model_name: name, model_info: { id },
    litellm_params: { model: 'openai/gpt-upstream', api_key: 'sk-upstream-secret', api_base: `${upstream.url}/${account}/v1`, input_cost_per_token: 1e-6, output_cost_per_token: 2e-6, cache_read_input_token_cost: 5e-7 },
  })
  const rows = async (key: string): Promise<readonly Record<string, unknown>[]> => ((await get(`/spend/logs?api_key=${key}`)).body as unknown as readonly Record<string, unknown>[])

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    accounts = { one: createFakeResponses(upstream, 'one'), two: createFakeResponses(upstream, 'two') }
    const config = {
      model_list: [deployment('gpt', 'one', 'dep-one'), deployment('gpt', 'two', 'dep-two'), deployment('other', 'two', 'dep-other')],
      router_settings: { num_retries: 0, disable_cooldowns: true },
    }
    ;[proxy, replica] = await Promise.all([startProxy({ config, database: database!.url }), startProxy({ config, database: database!.url })])
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await replica[Symbol.asyncDispose]()
    await upstream.close()
    await database!.drop()
  })

  it('answers the official client: create, retrieve, input items, delete', async () => {
    const key = await generate()
    const openai = client(key)
    const made = await openai.responses.create({ model: 'gpt', input: 'hi', metadata: { topic: 'x' } })
    expect(made).toMatchObject({ object: 'response', status: 'completed', model: 'gpt', output_text: 'turn 1', metadata: { topic: 'x' }, usage: { input_tokens: 10, output_tokens: 5 } })
    expect(made.id).toMatch(/^resp_[\w-]{40,}$/)
    expect(made.id).not.toContain('resp_one_')
    const again = await openai.responses.retrieve(made.id)
    expect(again).toEqual(made)
    expect((await openai.responses.retrieve(made.id)).id).toBe(made.id)
    const items: unknown[] = []
    for await (const item of openai.responses.inputItems.list(made.id, { limit: 5, order: 'asc' })) items.push(item)
    expect(items).toMatchObject([{ role: 'user', content: [{ type: 'input_text', text: 'hi' }] }])
    expect(upstream.requests.at(-1)!.path).toMatch(/\/v1\/responses\/resp_(?:one|two)_\d+\/input_items\?(?=.*limit=5)(?=.*order=asc)/)
    await openai.responses.delete(made.id)
    await expect(openai.responses.retrieve(made.id)).rejects.toBeInstanceOf(NotFoundError)
  })

  it('streams events in their order, with ids of the gateway in each, and counts their usage', async () => {
    const key = await generate()
    const openai = client(key)
    const types: string[] = []
    const [ids, models] = [new Set<string>(), new Set<string>()]
    let text = ''
    const stream = await openai.responses.create({ model: 'gpt', input: 'hi', stream: true })
    for await (const event of stream) {
      types.push(event.type)
      if ('response' in event) {
        ids.add((event.response as { id: string }).id)
        models.add((event.response as { model: string }).model)
      }
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    expect([types[0], types.at(-1), text]).toEqual(['response.created', 'response.completed', 'turn 1'])
    expect(ids.size).toBe(1)
    expect([...models]).toEqual(['gpt'])
    const [id] = ids
    const kept = await openai.responses.retrieve(id!)
    expect([kept.id, kept.output_text]).toEqual([id, 'turn 1'])
    const replay: OpenAI.Responses.ResponseStreamEvent[] = []
    for await (const event of await openai.responses.retrieve(id!, { stream: true, starting_after: 0 })) replay.push(event)
    expect(replay.at(-1)).toMatchObject({ type: 'response.completed', response: { id } })
    expect(upstream.requests.at(-1)!.path).toMatch(/\?stream=true&starting_after=0$/)
    await expect.poll(async () => (await rows(key)).length, { timeout: 10_000 }).toBe(1)
    expect((await rows(key))[0]).toMatchObject({ call_type: 'responses', status: 'success', prompt_tokens: 10, completion_tokens: 5 })
    expect((await rows(key))[0]!['spend']).toBeCloseTo(COST, 12)
  })

  it('LL#25015: a read costs nothing, however often; one row for each answered POST', async () => {
    const key = await generate()
    const openai = client(key)
    const made = await openai.responses.create({ model: 'gpt', input: 'hi' })
    for (let i = 0; i < 5; i += 1) await openai.responses.retrieve(made.id)
    await expect.poll(async () => (await rows(key)).length, { timeout: 10_000 }).toBe(1)
    await openai.responses.create({ model: 'gpt', input: 'hi' })
    await expect.poll(async () => (await rows(key)).length, { timeout: 10_000 }).toBe(2)
    expect((await get(`/key/info?key=${key}`)).body).toMatchObject({ info: { spend: expect.closeTo(2 * COST, 12) as number } })
  })

  it('LL#39548, LL#10808: nobody else reaches a response, and an id of somebody else is as unknown as a made-up one', async () => {
    const [mine, theirs] = [client(await generate()), client(await generate())]
    const { id } = await mine.responses.create({ model: 'gpt', input: 'secret' })
    const sent = upstream.requests.length
    const raw = [...accounts.one.kept.keys(), ...accounts.two.kept.keys()].at(-1)!
    const forged = `${id.slice(0, -4)}${id.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
    for (const wrong of [id, raw, forged, `${id}x`, 'resp_', 'resp_x', 'x'.repeat(5000)]) {
      for (const ask of [() => theirs.responses.retrieve(wrong), () => theirs.responses.delete(wrong), () => theirs.responses.cancel(wrong), () => theirs.responses.inputItems.list(wrong), () => theirs.responses.retrieve(wrong, { stream: true })]) {
        const error = await Promise.resolve(ask()).then(() => undefined, (thrown: unknown) => thrown)
        expect(error, wrong).toBeInstanceOf(NotFoundError)
        expect((error as NotFoundError).message).toBe(`404 Response with id ${JSON.stringify(wrong.length > 200 ? `${wrong.slice(0, 200)}...` : wrong)} not found.`)
      }
      const error = await theirs.responses.create({ model: 'gpt', input: 'and?', previous_response_id: wrong }).then(() => undefined, (thrown: unknown) => thrown)
      expect(error, wrong).toBeInstanceOf(BadRequestError)
      expect(error).toMatchObject({ param: 'previous_response_id', code: 'previous_response_not_found' })
    }
    expect(upstream.requests.length).toBe(sent)
    expect((await mine.responses.retrieve(id)).id).toBe(id)
  })

  it('R-18: a conversation stays with the deployment that holds it, in every replica', async () => {
    const key = await generate()
    for (let conversation = 0; conversation < 4; conversation += 1) {
      let { id } = await client(key).responses.create({ model: 'gpt', input: 'hi' })
      const home = upstream.requests.at(-1)!.path
      for (let turn = 2; turn <= 5; turn += 1) {
        const next = await client(key, turn % 2 === 0 ? replica : proxy).responses.create({ model: 'gpt', input: 'and?', previous_response_id: id, ...(turn === 3 && { stream: false }) })
        expect([upstream.requests.at(-1)!.path, next.output_text, next.previous_response_id]).toEqual([home, `turn ${turn}`, id])
        expect((upstream.requests.at(-1)!.json as { previous_response_id: string }).previous_response_id).toMatch(/^resp_(?:one|two)_\d+$/)
        id = next.id
      }
      expect((await client(key, replica).responses.retrieve(id)).output_text).toBe('turn 5')
    }
  })

  it('tells why a conversation cannot go on elsewhere, and does not begin a new one', async () => {
    const openai = client(await generate())
    const { id } = await openai.responses.create({ model: 'other', input: 'hi' })
    const sent = upstream.requests.length
    const narrow = await generate({ models: ['gpt'] })
    await expect(client(narrow).responses.create({ model: 'other', input: 'x' })).rejects.toMatchObject({ status: 403, param: 'model' })
    // Account two holds it, and serves `gpt` as well.
    expect((await openai.responses.create({ model: 'gpt', input: 'and?', previous_response_id: id })).output_text).toBe('turn 2')
    expect(upstream.requests.at(-1)!.path).toContain('/two/')
    expect(upstream.requests.length).toBe(sent + 1)
    const one = await until(async () => openai.responses.create({ model: 'gpt', input: 'hi' }), () => upstream.requests.at(-1)!.path.includes('/one/'))
    await expect(openai.responses.create({ model: 'other', input: 'and?', previous_response_id: one.id })).rejects.toMatchObject({ status: 400, param: 'previous_response_id' })
  })

  it('LL#25015: one in the background is polled, and paid once, by its end', async () => {
    const key = await generate()
    const openai = client(key)
    let shown = await openai.responses.create({ model: 'gpt', input: 'hi', background: true })
    const { id } = shown
    expect([shown.status, shown.usage ?? null]).toEqual(['queued', null])
    expect((await openai.responses.retrieve(id)).status).toBe('queued')
    expect(await rows(key)).toEqual([])
    const fake = upstream.requests.at(-1)!.path.includes('/one/') ? accounts.one : accounts.two
    fake.complete([...fake.kept.keys()].at(-1)!)
    // Whichever replica is asked.
    for (const at of [proxy, replica, proxy, replica]) shown = await client(key, at).responses.retrieve(id)
    expect([shown.id, shown.status, shown.output_text]).toEqual([id, 'completed', 'done'])
    await expect.poll(async () => (await rows(key)).length, { timeout: 10_000 }).toBe(1)
    expect((await rows(key))[0]).toMatchObject({ status: 'success', prompt_tokens: 10, completion_tokens: 5 })
    const cancelled = await openai.responses.create({ model: 'gpt', input: 'hi', background: true })
    expect(await openai.responses.cancel(cancelled.id)).toMatchObject({ id: cancelled.id, status: 'cancelled' })
    await expect.poll(async () => (await rows(key)).length, { timeout: 10_000 }).toBe(2)
    await expect(openai.responses.cancel((await openai.responses.create({ model: 'gpt', input: 'hi' })).id)).rejects.toMatchObject({ status: 400 })
  })

  it('one in the background that nobody asks for is paid all the same', async () => {
    const key = await generate()
    await client(key).responses.create({ model: 'gpt', input: 'hi', background: true })
    const fake = upstream.requests.at(-1)!.path.includes('/one/') ? accounts.one : accounts.two
    fake.complete([...fake.kept.keys()].at(-1)!)
    await expect.poll(async () => (await rows(key)).length, { timeout: 15_000, interval: 200 }).toBe(1)
    expect((await rows(key))[0]!['spend']).toBeCloseTo(COST, 12)
  })

  it('LL#25015: one in the background is paid after a kill of the process, though nobody asks for it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-killed-'))
    const start = (): Promise<RunningProxy> => startProxy({ config: { model_list: [deployment('gpt', 'one', 'dep-one')] }, database: database!.url, dataDir })
    const killed = await start()
    const key = await generate()
    const { id } = await client(key, killed).responses.create({ model: 'gpt', input: 'hi', background: true, metadata: { topic: 'kill' } })
    killed.process.kill('SIGKILL')
    await killed.exited
    accounts.one.complete([...accounts.one.kept.keys()].at(-1)!)
    await using again = await start()
    await expect.poll(async () => (await rows(key)).length, { timeout: 20_000, interval: 200 }).toBe(1)
    expect((await rows(key))[0]).toMatchObject({ status: 'success', prompt_tokens: 10, metadata: expect.objectContaining({ topic: 'kill' }) as object })
    expect((await client(key, again).responses.retrieve(id)).output_text).toBe('done')
  })

  it('a response that its owner deleted is told by the id that the owner knows', async () => {
    const openai = client(await generate())
    const { id } = await openai.responses.create({ model: 'gpt', input: 'hi' })
    await openai.responses.delete(id)
    const error = (await openai.responses.create({ model: 'gpt', input: 'x', previous_response_id: id }).then(() => undefined, (thrown: unknown) => thrown)) as BadRequestError
    expect(error.message).toContain(id)
    expect(error.message).not.toMatch(/resp_(?:one|two)_\d/)
  })

  it('the client for Azure creates and reads', async () => {
    const azure = new AzureOpenAI({ endpoint: proxy.url, apiKey: MASTER_KEY, apiVersion: '2025-04-01-preview', maxRetries: 0 })
    const made = await azure.responses.create({ model: 'gpt', input: 'hi' })
    expect((await azure.responses.retrieve(made.id)).output_text).toBe('turn 1')
  })

  it.each(['/responses', '/openai/v1/responses', '/openai/responses'])('is served at %s too', async (path) => {
    const made = (await (await proxy.fetch(path, { method: 'POST', body: JSON.stringify({ model: 'gpt', input: 'hi' }) })).json()) as { id: string }
    expect(await (await proxy.fetch(`${path}/${made.id}`)).json()).toMatchObject({ id: made.id })
    expect((await proxy.fetch(`${path}/${made.id}/input_items`)).status).toBe(200)
    expect((await proxy.fetch(`${path}/${made.id}/cancel`, { method: 'POST' })).status).toBe(400)
    expect((await proxy.fetch(`${path}/${made.id}`, { method: 'DELETE' })).status).toBe(200)
  })

  it.each([
    [{}, 'model'], [{ model: 'gpt' }, 'input'], [{ model: 'gpt', input: 5 }, 'input'], [{ model: 'gpt', input: ['x'] }, 'input[0]'], [{ model: 'gpt', input: [{ role: 'user' }] }, 'input[0].content'],
    [{ model: 'gpt', input: 'x', max_output_tokens: 0 }, 'max_output_tokens'], [{ model: 'gpt', input: 'x', tools: [{ type: 'function' }] }, 'tools[0].name'], [{ model: 'gpt', input: 'x', background: 'yes' }, 'background'],
    [{ model: 'gpt', input: 'x', previous_response_id: 5 }, 'previous_response_id'], [{ model: 'gpt', input: 'x', previous_response_id: 'resp_x', conversation: 'conv_x' }, 'previous_response_id'],
  ])('bad input %j is told by its field', async (body, param) => {
    const reply = await proxy.fetch('/v1/responses', { method: 'POST', body: JSON.stringify(body) })
    expect([reply.status, ((await reply.json()) as { error: { param: string } }).error.param]).toEqual([400, param])
  })
})

async function until<T>(make: () => Promise<T>, done: () => boolean): Promise<T> {
  for (let i = 0; i < 50; i += 1) {
    const made = await make()
    if (done()) return made
  }
  throw new Error('It never was.')
}
