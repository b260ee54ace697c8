import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { createDatabase, type TestDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const EMBED = '/v1/embeddings'
/** What the model of these tests takes for meaning: a direction for each subject, and a little of the words. */
const subjects = ['capital', 'password', 'weather']
const vectorOf = (text: string): number[] => [...subjects.map((subject) => (text.includes(subject) ? 1 : 0)), (text.length % 7) / 20]
const embedding: Answer = (response, call) => {
  const { input } = call.json as { input: string }
  return answer.json({ object: 'list', model: 'up-embed', data: [{ object: 'embedding', index: 0, embedding: vectorOf(input) }], usage: { prompt_tokens: 8, total_tokens: 8 } })(response, call)
}

let upstream: FakeUpstream
beforeAll(async () => void (upstream = await createFakeUpstream()))
afterAll(() => upstream.close())
beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('Paris'))).on(EMBED, embedding))

const model = (model_name: string, params: object = {}): object => ({ model_name, litellm_params: { model: `openai/up-${model_name}`, api_key: 'sk-upstream', api_base: `${upstream.url}/v1`, input_cost_per_token: 0.000001, output_cost_per_token: 0.000002, ...params } })
const config = (params: object): object => ({ model_list: [model('gpt'), model('other'), model('embed')], litellm_settings: { cache: true, cache_params: { similarity_threshold: 0.95, redis_semantic_cache_embedding_model: 'embed', ...params } } })
const asked = (path: string): number => upstream.requests.filter((call) => call.path === path).length

describe.each([['in memory', () => ({ type: 'local' })], ['in an embedded PostgreSQL', () => ({ type: 'pgvector-semantic', data_dir: mkdtempSync(join(tmpdir(), 'semantic-')), socket_timeout: 20 })]])('answers to questions of the same meaning, %s', (_where, params) => {
  let proxy: RunningProxy
  let n = 0
  /** Keeps the tests apart. */
  let system = ''
  beforeAll(async () => void (proxy = await startProxy({ config: config(params()) })))
  afterAll(() => proxy[Symbol.asyncDispose]())
  beforeEach(() => void (system = `Rules ${(n += 1)}`))

  const ask = (question: string, more: object = {}, key?: string): Promise<Response> =>
    proxy.fetch(CHAT, { ...chatBody({ messages: [{ role: 'system', content: system }, { role: 'user', content: question }], ...more }), ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }) })
  const hit = async (...args: Parameters<typeof ask>): Promise<[string | null, string | null]> => {
    const reply = await ask(...args)
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining('Paris')])
    return [reply.headers.get('x-litellm-cache-hit'), reply.headers.get('x-litellm-semantic-similarity')]
  }

  it('come from the cache, free of charge, also as streams; what is the same needs no embedding', async () => {
    expect(await hit('What is the capital?')).toEqual(['False', null])
    const reply = await ask('the capital, please')
    expect(['x-litellm-cache-hit', 'x-litellm-response-cost', 'x-tianjillm-saved-cost'].map((name) => reply.headers.get(name))).toEqual(['True', '0', '0.00002'])
    expect(Number(reply.headers.get('x-litellm-semantic-similarity'))).toBeGreaterThan(0.95)
    expect(await (await ask('Which city is the capital?', { stream: true })).text()).toMatch(/"content":"Paris".*\[DONE\]/s)
    expect([asked(CHAT), asked(EMBED)]).toEqual([1, 3])
    expect(await hit('What is the capital?')).toEqual(['True', null])
    expect(asked(EMBED)).toBe(3)
    await proxy.logged(({ cache }) => cache === 'semantic_hit')
  })

  it('LL#12234: do not where anything else differs: tenant, model, system prompt, history, parameters, numbers; and the likeness is told', async () => {
    const { key } = (await (await proxy.fetch('/key/generate', { method: 'POST', body: '{}' })).json()) as { key: string }
    await hit('What is the capital of 1?')
    const others: Parameters<typeof ask>[] = [['capital of 1, please', {}, key], ['capital of 1, please', { model: 'other' }], ['capital of 1, please', { temperature: 0 }], ['capital of 2, please', {}]]
    for (const other of others) expect((await hit(...other))[0], JSON.stringify(other)).toBe('False')
    const rules = system
    system = `${rules} differently`
    expect((await hit('capital of 1, please'))[0]).toBe('False')
    system = rules
    const [outcome, similarity] = await hit('What is the weather on 1?')
    expect(outcome).toBe('False')
    expect(Number(similarity)).toBeLessThan(0.5)
    expect((await hit('the capital of 1, pretty please'))[0]).toBe('True')
  })

  it('a wrong one is taken out by the key that it was told with', async () => {
    await hit('What is the capital?')
    const key = (await ask('the capital, please')).headers.get('x-litellm-cache-key')
    expect((await proxy.fetch('/cache/delete', { method: 'POST', body: JSON.stringify({ keys: [key] }) })).status).toBe(200)
    expect((await hit('the capital, pretty please'))[0]).toBe('False')
  })

  it('without an embedding the call goes on', async () => {
    upstream.reset().on(CHAT, answer.json(completion('Paris'))).on(EMBED, answer.error(500))
    expect(await hit('What is the password?')).toEqual(['False', null])
    expect(await hit('What is the password?')).toEqual(['True', null])
  })
})

