import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { manage, priced, type Reply, unique } from './management-client.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('who may manage whom', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { send, post, get, make, generate, ask } = manage(() => proxy)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({ config: {
      model_list: [priced(upstream.url, 'gpt')],
    } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  let org: Record<'id' | 'team' | 'admin' | 'member', string>
  let other: typeof org
  const tenant = async (): Promise<typeof org> => {
    const [id, team, boss, worker] = [unique(), unique(), unique(), unique()]
    for (const user_id of [boss, worker]) await make('/user/new', { user_id, max_budget: null, models: [], auto_create_key: false })
    await make('/organization/new', { organization_id: id })
    await make('/organization/member_add', { organization_id: id, member: [{ user_id: boss, role: 'org_admin' }, { user_id: worker, role: 'internal_user' }] })
    await make('/team/new', { team_id: team, organization_id: id, members_with_roles: [{ user_id: worker }] })
    return { id, team, admin: await generate({ user_id: boss }), member: await generate({ user_id: worker }) }
  }
  beforeAll(async () => {
    org = await tenant()
    other = await tenant()
  })

  it('admins of an organization see and manage their own only: foreign ids answer 404', async () => {
    const foreignKey = await generate({ team_id: other.team })
    const routes: readonly (readonly [method: string, path: string, body: ((ids: typeof org, key: string) => object) | undefined])[] = [
      ['GET', `/organization/info?organization_id=ID`, undefined], ['GET', '/budget/explain?scope=organization&id=ID', undefined], ['GET', '/team/info?team_id=TEAM', undefined], ['GET', '/budget/explain?scope=team&id=TEAM', undefined],
      ['GET', '/key/info?key=KEY', undefined], ['GET', '/budget/explain?scope=key&id=KEY', undefined],
      ['POST', '/organization/info', ({ id }) => ({ organizations: [id] })], ['POST', '/organization/member_add', ({ id }) => ({ organization_id: id, member: { user_id: 'new', role: 'internal_user' } })],
      ['POST', '/team/new', ({ id }) => ({ organization_id: id })], ['POST', '/team/update', ({ team }) => ({ team_id: team, rpm_limit: 99 })], ['POST', '/team/block', ({ team }) => ({ team_id: team })], ['POST', '/team/unblock', ({ team }) => ({ team_id: team })],
      ['POST', '/team/member_add', ({ team }) => ({ team_id: team, member: { user_id: `m${unique()}` } })], ['POST', '/key/generate', ({ team }) => ({ team_id: team, user_id: null })], ['POST', '/key/update', (_ids, key) => ({ key, rpm_limit: 9 })],
      ['POST', '/key/service-account/generate', ({ team }) => ({ team_id: team })],
    ]
    const ownKey = await generate({ team_id: org.team })
    for (const [method, path, body] of routes) {
      const at = (ids: typeof org, key: string): Promise<Reply> => send(method, path.replace('ID', ids.id).replace('TEAM', ids.team).replace('KEY', key), body?.(ids, key), org.admin)
      expect((await at(other, foreignKey)).status, `foreign ${path}`).toBe(404)
      expect((await at(org, ownKey)).status, `own ${path}`).toBe(200)
    }
    expect(((await get('/organization/list', org.admin)).body as unknown as { organization_id: string }[]).map(({ organization_id }) => organization_id)).toEqual([org.id])
    expect((await get(`/team/list?organization_id=${other.id}`, org.admin)).body).toEqual([])
    expect(((await get(`/team/list?organization_id=${org.id}`, org.admin)).body as unknown as { organization_id: string }[]).every(({ organization_id }) => organization_id === org.id)).toBe(true)
  })

  it('an organization\'s limits are given from above: its admins do not change them, nor leave it', async () => {
    expect((await post('/organization/update', { organization_id: org.id, max_budget: 1_000_000 }, org.admin)).status).toBe(403)
    expect((await post('/team/update', { team_id: org.team, organization_id: null }, org.admin)).status).toBe(403)
    expect((await post('/team/new', {}, org.admin)).status).toBe(403)
    for (const path of ['/budget/list', '/customer/list', '/tag/list', '/user/list'] as const) expect((await get(path, org.admin)).status, path).toBe(403)
  })

  it('members look and change nothing; a team\'s admin manages who is in it', async () => {
    expect((await get(`/organization/info?organization_id=${org.id}`, org.member)).status).toBe(200)
    expect((await post('/organization/member_add', { organization_id: org.id, member: { user_id: 'x' } }, org.member)).status).toBe(404)
    expect((await post('/team/member_add', { team_id: org.team, member: { user_id: 'x' } }, org.member)).status).toBe(404)
    const [team_id, lead, hand] = [unique(), unique(), unique()]
    await make('/team/new', { team_id, members_with_roles: [{ user_id: lead, role: 'admin' }] })
    const key = await generate({ user_id: lead })
    await make('/user/update', { user_id: lead, models: [] })
    expect((await post('/team/member_add', { team_id, member: { user_id: hand }, max_budget_in_team: 1 }, key)).body).toMatchObject({ team_id, updated_team_memberships: [{ user_id: hand, litellm_budget_table: { max_budget: 1 } }] })
    expect((await post('/team/member_update', { team_id, user_id: hand, max_budget_in_team: 2, role: 'admin' }, key)).body).toMatchObject({ team_id, user_id: hand, max_budget_in_team: 2, role: 'admin' })
    const handKey = await generate({ team_id, user_id: hand })
    expect((await post('/team/member_delete', { team_id, user_id: hand }, key)).status).toBe(200)
    expect((await ask(handKey)).status).toBe(401)
    for (const [path, body] of [['/team/member_add', { team_id: org.team, member: { user_id: 'x' } }], ['/team/delete', { team_ids: [team_id] }], ['/team/update', { team_id, max_budget: 5 }]] as const) expect((await post(path, body, key)).status, path).toBe(404)
  })

  it('CVE-2026-47102: an admin\'s rights are not a team\'s to give, and a team\'s key does not speak for its user elsewhere', async () => {
    const [team_id, lead, boss] = [unique(), unique(), unique()]
    await make('/user/new', { user_id: boss, user_role: 'proxy_admin', auto_create_key: false })
    await make('/user/new', { user_id: lead, models: [], max_budget: null, auto_create_key: false })
    await make('/team/new', { team_id, members_with_roles: [{ user_id: lead, role: 'admin' }, { user_id: boss }, { user_id: 'peer' }] })
    const key = await generate({ user_id: lead })
    expect((await post('/key/generate', { team_id, user_id: boss }, key)).status).toBe(403)
    const bosses = await generate({ team_id, user_id: boss })
    expect((await post(`/key/${(await get(`/key/info?key=${bosses}`)).body.key}/regenerate`, {}, key)).status).toBe(404)
    const personal = await generate({ user_id: 'peer' })
    await make('/user/update', { user_id: 'peer', models: [] })
    const { body: asPeer } = await post('/key/generate', { team_id, user_id: 'peer' }, key)
    expect((await post('/key/regenerate', { key: personal }, asPeer.key)).status).toBe(404)
    expect((await get(`/key/info?key=${personal}`, asPeer.key)).status).toBe(404)
    expect((await get('/key/list', asPeer.key)).body['keys']).not.toContain((await make('/key/update', { key: personal }))['token'])
    expect((await post('/key/generate', {}, asPeer.key)).status).toBe(403)
  })
})
