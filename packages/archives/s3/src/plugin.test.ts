import { createHash } from 'node:crypto'
import { type Answer, answer, createTestHost, describeArchive, type FakeUpstream, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
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

it.each([['s3_bucket_name', { s3_bucket_name: 'Has Space' }], ['s3_path', { s3_path: '../x?' }], ['s3_aws_secret_access_key', { s3_aws_secret_access_key: undefined }], ['s3_endpoint_url', { s3_endpoint_url: 'minio:9000' }]])('a config without a good %s is refused with its path', (path, more) => {
  expect(v.safeParse(s3Config, { ...config, ...more }).issues?.map((issue) => v.getDotPath(issue))).toContain(path)
})
