import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion, oneModel } from './chat-answers.ts'
import { startProxy } from './start-proxy.ts'

describe('secrets from Vault', () => {
  let upstream: FakeUpstream
  let vault: FakeUpstream

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    vault = await createFakeUpstream()
    vault.otherwise(answer.json({ errors: [] }, { status: 404 }))
    vault.on('/v1/secret/data/UPSTREAM_KEY', answer.json({ data: { data: { key: 'sk-from-vault' }, metadata: { version: 1 } } }))
    vault.on('/v1/secret/data/FORBIDDEN', answer.json({ errors: ['permission denied'] }, { status: 403 }))
  })
  afterAll(async () => {
    await upstream.close()
    await vault.close()
  })

  const start = (api_key: string, env: Record<string, string> = {}) =>
    startProxy({
      env: { HCP_VAULT_ADDR: vault.url, HCP_VAULT_TOKEN: 'hvs.secret-token', ...env },
      config: oneModel(upstream.url, { params: { api_key }, config: { general_settings: { key_management_system: 'hashicorp_vault' } } }),
    })

  const keySent = async (api_key: string, env?: Record<string, string>): Promise<unknown> => {
    await using proxy = await start(api_key, env)
    expect((await proxy.fetch(CHAT, chatBody())).status).toBe(200)
    expect(proxy.output).not.toContain('sk-from-vault')
    return upstream.requests.at(-1)!.headers['authorization']
  }

  it('reach the provider', async () => {
    expect(await keySent('os.environ/UPSTREAM_KEY', { UPSTREAM_KEY: 'sk-from-environment' })).toBe('Bearer sk-from-vault')
    expect(vault.requests.find(({ path }) => path.endsWith('UPSTREAM_KEY'))!.headers['x-vault-token']).toBe('hvs.secret-token')
  })

  it('that Vault does not have come from the environment', async () => {
    expect(await keySent('os.environ/ONLY_HERE', { ONLY_HERE: 'sk-from-environment' })).toBe('Bearer sk-from-environment')
  })

  it('that are nowhere are told with their path', async () => {
    await expect(start('os.environ/NOWHERE')).rejects.toThrow(/model_list\[0\]\.litellm_params\.api_key[^\n]*\n?[^\n]*NOWHERE/)
  })

  it('that Vault refuses are told, without the token, and the environment does not stand in', async () => {
    const error: unknown = await start('os.environ/FORBIDDEN', { FORBIDDEN: 'sk-x' }).catch((caught: unknown) => caught)
    expect(String(error)).toMatch(/api_key[^\n]*FORBIDDEN[^\n]*refused/)
    expect(String(error)).not.toContain('hvs.secret-token')
  })
})
