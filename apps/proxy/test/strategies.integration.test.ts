import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { type RunningProxy, runCli, startProxy, writeConfig } from './start-proxy.ts'

let upstream: FakeUpstream
let proxy: RunningProxy | undefined
beforeAll(async () => void (upstream = await createFakeUpstream()))
afterAll(() => upstream.close())
afterEach(async () => {
  await proxy?.[Symbol.asyncDispose]()
  proxy = undefined
})

/** Deployments of `m` by the name of their path at the upstream. */
const models = (entries: Readonly<Record<string, { params?: object; info?: object; name?: string }>>): object[] =>
  Object.entries(entries).map(([id, { params, info, name = 'm' }]) => ({ model_name: name, litellm_params: { model: 'openai/up', api_key: 'sk-upstream', api_base: `${upstream.url}/${id}/v1`, ...params }, model_info: { id, ...info } }))

async function start(entries: Parameters<typeof models>[0], router: object = {}, more: object = {}): Promise<RunningProxy> {
  upstream.reset().otherwise(answer.json(completion('hi')))
  return (proxy = await startProxy({ config: { model_list: models(entries), router_settings: { num_retries: 0, ...router }, ...more } }))
}

/** Who answered, or the status of the refusal. */
async function ask(body: object = {}, headers: Record<string, string> = {}): Promise<string> {
  const response = await proxy!.fetch(CHAT, { ...chatBody({ model: 'm', ...body }), headers })
  await response.text()
  return response.headers.get('x-litellm-model-id') ?? String(response.status)
}
async function asks(times: number, ...how: Parameters<typeof ask>): Promise<string[]> {
  const seen: string[] = []
  for (let i = 0; i < times; i += 1) seen.push(await ask(...how))
  return seen
}
const unique = (seen: readonly string[]): string[] => [...new Set(seen)].sort()

describe('routing strategies', () => {
  it('cost-based-routing: the cheapest of the price list and of the config', async () => {
    await start({
      dear: { params: { input_cost_per_token: 0.00003, output_cost_per_token: 0.00006 } },
      cheap: { params: { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 } },
      unknown: { params: { model: 'openai/nobody-knows-it' } },
    }, { routing_strategy: 'cost-based-routing' })
    expect(unique(await asks(12))).toEqual(['cheap'])
  })

  it('least-busy: never more than one call apart', async () => {
    await start({ a: {}, b: {}, c: {} }, { routing_strategy: 'least-busy' })
    const held: (() => void)[] = []
    upstream.reset().otherwise((response, call) => void held.push(() => answer.json(completion('hi'))(response, call)))
    const all = Array.from({ length: 9 }, () => ask())
    await expect.poll(() => held.length).toBe(9)
    expect(Object.values(Object.groupBy(upstream.requests, ({ path }) => path)).map((calls) => calls!.length)).toEqual([3, 3, 3])
    for (const go of held) go()
    await Promise.all(all)
  })

  it('latency-based-routing: the fastest, once each has been tried', async () => {
    await start({ slow: {}, fast: {} }, { routing_strategy: 'latency-based-routing', routing_strategy_args: { ttl: 60, lowest_latency_buffer: 0 } })
    upstream.reset().on('/slow/v1/chat/completions', answer.slow(JSON.stringify(completion('hi')), { headers: { 'content-type': 'application/json' }, pieceBytes: 100, everyMs: 30 })).otherwise(answer.json(completion('hi')))
    const seen = await asks(10)
    expect(unique(seen.slice(0, 2))).toEqual(['fast', 'slow'])
    expect(unique(seen.slice(2))).toEqual(['fast'])
  })

  it('usage-based-routing-v2: shares by what is left of the minute, and refuses when nothing is', async () => {
    await start({ small: { params: { rpm: 3 } }, large: { params: { rpm: 9 } } }, { routing_strategy: 'usage-based-routing-v2' })
    // The minute may turn once in between: then a second one begins.
    const seen = await asks(30)
    expect(seen.filter((id) => id === '429').length).toBeGreaterThan(0)
    expect(seen.slice(0, 8).filter((id) => id === 'large').length).toBeGreaterThanOrEqual(5)
  })

  it('one of somebody else\'s is named in the config, with its arguments', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tianjillm-strategy-'))
    const home = join(dir, 'node_modules/@acme/last')
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name: '@acme/last', version: '1.0.0', type: 'module', exports: './index.js' }))
    writeFileSync(join(home, 'index.js'), `
      const config = { '~standard': { version: 1, vendor: 'acme', validate: (value) => Number.isInteger(value.back) ? { value } : { issues: [{ message: 'must be a whole number', path: ['back'] }] } } }
      export const last = Object.freeze({ apiVersion: 1, kind: 'strategy', name: 'last', version: '1.0.0', config, create: ({ back }) => ({ pick: (open) => open.length - back }) })
    `)
    const file = join(dir, 'config.yaml')
    const text = (args: object): string => JSON.stringify({ general_settings: { master_key: 'sk-test-master-key' }, model_list: models({ a: {}, b: {}, c: {} }), router_settings: { routing_strategy: '@acme/last', routing_strategy_args: args } })
    writeFileSync(file, text({ back: 2 }))
    upstream.reset().otherwise(answer.json(completion('hi')))
    proxy = await startProxy({ args: ['--config', file] })
    expect(unique(await asks(6))).toEqual(['b'])
    writeFileSync(file, text({ back: 'x' }))
    expect(await runCli(['check', '--config', file])).toMatchObject({ code: 1, output: expect.stringContaining('router_settings.routing_strategy_args.back') as string })
    writeFileSync(file, text({ back: 9 }))
    await proxy[Symbol.asyncDispose]()
    proxy = await startProxy({ args: ['--config', file] })
    // It answers no index of a candidate: the calls go on, and the log tells.
    expect(unique(await asks(20))).toEqual(['a', 'b', 'c'])
    await proxy.logged(({ msg }) => String(msg).includes('routing strategy failed'))
  })

  it('an unknown one is told at start, with the nearest name', async () => {
    const { code, output } = await runCli(['check', '--config', writeConfig({ model_list: models({ a: {} }), router_settings: { routing_strategy: 'least-bussy' } })])
    expect(code).toBe(1)
    expect(output).toContain('Did you mean "least-busy"?')
  })
})

