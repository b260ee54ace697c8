import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completion, oneModel } from './chat-answers.ts'
import { manage, unique } from './management-client.ts'
import { createDatabase } from '@tianjillm/storage/testing'
import { type RunningProxy, startProxy } from './start-proxy.ts'

const server = await createDatabase()
afterAll(async () => {
  await server?.drop()
})

const SECRET = 'sk-stored-upstream-secret-0042'
const SALT = { LITELLM_SALT_KEY: 'sk-salt-of-this-test' }
const general = { store_model_in_db: true, allow_private_upstreams: true }

/** What `/model/info` shows of a model. */
interface Shown {
  readonly model_name: string
  readonly litellm_params: Readonly<Record<string, unknown>>
  readonly model_info: Readonly<Record<string, unknown>> & { readonly id: string }
}

describe.each([{ kind: 'the embedded database', url: 'embedded' }, ...(server ? [{ kind: 'PostgreSQL', url: server.url }] : [])])('models over the API on $kind', ({ url }) => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { post, get, send, ask, generate, make } = manage(() => proxy)
  const params = (more: object = {}): object => ({ model: 'openai/upstream-model', api_key: SECRET, api_base: `${upstream.url}/v1`, ...more })
  const add = async (name: string, more: object = {}, info: object = {}): Promise<string> => (await make('/model/new', { model_name: name, litellm_params: params(more), model_info: info }))['model_id'] as string
  const info = async (id: string, key?: string): Promise<Shown | undefined> => ((await get(`/model/info?litellm_model_id=${id}`, key)).body['data'] as readonly Shown[] | undefined)?.[0]
  const keysSent = (): (string | undefined)[] => upstream.requests.map(({ headers }) => headers['authorization'] as string | undefined)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    proxy = await startProxy({ database: url, config: oneModel(upstream.url, { config: { general_settings: general } }), env: SALT })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })

  it('a new model answers the next request, with its own key, and is listed', async () => {
    const name = unique()
    const made = await post('/model/new', { model_name: name, litellm_params: params({ input_cost_per_token: 0.000003 }), model_info: { id: `id-${name}` } })
    expect(made.body).toMatchObject({ model_id: `id-${name}`, model_name: name, model_info: { id: `id-${name}` }, blocked: false, created_by: 'default_user_id', litellm_params: { model: 'openai/upstream-model', api_key: '****0042' } })
    expect((await ask(undefined, { model: name })).status).toBe(200)
    expect(keysSent().at(-1)).toBe(`Bearer ${SECRET}`)
    expect((await get('/v1/models')).body['data']).toContainEqual(expect.objectContaining({ id: name }))
    expect(await info(`id-${name}`)).toMatchObject({ model_name: name, model_info: { db_model: true, input_cost_per_token: 0.000003, litellm_provider: 'openai', error: null } })
    expect((await get(`/model_group/info?model_group=${name}`)).body['data']).toMatchObject([{ model_group: name, providers: ['openai'], input_cost_per_token: 0.000003 }])
    expect((await get(`/v2/model/info?search=${name}&page=1&size=1`)).body).toMatchObject({ total_count: 1, current_page: 1, total_pages: 1, size: 1 })
  })

  it('an update keeps what it does not name, null clears, and a masked secret that comes back is kept', async () => {
    const name = unique()
    const id = await add(name, { organization: 'org-1', max_tokens: 7 })
    const shown = await send('PATCH', `/model/${id}/update`, { litellm_params: { organization: null, api_key: '****0042', temperature: 0 } })
    expect([shown.status, shown.body['litellm_params']]).toMatchObject([200, { api_key: '****0042', temperature: 0, max_tokens: 7 }])
    expect(shown.body['litellm_params']).not.toHaveProperty('organization')
    expect((await ask(undefined, { model: name })).status).toBe(200)
    expect(keysSent().at(-1)).toBe(`Bearer ${SECRET}`)
    expect(upstream.requests.at(-1)!.json).toMatchObject({ temperature: 0 })
    await make('/model/update', { model_name: `${name}-b`, model_info: { id } })
    expect([(await ask(undefined, { model: name })).status, (await ask(undefined, { model: `${name}-b` })).status]).toEqual([400, 200])
    await make('/model/update', { blocked: true, model_info: { id } })
    expect((await ask(undefined, { model: `${name}-b` })).status).toBe(400)
    await make('/model/update', { blocked: false, model_info: { id } })
    await make('/model/delete', { id })
    expect((await ask(undefined, { model: `${name}-b` })).status).toBe(400)
    expect((await post('/model/delete', { id })).status).toBe(404)
  })

  it('what cannot be built is refused with the field, and nothing is kept', async () => {
    const refused = async (body: object): Promise<[number, string | null, string]> => {
      const { status, body: { error } } = await post('/model/new', body)
      return [status, error.param, error.message]
    }
    expect(await refused({ model_name: 'x', litellm_params: params({ model: 'opennai/gpt' }) })).toEqual([400, 'litellm_params', expect.stringContaining('Did you mean "openai"?')])
    expect(await refused({ model_name: 'x', litellm_params: params({ model: '@acme/evil/gpt' }) })).toEqual([400, 'litellm_params', expect.stringContaining('There is no provider')])
    expect(await refused({ model_name: 'x', litellm_params: params({ api_bse: 'http://a' }) })).toEqual([400, 'litellm_params.api_bse', expect.stringContaining('Did you mean `api_base`?')])
    expect(await refused({ model_name: 'x', litellm_params: { model: 'openai/a' } })).toEqual([400, 'litellm_params.api_key', expect.stringContaining('is missing')])
    expect(await refused({ model_name: 'x', litellm_params: params({ input_cost_per_token: -1 }) })).toEqual([400, 'litellm_params.input_cost_per_token', expect.any(String)])
    expect(await refused({ model_name: 'x', litellm_params: params({ api_key: 'os.environ/LITELLM_SALT_KEY' }) })).toEqual([400, 'litellm_params.api_key', expect.stringContaining('may not refer to LITELLM_SALT_KEY')])
    expect((await refused({ model_name: 'x', litellm_params: params(), model_info: { team_id: 't' } }))[0]).toBe(422)
    expect((await refused({ model_name: 'x', litellm_parms: {} }))[0]).toBe(422)
    const id = await add(unique())
    expect(await refused({ model_name: 'x', litellm_params: params(), model_info: { id } })).toEqual([409, 'model_info.id', expect.stringContaining('There is a model')])
    expect((await ask(undefined, { model: 'x' })).status).toBe(400)
  })

  it("models of the config file are shown and not changed", async () => {
    const file = ((await get('/model/info')).body['data'] as readonly Shown[]).find(({ model_name: name }) => name === 'gpt')!
    expect(file).toMatchObject({ litellm_params: { api_key: '****cret', api_base: `${upstream.url}/v1` }, model_info: { db_model: false } })
    for (const reply of [await post('/model/delete', { id: file.model_info.id }), await post('/model/update', { model_info: { id: file.model_info.id }, model_name: 'y' }), await post('/model/new', { model_name: 'y', litellm_params: params(), model_info: { id: file.model_info.id } })]) {
      expect([reply.status, reply.body.error]).toMatchObject([409, { code: 'owned_by_config', param: 'model_info.id' }])
    }
  })

  it('callers see the models that they may call, and nothing of how they are reached', async () => {
    const name = unique()
    const id = await add(name)
    const [may, mayNot] = [await generate({ models: [name] }), await generate({ models: ['gpt'] })]
    expect(await info(id, may)).toEqual(expect.objectContaining({ litellm_params: { model: 'openai/upstream-model' } }))
    expect(await info(id, mayNot)).toBeUndefined()
    expect((await post('/model/new', { model_name: 'x', litellm_params: params() }, may)).status).toBe(403)
    for (const path of ['/credentials', '/config/yaml', '/config/list', '/access_group/list']) expect([path, (await get(path, may)).status]).toEqual([path, 403])
  })

  it('no secret is in an answer, in the log, or readable in the database', async () => {
    const id = await add(unique(), { extra_headers: { 'x-api-token': SECRET } })
    await make('/credentials', { credential_name: `c-${id}`, credential_values: { api_key: SECRET } })
    const texts = await Promise.all(['/model/info', '/v2/model/info?size=100', '/model_group/info', '/credentials', `/credentials/by_name/c-${id}`, `/credentials/by_model/${id}`, '/config/yaml', '/config/list', '/get/config/callbacks', '/router/settings'].map(async (path) => (await proxy.fetch(path)).text()))
    for (const text of [...texts, proxy.output]) expect(text).not.toMatch(/sk-stored|sk-upstream-secret|sk-salt|sk-test-master/)
  })

  it('a credential serves every model that names it, and its change is theirs at once', async () => {
    const name = unique()
    const credential = `keys of ${name}`
    expect((await post('/model/new', { model_name: name, litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, litellm_credential_name: credential } })).body.error).toMatchObject({ param: 'litellm_params.litellm_credential_name' })
    expect((await post('/credentials', { credential_name: credential, credential_values: { api_key: SECRET }, credential_info: { description: 'd' } })).body).toEqual({ success: true, message: 'Credential created successfully' })
    expect((await post('/credentials', { credential_name: credential, credential_values: {} })).status).toBe(409)
    await make('/model/new', { model_name: name, litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, litellm_credential_name: credential } })
    await ask(undefined, { model: name })
    expect(keysSent().at(-1)).toBe(`Bearer ${SECRET}`)
    await send('PATCH', `/credentials/${encodeURIComponent(credential)}`, { credential_values: { api_key: 'sk-rotated-upstream-0043' } })
    await ask(undefined, { model: name })
    expect(keysSent().at(-1)).toBe('Bearer sk-rotated-upstream-0043')
    expect((await get(`/credentials/by_name/${encodeURIComponent(credential)}`)).body).toEqual({ credential_name: credential, credential_values: { api_key: '****0043' }, credential_info: { description: 'd' } })
    expect((await send('DELETE', `/credentials/${encodeURIComponent(credential)}`, undefined)).status).toBe(200)
    expect((await ask(undefined, { model: name })).status).toBe(400)
    expect((await get(`/model/info`)).body['data']).toContainEqual(expect.objectContaining({ model_name: name, model_info: expect.objectContaining({ error: expect.stringContaining('there is no credential') as unknown }) as unknown }))
  })

  it('an access group of stored models and of the file opens them to keys that name it', async () => {
    const [name, group] = [unique(), unique()]
    const id = await add(name)
    const key = await generate({ models: [group] })
    expect((await ask(key, { model: name })).status).toBe(403)
    expect((await post('/access_group/new', { access_group: group, model_names: ['nobody'] })).body.error).toMatchObject({ param: 'model_names' })
    expect((await post('/access_group/new', { access_group: group, model_ids: [id], model_names: ['gpt'] })).body).toEqual({ access_group: group, model_names: ['gpt'], model_ids: [id], models_updated: 2 })
    expect((await post('/access_group/new', { access_group: group, model_names: ['gpt'] })).status).toBe(409)
    expect([(await ask(key, { model: name })).status, (await ask(key)).status]).toEqual([200, 200])
    expect((await get(`/access_group/${group}/info`)).body).toEqual({ access_group: group, model_names: ['gpt', name], deployment_count: 2 })
    await send('PUT', `/access_group/${group}/update`, { model_names: [name] })
    expect([(await ask(key, { model: name })).status, (await ask(key)).status]).toEqual([200, 403])
    expect((await send('DELETE', `/access_group/${group}/delete`, undefined)).body).toEqual({ access_group: group, models_updated: 1, message: `Access group '${group}' deleted successfully` })
    expect((await ask(key, { model: name })).status).toBe(403)
    expect((await get(`/access_group/${group}/info`)).status).toBe(404)
    // One that a stored model named itself.
    const own = await add(unique(), {}, { access_groups: [group] })
    expect((await get('/access_group/list')).body['access_groups']).toContainEqual(expect.objectContaining({ access_group: group, deployment_count: 1 }))
    await send('DELETE', `/access_group/${group}/delete`, undefined)
    expect((await info(own))!.model_info['access_groups']).toEqual([])
  })

  it('fallbacks are kept and checked, and every answer says that routing does not use them yet', async () => {
    const name = unique()
    await add(name)
    expect((await post('/fallback', { model: 'gpt', fallback_models: [name] })).body).toEqual({ model: 'gpt', fallback_models: [name], fallback_type: 'general', message: 'Fallback configuration created successfully' })
    expect((await post('/fallback', { model: 'gpt', fallback_models: [name] })).body['message']).toContain('updated')
    expect((await get('/fallback/gpt')).body).toEqual({ model: 'gpt', fallback_models: [name], fallback_type: 'general' })
    expect((await get('/fallback/gpt?fallback_type=context_window')).status).toBe(404)
    expect((await post('/fallback', { model: 'nobody', fallback_models: ['gpt'] })).status).toBe(404)
    expect((await post('/fallback', { model: 'gpt', fallback_models: ['nobody'] })).status).toBe(400)
    expect((await post('/fallback', { model: 'gpt', fallback_models: ['gpt'] })).status).toBe(400)
    expect((await send('DELETE', '/fallback/gpt', undefined)).status).toBe(200)
    expect((await send('DELETE', '/fallback/gpt', undefined)).status).toBe(404)
  })
})
