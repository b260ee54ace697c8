import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manage, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

interface Entry {
  readonly action: string
  readonly table_name: string
  readonly changed_by: string
  readonly changed_by_api_key: string
  readonly litellm_changed_by: string | null
  readonly before_value: Record<string, unknown> | null
  readonly updated_values: Record<string, unknown> | null
}

const SECRETS = ['sk-first-secret-1111', 'sk-second-secret-2222', 'sk-third-secret-3333']
const server = await createDatabase()
afterAll(() => server?.drop())

describe.each([{ kind: 'none' }, { kind: 'embedded' }, ...(server ? [{ kind: server.url }] : [])])('the audit log of what operators configure, database $kind', ({ kind: database }) => {
  let proxy: RunningProxy
  const { make, get, send } = manage(() => proxy)
  beforeAll(async () => {
    const config = { model_list: [{ model_name: 'filed', litellm_params: { model: 'openai/gpt-4o', api_key: 'sk-of-the-file' } }], general_settings: { store_model_in_db: true } }
    proxy = await startProxy({ config, database, env: { LITELLM_SALT_KEY: 'sk-salt-of-this-test' } })
  }, 60_000)
  afterAll(() => proxy[Symbol.asyncDispose]())

  const told = async (object: string): Promise<readonly (readonly [string, Record<string, unknown> | null, Record<string, unknown> | null])[]> => {
    const { audit_logs: entries } = (await get(`/audit?page_size=100&object_id=${encodeURIComponent(object)}`)).body as unknown as { audit_logs: readonly Entry[] }
    return entries.map(({ action, before_value, updated_values }) => [action, before_value, updated_values])
  }

  it('a model: what was and what is, without its secrets', async () => {
    const id = unique()
    await make('/model/new', { model_name: 'told', litellm_params: { model: 'openai/gpt-4o', api_key: SECRETS[0] }, model_info: { id } })
    await make('/model/update', { litellm_params: { api_key: SECRETS[1] }, model_info: { id, mode: 'chat' } })
    expect((await send('PATCH', `/model/${id}/update`, { blocked: true })).status).toBe(200)
    expect((await send('PATCH', `/model/${id}/update`, { litellm_params: { model: 'nobody/at-all' } })).status).toBe(400)
    await make('/model/delete', { id })
    const params = (key: string) => ({ model: 'openai/gpt-4o', api_key: `****${key}` })
    expect(await told(id)).toMatchObject([
      ['deleted', { blocked: true }, null],
      ['updated', { blocked: false }, { blocked: true, model_id: id }],
      ['updated', { litellm_params: params('1111') }, { litellm_params: params('2222'), model_info: { id, mode: 'chat' } }],
      ['created', null, { model_name: 'told', litellm_params: params('1111'), blocked: false }],
    ])
  })

  it('a credential, an access group, fallbacks and settings too', async () => {
    const name = unique()
    await make('/credentials', { credential_name: name, credential_values: { api_key: SECRETS[2] }, credential_info: { about: 'us' } })
    await send('PATCH', `/credentials/${name}`, { credential_values: { api_base: 'https://eu.example.com/v1?key=x' } })
    await send('DELETE', `/credentials/${name}`, undefined)
    expect(await told(name)).toMatchObject([['deleted', {}, null], ['updated', { credential_values: { api_key: '****3333' } }, { credential_values: { api_key: '****3333' } }], ['created', null, { credential_name: name, credential_info: { about: 'us' } }]])

    const group = unique()
    await make('/access_group/new', { access_group: group, model_names: ['filed'] })
    await send('DELETE', `/access_group/${group}/delete`, undefined)
    expect(await told(group)).toEqual([['deleted', { access_group: group, model_names: ['filed'], model_ids: [] }, null], ['created', null, { access_group: group, model_names: ['filed'], model_ids: [] }]])

    await make('/model/new', { model_name: 'other', litellm_params: { model: 'openai/gpt-4o', api_key: SECRETS[0] }, model_info: { id: 'other' } })
    await make('/fallback', { model: 'filed', fallback_models: ['other'] })
    await send('DELETE', '/fallback/filed', undefined)
    expect(await told('general:filed')).toMatchObject([['deleted', { model: 'filed', fallback_models: ['other'] }, null], ['created', null, {}]])

    await make('/config/update', { litellm_settings: { drop_params: true }, callback_settings: { generic_api: { headers: { authorization: SECRETS[0] }, endpoint: 'https://sink.example.com' } } })
    await make('/config/update', { litellm_settings: { drop_params: null } })
    expect(await told('litellm_settings.drop_params')).toEqual([['deleted', { param_name: 'litellm_settings.drop_params', param_value: true }, null], ['created', null, { param_name: 'litellm_settings.drop_params', param_value: true }]])
    expect(await told('callback_settings.generic_api')).toMatchObject([['created', null, { param_name: 'callback_settings.generic_api' }]])
  })

  it('names who asked; holds no secret; and a change that was refused leaves nothing', async () => {
    const boss = await make('/user/new', { user_role: 'proxy_admin', user_id: unique() })
    const id = unique()
    const reply = await proxy.fetch('/model/new', { method: 'POST', body: JSON.stringify({ model_name: 'named', litellm_params: { model: 'openai/gpt-4o', api_key: SECRETS[0] }, model_info: { id } }), headers: { authorization: `Bearer ${boss.key}`, 'litellm-changed-by': 'ann@example.com' } })
    expect(reply.status).toBe(200)
    const { body } = await get(`/audit?object_id=${id}`)
    expect(body['audit_logs']).toMatchObject([{ changed_by: boss['user_id'], changed_by_api_key: boss['token'], litellm_changed_by: 'ann@example.com', table_name: 'LiteLLM_ProxyModelTable' }])
    expect((await send('POST', '/model/new', { model_name: 'named', litellm_params: { model: 'openai/gpt-4o', api_key: 'sk-again' }, model_info: { id } })).status).toBe(409)
    expect(await told(id)).toHaveLength(1)
    const everything = JSON.stringify((await get('/audit?page_size=100')).body)
    for (const secret of [...SECRETS, 'key=x']) expect(everything).not.toContain(secret)
  })
})
