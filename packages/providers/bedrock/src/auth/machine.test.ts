import { writeFileSync } from 'node:fs'
import { createConnector } from '@tianjillm/connector'
import type { Http } from '@tianjillm/core'
import { answer, createTestHost, everything } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { files, keysUsed, openBedrock, sts } from '../__fixtures__/open-bedrock.ts'
import { bedrockConfig } from '../config.ts'
import { openCredentials } from './credentials.ts'

const HOUR = 3_600_000
const TARGET = 'arn:aws:iam::210987654321:role/target'
const POD = 'arn:aws:iam::123456789012:role/pod'

/** Shared files with nothing in them: those of this machine are not looked at. */
const noProfiles = () => {
  const { config, credentials } = files({ config: '', credentials: '' })
  return { aws_config_file: config, aws_shared_credentials_file: credentials }
}

/** What instances and containers tell: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html */
const told = (id: string, expiresAt: number, more: object = {}) => answer.json({ Code: 'Success', Type: 'AWS-HMAC', AccessKeyId: id, SecretAccessKey: `secret/${id}`, Token: `token-of-${id}`, Expiration: new Date(expiresAt).toISOString(), ...more })

describe('a pod (IRSA)', () => {
  const pod = () => ({ ...noProfiles(), aws_pod_role_arn: POD, aws_pod_token_file: files({ token: 'pod-token' }).token })
  const actions = (requests: readonly { readonly path: string; readonly text: string }[]) => requests.filter(({ path }) => path === '/').map(({ text }) => new URLSearchParams(text)).map((form) => [form.get('Action'), form.get('RoleArn'), form.get('WebIdentityToken')])

  it('calls with its own role', async () => {
    const { chat, upstream, clock } = await openBedrock(pod())
    upstream.on('/', sts('ASIAPOD', clock.now() + HOUR))
    await chat()
    expect([actions(upstream.requests), keysUsed(upstream)]).toEqual([[['AssumeRoleWithWebIdentity', POD, 'pod-token']], ['none', 'ASIAPOD']])
  })

  it('takes on another role with its own, and does not take on its own twice', async () => {
    const other = await openBedrock({ ...pod(), aws_role_name: TARGET })
    other.upstream.on('/', sts('ASIAPOD', other.clock.now() + HOUR), sts('ASIATARGET', other.clock.now() + HOUR))
    await Promise.all([other.chat(), other.chat()])
    expect(keysUsed(other.upstream)).toEqual(['none', 'ASIAPOD', 'ASIATARGET', 'ASIATARGET'])
    expect(actions(other.upstream.requests).map(([action, arn]) => [action, arn])).toEqual([['AssumeRoleWithWebIdentity', POD], ['AssumeRole', TARGET]])
    const same = await openBedrock({ ...pod(), aws_role_name: POD })
    same.upstream.on('/', sts('ASIAPOD', same.clock.now() + HOUR))
    await same.chat()
    expect(keysUsed(same.upstream)).toEqual(['none', 'ASIAPOD'])
  })

  it('gives way to an access key', async () => {
    const { chat, upstream } = await openBedrock({ ...pod(), aws_access_key_id: 'AKIAOWN', aws_secret_access_key: 'own-secret' })
    await chat()
    expect(keysUsed(upstream)).toEqual(['AKIAOWN'])
  })
})

