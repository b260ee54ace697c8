import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { COST, manage, priced, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

interface Metrics { readonly spend: number; readonly prompt_tokens: number; readonly completion_tokens: number; readonly api_requests: number; readonly successful_requests: number; readonly failed_requests: number }
type Part = Readonly<Record<string, { readonly metrics: Metrics; readonly metadata: Readonly<Record<string, unknown>>; readonly api_key_breakdown: Readonly<Record<string, { readonly metrics: Metrics }>> }>>
interface Daily { readonly results: readonly { readonly date: string; readonly metrics: Metrics; readonly breakdown: Readonly<Record<string, Part>> }[]; readonly metadata: Readonly<Record<string, unknown>> }

const cost = (calls: number): number => Math.round(calls * COST * 1e9) / 1e9

const server = await createDatabase()
afterAll(() => server?.drop())

describe('spend on the embedded database', () => void spendTests('embedded'))
describe.runIf(server)('spend on PostgreSQL', () => void spendTests('PostgreSQL'))

function spendTests(kind: 'embedded' | 'PostgreSQL'): void {
  const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-spend-'))
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { post, get, make, generate, ask } = manage(() => proxy)
  const day = (n = 0): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)
  // Calls may be on both sides of midnight.
  const range = `start_date=${day(-1)}&end_date=${day(1)}`
  const read = async <T>(path: string, key?: string): Promise<T> => {
    const { status, body } = await get(path, key)
    expect(status, `${path}: ${JSON.stringify(body).slice(0, 300)}`).toBe(200)
    return body as unknown as T
  }
  const status = async (path: string, key?: string): Promise<number> => (await get(path, key)).status

  const [team, org, boss, worker, orgBoss] = [unique(), unique(), unique(), unique(), unique()]
  let keys: Record<'boss' | 'worker' | 'orgBoss' | 'stranger' | 'gone' | 'viewer', string>

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({ database: kind === 'embedded' ? 'embedded' : server!.url, dataDir, config: {
      model_list: [priced(upstream.url, 'gpt'), priced(upstream.url, 'mini', {}, {}, 'deepinfra')],
      router_settings: { num_retries: 0, provider_budget_config: { openai: { budget_limit: 100, time_period: '1d' } } },
    } })
    await proxy.logged(({ msg }) => msg === 'database connected')
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    for (const user_id of [boss, worker, orgBoss, 'stranger']) await make('/user/new', { user_id, user_email: `${user_id}@example.com`, auto_create_key: false })
    await make('/user/new', { user_id: 'viewer', user_role: 'proxy_admin_viewer', auto_create_key: false })
    await make('/organization/new', { organization_id: org, organization_alias: 'The org' })
    await make('/organization/member_add', { organization_id: org, member: { user_id: orgBoss, role: 'org_admin' } })
    await make('/team/new', { team_id: team, team_alias: 'Blue team', organization_id: org, members_with_roles: [{ user_id: boss, role: 'admin' }, { user_id: worker, role: 'user' }] })
    await make('/team/new', { team_id: 'short-lived', team_alias: 'Short-lived' })
    keys = {
      boss: await generate({ user_id: boss }), worker: await generate({ user_id: worker, team_id: team, key_alias: 'workers-key' }), orgBoss: await generate({ user_id: orgBoss }),
      stranger: await generate({ user_id: 'stranger' }), gone: await generate({ team_id: 'short-lived', key_alias: 'gone-key' }), viewer: await generate({ user_id: 'viewer' }),
    }
    for (let i = 0; i < 3; i += 1) expect((await ask(keys.worker, { model: 'gpt', user: 'customer-1', metadata: { tags: ['red', 'blue'] } })).status).toBe(200)
    await ask(keys.worker, { model: 'mini' })
    await ask(keys.boss, { model: 'gpt', metadata: { tags: ['red'] } })
    await ask(keys.gone, { model: 'gpt' })
    upstream.reset().on(CHAT, answer.error(429))
    expect((await ask(keys.worker, { model: 'gpt' })).status).toBe(429)
    upstream.reset().on(CHAT, answer.json(completion('hi')))
    // All seven calls are in the ledger.
    await vi.waitFor(async () => expect(await read<unknown[]>('/spend/logs')).toHaveLength(7), { timeout: 15_000 })
    await make('/key/delete', { keys: [keys.gone] })
    await make('/team/delete', { team_ids: ['short-lived'] })
  }, 60_000)
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('daily activity of a team: metrics, and the same sum split by model, provider, key, endpoint and team', async () => {
    const { results, metadata } = await read<Daily>(`/team/daily/activity?${range}&team_ids=${team}`)
    expect(results.reduce((sum, { metrics }) => sum + metrics.api_requests, 0)).toBe(5)
    expect(metadata).toMatchObject({ total_spend: cost(4), total_api_requests: 5, total_successful_requests: 4, total_failed_requests: 1, total_prompt_tokens: 40, total_completion_tokens: 20, total_tokens: 60, page: 1, total_pages: 1, has_more: false })
    for (const { metrics, breakdown } of results) {
      for (const part of ['models', 'model_groups', 'providers', 'api_keys', 'entities', 'endpoints']) {
        expect(Object.values(breakdown[part]!).reduce((sum, one) => sum + one.metrics.api_requests, 0), part).toBe(metrics.api_requests)
      }
      expect(breakdown['entities']![team]!.metadata).toEqual({ team_alias: 'Blue team' })
      expect(Object.keys(breakdown['endpoints']!)).toEqual(['/chat/completions'])
      expect(Object.values(breakdown['api_keys']!)[0]!.metadata).toEqual({ key_alias: 'workers-key', team_id: team, key_exists: true })
      expect(Object.keys(breakdown['models']!['gpt']!.api_key_breakdown)).toEqual(Object.keys(breakdown['api_keys']!))
    }
  })

  it('users, organizations, tags and customers have the same', async () => {
    const total = async (path: string): Promise<unknown> => (await read<Daily>(path)).metadata['total_api_requests']
    expect(await total(`/user/daily/activity?${range}&user_id=${worker}`)).toBe(5)
    expect(await total(`/user/daily/activity/aggregated?${range}`)).toBe(7)
    expect(await total(`/user/daily/activity?${range}&model=mini`)).toBe(1)
    expect(await total(`/user/daily/activity?${range}&api_key=${keys.boss}`)).toBe(1)
    expect(await total(`/organization/daily/activity?${range}&organization_ids=${org}`)).toBe(5)
    expect(await total(`/tag/daily/activity?${range}&tags=red`)).toBe(4)
    expect(await total(`/customer/daily/activity?${range}&end_user_ids=customer-1`)).toBe(3)
    expect(await total(`/customer/daily/activity?${range}&end_user_ids=nobody`)).toBe(0)
  })

  it('pages hold whole days, the newest first, and an empty range is empty', async () => {
    const first = await read<Daily>(`/user/daily/activity?start_date=${day(-9)}&end_date=${day(1)}`)
    expect(first.metadata).toMatchObject({ page: 1, total_pages: 1, has_more: false, total_api_requests: 7 })
    expect((await read<Daily>(`/user/daily/activity?start_date=${day(-9)}&end_date=${day(1)}&page_size=4&page=3`)).metadata).toMatchObject({ page: 3, has_more: false, total_api_requests: 0 })
    expect(await read<Daily>('/user/daily/activity?start_date=2020-01-01&end_date=2020-01-31')).toMatchObject({ results: [], metadata: { total_spend: 0 } })
  })

  it('global spend by key, model, provider, team, tag, end user and day', async () => {
    expect(await read('/global/spend')).toEqual({ spend: cost(6), max_budget: 0 })
    expect(await read('/global/spend/models')).toMatchObject([{ model: 'gpt', total_spend: cost(5), total_tokens: 75 }, { model: 'mini', total_spend: COST }])
    expect(await read(`/global/spend/provider?${range}`)).toEqual([{ provider: 'openai', spend: cost(5) }, { provider: 'deepinfra', spend: COST }])
    expect(await read(`/global/spend/tags?${range}`)).toEqual({ spend_per_tag: [{ name: 'red', spend: cost(4), log_count: 4 }, { name: 'blue', spend: cost(3), log_count: 3 }] })
    expect(await read(`/global/spend/tags?${range}&tags=blue`)).toEqual({ spend_per_tag: [{ name: 'blue', spend: cost(3), log_count: 3 }] })
    expect(await read('/global/spend/all_tag_names')).toEqual({ tag_names: ['blue', 'red'] })
    expect(await read('/global/all_end_users')).toEqual({ end_users: ['customer-1'] })
    expect((await post('/global/spend/end_users', {})).body).toEqual([{ end_user: 'customer-1', total_count: 3, total_spend: cost(3) }])
    expect((await read<{ spend: number }[]>('/global/spend/logs')).reduce((sum, { spend }) => sum + spend, 0)).toBeCloseTo(cost(6), 9)
    expect((await read<unknown[]>('/global/spend/keys?limit=2'))).toMatchObject([{ key_alias: 'workers-key', total_spend: cost(4) }, {}])
    expect(await read('/spend/tags')).toEqual([{ individual_request_tag: 'red', log_count: 4, total_spend: cost(4) }, { individual_request_tag: 'blue', log_count: 3, total_spend: cost(3) }])
    expect(await read(`/spend/users?user_id=${worker}`)).toEqual([{ user_id: worker, user_email: `${worker}@example.com`, spend: cost(4) }])
  })

  it('deleted keys and teams keep their names', async () => {
    expect((await read<{ key_alias: string; key_exists: boolean }[]>('/spend/keys')).find(({ key_alias }) => key_alias === 'gone-key')).toMatchObject({ key_exists: false, spend: COST, team_id: 'short-lived' })
    expect(await read('/global/spend/teams')).toMatchObject({ teams: expect.arrayContaining(['Blue team', 'Unassigned', 'Short-lived']) as unknown, total_spend_per_team: expect.arrayContaining([{ team_id: 'Blue team', total_spend: cost(4) }]) as unknown })
    expect((await read<unknown[]>(`/spend/logs?api_key=${keys.gone}`))).toHaveLength(1)
  })

  it('the report names who spent what on which model', async () => {
    const days = await read<{ group_by_day: string; teams: { team_name: string; total_spend: number; metadata: { model: string; total_tokens: number }[] }[] }[]>(`/global/spend/report?${range}`)
    const blue = days.flatMap(({ teams }) => teams).filter(({ team_name }) => team_name === 'Blue team')
    expect(blue.reduce((sum, { total_spend }) => sum + total_spend, 0)).toBeCloseTo(cost(4), 9)
    expect(new Set(blue.flatMap(({ metadata }) => metadata.map(({ model }) => model)))).toEqual(new Set(['gpt', 'mini']))
    expect(days[0]!.group_by_day).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\+00:00$/)
    expect(await read(`/global/spend/report?${range}&group_by=customer`)).toMatchObject([{ customers: [{ customer: 'customer-1', total_spend: cost(3) }] }])
    expect(await read(`/global/spend/report?${range}&api_key=${keys.worker}`)).toMatchObject([{ key_alias: 'workers-key', total_cost: cost(4), total_input_tokens: 40 }])
    expect(await read(`/global/spend/report?${range}&team_id=${team}&customer_id=customer-1`)).toMatchObject([{ teams_customers: [{ team_name: 'Blue team', customer: 'customer-1', total_spend: cost(3) }] }])
  })

  it('activity counts calls, tokens, answers from the cache and refusals by providers', async () => {
    expect(await read(`/global/activity?${range}`)).toMatchObject({ sum_api_requests: 7, sum_total_tokens: 90 })
    expect(await read(`/global/activity/model?${range}`)).toMatchObject([{ model: 'gpt', sum_api_requests: 6 }, { model: 'mini', sum_api_requests: 1 }])
    expect(await read<unknown[]>(`/global/activity/cache_hits?${range}`)).toContainEqual({ api_key: 'workers-key', call_type: 'acompletion', model: 'gpt', total_rows: 4, cache_hit_true_rows: 0, cached_completion_tokens: 0, generated_completion_tokens: 15 })
    expect(await read(`/global/activity/exceptions?${range}&model_group=gpt`)).toMatchObject({ sum_num_rate_limit_exceptions: 1 })
    expect(await read(`/global/activity/exceptions/deployment?${range}&model_group=gpt`)).toMatchObject([{ api_base: `${upstream.url}/v1`, sum_num_rate_limit_exceptions: 1 }])
    expect(await read('/provider/budgets')).toMatchObject({ providers: { openai: { budget_limit: 100, time_period: '1d', spend: cost(5) } } })
  })

  it('numbered pages of logs, by every filter', async () => {
    const count = async (query: string): Promise<unknown> => (await read<{ total: number }>(`/spend/logs/v2?${range}&${query}`)).total
    expect(await read(`/spend/logs/ui?${range}&page_size=2&page=2`)).toMatchObject({ total: 7, page: 2, page_size: 2, total_pages: 4, data: [{}, {}] })
    expect([await count('status_filter=failure'), await count(`team_id=${team}`), await count('end_user=customer-1'), await count('key_alias=workers-key'), await count('key_alias=none'), await count('model=mini'), await count('min_spend=0.00001'), await count('max_spend=0'), await count('error_code=upstream_rate_limit')]).toEqual([1, 5, 3, 5, 0, 1, 6, 1, 1])
  })

  it('one call by its id, for those who see it', async () => {
    const [newest] = await read<{ request_id: string; team_id: string; metadata: object }[]>(`/spend/logs?team_id=${team}`)
    const path = `/spend/logs/ui/${newest!.request_id}`
    expect(await read(path)).toEqual({ ...newest, messages: {}, response: {}, proxy_server_request: {} })
    expect(await read(`${path}?${range}`)).toMatchObject({ request_id: newest!.request_id })
    const seen = async (key: string): Promise<number> => (await proxy.fetch(path, { headers: { authorization: `Bearer ${key}` } })).status
    expect([await seen(keys.viewer), await seen(keys.worker), await seen(keys.boss), await seen(keys.orgBoss), await seen(keys.stranger)]).toEqual([200, 200, 200, 200, 404])
    expect([(await proxy.fetch('/spend/logs/ui/nothing')).status, (await proxy.fetch(`${path}?start_date=2099-01-01`)).status, (await proxy.fetch(`${path}?start_date=never`)).status]).toEqual([404, 404, 400])
  })

  it('FOCUS: every required column, exact costs that add up, pages by day', async () => {
    const reply = await proxy.fetch(`/spend/export/focus?${range}`)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present'])
    const [header, ...lines] = (await reply.text()).trimEnd().split('\r\n')
    const required = ['BilledCost', 'BillingAccountId', 'BillingAccountName', 'BillingCurrency', 'BillingPeriodEnd', 'BillingPeriodStart', 'ChargeCategory', 'ChargeClass', 'ChargeDescription', 'ChargePeriodEnd', 'ChargePeriodStart', 'ContractedCost', 'EffectiveCost', 'InvoiceIssuerName', 'ListCost', 'PricingQuantity', 'PricingUnit', 'ProviderName', 'PublisherName', 'ServiceCategory', 'ServiceName']
    expect(header!.split(',')).toEqual(expect.arrayContaining(required))
    expect(lines.reduce((sum, line) => sum + Math.round(Number(line.split(',')[0]) * 1e9), 0)).toBe(Math.round(6 * COST * 1e9))
  })

  it('who sees all sees all; others see their own, admins of teams and organizations theirs, and foreign ids are not there', async () => {
    const requests = async (key: string): Promise<number> => (await read<{ sum_api_requests: number }>(`/global/activity?${range}`, key)).sum_api_requests
    expect([await requests(keys.viewer), await requests(keys.boss), await requests(keys.worker), await requests(keys.stranger)]).toEqual([7, 1, 5, 0])
    expect([await read<unknown[]>('/spend/logs', keys.worker), await read<unknown[]>('/spend/logs', keys.boss), await read<unknown[]>('/spend/logs', keys.stranger)].map(({ length }) => length)).toEqual([5, 1, 0])
    expect(await read('/global/spend', keys.boss)).toEqual({ spend: COST, max_budget: 0 })
    expect([await read<unknown[]>(`/spend/logs?team_id=${team}`, keys.boss), await read<unknown[]>(`/spend/logs?organization_id=${org}`, keys.orgBoss)].map(({ length }) => length)).toEqual([5, 5])
    expect((await read<Daily>(`/team/daily/activity?${range}`, keys.boss)).metadata['total_api_requests']).toBe(5)
    expect((await read<Daily>(`/organization/daily/activity?${range}`, keys.orgBoss)).metadata['total_api_requests']).toBe(5)
    expect((await read<Daily>(`/organization/daily/activity?${range}`, keys.boss)).metadata['total_api_requests']).toBe(0)
    for (const path of [`/spend/logs?team_id=${team}`, `/spend/logs?user_id=${worker}`, `/spend/logs?organization_id=${org}`, `/spend/logs?api_key=${keys.worker}`, `/spend/users?user_id=${worker}`, `/user/daily/activity?${range}&user_id=${worker}`, `/team/daily/activity?${range}&team_ids=${team}`,
      `/organization/daily/activity?${range}&organization_ids=${org}`, `/user/daily/activity?${range}&api_key=${keys.boss}`, `/global/spend/report?${range}&team_id=${team}`, `/spend/logs?team_id=no-such-team`]) {
      expect(await status(path, keys.stranger), path).toBe(404)
    }
    for (const path of [`/spend/export/focus?${range}`, '/provider/budgets']) {
      expect(await status(path, keys.boss), path).toBe(403)
      expect((await proxy.fetch(path, { headers: { authorization: `Bearer ${keys.viewer}` } })).status, path).toBe(200)
    }
  })

  it('bad parameters are named', async () => {
    const bad: readonly (readonly [path: string, field: string])[] = [
      ['/global/activity', 'start_date'], ['/global/activity?start_date=2025-02-30&end_date=2025-03-01', 'start_date'], ['/global/activity?start_date=2025-01-02&end_date=2025-01-01', 'end_date'], ['/global/activity?start_date=1999-01-01&end_date=2025-01-01', 'end_date'],
      [`/user/daily/activity?${range}&page=0`, 'page'], [`/user/daily/activity?${range}&timezone=CET`, 'timezone'], [`/global/spend/report?${range}&group_by=moon`, 'group_by'], ['/global/spend/keys?limit=none', 'limit'], [`/global/activity/exceptions?${range}`, 'model_group'],
      ['/spend/logs/v2', 'start_date'], [`/spend/logs/v2?${range}&page_size=101`, 'page_size'], [`/spend/logs/v2?${range}&status_filter=odd`, 'status_filter'], [`/spend/export/focus?${range}&next=tomorrow`, 'next'],
    ]
    for (const [path, field] of bad) {
      const { status: code, body } = await get(path)
      expect([400, 422], path).toContain(code)
      expect(body.error.param, path).toBe(field)
    }
    expect(await post('/global/spend/reset', {})).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('temp_budget_increase') as unknown } } })
    expect(await post('/global/spend/refresh', {})).toMatchObject({ status: 200, body: { status: 'success' } })
  })
}