describe('what the embedding costs', () => {
  let database: TestDatabase | undefined
  let proxy: RunningProxy
  beforeAll(async () => {
    database = await createDatabase()
    proxy = await startProxy({ config: config({ type: 'local' }), database: database?.url ?? 'embedded' })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await database?.drop()
  })

  it('is a call of the caller\'s in the ledger, and what was saved stands beside the answer; the budget covers both', async () => {
    const { key, token } = (await (await proxy.fetch('/key/generate', { method: 'POST', body: JSON.stringify({ max_budget: 1, models: ['gpt'], rpm_limit: 2 }) })).json()) as { key: string; token: string }
    const ask = async (question: string): Promise<Response> => proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5, messages: [{ role: 'user', content: question }] }), headers: { authorization: `Bearer ${key}` } })
    expect((await ask('What is the capital?')).status).toBe(200)
    const reply = await ask('the capital, please')
    expect(reply.headers.get('x-litellm-cache-hit')).toBe('True')
    interface Row { call_type: string; model: string; spend: number; cache_hit: string; cache_key: string; metadata: Record<string, unknown> }
    const rows = async (): Promise<Row[]> => ((await (await proxy.fetch(`/spend/logs?limit=10&api_key=${token}`)).json()) as { data: Row[] }).data
    await expect.poll(async () => (await rows()).length, { timeout: 10_000 }).toBe(4)
    const found = await rows()
    expect(found.filter(({ model }) => model === 'embed').map(({ call_type, spend, metadata }) => [call_type, spend, metadata['semantic_cache_of']])).toEqual(Array.from({ length: 2 }, () => ['aembedding', 0.000008, expect.any(String)]))
    const chats = found.filter(({ model }) => model === 'gpt')
    expect(chats.map(({ spend, cache_hit }) => [spend, cache_hit]).toSorted()).toEqual([[0, 'True'], [0.00002, 'False']])
    expect(chats.find(({ cache_hit }) => cache_hit === 'True')).toMatchObject({ cache_key: reply.headers.get('x-litellm-cache-key'), metadata: { saved_cache_cost: 0.00002 } })
    const info = (await (await proxy.fetch(`/key/info?key=${token}`)).json()) as { info: { spend: number } }
    expect(info.info.spend).toBeCloseTo(0.000036, 9)
    // A request is one request: the third in a minute is one too many, and the embeddings were none.
    expect((await ask('Another capital')).status).toBe(429)
  })
})
