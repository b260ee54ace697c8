import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { createDatabase, type TestDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

/** Requests of LiteLLM's documentation, sent as they stand there, in their order; what they answer, in the fields that it shows. */
interface Example {
  readonly page: string
  readonly call: readonly ['GET' | 'POST' | 'DELETE' | 'PATCH', string]
  readonly body?: object
  /** Default 200. Another one is a difference that the table names. */
  readonly status?: number
  readonly answers: object
}

const users = 'https://docs.litellm.ai/docs/proxy/users'
const customers = 'https://docs.litellm.ai/docs/proxy/customers'
const keys = 'https://docs.litellm.ai/docs/proxy/virtual_keys'
const costs = 'https://docs.litellm.ai/docs/proxy/cost_tracking'
const fallbacks = 'https://docs.litellm.ai/docs/proxy/fallback_management'
const modelPage = 'https://docs.litellm.ai/docs/proxy/model_management'
const groups = 'https://docs.litellm.ai/docs/proxy/model_access_groups'
const teams = 'https://docs.litellm.ai/docs/proxy/team_budgets'
const roles = 'https://docs.litellm.ai/docs/proxy/access_control'
const temporary = 'https://docs.litellm.ai/docs/proxy/temporary_budget_increase'
const selfServe = 'https://docs.litellm.ai/docs/proxy/self_serve'

const KEY = 'sk-kdEXbIqZRwEeEiHwdg7sFA'
const REPORT = 'start_date=2024-04-01&end_date=2024-06-30'

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
  // The page names a team and a key that are there.
  { page: keys, call: ['POST', '/key/generate'], body: { models: ['gpt-3.5-turbo', 'gpt-4', 'claude-2'], duration: '20m', metadata: { user: 'ishaan@berri.ai' }, team_id: 'core-infra', max_budget: 10 }, answers: { key: expect.stringMatching(/^sk-/), expires: expect.any(String), key_name: expect.stringMatching(/^sk-\.\.\./), team_id: 'core-infra', max_budget: 10 } },
  { page: keys, call: ['POST', '/key/generate'], body: { metadata: { user: 'ishaan@berri.ai' }, team_id: 'core-infra', max_budget: 10 }, answers: { key: expect.stringMatching(/^sk-/), max_budget: 10 } },
  { page: keys, call: ['POST', '/key/generate'], body: { models: ['my-free-tier'], aliases: { 'gpt-3.5-turbo': 'my-free-tier' }, duration: '30min' }, status: 422, answers: { error: { param: 'duration' } } },
  { page: keys, call: ['GET', `/key/info?key=${KEY}`], answers: { key: KEY, info: { spend: 0, expires: null, models: [], aliases: {}, config: {}, max_parallel_requests: null, metadata: {} } } },
  { page: keys, call: ['POST', '/key/update'], body: { key: KEY, models: ['gpt-3.5-turbo', 'gpt-4', 'claude-2'], metadata: { user: 'ishaan@berri.ai' }, team_id: 'core-infra' }, answers: { key: KEY, models: ['gpt-3.5-turbo', 'gpt-4', 'claude-2'], metadata: { user: 'ishaan@berri.ai' } } },
  { page: temporary, call: ['POST', '/key/update'], body: { key: KEY, temp_budget_increase: 100, temp_budget_expiry: '2025-01-15' }, answers: { key: KEY, temp_budget_increase: 100, temp_budget_expiry: '2025-01-15T00:00:00.000Z' } },
  { page: keys, call: ['POST', '/key/delete'], body: { keys: [KEY] }, answers: { deleted_keys: [KEY] } },
  { page: keys, call: ['POST', '/user/new'], body: { user_id: 'ishaan1', user_email: 'ishaan@litellm.ai', user_role: 'admin', team_id: 'cto-team', max_budget: 20, budget_duration: '1h' }, status: 422, answers: { error: { param: 'user_role' } } },
  { page: selfServe, call: ['POST', '/user/new'], body: { user_email: 'krrishdholakia@gmail.com', user_role: 'internal_user' }, answers: { user_id: expect.any(String), user_email: 'krrishdholakia@gmail.com', user_role: 'internal_user' } },
  { page: groups, call: ['POST', '/key/generate'], body: { models: ['beta-models'], max_budget: 0 }, answers: { key: expect.stringMatching(/^sk-/), models: ['beta-models'], max_budget: 0 } },
  { page: groups, call: ['POST', '/team/new'], body: { models: ['beta-models'] }, answers: { team_id: expect.any(String), models: ['beta-models'] } },
  { page: teams, call: ['POST', '/team/new'], body: { team_alias: 'QA Prod Bot', max_budget: 0.000000001, budget_duration: '1d' }, answers: { team_alias: 'QA Prod Bot', team_id: expect.any(String), max_budget: 0.000000001, budget_duration: '1d', budget_reset_at: expect.any(String) } },
  { page: roles, call: ['POST', '/organization/new'], body: { organization_alias: 'marketing_department', models: ['gpt-4'], max_budget: 20 }, answers: { organization_id: expect.any(String), organization_alias: 'marketing_department', metadata: {}, models: ['gpt-4'], created_by: expect.any(String), created_at: expect.any(String) } },
  { page: fallbacks, call: ['POST', '/fallback'], body: { model: 'gpt-3.5-turbo', fallback_models: ['gpt-4', 'claude-3-haiku'], fallback_type: 'general' }, answers: { model: 'gpt-3.5-turbo', fallback_models: ['gpt-4', 'claude-3-haiku'], fallback_type: 'general', message: 'Fallback configuration created successfully' } },
  { page: fallbacks, call: ['GET', '/fallback/gpt-3.5-turbo?fallback_type=general'], answers: { model: 'gpt-3.5-turbo', fallback_models: ['gpt-4', 'claude-3-haiku'], fallback_type: 'general' } },
  { page: fallbacks, call: ['POST', '/fallback'], body: { model: 'gpt-3.5-turbo', fallback_models: ['non-existent-model'] }, status: 400, answers: { error: { param: 'fallback_models' } } },
  { page: fallbacks, call: ['DELETE', '/fallback/gpt-3.5-turbo?fallback_type=general'], answers: { model: 'gpt-3.5-turbo', fallback_type: 'general', message: 'Fallback configuration deleted successfully' } },
  { page: modelPage, call: ['GET', '/model/info'], answers: { data: expect.arrayContaining([expect.objectContaining({ model_name: 'gpt-4', model_info: expect.objectContaining({ id: expect.any(String), db_model: false, my_custom_key: 'my_custom_value', litellm_provider: 'openai', mode: 'chat', max_tokens: expect.anything() }) })]) } },
  { page: modelPage, call: ['POST', '/model/new'], body: { model_name: 'azure-gpt-turbo', litellm_params: { model: 'azure/gpt-3.5-turbo', api_key: 'os.environ/AZURE_API_KEY', api_base: 'my-azure-api-base' } }, status: 400, answers: { error: { param: expect.stringContaining('api_base') } } },
  { page: costs, call: ['POST', '/key/generate'], body: { permissions: { get_spend_routes: true } }, status: 422, answers: { error: { param: 'permissions' } } },
  { page: costs, call: ['POST', '/global/spend/reset'], status: 400, answers: { error: { code: 'unsupported_operation' } } },
  { page: costs, call: ['GET', '/user/daily/activity?start_date=2025-03-20&end_date=2025-03-27'], answers: { results: [], metadata: { total_spend: 0, total_prompt_tokens: 0, total_completion_tokens: 0, total_api_requests: 0 } } },
  { page: costs, call: ['GET', `/global/spend/report?${REPORT}&group_by=team`], answers: [] },
  { page: costs, call: ['GET', `/global/spend/report?${REPORT}&group_by=customer`], answers: [] },
  { page: costs, call: ['GET', `/global/spend/report?${REPORT}&api_key=sk-1234`], answers: [] },
  { page: costs, call: ['GET', `/global/spend/report?start_date=2024-04-01&end_date=2024-12-30&internal_user_id=ishaan`], answers: [] },
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
    const model = (model_name: string, more: object = {}) => ({ model_name, litellm_params: { model: 'openai/gpt-4', api_key: 'sk-upstream-secret', api_base: `${upstream.url}/v1`, input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 }, ...more })
    proxy = await startProxy({ database: database?.url ?? 'embedded', env: { AZURE_API_KEY: 'azure-key' }, config: {
      model_list: [model('gpt'), model('gpt-4', { model_info: { my_custom_key: 'my_custom_value', access_groups: ['beta-models'] } }), model('gpt-3.5-turbo'), model('claude-3-haiku')], general_settings: { store_model_in_db: true },
    } })
    for (const [path, body] of [['/team/new', { team_id: 'core-infra' }], ['/key/generate', { key: KEY }]] as const) await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body) })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await database?.drop()
  })

  it.each(examples)('$call.0 $call.1 of $page', async ({ call: [method, path], body, status = 200, answers }) => {
    const reply = await proxy.fetch(path, { method, ...(body && { body: JSON.stringify(body) }) })
    const answered = (await reply.json()) as unknown
    expect([reply.status, answered]).toMatchObject([status, answers])
  })

  it('GET /customer/info shows what was spent for an end user that a call named', async () => {
    await proxy.fetch(CHAT, chatBody({ user: 'ishaan3' }))
    await expect.poll(async () => (await proxy.fetch('/customer/info?end_user_id=ishaan3')).status, { timeout: 10_000 }).toBe(200)
    expect(await (await proxy.fetch('/customer/info?end_user_id=ishaan3')).json()).toMatchObject({ user_id: 'ishaan3', blocked: false, alias: null, spend: 0.00002, allowed_model_region: null, default_model: null, litellm_budget_table: null })
    expect((await proxy.fetch('/customer/info?end_user_id=nobody')).status).toBe(404)
  })

  it('the organization of the page on roles: its admin makes a team and puts a user into it', async () => {
    const post = async (path: string, body: object, key?: string): Promise<{ status: number; body: Record<string, unknown> }> => {
      const reply = await proxy.fetch(path, { method: 'POST', body: JSON.stringify(body), ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }) })
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
    }
    const { organization_id } = (await post('/organization/new', { organization_alias: 'marketing_department_2', models: ['gpt-4'], max_budget: 20 })).body
    expect((await post('/organization/member_add', { organization_id, member: { role: 'org_admin', user_id: 'ishaan@berri.ai' } })).status).toBe(200)
    const { key } = (await post('/key/generate', { user_id: 'ishaan@berri.ai' })).body
    const team = await post('/team/new', { team_alias: 'engineering_team', organization_id }, key as string)
    expect(team).toMatchObject({ status: 200, body: { team_alias: 'engineering_team', team_id: expect.any(String) as string, organization_id } })
    // The page's role is one of users; places in a team have `admin` and `user`, which LiteLLM's own schema says too.
    expect((await post('/team/member_add', { team_id: team.body['team_id'], member: { role: 'internal_user', user_id: 'krrish@berri.ai' } }, key as string)).status).toBe(422)
    expect((await post('/team/member_add', { team_id: team.body['team_id'], member: { role: 'user', user_id: 'krrish@berri.ai' } }, key as string)).status).toBe(200)
  })
})
