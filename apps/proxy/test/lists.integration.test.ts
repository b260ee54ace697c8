import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { COST, manage, priced, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const server = await createDatabase()
afterAll(() => server?.drop())

interface Row { readonly token: string; readonly key_alias: string | null; readonly spend: number; readonly user?: { readonly user_email: string | null } | null; readonly deleted_by?: string }

describe.each([{ kind: 'embedded' }, ...(server ? [{ kind: server.url }] : [])])('lists of keys and tags, database $kind', ({ kind: database }) => {
  let proxy: RunningProxy
  let upstream: FakeUpstream
  const { make, get, post, generate, ask } = manage(() => proxy)
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.on(CHAT, answer.json(completion('hi')))
    proxy = await startProxy({ database, config: { model_list: [priced(upstream.url, 'gpt')] } })
  }, 60_000)
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  const rows = async (query: string, key?: string): Promise<readonly Row[]> => {
    const { status, body } = await get(`/key/list?return_full_object=true&${query}`, key)
    expect([status, body.error]).toEqual([200, undefined])
    return body['keys'] as readonly Row[]
  }

  it('/key/list sorts by each column, both ways, and pages keep that order', async () => {
    const user_id = unique()
    await make('/user/new', { user_id, user_email: `${user_id}@example.com`, auto_create_key: false })
    const names = ['b', 'c', 'a'].map((name) => `${name}-${user_id}`)
    for (const [i, key_alias] of names.entries()) await make('/key/generate', { user_id, key_alias, max_budget: [3, null, 1][i], tpm_limit: i })
    const sorted = async (query: string): Promise<readonly unknown[]> => (await rows(`user_id=${user_id}&${query}`)).map(({ key_alias }) => key_alias?.[0])
    expect(await sorted('')).toEqual(['a', 'c', 'b'])
    expect(await sorted('sort_by=created_at&sort_order=asc')).toEqual(['b', 'c', 'a'])
    expect(await sorted('sort_by=key_alias&sort_order=asc')).toEqual(['a', 'b', 'c'])
    expect(await sorted('sort_by=key_alias&sort_order=desc&size=2&page=2')).toEqual(['a'])
    // Who has none is last, whatever the direction.
    expect([await sorted('sort_by=max_budget&sort_order=asc'), await sorted('sort_by=max_budget')]).toEqual([['a', 'b', 'c'], ['b', 'a', 'c']])
    expect(await sorted('sort_by=tpm_limit')).toEqual(['a', 'c', 'b'])
    expect(await sorted(`key_alias=${names[0]!}`)).toEqual(['b'])
    expect((await get('/key/list?sort_by=colour')).status).toBe(422)
    expect((await get(`/key/list?user_id=${user_id}&project_id=p`)).body).toMatchObject({ keys: [], total_count: 0 })
    expect((await rows(`user_id=${user_id}&expand=user`))[0]!.user).toMatchObject({ user_email: `${user_id}@example.com` })
  })

  it('/key/list sorts by what was spent, and adds keys that the user made for others', async () => {
    const [boss, worker, team_id] = [unique(), unique(), unique()]
    await make('/user/new', { user_id: boss, auto_create_key: false })
    await make('/team/new', { team_id, members_with_roles: [{ user_id: boss, role: 'admin' }, { user_id: worker, role: 'user' }] })
    const bossKey = await generate({ user_id: boss })
    const other = (await post('/key/generate', { team_id, user_id: worker, max_budget: 10 }, bossKey)).body
    const mine = (await post('/key/generate', { max_budget: 10 }, bossKey)).body
    for (let i = 0; i < 2; i += 1) expect((await ask(other.key)).status).toBe(200)
    expect((await ask(mine.key)).status).toBe(200)
    await vi.waitFor(async () => expect((await rows(`user_id=${boss}&include_created_by_keys=true&sort_by=spend`, bossKey)).map(({ token, spend }) => [token, spend]).slice(0, 2)).toEqual([[other['token'], 2 * COST], [mine['token'], COST]]), { timeout: 10_000 })
    expect((await rows(`user_id=${boss}`, bossKey)).map(({ token }) => token)).not.toContain(other['token'])
    // Once it runs the team no more, what it made there is not its to see.
    await make('/team/member_update', { team_id, user_id: boss, role: 'user' })
    expect((await rows(`user_id=${boss}&include_created_by_keys=true`, bossKey)).map(({ token }) => token)).not.toContain(other['token'])
  })

  it('/key/list tells of keys that are gone, to admins of all, to others of their own', async () => {
    const user_id = unique()
    await make('/user/new', { user_id, auto_create_key: false })
    const key = await generate({ user_id })
    const gone = await make('/key/generate', { user_id, key_alias: user_id })
    const strangers = await make('/key/generate', {})
    await make('/key/delete', { keys: [gone.key, strangers.key] })
    expect(await rows('status=deleted&key_alias=' + user_id)).toMatchObject([{ token: gone['token'], key_alias: user_id, deleted_by: 'default_user_id' }])
    expect((await rows('status=deleted', key)).map(({ token }) => token)).toEqual([gone['token']])
    expect((await get('/key/list?status=deleted')).body['keys']).toEqual(expect.arrayContaining([gone['token'], strangers['token']]))
  })

  it('US6-2: /tag/list has tags with a record and those that calls alone named, /tag/summary what was spent under each, and by how many users', async () => {
    const [kept, dynamic, user_id] = [`kept-${unique()}`, `dynamic-${unique()}`, unique()]
    await make('/user/new', { user_id, auto_create_key: false })
    await make('/tag/new', { name: kept, description: 'ours' })
    const key = await generate({ user_id })
    for (const tags of [[kept, dynamic], [dynamic]]) expect((await ask(key, { metadata: { tags } })).status).toBe(200)
    expect((await ask(undefined, { metadata: { tags: [dynamic] } })).status).toBe(200)
    const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)
    await vi.waitFor(async () => expect((await get(`/tag/summary?start_date=${day(-1)}&end_date=${day(1)}&tag_filters=${kept},${dynamic}`)).body['results']).toMatchObject([
      { tag: dynamic, unique_users: expect.any(Number) as number, total_requests: 3, successful_requests: 3, failed_requests: 0, total_tokens: 45, total_spend: 0.00006 },
      { tag: kept, unique_users: 1, total_requests: 1, total_spend: COST },
    ]), { timeout: 10_000 })
    const listed = (await get('/tag/list')).body as unknown as readonly { name: string; description: string | null; models: unknown }[]
    expect(listed.find(({ name }) => name === kept)).toMatchObject({ description: 'ours', models: [] })
    expect(listed.find(({ name }) => name === dynamic)).toMatchObject({ description: expect.stringContaining('passed dynamically') as string, models: null })
    const before = (await get(`/tag/list?start_date=${day(-9)}&end_date=${day(-8)}`)).body as unknown as readonly { name: string }[]
    expect(before.map(({ name }) => name)).not.toContain(dynamic)
    expect((await get('/tag/distinct')).body['results']).toContainEqual({ tag: dynamic })
    for (const path of ['/tag/dau', '/tag/wau', '/tag/mau']) expect((await get(`${path}?tag_filter=${kept}`)).body['results'], path).toMatchObject([{ tag: kept, active_users: 1 }])
    expect((await get(`/tag/user-agent/per-user-analytics?tag_filter=${kept}`)).body).toMatchObject({ total_count: 1, results: [{ user_id, user_agent: kept, total_requests: 1, spend: COST }] })
    // Others see their own calls alone.
    expect((await get(`/tag/summary?start_date=${day(-1)}&end_date=${day(1)}`, key)).body['results']).toMatchObject([{ tag: dynamic, total_requests: 2, unique_users: 1 }, { tag: kept }])
  })
})
