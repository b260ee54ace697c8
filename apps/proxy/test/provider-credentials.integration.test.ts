import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CHAT, chatBody, completion } from './chat-answers.ts'
import { manage, unique } from './management-client.ts'
import { type RunningProxy, startProxy, type StartOptions } from './start-proxy.ts'

const SECRET = 'own-secret-0123456789'
const converse = answer.json({ output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } }, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } })

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Examples */
const assumed = answer.bytes(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role-secret-9876543210</SecretAccessKey>
  <SessionToken>role-session-9876543210</SessionToken><Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`, { headers: { 'content-type': 'text/xml' } })

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#successful-response-1 */
const token = answer.json({ token_type: 'Bearer', expires_in: 3599, access_token: 'entra-access-token-42' })

describe('credentials of providers', () => {
  let upstream: FakeUpstream
  let issuer: FakeUpstream
  let proxy: RunningProxy | undefined

  beforeEach(async () => {
    upstream = await createFakeUpstream()
    issuer = await createFakeUpstream()
    upstream.on(/\/model\//, converse)
    upstream.otherwise(answer.json(completion('hi')))
  })
  afterEach(async () => {
    await proxy?.[Symbol.asyncDispose]()
    proxy = undefined
    await upstream.close()
    await issuer.close()
  })

  // No profiles of this machine.
  const HOME = mkdtempSync(join(tmpdir(), 'tianjillm-home-'))

  async function start(params: object, { env, config, ...more }: StartOptions = {}): Promise<RunningProxy> {
    proxy = await startProxy({ ...more, env: { HOME, ...env }, config: { model_list: [{ model_name: 'gpt', litellm_params: params }], ...config } })
    return proxy
  }

  const ask = async (): Promise<number> => (await proxy!.fetch(CHAT, chatBody())).status
  const signer = (call: { readonly headers: FakeUpstream['requests'][number]['headers'] }): string | undefined => /Credential=(\w+)/.exec(String(call.headers['authorization']))?.[1]
  const bedrock = () => ({ model: 'bedrock/amazon.nova-lite-v1:0', aws_region_name: 'eu-west-1', aws_bedrock_runtime_endpoint: upstream.url })
  const azure = () => ({ model: 'azure/my-deployment', api_base: upstream.url })

  it('a role of AWS is taken on at aws_sts_endpoint, once for many calls, and no secret is told', async () => {
    issuer.otherwise(assumed)
    await start({ ...bedrock(), aws_role_name: 'arn:aws:iam::123456789012:role/gateway', aws_session_name: 'ci', aws_external_id: 'ext-0123456789', aws_sts_endpoint: issuer.url, aws_access_key_id: 'AKIAOWN', aws_secret_access_key: 'os.environ/MY_SECRET' }, { env: { MY_SECRET: SECRET } })
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200])
    expect(issuer.requests.map((call) => [signer(call), Object.fromEntries(new URLSearchParams(call.text))])).toEqual([['AKIAOWN', { Version: '2011-06-15', Action: 'AssumeRole', RoleArn: 'arn:aws:iam::123456789012:role/gateway', RoleSessionName: 'ci', ExternalId: 'ext-0123456789' }]])
    expect(upstream.requests.map(signer)).toEqual(['ASIAROLE', 'ASIAROLE', 'ASIAROLE'])
    expect(upstream.requests[0]!.headers['x-amz-security-token']).toBe('role-session-9876543210')
    expect(proxy!.output).not.toMatch(/0123456789|9876543210/)
  })

  it('a role of AWS that is refused says whose, why and what to do, without a secret', async () => {
    issuer.otherwise(answer.bytes(`<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/me is not authorized ${SECRET}</Message></Error></ErrorResponse>`, { status: 403 }))
    await start({ ...bedrock(), aws_role_name: 'arn:aws:iam::123456789012:role/gateway', aws_sts_endpoint: issuer.url, aws_access_key_id: 'AKIAOWN', aws_secret_access_key: SECRET })
    const reply = await proxy!.fetch(CHAT, chatBody())
    const text = await reply.text()
    expect([reply.status, JSON.parse(text)]).toEqual([401, { error: expect.objectContaining({ type: 'auth_error', message: expect.stringMatching(/aws_role_name \(AccessDenied\).*trust policy/) }) }])
    expect(text + proxy!.output).not.toContain(SECRET)
  })

  it('the role of an instance is used where nothing else is set', async () => {
    issuer.on('/latest/api/token', answer.bytes('session'))
    issuer.on('/latest/meta-data/iam/security-credentials/', answer.bytes('my-role'))
    issuer.on('/latest/meta-data/iam/security-credentials/my-role', answer.json({ Code: 'Success', AccessKeyId: 'ASIAINSTANCE', SecretAccessKey: 's', Token: 't', Expiration: new Date(Date.now() + 3_600_000).toISOString() }))
    await start(bedrock(), { env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: issuer.url } })
    expect([await ask(), await ask(), upstream.requests.map(signer), issuer.requests.length]).toEqual([200, 200, ['ASIAINSTANCE', 'ASIAINSTANCE'], 3])
  })

  it('client credentials of Azure are exchanged at AZURE_AUTHORITY_HOST, once for many calls, and no secret is told', async () => {
    issuer.on('/my-tenant/oauth2/v2.0/token', token)
    await start({ ...azure(), tenant_id: 'my-tenant', client_id: 'my-app', client_secret: SECRET }, { env: { AZURE_AUTHORITY_HOST: issuer.url } })
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200])
    expect(issuer.requests.map(({ text }) => Object.fromEntries(new URLSearchParams(text)))).toEqual([{ grant_type: 'client_credentials', client_id: 'my-app', client_secret: SECRET, scope: 'https://cognitiveservices.azure.com/.default' }])
    expect(upstream.requests.map(({ headers }) => headers['authorization'])).toEqual(Array.from({ length: 3 }, () => 'Bearer entra-access-token-42'))
    expect(proxy!.output).not.toMatch(/own-secret|entra-access-token/)
  })

  it('litellm_settings.enable_azure_ad_token_refresh lets Azure use the identity of the machine', async () => {
    issuer.on(/^\/metadata\/identity\/oauth2\/token/, token)
    await start(azure(), { env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: issuer.url }, config: { litellm_settings: { enable_azure_ad_token_refresh: true } } })
    expect([await ask(), upstream.requests[0]!.headers['authorization'], issuer.requests[0]!.headers['metadata']]).toEqual([200, 'Bearer entra-access-token-42', 'true'])
  })

  it('what is about the machine cannot be set over the API, and keys of the environment do not follow an address that was', async () => {
    const config = { general_settings: { store_model_in_db: true, allow_private_upstreams: true } }
    await start(azure(), { database: 'embedded', config, env: { LITELLM_SALT_KEY: 'sk-salt-of-this-test', AZURE_API_KEY: 'azure-key', AWS_BEARER_TOKEN_BEDROCK: SECRET, AWS_EC2_METADATA_SERVICE_ENDPOINT: issuer.url } })
    const { post } = manage(() => proxy!)
    const refusal = async (params: object): Promise<[number, string]> => {
      const { status, body } = await post('/model/new', { model_name: unique(), litellm_params: params })
      return [status, String((body as { error?: { message?: unknown } }).error?.message)]
    }
    expect(await refusal({ ...azure(), tenant_id: 't', client_id: 'c', client_secret: 's', azure_authority_host: upstream.url })).toEqual([400, expect.stringMatching(/azure_authority_host.*config file only.*AZURE_AUTHORITY_HOST/)])
    expect(await refusal({ ...bedrock(), aws_role_name: 'r', aws_web_identity_token_file: '/etc/passwd' })).toEqual([400, expect.stringMatching(/aws_web_identity_token_file.*config file only/)])
    expect(await refusal({ ...bedrock(), aws_role_name: 'r', aws_web_identity_token: 'oidc/file//etc/passwd' })).toEqual([400, expect.stringMatching(/aws_web_identity_token.*oidc.*config file only/)])
    const name = unique()
    expect((await post('/model/new', { model_name: name, litellm_params: bedrock() })).status).toBe(200)
    expect((await proxy!.fetch(CHAT, chatBody({ model: name }))).status).toBe(401)
    expect([upstream.requests, issuer.requests]).toEqual([[], []])
  })
})
