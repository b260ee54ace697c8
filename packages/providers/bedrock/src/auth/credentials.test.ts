import { writeFileSync } from 'node:fs'
import { answer, everything } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { files, keysUsed, openBedrock as open, sts } from '../__fixtures__/open-bedrock.ts'

const own = { aws_access_key_id: 'ASIAOWN', aws_secret_access_key: 'own-secret-0123456789', aws_session_token: 'own-session-0123456789', aws_region_name: 'eu-west-1' }
const role = { ...own, aws_role_name: 'arn:aws:iam::123456789012:role/gateway' }

describe('an access key', () => {
  it('signs for the region of the model, with the clock of the host', async () => {
    const { chat, upstream, clock } = await open(own)
    await chat('us-east-2/amazon.nova-lite-v1:0')
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '')
    expect(upstream.requests[0]!.headers['authorization']).toContain(`Credential=ASIAOWN/${day}/us-east-2/bedrock/aws4_request`)
    expect(upstream.requests[0]!.headers['x-amz-security-token']).toBe('own-session-0123456789')
  })

  it('that is lasting goes without a session token of the environment', async () => {
    const { chat, upstream } = await open({ ...own, aws_access_key_id: 'AKIALASTING' })
    await chat()
    expect(upstream.requests[0]!.headers['x-amz-security-token']).toBeUndefined()
  })
})

describe('an API key', () => {
  it('goes as bearer token to the runtime of the region', async () => {
    const { chat, upstream, out } = await open({ api_key: 'bedrock-api-key-1', aws_region_name: 'cn-north-1' })
    await chat()
    expect(upstream.requests[0]!.headers['authorization']).toBe('Bearer bedrock-api-key-1')
    expect(out.urls).toEqual(['https://bedrock-runtime.cn-north-1.amazonaws.com.cn/model/amazon.nova-lite-v1%3A0/converse'])
    expect(out.misdirected).toEqual([])
  })
})

describe('the address', () => {
  it.each([
    [{ aws_bedrock_runtime_endpoint: 'https://vpce.example/', api_base: 'https://other.example' }, 'https://vpce.example/model/amazon.nova-lite-v1%3A0/converse'],
    [{ api_base: 'https://other.example/bedrock' }, 'https://other.example/bedrock/model/amazon.nova-lite-v1%3A0/converse'],
    [{ model_id: 'arn:aws:bedrock:us-east-2:1:provisioned-model/x' }, 'https://bedrock-runtime.us-east-2.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-2%3A1%3Aprovisioned-model%2Fx/converse'],
  ])('%j', async (more, url) => {
    const { chat, out } = await open({ ...own, ...more })
    await chat()
    expect(out.urls).toEqual([url])
  })
})

