import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manage, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

interface Entry {
  readonly id: string
  readonly action: string
  readonly table_name: string
  readonly object_id: string
  readonly changed_by: string
  readonly litellm_changed_by: string | null
  readonly changed_by_api_key: string
  readonly before_value: Record<string, unknown> | null
  readonly updated_values: Record<string, unknown> | null
}

const server = await createDatabase()
afterAll(() => server?.drop())

describe.each([{ kind: 'embedded' }, ...(server ? [{ kind: server.url }] : [])])('the audit log', ({ kind: database }) => {
  let proxy: RunningProxy
  const { make, get, post, generate } = manage(() => proxy)
  beforeAll(async () => { proxy = await startProxy({ config: { model_list: [] }, database }) }, 60_000)
  afterAll(() => proxy[Symbol.asyncDispose]())

  const audit = async (query: string): Promise<readonly Entry[]> => ((await get(`/audit?page_size=100&${query}`)).body as unknown as { audit_logs: readonly Entry[] }).audit_logs

  it('tells the whole life of a key, also past a rotation and its end, and no secret of it', async () => {
    const secret = await generate({ key_alias: unique(), metadata: { logging: { langfuse_secret_key: 'sk-lf-hidden' } } })
    const first = (await get(`/key/info?key=${secret}`)).body['info'] as { key_name: string }
    await make('/key/update', { key: secret, max_budget: 7 })
    await make('/key/block', { key: secret })
    await make('/key/unblock', { key: secret })
    const rotated = await make('/key/regenerate', { key: secret, grace_period: '1h' })
    const hash = rotated['token'] as string
    const entries = await audit(`object_id=${hash}`)
    expect(entries.map(({ action }) => action)).toEqual(['rotated', 'unblocked', 'blocked', 'updated', 'created'])
    expect(entries[3]).toMatchObject({ table_name: 'LiteLLM_VerificationToken', changed_by: 'default_user_id', changed_by_api_key: '', before_value: { max_budget: null, key_name: first.key_name }, updated_values: { max_budget: 7 } })
    await make('/key/delete', { keys: [hash] })
    expect((await audit(`object_id=${hash}&action=deleted`)).map(({ before_value, updated_values }) => [before_value?.['token'], updated_values])).toEqual([[hash, null]])
    const text = JSON.stringify(await audit(''))
    for (const hidden of [secret, rotated.key, 'sk-lf-hidden']) expect(text).not.toContain(hidden)
    expect((await get(`/audit/${entries[0]!.id}`)).body).toEqual(entries[0])
    expect((await get('/audit/none')).status).toBe(404)
  })

  it('names the user and the key that asked, and beside them whom they named', async () => {
    const boss = await make('/user/new', { user_role: 'proxy_admin', user_id: unique() })
    const reply = await proxy.fetch('/team/new', { method: 'POST', body: '{}', headers: { authorization: `Bearer ${boss.key}`, 'litellm-changed-by': 'ann@example.com' } })
    const { team_id } = (await reply.json()) as { team_id: string }
    const [entry] = await audit(`object_id=${team_id}`)
    expect(entry).toMatchObject({ changed_by: boss['user_id'], litellm_changed_by: 'ann@example.com', changed_by_api_key: boss['token'], action: 'created', table_name: 'LiteLLM_TeamTable', before_value: null, updated_values: { team_id } })
    expect(await audit(`object_team_id=${team_id}&changed_by=ann@example.com`)).toEqual([entry])
  })

  it('tells what a change brought with it: members, keys that went with a team, users that were made', async () => {
    const team_id = unique()
    const user_id = unique()
    await make('/team/new', { team_id })
    await make('/team/member_add', { team_id, member: { user_id, role: 'user' } })
    const { token } = await make('/key/generate', { team_id, user_id })
    await make('/team/delete', { team_ids: [team_id] })
    expect((await audit(`object_id=${team_id}`)).map(({ action }) => action)).toEqual(['deleted', 'updated', 'created'])
    expect((await audit(`object_id=${user_id}`)).map(({ action, table_name }) => [action, table_name])).toEqual([['created', 'LiteLLM_UserTable']])
    expect((await audit(`object_id=${String(token)}`)).map(({ action }) => action)).toEqual(['deleted', 'created'])
  })

  it('is for admins and admin viewers, and pages stay right while entries come', async () => {
    const viewer = (await make('/user/new', { user_role: 'proxy_admin_viewer' })).key
    const user = (await make('/user/new', { user_role: 'internal_user' })).key
    expect([(await get('/audit', viewer)).status, (await get('/audit', user)).status]).toEqual([200, 403])
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = (await get(`/audit?page_size=5${next && `&next=${encodeURIComponent(next)}`}`)).body as unknown as { audit_logs: readonly Entry[]; next: string | null }
      seen.push(...page.audit_logs.map(({ id }) => id))
      next = page.next
      await make('/budget/new', {})
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(10)
    expect((await post('/budget/update', { budget_id: 'none', max_budget: 1 })).status).toBe(404)
    expect(await audit('object_id=none')).toEqual([])
  })
})

it('store_audit_logs: false writes nothing down', async () => {
  await using proxy = await startProxy({ config: { model_list: [], litellm_settings: { store_audit_logs: false } } })
  const { make, get } = manage(() => proxy)
  await make('/team/new', {})
  expect((await get('/audit')).body['total']).toBe(0)
})
