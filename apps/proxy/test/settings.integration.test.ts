import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completion, oneModel } from './chat-answers.ts'
import { manage, type Reply, unique } from './management-client.ts'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

const general = { store_model_in_db: true, allow_private_upstreams: true }

describe('settings over the API', () => {
  let upstream: FakeUpstream
  let sink: FakeUpstream
  let proxy: RunningProxy
  const { post, get, ask, make, generate } = manage(() => proxy)
  const set = (field_name: string, field_value: unknown, config_type = 'general_settings'): Promise<Reply> => post('/config/field/update', { field_name, field_value, config_type })
  const refused = ({ status, body: { error } }: Reply): [number, string | null] => [status, error.param]

  beforeAll(async () => {
    ;[upstream, sink] = await Promise.all([createFakeUpstream(), createFakeUpstream()])
    upstream.otherwise(answer.json(completion('hi')))
    sink.otherwise(answer.json({}))
    proxy = await startProxy({ config: oneModel(upstream.url, { config: { general_settings: { ...general, max_response_size_mb: 9 } } }) })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await Promise.all([upstream.close(), sink.close()])
  })

  it('a setting counts for the next request, and its default once it is taken back', async () => {
    expect((await set('max_request_size_mb', 0.001)).body).toEqual({ param_name: 'general_settings', param_value: { max_request_size_mb: 0.001 } })
    const long = { messages: [{ role: 'user', content: 'x'.repeat(2000) }] }
    expect((await ask(undefined, long)).status).toBe(413)
    expect((await get('/config/field/info?field_name=max_request_size_mb')).body).toEqual({ field_name: 'max_request_size_mb', field_value: 0.001, stored_in_db: true, owned_by_config: false })
    await make('/config/field/delete', { field_name: 'max_request_size_mb', config_type: 'general_settings' })
    expect((await ask(undefined, long)).status).toBe(200)
    expect((await post('/config/field/delete', { field_name: 'max_request_size_mb', config_type: 'general_settings' })).status).toBe(404)
  })

  it('what the file sets stays the file\'s, what is read at start and what nobody knows is refused, each with its path', async () => {
    const owned = await set('max_response_size_mb', 1)
    expect([...refused(owned), owned.body.error.message]).toEqual([409, 'general_settings.max_response_size_mb', expect.stringContaining('The config file sets')])
    expect(refused(await set('database_url', 'postgres://elsewhere'))).toEqual([400, 'general_settings.database_url'])
    expect((await set('max_requst_size_mb', 1)).body.error.message).toContain('Did you mean `max_request_size_mb`?')
    expect(refused(await set('max_request_size_mb', 'much'))).toEqual([400, 'general_settings.max_request_size_mb'])
    const deep = await set('retry_policy', { TimoutErrorRetries: 1 }, 'router_settings')
    expect([...refused(deep), deep.body.error.message]).toEqual([400, 'router_settings.retry_policy.TimoutErrorRetries', expect.stringContaining('Did you mean `TimeoutErrorRetries`?')])
    expect(refused(await set('fallbacks', [{ gpt: [7] }], 'router_settings'))).toEqual([400, 'router_settings.fallbacks[0].gpt[0]'])
    expect(refused(await set('model_group_alias', { a: 'nobody' }, 'router_settings'))).toEqual([400, 'router_settings.model_group_alias.a'])
    expect(refused(await post('/config/update', { environment_variables: { A: 'b' } }))).toEqual([400, 'environment_variables'])
    // All or nothing.
    expect(refused(await post('/config/update', { general_settings: { global_max_parallel_requests: 5 }, litellm_settings: { drop_params: 'no' } }))).toEqual([400, 'litellm_settings.drop_params'])
    expect((await get('/config/field/info?field_name=global_max_parallel_requests')).body['field_value']).toBeNull()
    const list = (await get('/config/list?config_type=general_settings')).body as unknown as readonly object[]
    expect(list).toContainEqual(expect.objectContaining({ field_name: 'max_response_size_mb', field_value: 9, field_type: 'Float', stored_in_db: false, owned_by_config: true }))
  })

  it('strategy and cooldown of the router count at once, also for what is known already', async () => {
    const values = async (): Promise<unknown> => (await get('/router/settings')).body['current_values']
    await make('/config/update', { router_settings: { routing_strategy: 'latency-based-routing', routing_strategy_args: { ttl: 60 }, cooldown_time: 3600, allowed_fails: 0 } })
    expect(await values()).toMatchObject({ routing_strategy: 'latency-based-routing', cooldown_time: 3600, allowed_fails: 0 })
    upstream.next(answer.error(500))
    await ask(undefined)
    const resting = await ask(undefined)
    expect([resting.status, resting.body.error.message]).toEqual([429, expect.stringContaining('cooling down')])
    expect(refused(await set('routing_strategy', 'nobody-knows', 'router_settings'))).toEqual([400, 'router_settings.routing_strategy'])
    expect(refused(await set('routing_strategy', '@acme/somewhere', 'router_settings'))).toEqual([400, 'router_settings.routing_strategy'])
    expect(refused(await set('routing_strategy_args', { buffer: 1 }, 'router_settings'))).toEqual([400, 'router_settings.routing_strategy_args.buffer'])
    await make('/config/update', { router_settings: { disable_cooldowns: true } })
    expect((await ask(undefined)).status).toBe(200)
    await make('/config/update', { router_settings: { disable_cooldowns: null, routing_strategy: null, routing_strategy_args: null, cooldown_time: null, allowed_fails: null } })
    expect(await values()).toMatchObject({ routing_strategy: 'simple-shuffle' })
  })

  it('an alias of a model is served at once', async () => {
    await make('/config/update', { router_settings: { model_group_alias: { nick: 'gpt' } } })
    expect((await ask(undefined, { model: 'nick' })).status).toBe(200)
    expect((await get('/router/settings')).body['current_values']).toMatchObject({ model_group_alias: { nick: 'gpt' } })
    await make('/config/update', { router_settings: { model_group_alias: null } })
    expect((await ask(undefined, { model: 'nick' })).status).toBe(400)
  })

  it('a callback that is named over the API hears the next request, and is shown without its secrets', async () => {
    const settings = { url: `${sink.url}/hook`, headers: { authorization: 'Bearer sk-secret-of-the-sink' }, batch_size: 1 }
    const bad = await post('/config/update', { callback_settings: { webhook: { ...settings, batch_sze: 1 } }, litellm_settings: { success_callback: ['webhook'] } })
    expect(bad.status).toBe(400)
    expect((await post('/config/update', { litellm_settings: { success_callback: ['./evil.js'] } })).status).toBe(400)
    const { batch_size: _, ...plain } = settings
    await make('/config/update', { callback_settings: { webhook: plain }, litellm_settings: { success_callback: ['webhook'] } })
    await ask(undefined)
    await expect.poll(() => sink.requests.length, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(sink.requests[0]!.headers['authorization']).toBe('Bearer sk-secret-of-the-sink')
    expect((await get('/callbacks/list')).body).toEqual({ success: ['webhook'], failure: [], success_and_failure: [] })
    const yaml = await (await proxy.fetch('/config/yaml')).text()
    expect(yaml).toContain('webhook')
    expect(yaml).not.toMatch(/sk-secret|sk-upstream|sk-test-master/)
    await make('/config/update', { litellm_settings: { success_callback: null }, callback_settings: { webhook: null } })
    expect((await get('/callbacks/list')).body['success']).toEqual([])
  })

  it('writers of different settings, and of one, lose nothing', async () => {
    await Promise.all([set('global_max_parallel_requests', 50), set('max_request_size_mb', 7), set('drop_params', true, 'litellm_settings'), ...[1, 2, 3].map((n) => set('max_request_size_mb', n))])
    const of = async (name: string): Promise<unknown> => (await get(`/config/field/info?field_name=${name}`)).body['field_value']
    expect([await of('global_max_parallel_requests'), await of('drop_params')]).toEqual([50, true])
    expect([7, 1, 2, 3]).toContain(await of('max_request_size_mb'))
  })

  it('only proxy admins reach these routes', async () => {
    const key = await generate()
    for (const [path, body] of [['/config/update', {}], ['/config/field/update', { field_name: 'drop_params', field_value: true }], ['/fallback', { model: 'gpt', fallback_models: ['x'] }], ['/credentials', { credential_name: 'x', credential_values: {} }], ['/access_group/new', { access_group: 'x', model_names: ['gpt'] }]] as const) expect([path, (await post(path, body, key)).status]).toEqual([path, 403])
  })
})

describe('what the operator allows', () => {
  let upstream: FakeUpstream
  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
  })
  afterAll(() => upstream.close())
  const stored = (): object => ({ model_name: 'stored', litellm_params: { model: 'openai/m', api_key: 'sk-x', api_base: `${upstream.url}/v1` } })

  it('without allow_private_upstreams a stored model reaches no private address, and the file\'s models do', async () => {
    await using proxy = await startProxy({ config: oneModel(upstream.url, { config: { general_settings: { store_model_in_db: true } } }) })
    const { ask, make } = manage(() => proxy)
    await make('/model/new', stored())
    const reply = await ask(undefined, { model: 'stored' })
    expect([reply.status, reply.body.error]).toMatchObject([400, { code: 'address_refused' }])
    expect((await ask(undefined)).status).toBe(200)
  })

  it('TIANJILLM_ALLOW_PRIVATE_UPSTREAMS allows them too, on any port, and STORE_MODEL_IN_DB switches storing on', async () => {
    await using proxy = await startProxy({ config: oneModel(upstream.url), env: { TIANJILLM_ALLOW_PRIVATE_UPSTREAMS: 'true', STORE_MODEL_IN_DB: 'True' } })
    const { ask, make } = manage(() => proxy)
    await make('/model/new', stored())
    expect((await ask(undefined, { model: 'stored' })).status).toBe(200)
  })

  it('a key of the environment is not sent to an address that came over the API; a variable that the provider knows may be named', async () => {
    await using proxy = await startProxy({ config: oneModel(upstream.url, { config: { general_settings: general } }), env: { OPENAI_API_KEY: 'sk-of-the-environment' } })
    const { ask, make, post } = manage(() => proxy)
    expect((await post('/model/new', { model_name: 'stored', litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1` } })).body.error).toMatchObject({ param: 'litellm_params.api_key' })
    await make('/model/new', { model_name: 'stored', litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, api_key: 'os.environ/OPENAI_API_KEY' } })
    await ask(undefined, { model: 'stored' })
    expect(upstream.requests.at(-1)!.headers['authorization']).toBe('Bearer sk-of-the-environment')
  })

  it('without store_model_in_db writing is refused in words that say how to switch it on', async () => {
    await using proxy = await startProxy({ config: oneModel(upstream.url) })
    const { post } = manage(() => proxy)
    for (const [path, body] of [['/model/new', stored()], ['/config/update', { litellm_settings: { drop_params: true } }], ['/access_group/new', { access_group: 'g', model_names: ['gpt'] }]] as const) {
      expect(await post(path, body)).toMatchObject({ status: 400, body: { error: { code: 'storing_is_off', message: expect.stringContaining('store_model_in_db: true') as unknown } } })
    }
  })

  it('credentials of the file are put in at start, shown masked, and not changed over the API', async () => {
    const config = { model_list: [{ model_name: 'gpt', litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, litellm_credential_name: 'mine' } }], credential_list: [{ credential_name: 'mine', credential_values: { api_key: 'sk-of-the-credential-list' } }] }
    await using proxy = await startProxy({ config })
    const { ask, get, send } = manage(() => proxy)
    await ask(undefined)
    expect(upstream.requests.at(-1)!.headers['authorization']).toBe('Bearer sk-of-the-credential-list')
    expect((await get('/credentials')).body['credentials']).toEqual([{ credential_name: 'mine', credential_values: { api_key: '****list' }, credential_info: {} }])
    expect((await send('DELETE', '/credentials/mine', undefined)).status).toBe(409)
  })
})

describe('two replicas, and a restart', () => {
  it('a change in one is in effect in the other within a second, survives a restart, and a changed salt is told', async ({ skip }) => {
    const { createDatabase } = await import('@tianjillm/storage/testing')
    const database = await createDatabase()
    if (!database) return skip()
    const upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    const waiting = { model_list: [{ model_name: 'of-the-file', litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, litellm_credential_name: 'shared' } }], general_settings: general }
    const start = (salt = 'sk-salt-one-two-three'): Promise<RunningProxy> => startProxy({ database: database.url, config: waiting, env: { LITELLM_SALT_KEY: salt } })
    const [one, two] = await Promise.all([start(), start()])
    const [first, second] = [manage(() => one), manage(() => two)]
    const soon = (model: string, status: number): Promise<void> => expect.poll(async () => (await second.ask(undefined, { model })).status, { timeout: 1000, interval: 10 }).toBe(status)
    const name = unique()
    // A model of the file whose credential is not there yet does not stop the start.
    expect((await first.ask(undefined, { model: 'of-the-file' })).status).toBe(400)
    await first.make('/credentials', { credential_name: 'shared', credential_values: { api_key: 'sk-shared-secret-0001' } })
    await soon('of-the-file', 200)
    const { model_id: id } = await first.make('/model/new', { model_name: name, litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, litellm_credential_name: 'shared' } })
    await soon(name, 200)
    await second.send('PATCH', '/credentials/shared', { credential_values: { api_key: 'sk-shared-secret-0002' } })
    await expect.poll(async () => {
      await first.ask(undefined, { model: name })
      return upstream.requests.at(-1)!.headers['authorization']
    }, { timeout: 1000, interval: 10 }).toBe('Bearer sk-shared-secret-0002')
    await first.make('/config/update', { router_settings: { model_group_alias: { nick: name } } })
    await soon('nick', 200)
    // Requests in flight finish with what they began with.
    let finish: () => void = () => {}
    upstream.next(async (response, call) => {
      await new Promise<void>((resolve) => { finish = resolve })
      await answer.json(completion('late'))(response, call)
    })
    const before = upstream.requests.length
    const late = first.ask(undefined, { model: name })
    await expect.poll(() => upstream.requests.length).toBe(before + 1)
    await second.make('/model/update', { model_info: { id }, blocked: true })
    await expect.poll(async () => (await first.ask(undefined, { model: name })).status, { timeout: 1000, interval: 10 }).toBe(400)
    finish()
    expect((await late).status).toBe(200)
    await second.make('/model/update', { model_info: { id }, blocked: false })
    const raw = await one.fetch('/model/info')
    expect(await raw.text()).not.toContain('sk-shared')
    await Promise.all([one[Symbol.asyncDispose](), two[Symbol.asyncDispose]()])

    {
      // The first request after a restart finds what was stored.
      await using again = await start()
      const { ask } = manage(() => again)
      expect([(await ask(undefined, { model: 'nick' })).status, (await ask(undefined, { model: 'of-the-file' })).status]).toEqual([200, 200])
    }
    await using other = await start('sk-salt-four-five-six')
    const { ask, get, make } = manage(() => other)
    expect((await ask(undefined, { model: name })).status).toBe(400)
    expect((await get(`/model/info?litellm_model_id=${id as string}`)).body['data']).toMatchObject([{ model_info: { error: expect.stringContaining('was encrypted with another key') as unknown } }])
    expect((await other.logged((line) => line['id'] === id))['msg']).toContain('LITELLM_SALT_KEY')
    expect(other.output).not.toMatch(/sk-salt|sk-shared/)
    // Entered anew, it works again.
    await make('/model/update', { model_info: { id }, litellm_params: { model: 'openai/m', api_base: `${upstream.url}/v1`, api_key: 'sk-entered-anew-0003' } })
    expect((await ask(undefined, { model: name })).status).toBe(200)
    await upstream.close()
    await database.drop()
  }, 90_000)
})

it('what is stored in the database cannot be read there', async ({ skip }) => {
  const { createDatabase } = await import('@tianjillm/storage/testing')
  const { default: postgres } = await import('postgres')
  const database = await createDatabase()
  if (!database) return skip()
  {
    await using proxy = await startProxy({ database: database.url, config: { general_settings: general } })
    const { make } = manage(() => proxy)
    await make('/model/new', { model_name: 'm', litellm_params: { model: 'openai/m', api_key: 'sk-stored-secret-1' } })
    await make('/credentials', { credential_name: 'c', credential_values: { api_key: 'sk-stored-secret-2' } })
    await make('/config/update', { callback_settings: { webhook: { url: 'https://example.com', headers: { authorization: 'sk-stored-secret-3' } } } })
    const sql = postgres(database.url, { max: 1 })
    const rows = await sql`select record::text as text from configuration_model union all select record::text from configuration_credential union all select record::text from configuration_setting`
    await sql.end()
    expect(rows).toHaveLength(3)
    for (const { text } of rows) expect(text).not.toMatch(/sk-stored|openai|example\.com/)
    expect(proxy.output).not.toContain(MASTER_KEY)
  }
  await database.drop()
})
