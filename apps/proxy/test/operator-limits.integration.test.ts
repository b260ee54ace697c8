import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { COST, type Limit, priced, ROOM } from './management-client.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('limits that the operator sets for all', () => {
  it('a provider over its budget is skipped; with all over, calls are refused', async () => {
    const [first, second] = [await createFakeUpstream(), await createFakeUpstream()]
    for (const upstream of [first, second]) upstream.on(CHAT, answer.json(completion('hi')))
    await using proxy = await startProxy({ config: {
      model_list: [priced(first.url, 'gpt', { weight: 1_000_000 }), priced(second.url, 'gpt', { weight: 1 }, {}, 'deepinfra')],
      router_settings: { provider_budget_config: { openai: { budget_limit: ROOM, time_period: '1d' }, deepinfra: { budget_limit: ROOM, time_period: '1d' } } },
    } })
    const replies: { status: number; text: string }[] = []
    for (let i = 0; i < 12; i += 1) {
      const reply = await proxy.fetch(CHAT, chatBody({ max_tokens: 5 }))
      replies.push({ status: reply.status, text: await reply.text() })
    }
    expect(first.requests.length).toBeGreaterThan(0)
    expect(second.requests.length).toBeGreaterThan(0)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(first.requests.length + second.requests.length)
    expect(replies.at(-1)).toMatchObject({ status: 429, text: expect.stringMatching(/Budget of provider \\"(openai|deepinfra)\\"/) as unknown })
    const { limits } = (await (await proxy.fetch('/budget/explain?scope=provider&id=openai')).json()) as { limits: Limit[] }
    expect(limits).toMatchObject([{ limit: ROOM, window: '1d', held: 0, source: 'provider_budget_config' }])
    expect(limits[0]!.settled).toBeCloseTo(COST * first.requests.length, 12)
    for (const upstream of [first, second]) await upstream.close()
  })

  it('a deployment over its budget is skipped, with others of its provider open; with all over, calls are refused, also after a restart', async () => {
    const [first, second] = [await createFakeUpstream(), await createFakeUpstream()]
    for (const upstream of [first, second]) upstream.on(CHAT, answer.json(completion('hi')))
    const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-deployment-budget-'))
    const config = { model_list: [
      priced(first.url, 'gpt', { weight: 1_000_000, max_budget: ROOM, budget_duration: '30d' }, { id: 'dear' }), priced(second.url, 'gpt', { weight: 1, max_budget: ROOM }, { id: 'other' }), priced(second.url, 'open'),
    ], router_settings: { num_retries: 0 } }
    const ask = async (proxy: RunningProxy, model = 'gpt'): Promise<{ status: number; text: string }> => {
      const reply = await proxy.fetch(CHAT, chatBody({ model, max_tokens: 5 }))
      return { status: reply.status, text: await reply.text() }
    }
    {
      await using proxy = await startProxy({ config, dataDir, database: 'embedded' })
      await proxy.logged(({ msg }) => msg === 'database connected')
      const replies: { status: number; text: string }[] = []
      for (let i = 0; i < 12; i += 1) replies.push(await ask(proxy))
      expect(first.requests.length).toBeGreaterThan(0)
      expect(second.requests.length).toBeGreaterThan(0)
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(first.requests.length + second.requests.length)
      expect(replies.at(-1)).toMatchObject({ status: 429, text: expect.stringMatching(/Budget of deployment \\"(dear|other) of gpt\\"/) as unknown })
      const { limits } = (await (await proxy.fetch('/budget/explain?scope=deployment&id=dear')).json()) as { limits: Limit[] }
      expect(limits).toMatchObject([{ limit: ROOM, window: '30d', held: 0, source: 'litellm_params.max_budget' }])
      expect(limits[0]!.settled).toBeCloseTo(COST * first.requests.length, 12)
      expect((await proxy.fetch('/budget/explain?scope=deployment&id=nobody')).status).toBe(404)
      expect((await ask(proxy, 'open')).status).toBe(200)
    }
    const before = first.requests.length
    await using again = await startProxy({ config, dataDir, database: 'embedded' })
    await again.logged(({ msg }) => msg === 'database connected')
    expect((await ask(again)).status).toBe(429)
    expect(first.requests.length).toBe(before)
    for (const upstream of [first, second]) await upstream.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('a tag has a budget of the operator\'s, whoever calls with it', async () => {
    const upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    await using proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')], litellm_settings: { tag_budget_config: { 'product:chat-bot': { max_budget: ROOM, budget_duration: '1d' } } } } })
    const ask = async (tags: readonly string[]): Promise<Response> => proxy.fetch(CHAT, chatBody({ max_tokens: 5, metadata: { tags } }))
    const statuses: number[] = []
    for (let i = 0; i < 8; i += 1) statuses.push((await ask(['product:chat-bot', 'x'])).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429])
    expect(await (await ask(['product:chat-bot'])).text()).toContain('Budget of tag \\"product:chat-bot\\"')
    expect((await ask(['x'])).status).toBe(200)
    const { limits } = (await (await proxy.fetch('/budget/explain?scope=tag&id=product:chat-bot')).json()) as { limits: Limit[] }
    expect(limits).toMatchObject([{ limit: ROOM, window: '1d', source: 'tag_budget_config' }])
    await upstream.close()
  })

  it.each([
    [{ params: { max_budget: -1 } }, {}, 'model_list[0].litellm_params.max_budget: must not be negative'], [{ params: { max_budget: 'much' } }, {}, 'model_list[0].litellm_params.max_budget: must be a number'],
    [{ params: { max_budget: 1, budget_duration: 'soon' } }, {}, 'model_list[0].litellm_params.budget_duration: must be a span'], [{}, { tag_budget_config: { x: {} } }, 'litellm_settings.tag_budget_config.x: needs max_budget'],
    [{}, { tag_budget_config: { x: { max_budget: 1, budget_duration: 'soon' } } }, 'tag_budget_config.x.budget_duration'],
  ])('%j %j stop the start with their path', async (model, litellm_settings, words) => {
    await expect(startProxy({ config: { ...oneModel('http://127.0.0.1:1', model), litellm_settings } })).rejects.toThrow(words)
  })

  it('the whole proxy has a budget, for every key and the master key', async () => {
    const upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    await using proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')], litellm_settings: { max_budget: ROOM, budget_duration: '30d', max_end_user_budget: 1 } } })
    const { key } = (await (await proxy.fetch('/key/generate', { method: 'POST', body: '{}' })).json()) as { key: string }
    const statuses: number[] = []
    for (let i = 0; i < 8; i += 1) statuses.push((await proxy.fetch(CHAT, { ...chatBody({ max_tokens: 5 }), headers: { authorization: `Bearer ${key}` } })).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429])
    const refused = await proxy.fetch(CHAT, chatBody({ max_tokens: 5 }))
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('Budget of proxy')])
    const { limits } = (await (await proxy.fetch('/budget/explain?scope=proxy')).json()) as { limits: Limit[] }
    expect(limits).toMatchObject([{ limit: ROOM, window: '30d', source: 'litellm_settings.max_budget' }])
    const alert = await proxy.logged(({ msg }) => msg === 'budget reached')
    expect(alert).toMatchObject({ event: 'budget_crossed', scope: 'proxy', max_budget: ROOM })
    expect(proxy.log.filter(({ msg }) => msg === 'budget reached')).toHaveLength(1)
    await upstream.close()
  })

  it('requests bring no tags of their own where the operator refuses them', async () => {
    const upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    await using proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')], general_settings: { reject_clientside_metadata_tags: true } } })
    expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
    expect((await proxy.fetch(CHAT, chatBody({ metadata: { tags: ['x'] } }))).status).toBe(400)
    expect((await proxy.fetch(CHAT, { ...chatBody(), headers: { 'x-litellm-tags': 'x' } })).status).toBe(400)
    await upstream.close()
  })
})
