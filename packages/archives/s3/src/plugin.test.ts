import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnector } from '@tianjillm/connector'
import { type Answer, answer, createFakeUpstream, createTestHost, describeArchive, type FakeUpstream, reroute, TEST_SECRET, type UpstreamCall } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { s3Config } from './config.ts'
import { s3Plugin } from './plugin.ts'

const config = { s3_bucket_name: 'logs', s3_region_name: 'eu-central-1', s3_path: '/llm/', s3_aws_access_key_id: 'AKIDEXAMPLE', s3_aws_secret_access_key: TEST_SECRET }

/** Keeps what is put, after a look at its hash. Signatures are checked by a real server in another test. */
function backend(upstream: FakeUpstream): void {
  const objects = new Map<string, Buffer>()
  const serve: Answer = (response, call) => {
    const hash = createHash('sha256').update(call.body).digest('hex')
    if (!String(call.headers['authorization']).startsWith('AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/') || call.headers['x-amz-content-sha256'] !== hash) return answer.error(400, '<Error><Code>XAmzContentSHA256Mismatch</Code></Error>')(response, call)
    if (call.method === 'PUT') objects.set(call.path, call.body)
    const found = objects.get(call.path)
    return (found === undefined ? answer.error(404, '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>') : answer.bytes(call.method === 'PUT' ? '' : found))(response, call)
  }
  upstream.otherwise(serve)
}

describeArchive({ plugin: s3Plugin, config, location: 's3://logs/llm', backend })
describeArchive({ plugin: s3Plugin, config: (url: string) => ({ ...config, s3_path: '', s3_endpoint_url: url }), location: 's3://logs', backend })

describe('where requests go', () => {
  const urls = async (more: object): Promise<string> => {
    const seen: string[] = []
    const http = { open: () => { throw new Error('not used') }, send: async ({ url }: { url: string }) => { seen.push(url); return { status: 200, headers: {}, body: Buffer.alloc(0) } } }
    const archive = await s3Plugin.create(v.parse(s3Config, { ...config, ...more }), createTestHost({ http }))
    await archive.put({ name: 'spend_log/week=2025-01-06/a.gz', contentType: 'application/gzip', body: Buffer.alloc(1) }, new AbortController().signal)
    return seen[0]!
  }
  it.each([
    [{}, 'https://logs.s3.eu-central-1.amazonaws.com/llm/spend_log/week%3D2025-01-06/a.gz'],
    [{ s3_bucket_name: 'logs.example.com' }, 'https://s3.eu-central-1.amazonaws.com/logs.example.com/llm/spend_log/week%3D2025-01-06/a.gz'],
    [{ s3_region_name: 'cn-north-1', s3_path: '' }, 'https://logs.s3.cn-north-1.amazonaws.com.cn/spend_log/week%3D2025-01-06/a.gz'],
    [{ s3_endpoint_url: 'http://minio:9000' }, 'http://minio:9000/logs/llm/spend_log/week%3D2025-01-06/a.gz'],
    [{ s3_endpoint_url: 'https://r2.example.com/', s3_use_virtual_hosted_style: true }, 'https://logs.r2.example.com/llm/spend_log/week%3D2025-01-06/a.gz'],
  ])('%j', async (more, url) => {
    expect(await urls(more)).toBe(url)
  })
})

describe('who signs', () => {
  const open = async (more: object, setUp: (upstream: FakeUpstream) => void) => {
    const upstream = await createFakeUpstream()
    backend(upstream)
    setUp(upstream)
    const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
    const archive = await s3Plugin.create(v.parse(s3Config, { s3_bucket_name: 'logs', s3_aws_config_file: file(''), s3_aws_shared_credentials_file: file(''), ...more }), createTestHost({ http: reroute(connector, upstream.url).http }))
    return { archive, upstream, async [Symbol.asyncDispose]() { await archive.close?.(); await connector.destroy(); await upstream.close() } }
  }
  const object = { name: 'a', contentType: 'application/gzip', body: Buffer.from('x') }
  const signal = new AbortController().signal
  const sts = (id: string): Answer => answer.bytes(`<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t-${id}</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>`)
  const folder = mkdtempSync(join(tmpdir(), 's3-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = (text: string): string => {
    const path = join(folder, randomUUID())
    writeFileSync(path, text)
    return path
  }
  const keyOf = ({ headers }: UpstreamCall): string => /Credential=(\w+)\//.exec(String(headers['authorization']))?.[1] ?? 'none'

  it('a pod with its role, and anew when the store calls its credentials over', async () => {
    await using env = await open({ s3_aws_pod_role_arn: 'arn:aws:iam::1:role/pod', s3_aws_pod_token_file: file('pod-token') }, (upstream) => {
      upstream.on('/', sts('ASIAONE'), sts('ASIATWO'))
      upstream.on('/a', answer.bytes(''), answer.error(400, '<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>'), answer.bytes(''))
    })
    await env.archive.put(object, signal)
    await env.archive.put(object, signal)
    expect(env.upstream.requests.filter(({ path }) => path === '/a').map((call) => [keyOf(call), call.headers['x-amz-security-token']])).toEqual([['ASIAONE', 't-ASIAONE'], ['ASIAONE', 't-ASIAONE'], ['ASIATWO', 't-ASIATWO']])
  })

  it('an access key takes on a role', async () => {
    await using env = await open({ s3_aws_access_key_id: 'AKIAOWN', s3_aws_secret_access_key: TEST_SECRET, s3_aws_role_name: 'arn:aws:iam::1:role/archive' }, (upstream) => {
      upstream.on('/', sts('ASIAROLE'))
      upstream.on('/a', answer.bytes(''))
    })
    await env.archive.put(object, signal)
    expect(env.upstream.requests.map(keyOf)).toEqual(['AKIAOWN', 'ASIAROLE'])
  })

  it('nobody: what to set is told', async () => {
    await using env = await open({}, (upstream) => void upstream.on(/^\/latest/, answer.reset()))
    await expect(env.archive.put(object, signal)).rejects.toMatchObject({ code: 'upstream_auth', message: expect.stringMatching(/^bucket logs: No AWS credentials: set s3_aws_access_key_id/) })
  })
})

it.each([['s3_bucket_name', { s3_bucket_name: 'Has Space' }], ['s3_path', { s3_path: '../x?' }], ['s3_aws_secret_access_key', { s3_aws_secret_access_key: undefined }], ['s3_endpoint_url', { s3_endpoint_url: 'minio:9000' }]])('a config without a good %s is refused with its path', (path, more) => {
  expect(v.safeParse(s3Config, { ...config, ...more }).issues?.map((issue) => v.getDotPath(issue))).toContain(path)
})
