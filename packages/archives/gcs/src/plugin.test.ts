import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnector } from '@tianjillm/connector'
import { type Answer, answer, createFakeUpstream, createTestHost, describeArchive, type FakeUpstream, reroute, TEST_SECRET } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { gcsConfig } from './config.ts'
import { gcsPlugin } from './plugin.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
const account = { type: 'service_account', client_email: 'archive@project.iam.gserviceaccount.com', private_key_id: 'k1', private_key: privateKey, token_uri: 'https://oauth2.googleapis.com/token' }
const folder = mkdtempSync(join(tmpdir(), 'gcs-'))
const file = join(folder, 'key.json')
writeFileSync(file, JSON.stringify(account))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const config = { gcs_bucket_name: 'logs', gcs_path: 'llm', gcs_path_service_account: file }
const signal = new AbortController().signal

/** The claims of an assertion whose signature is the account's. */
function claimsOf(body: string): Record<string, unknown> {
  const assertion = new URLSearchParams(body).get('assertion') ?? ''
  const [head = '', claims = '', signature = ''] = assertion.split('.')
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), createPublicKey(privateKey), Buffer.from(signature, 'base64url'))) throw new Error('The signature is wrong.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
}

/** Google's endpoints, as far as an archive meets them: https://cloud.google.com/storage/docs/json_api/v1/objects */
function backend(upstream: FakeUpstream): void {
  const objects = new Map<string, Buffer>()
  const serve: Answer = (response, call) => {
    const url = new URL(call.path, 'http://google')
    if (url.pathname === '/token') {
      const { iss, scope, aud } = claimsOf(call.text)
      const right = iss === account.client_email && aud === account.token_uri && scope === 'https://www.googleapis.com/auth/devstorage.read_write'
      return (right ? answer.json({ access_token: TEST_SECRET, expires_in: 3599, token_type: 'Bearer' }) : answer.error(400, { error: 'invalid_grant' }))(response, call)
    }
    if (call.headers['authorization'] !== `Bearer ${TEST_SECRET}`) return answer.error(401)(response, call)
    if (url.pathname === '/upload/storage/v1/b/logs/o' && call.method === 'POST' && url.searchParams.get('uploadType') === 'media') {
      objects.set(url.searchParams.get('name')!, call.body)
      return answer.json({ kind: 'storage#object', size: String(call.body.length), md5Hash: createHash('md5').update(call.body).digest('base64') })(response, call)
    }
    const name = decodeURIComponent(/^\/storage\/v1\/b\/logs\/o\/([^/]+)$/.exec(url.pathname)?.[1] ?? '')
    const found = call.method === 'GET' && url.searchParams.get('alt') === 'media' ? objects.get(name) : undefined
    return (found ? answer.bytes(found) : answer.bytes(`No such object: logs/${name}`, { status: 404 }))(response, call)
  }
  upstream.otherwise(serve)
}

describeArchive({ plugin: gcsPlugin, config, location: 'gs://logs/llm', backend, secrets: [TEST_SECRET, privateKey.slice(40, 100)] })
describeArchive({ plugin: gcsPlugin, config: { ...config, gcs_path: '', gcs_path_service_account: JSON.stringify(account) }, location: 'gs://logs', backend })

async function open(more: object, setUp: (upstream: FakeUpstream) => void) {
  const upstream = await createFakeUpstream()
  setUp(upstream)
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  const archive = await gcsPlugin.create(v.parse(gcsConfig, { ...config, ...more }), createTestHost({ http: reroute(connector, upstream.url).http }))
  return { archive, upstream, async [Symbol.asyncDispose]() { await connector.destroy(); await upstream.close() } }
}
const put = { name: 'a/b=c.gz', contentType: 'application/gzip', body: Buffer.from('x') }

describe('who asks', () => {
  it('asks for one token for many objects, and for another when it was taken back', async () => {
    await using env = await open({}, backend)
    for (let i = 0; i < 3; i += 1) await env.archive.put(put, signal)
    expect(env.upstream.requests.filter(({ path }) => path === '/token')).toHaveLength(1)
    env.upstream.on(/^\/upload/, answer.error(401), (response, call) => answer.json({ md5Hash: createHash('md5').update(call.body).digest('base64') })(response, call))
    await env.archive.put(put, signal)
    expect(env.upstream.requests.filter(({ path }) => path === '/token')).toHaveLength(2)
  })

  it('without a key, the machine is asked', async () => {
    await using env = await open({ gcs_path_service_account: undefined }, (upstream) => {
      backend(upstream)
      upstream.on(/^\/computeMetadata\/v1\/instance\/service-accounts\/default\/token/, answer.json({ access_token: TEST_SECRET, expires_in: 100 }))
    })
    await env.archive.put(put, signal)
    expect(env.upstream.requests[0]!.headers['metadata-flavor']).toBe('Google')
  })

  it.each([['no file', '/nowhere/key.json'], ['no JSON', '{'], ['another kind of key', '{"type":"authorized_user"}']])('%s is told at the start, without its text', async (_, given) => {
    await expect(open({ gcs_path_service_account: given }, backend)).rejects.toMatchObject({ code: 'invalid_config' })
  })
})

it('bytes that changed on the way are noticed', async () => {
  await using env = await open({}, (upstream) => {
    backend(upstream)
    upstream.on(/^\/upload/, answer.json({ md5Hash: 'other' }))
  })
  await expect(env.archive.put(put, signal)).rejects.toMatchObject({ code: 'upstream_malformed' })
})

it('a bucket that is not there is a mistake, not an object that is missing', async () => {
  await using env = await open({}, (upstream) => {
    backend(upstream)
    upstream.on(/^\/storage/, answer.error(404, { error: { code: 404, message: 'The specified bucket does not exist.' } }))
  })
  await expect(env.archive.get('a', signal)).rejects.toMatchObject({ code: 'upstream_not_found' })
})
