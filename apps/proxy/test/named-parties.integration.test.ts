import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, completion } from './chat-answers.ts'
import { manage, priced, ROOM, unique } from './management-client.ts'
import { type RunningProxy, startProxy } from './start-proxy.ts'

describe('those whom requests name', () => {
  let upstream: FakeUpstream
  let proxy: RunningProxy
  const { post, get, make, generate, ask, untilRefused, explain } = manage(() => proxy)

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    proxy = await startProxy({ config: {
      model_list: [priced(upstream.url, 'gpt'), priced(upstream.url, 'regional', { region_name: 'us-east-1' }), priced(upstream.url, 'european', { region_name: 'eu-west-1' })],
      litellm_settings: { max_end_user_budget_id: 'end-users' },
      general_settings: { user_header_mappings: [{ header_name: 'X-App-User', litellm_user_role: 'customer' }] },
    } })
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
  })
  beforeEach(() => void upstream.reset().on(CHAT, answer.json(completion('hi'))))

  describe('end users', () => {
    it.each([
      ['x-litellm-customer-id', {}, true], ['x-litellm-end-user-id', {}, true], ['x-app-user', {}, true],
      ['user', { user: 'ID' }, false], ['litellm_metadata.user', { litellm_metadata: { user: 'ID' } }, false], ['metadata.user_id', { metadata: { user_id: 'ID' } }, false], ['safety_identifier', { safety_identifier: 'ID' }, false],
    ])('are named by %s', async (name, body, header) => {
      const user_id = unique()
      await make('/customer/new', { user_id, blocked: true })
      const key = await generate()
      const blocked = await ask(key, JSON.parse(JSON.stringify(body).replace('ID', user_id)) as object, header ? { [name]: user_id } : {})
      expect([blocked.status, blocked.body.error.type]).toEqual([400, 'invalid_request_error'])
      expect(blocked.body.error.message).toContain(user_id)
    })

    it('a header names the end user before the body does', async () => {
      const user_id = unique()
      await make('/customer/new', { user_id, blocked: true })
      expect((await ask(await generate(), { user: user_id }, { 'x-litellm-customer-id': 'somebody-else' })).status).toBe(200)
    })

    it('blocking counts for the next call, also of one that nobody made', async () => {
      const [user, key] = [unique(), await generate()]
      expect((await ask(key, { user })).status).toBe(200)
      expect((await make('/customer/block', { user_ids: [user] }))['blocked_users']).toMatchObject([{ user_id: user, blocked: true }])
      expect((await ask(key, { user })).status).toBe(400)
      expect((await ask(undefined, { user })).status).toBe(400)
      await make('/end_user/unblock', { user_ids: [user] })
      expect((await ask(key, { user })).status).toBe(200)
    })

    it('LL#24675, LL#7129: those without a budget have the default, each for itself, in its period', async () => {
      const [first, second, own] = [unique(), unique(), unique()]
      await make('/customer/new', { user_id: own, max_budget: 1 })
      const key = await generate()
      for (const user of [first, second, own]) expect((await ask(key, { user })).status).toBe(200)
      await make('/budget/new', { budget_id: 'end-users', max_budget: ROOM, budget_duration: '1d' })
      const { refused } = await untilRefused(key, { user: first })
      expect(refused.body.error.message).toContain(`Budget of end user "${first}"`)
      expect(refused.body.error.message).toMatch(/The 1d budget resets at \d{4}-\d\d-\d\d 00:00:00 UTC/)
      expect((await ask(key, { user: second })).status).toBe(200)
      for (let i = 0; i < 5; i += 1) expect((await ask(key, { user: own })).status).toBe(200)
      expect((await explain('end_user', first)).at(-1)).toMatchObject({ limit: ROOM, source: 'budget end-users' })
      await make('/budget/delete', { id: 'end-users' })
      expect((await ask(key, { user: first })).status).toBe(200)
    })

    it('a region leaves only its deployments, and the default model where there is none', async () => {
      const [strict, lenient, key] = [unique(), unique(), await generate()]
      await make('/customer/new', { user_id: strict, allowed_model_region: 'eu' })
      await make('/customer/new', { user_id: lenient, allowed_model_region: 'eu', default_model: 'european' })
      expect((await ask(key, { user: strict, model: 'european' })).status).toBe(200)
      expect((await ask(key, { user: strict, model: 'regional' })).body.error.message).toContain('region eu')
      expect((await ask(key, { user: lenient, model: 'regional' })).status).toBe(200)
    })

    it('routes: LiteLLM\'s fields, and 404 for what is not there', async () => {
      const user_id = unique()
      const row = await make('/customer/new', { user_id, alias: 'Ann', max_budget: 5, budget_duration: '30d' })
      expect(row).toMatchObject({ user_id, alias: 'Ann', blocked: false, allowed_model_region: null, default_model: null, spend: 0, litellm_budget_table: { max_budget: 5, budget_duration: '30d' } })
      expect((await get(`/customer/info?end_user_id=${user_id}`)).body).toMatchObject({ user_id })
      expect((await get('/end_user/info?end_user_id=nobody')).body.error).toMatchObject({ type: 'not_found', param: 'end_user_id' })
      expect((await post('/customer/new', { user_id })).status).toBe(409)
      expect((await post('/customer/update', { user_id, budget_id: 'none-such' })).status).toBe(404)
      expect((await post('/customer/new', { user_id: unique(), max_budget: 1, budget_id: 'x' })).status).toBe(400)
      expect((await get('/customer/list')).body).toEqual(expect.arrayContaining([expect.objectContaining({ user_id })]))
      expect((await post('/customer/delete', { user_ids: [user_id, 'nobody'] })).status).toBe(404)
      expect(await make('/customer/delete', { user_ids: [user_id] })).toMatchObject({ deleted_customers: 1 })
    })
  })

  describe('tags', () => {
    it.each([
      ['of the key', async (tag: string) => [await generate({ tags: [tag] })] as const],
      ['of its team', async (tag: string) => {
        const team_id = unique()
        await make('/team/new', { team_id, tags: [tag] })
        return [await generate({ team_id })] as const
      }],
      ['in the body', async (tag: string) => [await generate(), { tags: [tag] }] as const],
      ['in the metadata', async (tag: string) => [await generate(), { metadata: { tags: ['other', tag] } }] as const],
      ['in the header', async (tag: string) => [await generate(), {}, { 'x-litellm-tags': `other, ${tag}` }] as const],
    ])('%s are limited', async (_name, how) => {
      const name = unique()
      await make('/tag/new', { name, rpm_limit: 0 })
      expect((await ask(...((await how(name)) as readonly [string, object?, object?]))).body.error.message).toContain(`Rate limit exceeded for tag "${name}"`)
    })

    it('routes: LiteLLM\'s answers, and real statuses', async () => {
      const name = unique()
      expect(await make('/tag/new', { name, description: 'a', models: ['gpt'] })).toMatchObject({ message: `Tag ${name} created successfully`, tag: { name, description: 'a', models: ['gpt'], model_info: { gpt: 'gpt' } } })
      expect((await post('/tag/new', { name })).status).toBe(409)
      expect(await make('/tag/update', { name, description: 'b' })).toMatchObject({ tag: { description: 'b', models: ['gpt'] } })
      expect((await make('/tag/info', { names: [name] }))[name]).toMatchObject({ name, description: 'b' })
      expect((await post('/tag/info', { names: ['none-such'] })).status).toBe(404)
      expect((await get('/tag/list')).body).toEqual(expect.arrayContaining([expect.objectContaining({ name })]))
      expect(await make('/tag/delete', { name })).toEqual({ message: `Tag ${name} deleted successfully` })
      expect((await post('/tag/delete', { name })).status).toBe(404)
    })
  })
})
