import { answer, createFakeUpstream } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { COST, type Limit, priced, ROOM } from './management-client.ts'
import { startProxy } from './start-proxy.ts'

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
