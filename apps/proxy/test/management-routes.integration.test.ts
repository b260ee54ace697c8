import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { COST, manage, priced, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const server = await createDatabase()
afterAll(() => server?.drop())

describe('routes of the management API', () => {
  let proxy: RunningProxy
  let upstream: FakeUpstream
  const { make, get, post, generate, ask } = manage(() => proxy)
  const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)
  const range = `start_date=${day(-1)}&end_date=${day(1)}`
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    proxy = await startProxy({ database: server?.url ?? 'embedded', config: { model_list: [priced(upstream.url, 'gpt'), priced(upstream.url, 'mini')] } })
  }, 60_000)
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  it('FR-049: keys: many at once, health, aliases', async () => {
    const [first, second] = [unique(), unique()]
    const keys = [await generate({ key_alias: first }), await generate({ key_alias: second })]
    const { body } = await post('/key/bulk_update', { keys: [...keys.map((key) => ({ key, max_budget: 3 })), { key: 'sk-nobody-has-this-one', max_budget: 3 }] })
    expect(body).toMatchObject({ total_requested: 3, successful_updates: [{ key: keys[0], key_info: { max_budget: 3 } }, { key: keys[1] }], failed_updates: [{ key: 'sk-nobody-has-this-one', key_info: null }] })
    expect((await post('/key/health', {}, keys[0])).body).toMatchObject({ key: 'healthy' })
    expect((await get(`/key/aliases?search=${first.slice(0, 12)}`)).body).toMatchObject({ aliases: [first], total_count: 1, current_page: 1 })
  })

  it('FR-050: teams: info, block and unblock, daily activity, models added and removed', async () => {
    const team_id = unique()
    await make('/team/new', { team_id, team_alias: 'Green', models: ['gpt'] })
    const key = await generate({ team_id })
    expect([(await ask(key)).status, (await ask(key, { model: 'mini' })).status]).toEqual([200, 403])
    await make('/team/model/add', { team_id, models: ['mini'] })
    expect((await ask(key, { model: 'mini' })).status).toBe(200)
    await make('/team/model/delete', { team_id, models: ['mini'] })
    expect((await ask(key, { model: 'mini' })).status).toBe(403)
    await make('/team/block', { team_id })
    expect((await ask(key)).status).toBe(401)
    await make('/team/unblock', { team_id })
    expect((await ask(key)).status).toBe(200)
    expect((await get(`/team/info?team_id=${team_id}`)).body).toMatchObject({ team_id, team_info: { team_alias: 'Green', models: ['gpt'], blocked: false }, keys: [{ team_id }] })
    await vi.waitFor(async () => expect((await get(`/team/daily/activity?team_ids=${team_id}&${range}`)).body['metadata']).toMatchObject({ total_successful_requests: 3, total_failed_requests: 2, page: 1, has_more: false }), { timeout: 10_000 })
  })

  it('FR-051: users: info, update, daily activity', async () => {
    const user_id = unique()
    await make('/user/new', { user_id, auto_create_key: false })
    const key = await generate({ user_id })
    await make('/user/update', { user_id, user_alias: 'Ada', rpm_limit: 1 })
    expect((await get(`/user/info?user_id=${user_id}`)).body).toMatchObject({ user_id, user_info: { user_alias: 'Ada', rpm_limit: 1 }, keys: [{ user_id }], teams: [] })
    expect([(await ask(key)).status, (await ask(key)).status]).toEqual([200, 429])
    await vi.waitFor(async () => expect((await get(`/user/daily/activity?${range}`, key)).body['metadata']).toMatchObject({ total_spend: COST, total_successful_requests: 1, total_failed_requests: 1 }), { timeout: 10_000 })
  })

  it('US6-3: an end user is made, read, changed, blocked, let in again and deleted, each for the next request', async () => {
    const user_id = unique()
    const call = async (): Promise<number> => (await ask(undefined, { user: user_id })).status
    await make('/customer/new', { user_id, alias: 'first', max_budget: 1 })
    expect((await get(`/customer/info?end_user_id=${user_id}`)).body).toMatchObject({ user_id, alias: 'first', blocked: false })
    expect(await call()).toBe(200)
    await make('/customer/update', { user_id, max_budget: 0 })
    expect(await call()).toBe(429)
    await make('/customer/update', { user_id, max_budget: null })
    await make('/customer/block', { user_ids: [user_id] })
    expect(await call()).toBe(400)
    await make('/customer/unblock', { user_ids: [user_id] })
    expect(await call()).toBe(200)
    expect(((await get('/customer/list')).body as unknown as readonly { user_id: string }[]).map((one) => one.user_id)).toContain(user_id)
    await make('/customer/delete', { user_ids: [user_id] })
    expect(((await get('/customer/list')).body as unknown as readonly { user_id: string }[]).map((one) => one.user_id)).not.toContain(user_id)
  })
})