describe('a profile', () => {
  const shared = (config: string, credentials = '') => {
    const made = files({ config, credentials })
    return { aws_config_file: made.config, aws_shared_credentials_file: made.credentials }
  }

  // https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
  it('gives its access key; the credentials file wins, and comments and services are no part of it', async () => {
    const { chat, upstream } = await openBedrock({
      ...shared('# mine\n[profile dev]\r\nregion = eu-west-1 ; home\naws_access_key_id = AKIACONFIG\ns3 =\n  aws_access_key_id = AKIANESTED\n[services x]\naws_access_key_id = AKIASERVICE\n', '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = d\n\n[dev]\naws_access_key_id=AKIADEV\naws_secret_access_key = a+b/c==\n'),
      aws_profile_name: 'dev', aws_access_key_id: 'AKIAOWN', aws_secret_access_key: 's',
    })
    await chat()
    expect(keysUsed(upstream)).toEqual(['AKIADEV'])
  })

  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
  it('reaches its role through other profiles, and takes on the role of the config with that', async () => {
    const { chat, upstream, clock } = await openBedrock({
      ...shared('[profile outer]\nrole_arn = arn:aws:iam::1:role/outer\nrole_session_name = me\nexternal_id = ext-0123456789\nsource_profile = inner\n[profile inner]\nrole_arn = arn:aws:iam::1:role/inner\nsource_profile = inner\n', '[inner]\naws_access_key_id = AKIAINNER\naws_secret_access_key = s\n'),
      aws_profile_name: 'outer', aws_role_name: TARGET,
    })
    upstream.on('/', sts('ASIAINNER', clock.now() + HOUR), sts('ASIAOUTER', clock.now() + HOUR), sts('ASIATARGET', clock.now() + HOUR))
    await chat()
    expect(keysUsed(upstream)).toEqual(['AKIAINNER', 'ASIAINNER', 'ASIAOUTER', 'ASIATARGET'])
    expect(Object.fromEntries(new URLSearchParams(upstream.requests[1]!.text))).toMatchObject({ RoleArn: 'arn:aws:iam::1:role/outer', RoleSessionName: 'me', ExternalId: 'ext-0123456789' })
  })

  it('runs its credential_process, again when what it printed is over', async () => {
    const { printed } = files({ printed: '' })
    const print = (id: string, expiresAt: number) => writeFileSync(printed, JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(expiresAt).toISOString() }))
    const { chat, upstream, clock } = await openBedrock({ ...shared(`[profile anywhere]\ncredential_process = cat ${printed}\n`), aws_profile_name: 'anywhere' })
    print('ASIAONE', clock.now() + HOUR)
    await chat()
    print('ASIATWO', clock.now() + 2 * HOUR)
    await chat()
    clock.advance(HOUR + 1)
    await chat()
    expect(keysUsed(upstream)).toEqual(['ASIAONE', 'ASIAONE', 'ASIATWO'])
  })

  it('whose credential_process fails is told without what it printed', async () => {
    const { chat } = await openBedrock({ ...shared('[profile anywhere]\ncredential_process = echo sec-ret-0815 >&2; exit 3\n'), aws_profile_name: 'anywhere' })
    const error = await chat().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('"anywhere" failed (3)') })
    expect(everything(error)).not.toContain('sec-ret')
  })

  it.each([
    ['', 'dev', 'does not exist'],
    ['[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n', 'a', 'source_profile: a > b > a'],
    ['[profile a]\nrole_arn = r\n', 'a', 'it needs source_profile'],
    ['[profile a]\nrole_arn = r\ncredential_source = EcsContainer\n', 'a', 'AWS_CONTAINER_CREDENTIALS_'],
    ['[profile a]\nsso_session = s\n', 'a', 'IAM Identity Center'],
    ['[profile a]\nregion = eu-west-1\n', 'a', 'has no credentials'],
  ])('that cannot be used stops the start: %j', async (config, name, words) => {
    await expect(openBedrock({ ...shared(config), aws_profile_name: name })).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining(words) })
  })

  it('gives its role by a token file, which is sent to AWS only', async () => {
    const config = { ...shared(`[profile web]\nrole_arn = arn:aws:iam::1:role/web\nweb_identity_token_file = ${files({ token: 'of-the-profile' }).token}\n`), aws_profile_name: 'web' }
    const { chat, upstream, clock } = await openBedrock(config)
    upstream.on('/', sts('ASIAWEB', clock.now() + HOUR))
    await chat()
    expect([keysUsed(upstream), new URLSearchParams(upstream.requests[0]!.text).get('WebIdentityToken')]).toEqual([['none', 'ASIAWEB'], 'of-the-profile'])
    await expect(openBedrock({ ...config, aws_sts_endpoint: 'https://evil.example' })).rejects.toMatchObject({ message: expect.stringContaining('sent to AWS only') })
  })

  it('of a file that is not there is told by the option', async () => {
    await expect(openBedrock({ aws_config_file: '/nonexistent/config', aws_profile_name: 'dev' })).rejects.toMatchObject({ message: expect.stringContaining('aws_config_file does not exist') })
  })

  it('called default is used where nothing else is set', async () => {
    const { chat, upstream } = await openBedrock(shared('', '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n'))
    await chat()
    expect(keysUsed(upstream)).toEqual(['AKIADEFAULT'])
  })
})

// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
describe('a container', () => {
  it('of ECS is asked at its path, once for many calls and again before the end', async () => {
    const { chat, upstream, clock, out } = await openBedrock({ ...noProfiles(), aws_container_credentials_relative_uri: '/v2/credentials/abc' })
    upstream.on('/v2/credentials/abc', told('ASIATASK1', clock.now() + HOUR), told('ASIATASK2', clock.now() + 3 * HOUR))
    await Promise.all([chat(), chat(), chat()])
    clock.advance(HOUR - 60_000)
    await chat()
    await clock.advanceAsync(0)
    await expect.poll(() => upstream.requests.filter(({ path }) => path.startsWith('/v2/')).length).toBe(2)
    clock.advance(60_001)
    await chat()
    expect(out.urls[0]).toBe('http://169.254.170.2/v2/credentials/abc')
    expect(keysUsed(upstream).filter((key) => key !== 'none')).toEqual(['ASIATASK1', 'ASIATASK1', 'ASIATASK1', 'ASIATASK1', 'ASIATASK2'])
  })

  it('of EKS is asked with the token of its file, which only that host sees', async () => {
    const { token } = files({ token: 'pod-identity-token\n' })
    const { chat, upstream, clock, out } = await openBedrock({ ...noProfiles(), aws_container_credentials_full_uri: 'http://169.254.170.23/v1/credentials', aws_container_authorization_token_file: token })
    upstream.on('/v1/credentials', told('ASIAPOD', clock.now() + HOUR))
    await chat()
    expect(upstream.requests[0]!.headers['authorization']).toBe('pod-identity-token')
    expect([keysUsed(upstream).at(-1), out.misdirected]).toEqual(['ASIAPOD', []])
  })

  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html#API_GetCallerIdentity_Examples
  const already = async (arn: string) => {
    const opened = await openBedrock({ ...noProfiles(), aws_container_credentials_relative_uri: '/creds', aws_role_name: TARGET })
    opened.upstream.on('/creds', told('ASIATASK', opened.clock.now() + HOUR))
    opened.upstream.on(({ text }) => text.includes('Action=AssumeRole'), answer.bytes('<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>', { status: 403 }))
    opened.upstream.on(({ text }) => text.includes('Action=GetCallerIdentity'), answer.bytes(`<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`))
    return opened
  }

  it('that is asked to take on the role that it has goes on as it is', async () => {
    const { chat, upstream } = await already('arn:aws:sts::210987654321:assumed-role/target/task-1')
    await chat()
    await chat()
    expect(upstream.requests.map(({ path, text }) => (path === '/' ? new URLSearchParams(text).get('Action') : path.split('/')[1]))).toEqual(['creds', 'AssumeRole', 'GetCallerIdentity', 'model', 'model'])
    expect(keysUsed(upstream).slice(3)).toEqual(['ASIATASK', 'ASIATASK'])
  })

  it('that has another role is refused it', async () => {
    const { chat } = await already('arn:aws:sts::111111111111:assumed-role/target/task-1')
    await expect(chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('aws_role_name (AccessDenied)') })
  })

  it.each([[403, 'upstream_auth'], [503, 'upstream_overloaded'], [200, 'upstream_malformed']])('that gives nothing (%i) is an error', async (status, code) => {
    const { chat, upstream } = await openBedrock({ ...noProfiles(), aws_container_credentials_relative_uri: '/creds' })
    upstream.on('/creds', answer.json({ message: 'no' }, { status }))
    await expect(chat()).rejects.toMatchObject({ code, message: expect.stringContaining('the container') })
  })
})

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
describe('an instance', () => {
  const list = '/latest/meta-data/iam/security-credentials/'

  it('is asked by version 2 of its metadata service', async () => {
    const { chat, upstream, clock, out } = await openBedrock(noProfiles())
    upstream.on('/latest/api/token', answer.bytes('session-token'))
    upstream.on(list, answer.bytes('gateway-role'))
    upstream.on(`${list}gateway-role`, told('ASIAINSTANCE', clock.now() + HOUR))
    await Promise.all([chat(), chat()])
    expect(out.urls.slice(0, 3)).toEqual(['http://169.254.169.254/latest/api/token', `http://169.254.169.254${list}`, `http://169.254.169.254${list}gateway-role`])
    expect(upstream.requests[0]).toMatchObject({ method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' } })
    expect(upstream.requests.slice(1, 3).map(({ headers }) => headers['x-aws-ec2-metadata-token'])).toEqual(['session-token', 'session-token'])
    expect([keysUsed(upstream).slice(3), out.misdirected]).toEqual([['ASIAINSTANCE', 'ASIAINSTANCE'], []])
  })

  it('goes on with credentials that it could not renew in time', async () => {
    const { chat, upstream, clock } = await openBedrock(noProfiles())
    upstream.on('/latest/api/token', answer.bytes('session-token'))
    upstream.on(list, answer.bytes('gateway-role'))
    upstream.on(`${list}gateway-role`, told('ASIAOLD', clock.now() - 1000))
    await chat()
    await chat()
    expect(keysUsed(upstream).filter((key) => key !== 'none')).toEqual(['ASIAOLD', 'ASIAOLD'])
    expect(upstream.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  it('without a role, or that is none, is told with what to set', async () => {
    const none = await openBedrock(noProfiles())
    none.upstream.on('/latest/api/token', answer.bytes('session-token'))
    none.upstream.on(list, answer.error(404, 'Not Found'))
    await expect(none.chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('has no role') })
    const away = await openBedrock(noProfiles())
    away.upstream.on('/latest/api/token', answer.reset())
    await expect(away.chat()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringMatching(/No AWS credentials: set aws_access_key_id .*does not answer/) })
  })

  it('is never asked for a model of the API, whose calls are checked', async () => {
    const connector = createConnector()
    const http: Http = { open: (request, handler) => connector.open({ ...request, trust: 'checked' }, handler), send: async (request, options) => connector.send({ ...request, trust: 'checked' }, options) }
    const source = await openCredentials(v.parse(bedrockConfig, noProfiles()), createTestHost({ http }))
    await expect(source.get()).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('models of the config file only') })
    source.close()
    await connector.destroy()
  })

  it('that may not be asked stops the start', async () => {
    await expect(openBedrock({ ...noProfiles(), aws_ec2_metadata_disabled: 'true' })).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringContaining('AWS_EC2_METADATA_DISABLED') })
  })
})
