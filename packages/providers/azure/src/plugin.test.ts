import { createConnector } from '@tianjillm/connector'
import { answer, createFakeClock, createFakeUpstream, createTestHost, describeProvider, loadRecordings, loadRecordingsAbove, runAdapter, TEST_SECRET } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { azureConfig } from './config.ts'
import { azurePlugin } from './plugin.ts'
import { createTargets } from './target.ts'

describeProvider({
  plugin: azurePlugin,
  config: { api_key: TEST_SECRET, api_base: 'https://acme.openai.azure.com' },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
  sharedRecordings: loadRecordingsAbove(import.meta.url, 'shared/fixtures/providers/azure').filter(({ name }) => /^azure\/(?:chat|embeddings)/.test(name)),
})

describe('where calls go', () => {
  const url = (apiBase: string, apiVersion: string) => createTargets({ apiBase, apiVersion, headers: {}, credential: undefined })('chat', 'my dep').url

  it.each([
    ['https://a.openai.azure.com', '2024-10-21', 'https://a.openai.azure.com/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21'],
    ['https://a.openai.azure.com/', '2024-10-21', 'https://a.openai.azure.com/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21'],
    ['https://a.openai.azure.com/openai', '2024-10-21', 'https://a.openai.azure.com/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21'],
    ['https://gate.acme.com/openai/deployments/other', '2024-10-21', 'https://gate.acme.com/openai/deployments/other/chat/completions?api-version=2024-10-21'],
    ['https://a.openai.azure.com', 'v1', 'https://a.openai.azure.com/openai/v1/chat/completions'],
    ['https://a.openai.azure.com/openai/v1', 'preview', 'https://a.openai.azure.com/openai/v1/chat/completions?api-version=preview'],
  ])('%s with %s', (base, version, expected) => expect(url(base, version)).toBe(expected))

  it('is one object for one deployment', () => {
    const target = createTargets({ apiBase: 'https://a', apiVersion: 'v1', headers: {}, credential: undefined })
    expect(target('chat', 'x')).toBe(target('chat', 'x'))
  })
})

describe('Entra ID', () => {
  const completion = { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } }
  const input = { model: 'dep', messages: [{ role: 'user', content: 'hi' }] } as const

  async function setUp() {
    const upstream = await createFakeUpstream()
    const clock = createFakeClock()
    const http = createConnector({ allowPrivate: true, allowedPorts: 'any' })
    const host = createTestHost({ clock, http })
    let issued = 0
    upstream.on('/tenant-1/oauth2/v2.0/token', (response, call) => answer.json({ access_token: `token-${++issued}`, expires_in: 3600 })(response, call))
    upstream.on(/\/openai\/deployments\//, answer.json(completion))
    const config = { api_base: upstream.url, tenant_id: 'tenant-1', client_id: 'app', client_secret: TEST_SECRET, azure_authority_host: upstream.url }
    const parsed = await azureConfig['~standard'].validate(config)
    if (parsed.issues) throw new Error('config')
    const provider = await azurePlugin.create(parsed.value, host)
    const call = () => runAdapter({ adapter: provider.adapters.chat!, input: { ...input, messages: [...input.messages] }, http: host.http } as never)
    return { upstream, clock, provider, call, bearers: () => upstream.requests.filter(({ path }) => path.includes('/deployments/')).map(({ headers }) => headers['authorization']) }
  }

  it('fetches a token once, uses it for many calls, and renews it before it ends', async () => {
    const { upstream, clock, call, bearers } = await setUp()
    await call()
    await call()
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1'])
    await clock.advanceAsync(3_600_001)
    await call()
    expect(bearers().at(-1)).toBe('Bearer token-2')
    const asked = new URLSearchParams(upstream.requests[0]!.text)
    expect(Object.fromEntries(asked)).toEqual({ grant_type: 'client_credentials', client_id: 'app', client_secret: TEST_SECRET, scope: 'https://cognitiveservices.azure.com/.default' })
    await upstream.close()
  })

  it('forgets a token that the resource refuses', async () => {
    const { upstream, call, bearers } = await setUp()
    upstream.on(/\/openai\/deployments\//, answer.error(401), answer.json(completion))
    await call().catch(() => {})
    await call()
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-2'])
    await upstream.close()
  })

  it('says what to check when no token is given, without the secret', async () => {
    const { upstream, call } = await setUp()
    upstream.on('/tenant-1/oauth2/v2.0/token', answer.error(401, { error: 'invalid_client', error_description: `bad ${TEST_SECRET}` }))
    const error = await call().then(() => undefined, (thrown: unknown) => thrown as Error)
    expect(String(error?.message)).toMatch(/client app.*invalid_client.*client_secret/)
    expect(String(error?.message)).not.toContain(TEST_SECRET)
    await upstream.close()
  })

  it('needs one way to prove who it is', async () => {
    const { issues } = (await azureConfig['~standard'].validate({ api_base: 'https://a.openai.azure.com', tenant_id: 't' })) as { issues?: readonly { message: string }[] }
    expect(issues?.[0]?.message).toContain('api_key')
  })
})