describe('a role', () => {
  it('is taken on once, and again when its credentials are over', async () => {
    const { chat, upstream, clock, out } = await open({ ...role, aws_external_id: 'ext-0123456789', aws_session_name: 'ci' })
    upstream.on('/', sts('ASIAFIRST', clock.now() + 3_600_000), sts('ASIASECOND', clock.now() + 7_200_000))
    await Promise.all([chat(), chat()])
    clock.advance(3_600_001)
    await chat()
    expect(keysUsed(upstream)).toEqual(['ASIAOWN', 'ASIAFIRST', 'ASIAFIRST', 'ASIAOWN', 'ASIASECOND'])
    expect(out.urls[0]).toBe('https://sts.eu-west-1.amazonaws.com/')
    expect(upstream.requests[0]!.headers['authorization']).toContain('/eu-west-1/sts/aws4_request')
    expect(Object.fromEntries(new URLSearchParams(upstream.requests[0]!.text))).toEqual({ Action: 'AssumeRole', Version: '2011-06-15', RoleArn: role.aws_role_name, RoleSessionName: 'ci', ExternalId: 'ext-0123456789' })
    expect(upstream.requests[1]!.headers['x-amz-security-token']).toBe('sts-session==ASIAFIRST')
  })

  it('is taken on again after Bedrock says that the token is over', async () => {
    const { chat, upstream, clock } = await open(role)
    upstream.on('/', sts('ASIAFIRST', clock.now() + 3_600_000), sts('ASIASECOND', clock.now() + 3_600_000))
    upstream.next(answer.error(403, { message: 'The security token included in the request is expired' }, { 'x-amzn-errortype': 'ExpiredTokenException' }))
    await expect(chat()).rejects.toMatchObject({ code: 'upstream_auth', status: 401 })
    await chat()
    expect(keysUsed(upstream)).toEqual(['ASIAOWN', 'ASIAFIRST', 'ASIAOWN', 'ASIASECOND'])
  })

  it('is not repeated by errors of Bedrock', async () => {
    const { chat, upstream, clock } = await open(role)
    upstream.on('/', sts('ASIAFIRST', clock.now() + 3_600_000), sts('ASIASECOND', clock.now() + 7_200_000))
    await chat()
    clock.advance(3_600_001)
    upstream.next(answer.error(403, { message: 'The Canonical String should have been\nsts-session==ASIASECOND sts-session==ASIAFIRST' }, { 'x-amzn-errortype': 'InvalidSignatureException' }))
    const error = await chat().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('Canonical String') })
    expect(everything(error)).not.toContain('sts-session')
  })

  it.each([
    [403, '<ErrorResponse><Error><Code>AccessDenied</Code><Message>User own-secret-0123456789 is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>', 'upstream_auth', 'AccessDenied'],
    [400, 'junk', 'upstream_auth', '400'],
    [503, '<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>', 'upstream_overloaded', ''],
    [429, '', 'upstream_rate_limit', ''],
    [200, '<html>proxy</html>', 'upstream_malformed', 'aws_sts_endpoint'],
  ])('that STS does not give (%i %s) is an error of its own', async (status, body, code, words) => {
    const { chat, upstream, host } = await open(role)
    upstream.on('/', answer.bytes(body, { status }))
    const error = await chat().catch((thrown: unknown) => thrown as Error)
    expect(error).toMatchObject({ code, provider: 'bedrock', message: expect.stringContaining(words) })
    expect(everything(error) + host.logText()).not.toContain('own-secret-0123456789')
    expect(upstream.requests.filter(({ text }) => text.includes('Action=AssumeRole'))).toHaveLength(1)
    expect(upstream.requests.filter(({ path }) => path !== '/')).toEqual([])
  })

  it('is proven by a token file that is read at each exchange, without a signature', async () => {
    const { token: file } = files({ token: 'oidc-1\n' })
    const { chat, upstream, clock } = await open({ aws_role_name: role.aws_role_name, aws_web_identity_token_file: file, aws_sts_endpoint: 'https://vpce-1.sts.us-west-2.vpce.amazonaws.com/' })
    upstream.on('/', sts('ASIAFIRST', clock.now() + 1000), sts('ASIASECOND', clock.now() + 9_000_000))
    await chat()
    writeFileSync(file, 'oidc-2')
    clock.advance(2000)
    await chat()
    expect(keysUsed(upstream)).toEqual(['none', 'ASIAFIRST', 'none', 'ASIASECOND'])
    expect(upstream.requests.filter(({ path }) => path === '/').map(({ text }) => new URLSearchParams(text).get('WebIdentityToken'))).toEqual(['oidc-1', 'oidc-2'])
  })

  it('whose token file is gone is said by the name of the option', async () => {
    const { chat } = await open({ aws_role_name: role.aws_role_name, aws_web_identity_token_file: '/nonexistent/token' })
    await expect(chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('aws_web_identity_token_file') })
  })

  it('is taken on with tags of the session', async () => {
    const { chat, upstream, clock } = await open({ ...role, aws_session_tags: [{ Key: 'team', Value: 'genai' }, { Key: 'env', Value: '' }] })
    upstream.on('/', sts('ASIAROLE', clock.now() + 3_600_000))
    await chat()
    expect(Object.fromEntries(new URLSearchParams(upstream.requests[0]!.text))).toMatchObject({ 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'genai', 'Tags.member.2.Key': 'env', 'Tags.member.2.Value': '' })
  })

  it('is proven by the identity of a Google Cloud workload', async () => {
    const { chat, upstream, clock, out } = await open({ aws_role_name: role.aws_role_name, aws_web_identity_token: 'oidc/google/https://example.com' })
    // https://cloud.google.com/run/docs/securing/service-identity#identity_tokens
    upstream.on(/^\/computeMetadata/, answer.bytes('google.id.token', { headers: { 'content-type': 'text/html' } }))
    upstream.on('/', sts('ASIAROLE', clock.now() + 3_600_000))
    await chat()
    expect(out.urls[0]).toBe('http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=https%3A%2F%2Fexample.com')
    expect(upstream.requests[0]!.headers['metadata-flavor']).toBe('Google')
    expect(Object.fromEntries(new URLSearchParams(upstream.requests[1]!.text))).toMatchObject({ Action: 'AssumeRoleWithWebIdentity', WebIdentityToken: 'google.id.token' })
  })

  it.each([
    [{ ...role, aws_sts_endpoint: 'https://vpce-1.sts.us-east-2.vpce.amazonaws.com' }, 'us-east-2'],
    [{ ...role, aws_sts_endpoint: 'https://sts.amazonaws.com' }, 'us-east-1'],
    [{ ...role, aws_sts_endpoint: 'https://sts.internal.example' }, 'eu-west-1'],
  ])('is asked for with a signature for the region of STS: %j', async (config, region) => {
    const { chat, upstream, clock } = await open(config)
    upstream.on('/', sts('ASIAROLE', clock.now() + 3_600_000))
    await chat()
    expect(upstream.requests[0]!.headers['authorization']).toContain(`/${region}/sts/aws4_request`)
  })
})
