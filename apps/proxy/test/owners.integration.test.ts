import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { manage, priced, unique } from './management-client.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('budgets, organizations, users and service accounts', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { send, post, get, make, generate, ask } = manage(() => proxy)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({ config: {
      model_list: [priced(upstream.url, 'gpt'), priced(upstream.url, 'beta-a', {}, { access_groups: ['beta'] }), priced(upstream.url, 'beta-b', {}, { access_groups: ['beta', 'other'] })],
      litellm_settings: { default_internal_user_params: { max_budget: 7, budget_duration: '30d', models: ['gpt'] } },
    } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  it('budgets: LiteLLM\'s answers', async () => {
    const budget_id = unique()
    const row = await make('/budget/new', { budget_id, max_budget: 5, soft_budget: 4, budget_duration: '1d', rpm_limit: 3, model_max_budget: { gpt: { max_budget: 1, budget_duration: '1d' } } })
    expect(row).toMatchObject({ budget_id, max_budget: 5, soft_budget: 4, budget_duration: '1d', rpm_limit: 3, tpm_limit: null, created_by: 'default_user_id' })
    expect(row['budget_reset_at']).toMatch(/T00:00:00.000Z$/)
    expect((await post('/budget/new', { budget_id })).status).toBe(409)
    expect(await make('/budget/update', { budget_id, soft_budget: null })).toMatchObject({ max_budget: 5, soft_budget: null })
    expect(await make('/budget/info', { budgets: [budget_id, 'none-such'] })).toMatchObject([{ budget_id }])
    expect((await get('/budget/list')).body).toEqual(expect.arrayContaining([expect.objectContaining({ budget_id })]))
    expect((await get(`/budget/settings?budget_id=${budget_id}`)).body).toEqual(expect.arrayContaining([expect.objectContaining({ field_name: 'max_budget', field_type: 'Float', field_value: 5 })]))
    expect(await make('/budget/delete', { id: budget_id })).toMatchObject({ budget_id })
    for (const [path, body] of [['/budget/update', { budget_id }], ['/budget/delete', { id: budget_id }]] as const) expect((await post(path, body)).status).toBe(404)
    for (const path of ['/key/generate', '/team/new', '/user/new', '/tag/new', '/organization/new'] as const) expect((await post(path, { ...(path === '/tag/new' && { name: unique() }), budget_id: 'none-such' })).status, path).toBe(404)
  })

  it('a list of models may name an access group, and patterns do not reach one', async () => {
    const key = await generate({ models: ['beta'] })
    expect((await get('/v1/models', key)).body['data']).toMatchObject([{ id: 'beta-a' }, { id: 'beta-b' }])
    expect((await ask(key, { model: 'beta-a' })).status).toBe(200)
    expect((await ask(key)).body.error.type).toBe('key_model_access_denied')
    expect((await ask(await generate({ models: ['ot*'] }), { model: 'beta-b' })).status).toBe(403)
    const organization_id = unique()
    await make('/organization/new', { organization_id, models: ['other'] })
    const ofOrganization = await generate({ organization_id })
    expect((await ask(ofOrganization, { model: 'beta-b' })).status).toBe(200)
    expect((await ask(ofOrganization, { model: 'beta-a' })).body.error.type).toBe('org_model_access_denied')
  })

  it('a service account key belongs to a team and to nobody', async () => {
    const team_id = unique()
    await make('/team/new', { team_id })
    const made = await make('/key/service-account/generate', { team_id, key_alias: `robot ${team_id}` })
    expect(made).toMatchObject({ team_id, user_id: null, metadata: { service_account_id: `robot ${team_id}` } })
    expect((await ask(made.key)).status).toBe(200)
    expect((await post('/key/service-account/generate', {})).status).toBe(422)
    expect((await post('/key/service-account/generate', { team_id, user_id: 'somebody' })).status).toBe(400)
  })

  it('new users have the operator\'s defaults where nobody says otherwise', async () => {
    expect(await make('/user/new', { auto_create_key: false })).toMatchObject({ max_budget: 7, budget_duration: '30d', models: ['gpt'] })
    expect(await make('/user/new', { auto_create_key: false, max_budget: null, models: [] })).toMatchObject({ max_budget: null, models: [] })
    const user_id = unique()
    await generate({ user_id })
    expect((await get(`/user/info?user_id=${user_id}`)).body['user_info']).toMatchObject({ max_budget: 7 })
  })

  it('blocking an organization stops its keys at once, deleting one does too', async () => {
    const organization_id = unique()
    await make('/organization/new', { organization_id })
    const key = await generate({ organization_id })
    expect((await ask(key)).status).toBe(200)
    await send('PATCH', '/organization/update', { organization_id, blocked: true })
    expect((await ask(key)).status).toBe(401)
    await post('/organization/update', { organization_id, blocked: false })
    expect((await ask(key)).status).toBe(200)
    expect((await send('DELETE', '/organization/delete', { organization_ids: [organization_id] })).status).toBe(200)
    expect((await ask(key)).status).toBe(401)
  })

  it('LL#6556: a deleted user is in no team and no organization, and its keys are dead', async () => {
    const [user_id, team_id, organization_id] = [unique(), unique(), unique()]
    await make('/organization/new', { organization_id })
    await make('/team/new', { team_id, members_with_roles: [{ user_id }] })
    await make('/organization/member_add', { organization_id, member: { user_id, role: 'internal_user' } })
    const keys = [await generate({ user_id }), await generate({ user_id, team_id })]
    expect(await make('/user/delete', { user_ids: [user_id] })).toMatchObject({ deleted_users: 1 })
    for (const key of keys) expect((await ask(key)).status).toBe(401)
    expect((await get(`/team/info?team_id=${team_id}`)).body['team_info']).toMatchObject({ members: [] })
    expect((await get(`/organization/info?organization_id=${organization_id}`)).body).toMatchObject({ members: [] })
    expect((await get(`/user/list?user_ids=${user_id}`)).body).toMatchObject({ users: [], total: 0 })
  })
})