describe('who may take a call', () => {
  it('order: the second tier answers while the first one rests', async () => {
    await start({ first: { params: { order: 1 } }, second: { params: { order: 2 } } }, { cooldown_time: 30, num_retries: 1 })
    expect(unique(await asks(5))).toEqual(['first'])
    upstream.reset().on('/first/v1/chat/completions', answer.error(429)).otherwise(answer.json(completion('hi')))
    expect(unique(await asks(5))).toEqual(['second'])
    expect(upstream.requests.filter(({ path }) => path.startsWith('/first'))).toHaveLength(1)
  })

  it('tags: of the request, the key and none', async () => {
    await start({ paid: { params: { tags: ['paid'] } }, free: { params: { tags: ['free', 'default'] } } }, { enable_tag_filtering: true })
    expect(unique(await asks(4, { tags: ['paid'] }))).toEqual(['paid'])
    expect(unique(await asks(4, {}, { 'x-litellm-tags': 'paid' }))).toEqual(['paid'])
    expect(unique(await asks(4))).toEqual(['free'])
    expect(unique(await asks(4, { tags: ['nobody'] }))).toEqual(['free'])
    const { key } = await (await proxy!.fetch('/key/generate', { method: 'POST', body: JSON.stringify({ tags: ['paid'] }) })).json() as { key: string }
    expect(unique(await asks(4, {}, { authorization: `Bearer ${key}` }))).toEqual(['paid'])
  })

  it('pre-call checks: context windows and requests a minute', async () => {
    await start({ short: { info: { max_input_tokens: 50 } }, long: { info: { max_input_tokens: 100_000 } } }, { enable_pre_call_checks: true })
    expect(unique(await asks(20))).toEqual(['long', 'short'])
    const text = 'many words '.repeat(200)
    expect(unique(await asks(10, { messages: [{ role: 'user', content: text }] }))).toEqual(['long'])
  })

  it('capabilities that a model does not have', async () => {
    await start({ blind: { info: { supports_vision: false } }, seeing: {} })
    const picture = { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }] }
    expect(unique(await asks(20))).toEqual(['blind', 'seeing'])
    expect(unique(await asks(10, picture))).toEqual(['seeing'])
  })

  it('max_parallel_requests of a deployment', async () => {
    await start({ one: { params: { max_parallel_requests: 1, order: 1 } }, other: { params: { order: 2 } } })
    const held: (() => void)[] = []
    upstream.reset().otherwise((response, call) => void held.push(() => answer.json(completion('hi'))(response, call)))
    const both = [ask(), ask()]
    await expect.poll(() => held.length).toBe(2)
    for (const go of held) go()
    expect((await Promise.all(both)).sort()).toEqual(['one', 'other'])
  })

  it('default_max_parallel_requests and enforce_model_rate_limits', async () => {
    await start({ a: { params: { rpm: 2 } } }, { optional_pre_call_checks: ['enforce_model_rate_limits'], default_max_parallel_requests: 1 })
    const held: (() => void)[] = []
    upstream.reset().otherwise((response, call) => void held.push(() => answer.json(completion('hi'))(response, call)))
    const first = ask()
    await expect.poll(() => held.length).toBe(1)
    expect(await ask()).toBe('429')
    held[0]!()
    expect(await first).toBe('a')
    upstream.reset().otherwise(answer.json(completion('hi')))
    // At most two in a minute, of which one may just have ended.
    expect((await asks(6)).filter((id) => id === '429').length).toBeGreaterThanOrEqual(2)
  })

  it('sessions stay with one deployment, keys too where asked', async () => {
    await start({ a: {}, b: {}, c: {}, d: {} }, { optional_pre_call_checks: ['session_affinity'] })
    expect(unique(await asks(20)).length).toBeGreaterThan(1)
    const homes: string[] = []
    for (let i = 0; i < 12; i += 1) {
      const [byHeader] = unique(await asks(3, {}, { 'x-litellm-session-id': `s${i}` }))
      expect(unique([...await asks(2, { metadata: { session_id: `s${i}` } }), ...await asks(2, { litellm_session_id: `s${i}` })])).toEqual([byHeader])
      homes.push(byHeader!)
    }
    expect(unique(homes).length).toBeGreaterThan(1)
    expect(upstream.requests.some(({ json }) => JSON.stringify(json).includes('session_id'))).toBe(false)
    await proxy![Symbol.asyncDispose]()
    await start({ a: {}, b: {}, c: {}, d: {} }, { optional_pre_call_checks: ['deployment_affinity'] })
    const ofKeys: string[] = []
    for (let i = 0; i < 10; i += 1) {
      const { key } = await (await proxy!.fetch('/key/generate', { method: 'POST', body: '{}' })).json() as { key: string }
      const seen = unique(await asks(4, {}, { authorization: `Bearer ${key}`, 'x-litellm-session-id': String(Math.random()) }))
      expect(seen).toHaveLength(1)
      ofKeys.push(seen[0]!)
    }
    expect(unique(ofKeys).length).toBeGreaterThan(1)
  })

  it('models of a team: by its name for them, and for nobody else', async () => {
    await start({ open: {}, own: { name: 'model_name_t1_x', info: { team_id: 't1', team_public_model_name: 'm' } }, extra: { name: 'extra', info: { team_id: 't1' } } })
    await proxy!.fetch('/team/new', { method: 'POST', body: JSON.stringify({ team_id: 't1' }) })
    await proxy!.fetch('/team/new', { method: 'POST', body: JSON.stringify({ team_id: 't2' }) })
    const keyOf = async (team_id: string): Promise<Record<string, string>> => ({ authorization: `Bearer ${(await (await proxy!.fetch('/key/generate', { method: 'POST', body: JSON.stringify({ team_id }) })).json() as { key: string }).key}` })
    const [one, two] = [await keyOf('t1'), await keyOf('t2')]
    expect([unique(await asks(4, {}, one)), unique(await asks(4, {}, two)), unique(await asks(4))]).toEqual([['own'], ['open'], ['open']])
    expect([await ask({ model: 'extra' }, one), await ask({ model: 'extra' }, two), await ask({ model: 'model_name_t1_x' }, one)]).toEqual(['extra', '400', '400'])
    const names = async (headers: Record<string, string>): Promise<string[]> => (await (await proxy!.fetch('/v1/models', { headers })).json() as { data: { id: string }[] }).data.map(({ id }) => id)
    expect([await names(one), await names(two)]).toEqual([['m', 'extra'], ['m']])
    const info = async (headers: Record<string, string>): Promise<string[]> => (await (await proxy!.fetch('/model/info', { headers })).json() as { data: { model_info: { id: string } }[] }).data.map(({ model_info: { id } }) => id)
    expect(await info(two)).toEqual(['open'])
  })

  it('hidden aliases work and are not listed', async () => {
    await start({ a: {} }, { model_group_alias: { shown: 'm', secret: { model: 'm', hidden: true } } })
    expect([await ask({ model: 'shown' }), await ask({ model: 'secret' })]).toEqual(['a', 'a'])
    const { data } = await (await proxy!.fetch('/v1/models')).json() as { data: { id: string }[] }
    expect(data.map(({ id }) => id)).toEqual(['m', 'shown'])
  })
})

describe('cooldown', () => {
  it('a deployment that says 429 rests for as long as it says, and the refusal tells how long', async () => {
    await start({ a: {}, b: {} }, { cooldown_time: 5 })
    upstream.reset().otherwise(answer.error(429, undefined, { 'retry-after': '60' }))
    await asks(2)
    const response = await proxy!.fetch(CHAT, chatBody({ model: 'm' }))
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(upstream.requests).toHaveLength(2)
    expect((await response.json() as { error: { message: string } }).error.message).toContain('cooling down')
  })

  it('allowed_fails and disable_cooldowns', async () => {
    await start({ a: {} }, { allowed_fails: 2, cooldown_time: 60 })
    upstream.reset().otherwise(answer.error(500))
    await asks(6)
    expect(upstream.requests).toHaveLength(3)
    await proxy![Symbol.asyncDispose]()
    await start({ a: {} }, { allowed_fails: 0, disable_cooldowns: true })
    upstream.reset().otherwise(answer.error(500))
    await asks(6)
    expect(upstream.requests).toHaveLength(6)
  })
})
