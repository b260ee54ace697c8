import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnector } from '@tianjillm/connector'
import type { AdapterOf } from '@tianjillm/core'
import { answer, chatRequest, createFakeClock, createFakeUpstream, createTestHost, everything, reroute, runAdapter, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { azureConfig } from '../config.ts'
import { azurePlugin } from '../plugin.ts'

const API = { api_base: 'https://acme.openai.azure.com' }
const APP = { tenant_id: 'tenant-1', client_id: 'app' }
const SCOPE = 'https://cognitiveservices.azure.com/.default'
const completion = answer.json({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A deployment whose every call reaches one fake upstream: Entra ID, metadata services and the resource alike. */
async function open(config: object) {
  const upstream = await createFakeUpstream()
  const clock = createFakeClock()
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  const out = reroute(connector, upstream.url)
  const host = createTestHost({ clock, http: out.http })
  const provider = await azurePlugin.create(v.parse(azureConfig, { ...API, ...config }), host)
  cleanups.push(() => upstream.close(), () => connector.destroy(), () => provider.close?.())
  upstream.on(/\/openai\/deployments\//, completion)
  const adapter: AdapterOf<'chat'> = provider.adapters.chat!
  const chat = () => runAdapter({ operation: 'chat', adapter, input: chatRequest({ model: 'dep' }), http: out.http })
  const bearers = () => upstream.requests.filter(({ path }) => path.includes('/deployments/')).map(({ headers }) => headers['authorization'])
  const forms = () => upstream.requests.filter(({ path }) => path.includes('/oauth2/v2.0/token')).map(({ text }) => Object.fromEntries(new URLSearchParams(text)))
  return { upstream, clock, out, host, chat, bearers, forms }
}

function tokenFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'azure-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'token'), text)
  return join(folder, 'token')
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#successful-response-1 */
const issued = (token: string) => answer.json({ token_type: 'Bearer', expires_in: 3599, access_token: token })

const problems = (config: object): string => {
  const result = v.safeParse(azureConfig, { ...API, ...config })
  return result.success ? '' : result.issues.map(({ message }) => message).join('\n')
}

describe('client credentials', () => {
  const config = { ...APP, client_secret: TEST_SECRET }

  it('are exchanged once for many calls, and again before the token ends', async () => {
    const { upstream, clock, chat, bearers, forms, out } = await open(config)
    upstream.on('/tenant-1/oauth2/v2.0/token', issued('token-1'), issued('token-2'))
    await Promise.all([chat(), chat(), chat()])
    clock.advance(3_599_001)
    await chat()
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1', 'Bearer token-2'])
    expect(forms()).toHaveLength(2)
    expect(forms()[0]).toEqual({ grant_type: 'client_credentials', client_id: 'app', client_secret: TEST_SECRET, scope: SCOPE })
    expect([out.urls[0], out.misdirected]).toEqual(['https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token', []])
  })

  it('are exchanged where and for what the config says', async () => {
    const { upstream, chat, forms, out } = await open({ ...config, azure_authority_host: 'https://login.microsoftonline.us/', azure_scope: 'https://ai.azure.com/.default' })
    upstream.on('/tenant-1/oauth2/v2.0/token', issued('token-1'))
    await chat()
    expect([out.urls[0], forms()[0]!['scope']]).toEqual(['https://login.microsoftonline.us/tenant-1/oauth2/v2.0/token', 'https://ai.azure.com/.default'])
  })

  it('are exchanged again after the resource refused the token', async () => {
    const { upstream, chat, bearers } = await open(config)
    upstream.on('/tenant-1/oauth2/v2.0/token', issued('token-1'), issued('token-2'))
    upstream.on(/\/openai\/deployments\//, answer.error(401), completion)
    await chat().catch(() => {})
    await chat()
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
  it.each([
    [401, { error: 'invalid_client', error_description: `AADSTS7000215: Invalid client secret provided: ${TEST_SECRET}` }, 'upstream_auth', /client app.*invalid_client, AADSTS7000215.*client_secret/],
    [400, '<html>', 'upstream_auth', /status 400, no reason/],
    [503, { error: 'temporarily_unavailable' }, 'upstream_overloaded', /temporarily_unavailable/],
    [429, '', 'upstream_rate_limit', /status 429/],
    [200, { access_token: 'a\r\nb' }, 'upstream_auth', /no token/],
  ])('that are refused (%i %j) are told with what to check, without the secret', async (status, body, code, words) => {
    const { upstream, chat, host } = await open(config)
    upstream.on('/tenant-1/oauth2/v2.0/token', typeof body === 'string' ? answer.bytes(body, { status }) : answer.json(body, { status }))
    const error = await chat().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code, provider: 'azure', message: expect.stringMatching(words) })
    expect(everything(error) + host.logText()).not.toContain(TEST_SECRET)
  })
})

describe('a user', () => {
  // https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc
  it.each([[{}, 'organizations'], [{ tenant_id: 'tenant-1' }, 'tenant-1']])('signs in by password, %j', async (more, tenant) => {
    const { upstream, chat, bearers, forms } = await open({ client_id: 'app', azure_username: 'me@acme.example', azure_password: TEST_SECRET, ...more })
    upstream.on(`/${tenant}/oauth2/v2.0/token`, issued('token-of-user'))
    await chat()
    expect(forms()).toEqual([{ grant_type: 'password', client_id: 'app', username: 'me@acme.example', password: TEST_SECRET, scope: SCOPE }])
    expect(bearers()).toEqual(['Bearer token-of-user'])
  })
})

describe('a workload with a federated token', () => {
  const assertion = (token: string) => ({ grant_type: 'client_credentials', client_id: 'app', scope: SCOPE, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: token })

  // https://learn.microsoft.com/azure/aks/workload-identity-overview
  it('reads the token of its file at each exchange', async () => {
    const file = tokenFile('federated-1\n')
    const { upstream, clock, chat, forms } = await open({ ...APP, azure_federated_token_file: file })
    upstream.on('/tenant-1/oauth2/v2.0/token', issued('token-1'))
    await chat()
    writeFileSync(file, 'federated-2')
    clock.advance(3_599_001)
    await chat()
    expect(forms()).toEqual([assertion('federated-1'), assertion('federated-2')])
  })

  it('is meant by LiteLLM\'s references', async () => {
    const ofAzure = await open({ ...APP, azure_ad_token: 'oidc/azure/', azure_federated_token_file: tokenFile('federated') })
    const ofFile = await open({ ...APP, azure_ad_token: `oidc/file/${tokenFile('of-a-file\n')}` })
    const ofGoogle = await open({ ...APP, azure_ad_token: 'oidc/google/api://AzureADTokenExchange' })
    ofGoogle.upstream.on(/^\/computeMetadata/, answer.bytes('google.id.token'))
    const sent: unknown[] = []
    for (const { upstream, chat, forms } of [ofAzure, ofFile, ofGoogle]) {
      upstream.on('/tenant-1/oauth2/v2.0/token', issued('token-1'))
      await chat()
      sent.push(...forms())
    }
    expect(ofGoogle.out.urls[0]).toMatch(/identity\?audience=api%3A%2F%2FAzureADTokenExchange$/)
    expect(sent).toEqual([assertion('federated'), assertion('of-a-file'), assertion('google.id.token')])
  })

  it.each([[{ azure_federated_token_file: '/nonexistent' }, 'AZURE_FEDERATED_TOKEN_FILE'], [{ azure_ad_token: 'oidc/file//nonexistent' }, 'azure_ad_token (oidc/file)']])('without its file is told: %j', async (config, words) => {
    const { chat } = await open({ ...APP, ...config })
    await expect(chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining(words) })
  })
})

describe('a managed identity', () => {
  // https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http
  it.each([[{}, ''], [{ client_id: 'user assigned' }, '&client_id=user+assigned']])('of a virtual machine: %j', async (more, query) => {
    const { upstream, clock, chat, bearers, out } = await open({ enable_azure_ad_token_refresh: true, ...more })
    const reply = (token: string, end: number) => answer.json({ access_token: token, refresh_token: '', expires_in: '3599', expires_on: String(Math.floor(end / 1000)), not_before: '0', resource: 'https://cognitiveservices.azure.com', token_type: 'Bearer' })
    upstream.on(/^\/metadata\/identity/, reply('machine-1', clock.now() + 3_599_000), reply('machine-2', clock.now() + 7_198_000))
    await chat()
    clock.advance(3_599_001)
    await chat()
    expect(out.urls[0]).toBe(`http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fcognitiveservices.azure.com${query}`)
    expect(upstream.requests[0]!.headers['metadata']).toBe('true')
    expect(bearers()).toEqual(['Bearer machine-1', 'Bearer machine-2'])
  })

  // https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
  it('of App Service, without being asked to use it', async () => {
    const { upstream, clock, chat, bearers, out } = await open({ azure_identity_endpoint: 'http://127.0.0.1:41741/msi/token/', azure_identity_header: TEST_SECRET })
    upstream.on(/^\/msi\/token/, answer.json({ access_token: 'app-service', expires_on: String(Math.floor(clock.now() / 1000) + 86_400), resource: 'https://cognitiveservices.azure.com', token_type: 'Bearer' }))
    await chat()
    clock.advance(80_000_000)
    await chat()
    expect(out.urls[0]).toBe('http://127.0.0.1:41741/msi/token/?api-version=2019-08-01&resource=https%3A%2F%2Fcognitiveservices.azure.com')
    expect(upstream.requests[0]!.headers['x-identity-header']).toBe(TEST_SECRET)
    expect([bearers(), out.misdirected]).toEqual([['Bearer app-service', 'Bearer app-service'], []])
  })

  it('that is not there, or not assigned, is told with what to set', async () => {
    const away = await open({ enable_azure_ad_token_refresh: true })
    away.upstream.on(/^\/metadata/, answer.reset())
    await expect(away.chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('Set api_key') })
    const unassigned = await open({ enable_azure_ad_token_refresh: 'true' })
    unassigned.upstream.on(/^\/metadata/, answer.json({ error: 'invalid_request', error_description: 'Identity not found' }, { status: 400 }))
    await expect(unassigned.chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringMatching(/invalid_request.*identity is assigned/) })
  })
})

describe('the way that a config means', () => {
  const secret = { ...APP, client_secret: TEST_SECRET }

  it.each([
    ['api-key k', { api_key: 'k', azure_ad_token: 't', ...secret }],
    ['bearer t', { azure_ad_token: 't', ...secret }],
    ['password', { ...secret, azure_username: 'u', azure_password: 'p' }],
    ['client_secret', { ...secret, azure_federated_token_file: '/t', enable_azure_ad_token_refresh: true }],
    ['machine', { ...secret, azure_credential: 'ManagedIdentityCredential' }],
    ['client_secret', { ...secret, azure_credential: 'EnvironmentCredential' }],
    ['machine', { azure_credential: 'DefaultAzureCredential' }],
  ])('is %s', async (way, config) => {
    const { upstream, chat, forms } = await open(config)
    upstream.on(/oauth2\/v2.0\/token/, issued('token'))
    upstream.on(/^\/metadata/, issued('machine'))
    await chat()
    const { 'api-key': key, authorization } = upstream.requests.at(-1)!.headers
    const [form] = forms()
    expect(key !== undefined ? `api-key ${String(key)}` : authorization === 'Bearer t' ? 'bearer t' : authorization === 'Bearer machine' ? 'machine' : form!['password'] !== undefined ? 'password' : 'client_secret').toBe(way)
  })

  it.each([
    [{ tenant_id: 't' }, 'needs api_key'],
    [{}, 'enable_azure_ad_token_refresh'],
    [{ azure_username: 'u', azure_password: 'p' }, 'client_id belong together'],
    [{ azure_ad_token: 'oidc/env/TOKEN' }, 'os.environ/NAME'],
    [{ azure_ad_token: 'oidc/file//t' }, 'needs tenant_id and client_id'],
    [{ azure_credential: 'CertificateCredential' }, 'azure_credential is CertificateCredential'],
    [{ ...secret, azure_credential: 'WorkloadIdentityCredential' }, 'azure_federated_token_file'],
  ])('is told when %j does not say it', (config, words) => {
    expect(problems(config)).toContain(words)
  })
})
