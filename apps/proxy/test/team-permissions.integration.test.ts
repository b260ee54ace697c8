import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manage, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const server = await createDatabase()
afterAll(() => server?.drop())

describe.each([{ kind: 'none' }, ...(server ? [{ kind: server.url }] : [])])('members of teams, database $kind', ({ kind: database }) => {
  let proxy: RunningProxy
  const { make, get, post, generate } = manage(() => proxy)
  const [open, closed] = ['open-team', 'closed-team']
  beforeAll(async () => {
    proxy = await startProxy({ database, config: { model_list: [], litellm_settings: { default_internal_user_params: { available_teams: [open, 'never-made'] } } } })
    for (const team_id of [open, closed]) await make('/team/new', { team_id })
  }, 60_000)
  afterAll(() => proxy[Symbol.asyncDispose]())

  const crew = async (): Promise<{ team_id: string; boss: string; worker: string; workerId: string }> => {
    const [team_id, bossId, workerId] = [unique(), unique(), unique()]
    for (const user_id of [bossId, workerId]) await make('/user/new', { user_id, auto_create_key: false })
    await make('/team/new', { team_id, members_with_roles: [{ user_id: bossId, role: 'admin' }, { user_id: workerId, role: 'user' }] })
    return { team_id, boss: await generate({ user_id: bossId }), worker: await generate({ user_id: workerId }), workerId }
  }

  it('a plain member makes keys of the team only where the team lets it, and its admins say so', async () => {
    const { team_id, boss, worker } = await crew()
    expect((await post('/key/generate', { team_id }, worker)).status).toBe(403)
    expect((await get(`/team/permissions_list?team_id=${team_id}`, worker)).status).toBe(404)
    const listed = (await get(`/team/permissions_list?team_id=${team_id}`, boss)).body
    expect(listed).toMatchObject({ team_id, team_member_permissions: ['/key/info', '/key/health'], all_available_permissions: expect.arrayContaining(['/key/generate', '/key/service-account/generate']) })
    expect((await post('/team/permissions_update', { team_id, team_member_permissions: ['/key/generate'] }, worker)).status).toBe(404)
    expect((await post('/team/permissions_update', { team_id, team_member_permissions: ['/key/fly'] }, boss)).body.error.param).toBe('team_member_permissions.0')
    expect((await post('/team/permissions_update', { team_id, team_member_permissions: ['/key/generate'] }, boss)).body).toMatchObject({ team_id, team_member_permissions: ['/key/generate'] })
    const made = await post('/key/generate', { team_id }, worker)
    expect(made).toMatchObject({ status: 200, body: { team_id } })
    // For itself alone, and no more than what is let.
    expect((await post('/key/service-account/generate', { team_id }, worker)).status).toBe(403)
    expect((await post('/key/update', { key: made.body.key, metadata: { a: 1 } }, worker)).status).toBe(403)
    expect((await post('/key/regenerate', { key: made.body.key }, worker)).status).toBe(403)
    expect((await post('/key/delete', { keys: [made.body.key] }, worker)).status).toBe(403)
    await make('/team/update', { team_id, team_member_permissions: ['/key/update', '/key/{key_id}/regenerate', '/key/service-account/generate', '/key/delete'] })
    expect((await post('/key/update', { key: made.body.key, metadata: { a: 1 } }, worker)).status).toBe(200)
    expect((await post('/key/service-account/generate', { team_id }, worker)).body).toMatchObject({ team_id, user_id: null })
    const rotated = await post('/key/regenerate', { key: made.body.key }, worker)
    expect(rotated.status).toBe(200)
    expect((await post('/key/delete', { keys: [rotated.body.key] }, worker)).status).toBe(200)
    expect((await post('/team/permissions_update', { team_id, team_member_permissions: null }, boss)).body['team_member_permissions']).toEqual(['/key/info', '/key/health'])
    expect((await post('/key/generate', { team_id }, worker)).status).toBe(403)
    expect((await post('/key/generate', {}, worker)).status).toBe(200)
  })

  it('the keys of a team are listed for its admin, and for members where the team lets them', async () => {
    const { team_id, boss, worker, workerId } = await crew()
    const { token } = (await post('/key/generate', { team_id }, boss)).body
    const count = async (query: string, key: string): Promise<unknown> => (await get(`/key/list?${query}`, key)).body['total_count']
    expect(await count(`team_id=${team_id}`, worker)).toBe(0)
    await make('/team/permissions_update', { team_id, team_member_permissions: ['/key/list'] })
    expect((await get(`/key/list?team_id=${team_id}`, worker)).body['keys']).toEqual([token])
    expect(await count(`user_id=${workerId}`, worker)).toBe(1)
    expect(await count(`user_id=${workerId}&include_team_keys=true`, worker)).toBe(2)
  })

  it('a user joins a team that is held open, by itself, as a plain member, and no other team', async () => {
    const user_id = unique()
    await make('/user/new', { user_id, auto_create_key: false })
    const key = await generate({ user_id })
    const available = async (): Promise<readonly string[]> => ((await get('/team/available', key)).body as unknown as readonly { team_id: string }[]).map(({ team_id }) => team_id)
    expect(await available()).toEqual([open])
    const join = async (team_id: string, member: object, more: object = {}): Promise<number> => (await post('/team/member_add', { team_id, member, ...more }, key)).status
    expect(await join(closed, { user_id, role: 'user' })).toBe(404)
    expect(await join(open, { user_id, role: 'admin' })).toBe(404)
    expect(await join(open, { user_id: 'somebody-else', role: 'user' })).toBe(404)
    expect(await join(open, { user_id, role: 'user' }, { max_budget_in_team: 1000 })).toBe(404)
    expect(await join(open, { user_id, role: 'user' })).toBe(200)
    expect(await join(open, { user_id, role: 'user' })).toBe(409)
    expect(await available()).toEqual([])
    expect((await get('/user/info', key)).body['teams']).toEqual([open])
  })
})
