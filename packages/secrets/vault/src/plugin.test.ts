import { createConnector } from '@tianjillm/connector'
import { answer, createFakeUpstream, createTestHost, describeSecrets, type FakeUpstream, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { vaultConfig } from './config.ts'
import { vaultPlugin } from './plugin.ts'

const found = { OPENAI_API_KEY: 'first-secret-text', 'team/anthropic#api_key': 'second-secret-text' }
/** Answers as Vault's API documentation shows them. */
const kv = (data: object) => answer.json({ request_id: 'r', lease_id: '', renewable: false, lease_duration: 0, data: { data, metadata: { created_time: '2025-01-01T00:00:00Z', deletion_time: '', destroyed: false, version: 1 } } })
const missing = answer.json({ errors: [] }, { status: 404 })

const backend = (upstream: FakeUpstream): void => {
  upstream.otherwise(missing)
  upstream.on('/v1/secret/data/OPENAI_API_KEY', kv({ key: found.OPENAI_API_KEY }))
  upstream.on('/v1/secret/data/team/anthropic', kv({ api_key: found['team/anthropic#api_key'], note: 'x' }))
  upstream.on('/v1/auth/approle/login', answer.json({ auth: { client_token: 'hvs.token', lease_duration: 3600, renewable: true } }))
}

describeSecrets({ plugin: vaultPlugin, config: (url: string) => ({ addr: url, token: TEST_SECRET }), found, missing: 'NOBODY', backend })
describeSecrets({ plugin: vaultPlugin, config: (url: string) => ({ addr: url, role_id: 'role', secret_id: TEST_SECRET }), found, missing: 'NOBODY', backend, skip: { 'it stops at its signal': 'the login is shared by all who wait, and ends at its own time-out' } })

const signal = new AbortController().signal

async function open(config: object) {
  const upstream = await createFakeUpstream()
  backend(upstream)
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  const host = createTestHost({ http: connector })
  const secrets = await vaultPlugin.create(v.parse(vaultConfig, { addr: upstream.url, ...config }), host)
  const read = async (name: string): Promise<string | undefined> => (await secrets.get(name, signal))?.reveal()
  return { upstream, host, read, async [Symbol.asyncDispose]() { await secrets.close?.(); await connector.destroy(); await upstream.close() } }
}

describe('reading', () => {
  it('asks with the token and the namespace at mount and prefix', async () => {
    await using env = await open({ token: 't1', namespace: 'admin', mount: '/kv/', path_prefix: 'litellm' })
    env.upstream.on('/v1/kv/data/litellm/A%20B', kv({ key: 'x' }))
    expect(await env.read('A B')).toBe('x')
    expect(env.upstream.requests[0]).toMatchObject({ method: 'GET', path: '/v1/kv/data/litellm/A%20B', headers: { 'x-vault-token': 't1', 'x-vault-namespace': 'admin' } })
  })

  it('keeps a secret for the refresh interval, one read for all its fields', async () => {
    await using env = await open({ token: 't1', refresh_interval: '60' })
    await env.read('OPENAI_API_KEY')
    env.host.clock.advance(59_999)
    await env.read('OPENAI_API_KEY')
    expect(env.upstream.requests).toHaveLength(1)
    env.host.clock.advance(1)
    env.upstream.on('/v1/secret/data/OPENAI_API_KEY', kv({ key: 'rotated' }))
    expect(await env.read('OPENAI_API_KEY')).toBe('rotated')
    expect([await env.read('team/anthropic#api_key'), await env.read('team/anthropic#note'), await env.read('team/anthropic')]).toEqual([found['team/anthropic#api_key'], 'x', undefined])
    expect(env.upstream.requests).toHaveLength(3)
  })

  it('tells a wrong mount, which is also a 404, from a missing secret', async () => {
    await using env = await open({ token: 't1' })
    env.upstream.on('/v1/secret/data/X', answer.json({ errors: ['no handler for route "secret/data/X". route entry not found.'] }, { status: 404 }))
    await expect(env.read('X')).rejects.toMatchObject({ code: 'upstream_not_found' })
    env.upstream.on('/v1/secret/data/Y', answer.json({ data: { key: 'v1 engine' } }))
    await expect(env.read('Y')).rejects.toMatchObject({ code: 'upstream_malformed' })
  })

  it.each(['../sys/seal', 'a//b', '', './a', 'a/..#key'])('the name %j never becomes a path', async (name) => {
    await using env = await open({ token: 't1' })
    await expect(env.read(name)).rejects.toMatchObject({ code: 'invalid_config' })
    expect(env.upstream.requests).toEqual([])
  })
})

describe('AppRole', () => {
  it('logs in once, uses the token until its end, and again when it was revoked', async () => {
    await using env = await open({ role_id: 'role', secret_id: 'sid', refresh_interval: 0 })
    await env.read('OPENAI_API_KEY')
    await env.read('OPENAI_API_KEY')
    expect(env.upstream.requests.map(({ path }) => path)).toEqual(['/v1/auth/approle/login', '/v1/secret/data/OPENAI_API_KEY', '/v1/secret/data/OPENAI_API_KEY'])
    expect(env.upstream.requests[0]!.json).toEqual({ role_id: 'role', secret_id: 'sid' })
    expect(env.upstream.requests[1]!.headers['x-vault-token']).toBe('hvs.token')
    env.upstream.on('/v1/secret/data/OPENAI_API_KEY', answer.json({ errors: ['permission denied'] }, { status: 403 }), kv({ key: 'again' }))
    expect(await env.read('OPENAI_API_KEY')).toBe('again')
    expect(env.upstream.requests.filter(({ path }) => path.endsWith('/login'))).toHaveLength(2)
    env.host.clock.advance(3_600_000)
    await env.read('OPENAI_API_KEY')
    expect(env.upstream.requests.filter(({ path }) => path.endsWith('/login'))).toHaveLength(3)
  })

  it('a refused login says so without the secret id', async () => {
    await using env = await open({ role_id: 'role', secret_id: 'sid-very-secret' })
    env.upstream.on('/v1/auth/approle/login', answer.json({ errors: ['invalid role or secret ID sid-very-secret'] }, { status: 400 }))
    const error: unknown = await env.read('X').catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'upstream_permission' })
    expect(String(error)).not.toContain('sid-very')
  })
})

it.each([['token', { addr: 'http://v' }], ['secret_id', { addr: 'http://v', role_id: 'r' }], ['addr', { token: 't' }], ['mount', { addr: 'http://v', token: 't', mount: 'a?b' }], ['access_mode', { addr: 'http://v', token: 't', access_mode: 'read_and_write' }]])('a config without a good %s is refused with its path', (path, config) => {
  expect(v.safeParse(vaultConfig, config).issues?.map((issue) => v.getDotPath(issue))).toContain(path)
})
