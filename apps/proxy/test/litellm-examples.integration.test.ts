import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { createDatabase, type TestDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** Requests of LiteLLM's documentation, sent as they stand there; what they answer, in the fields that it shows. */
interface Example {
  readonly page: string
  readonly call: readonly ['GET' | 'POST', string]
  readonly body?: object
  readonly answers: object
}

const users = 'https://docs.litellm.ai/docs/proxy/users'
const customers = 'https://docs.litellm.ai/docs/proxy/customers'
const keys = 'https://docs.litellm.ai/docs/proxy/virtual_keys'
const costs = 'https://docs.litellm.ai/docs/proxy/cost_tracking'

const examples: readonly Example[] = [
  { page: keys, call: ['POST', '/key/generate'], body: { models: ['gpt-3.5-turbo', 'gpt-4'], metadata: { user: 'ishaan@berri.ai' } }, answers: { key: expect.stringMatching(/^sk-/), expires: null, models: ['gpt-3.5-turbo', 'gpt-4'], metadata: { user: 'ishaan@berri.ai' } } },
  { page: keys, call: ['POST', '/key/generate'], body: { models: ['my-free-tier'], duration: '30m', aliases: { 'mistral-7b': 'my-free-tier' } }, answers: { key: expect.stringMatching(/^sk-/), expires: expect.any(String), aliases: { 'mistral-7b': 'my-free-tier' } } },
  { page: users, call: ['POST', '/team/new'], body: { team_alias: 'my-new-team_4', members_with_roles: [{ role: 'admin', user_id: '5c4a0aa3-a1e1-43dc-bd87-3c2da8382a3a' }], rpm_limit: 99 }, answers: { team_alias: 'my-new-team_4', team_id: expect.any(String), members_with_roles: [{ user_id: '5c4a0aa3-a1e1-43dc-bd87-3c2da8382a3a', role: 'admin' }], rpm_limit: 99, tpm_limit: null, max_budget: null, models: [] } },
  { page: users, call: ['POST', '/user/new'], body: { models: ['azure-models'], max_budget: 0, user_id: 'krrish3@berri.ai' }, answers: { key: expect.stringMatching(/^sk-/), expires: null, max_budget: 0 } },
  { page: users, call: ['POST', '/user/new'], body: { max_budget: 10, budget_duration: '10s' }, answers: { user_id: expect.any(String), max_budget: 10, budget_duration: '10s' } },
  { page: users, call: ['POST', '/user/new'], body: { user_id: 'krrish@berri.ai', max_parallel_requests: 10, tpm_limit: 20, rpm_limit: 4 }, answers: { key: expect.stringMatching(/^sk-/), user_id: 'krrish@berri.ai', max_parallel_requests: 10, tpm_limit: 20, rpm_limit: 4 } },
  { page: users, call: ['POST', '/key/generate'], body: { max_budget: 10, budget_duration: '30d' }, answers: { key: expect.stringMatching(/^sk-/), max_budget: 10, budget_duration: '30d' } },
  { page: users, call: ['POST', '/key/generate'], body: { model_max_budget: { 'gpt-4o': { budget_limit: '0.0000001', time_period: '1d' } } }, answers: { key: expect.stringMatching(/^sk-/), model_max_budget: { 'gpt-4o': { max_budget: 0.0000001, budget_duration: '1d' } } } },
  { page: users, call: ['POST', '/key/generate'], body: { model_rpm_limit: { 'gpt-4': 2 }, model_tpm_limit: { 'gpt-4': 10 } }, answers: { model_rpm_limit: { 'gpt-4': 2 }, model_tpm_limit: { 'gpt-4': 10 } } },
  { page: customers, call: ['POST', '/budget/new'], body: { budget_id: 'my-free-tier', max_budget: 4 }, answers: { budget_id: 'my-free-tier', max_budget: 4 } },
  { page: customers, call: ['POST', '/customer/new'], body: { user_id: 'my-customer-id', budget_id: 'my-free-tier' }, answers: { user_id: 'my-customer-id', blocked: false, litellm_budget_table: { budget_id: 'my-free-tier', max_budget: 4 } } },
  { page: customers, call: ['POST', '/end_user/new'], body: { user_id: 'my-customer-id-2', max_budget: 0 }, answers: { user_id: 'my-customer-id-2', spend: 0 } },
  { page: customers, call: ['POST', '/customer/block'], body: { user_ids: ['my-customer-id-2'] }, answers: { blocked_users: [{ user_id: 'my-customer-id-2', blocked: true }] } },
  { page: costs, call: ['POST', '/spend/calculate'], body: { model: 'anthropic/claude-3-haiku-20240307', messages: [{ role: 'user', content: 'Hey, how\'s it going?' }] }, answers: { cost: expect.any(Number) } },
]

describe('LiteLLM\'s documented requests', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  let database: TestDatabase | undefined
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    database = await createDatabase()
    upstream.on(CHAT, answer.json(completion('hi')))
    proxy = await startProxy({ database: database?.url ?? 'embedded', config: oneModel(upstream.url, { params: { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 } }) })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await database?.drop()
  })

  it.each(examples)('$call.0 $call.1 of $page', async ({ call: [method, path], body, answers }) => {
    const reply = await proxy.fetch(path, { method, ...(body && { body: JSON.stringify(body) }) })
    const answered = (await reply.json()) as unknown
    expect([reply.status, answered]).toMatchObject([200, answers])
  })

  it('GET /customer/info shows what was spent for an end user that a call named', async () => {
    await proxy.fetch(CHAT, chatBody({ user: 'ishaan3' }))
    await expect.poll(async () => (await proxy.fetch('/customer/info?end_user_id=ishaan3')).status, { timeout: 10_000 }).toBe(200)
    expect(await (await proxy.fetch('/customer/info?end_user_id=ishaan3')).json()).toMatchObject({ user_id: 'ishaan3', blocked: false, alias: null, spend: 0.00002, allowed_model_region: null, default_model: null, litellm_budget_table: null })
    expect((await proxy.fetch('/customer/info?end_user_id=nobody')).status).toBe(404)
  })
})
