import { createHash, createHmac } from 'node:crypto'
import type { UpstreamRequest } from '@tianjillm/core'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, it } from 'vitest'
import { signAwsRequest } from './sigv4.ts'

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', region: 'us-west-2', service: 'bedrock' }
const now = Date.UTC(2025, 10, 23, 4, 5, 6, 789)
const host = 'https://bedrock-runtime.us-west-2.amazonaws.com'

/** The hash that AWS's signer is given: node:crypto. */
class Sha256 {
  readonly #hash
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : new Uint8Array(secret as ArrayBuffer))
  }
  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof chunk === 'string' ? chunk : new Uint8Array(chunk as ArrayBuffer))
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {}
}

/** What AWS's own signer puts into `authorization` for the same request. */
async function oracle(request: UpstreamRequest, sessionToken?: string): Promise<string | undefined> {
  const url = new URL(request.url)
  const query: Record<string, string[]> = {}
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value)
  const signer = new SignatureV4({
    credentials: { ...keys, ...(sessionToken !== undefined && { sessionToken }) },
    region: keys.region, service: keys.service, sha256: Sha256 as never, applyChecksum: false,
  })
  const signed = await signer.sign(
    { method: 'POST', protocol: 'https:', hostname: url.hostname, path: url.pathname, query, headers: { ...request.headers, host: url.host }, body: request.body },
    { signingDate: new Date(now), unsignableHeaders: new Set(['content-type']) },
  )
  return signed.headers['authorization']
}

const json = { 'content-type': 'application/json', accept: 'application/vnd.amazon.eventstream' }
const requests: [string, UpstreamRequest][] = [
  ['a model id', { method: 'POST', url: `${host}/model/meta.llama3-2-1b-instruct-v1/converse`, headers: json, body: '{"a":1}' }],
  ['a model id with %3A', { method: 'POST', url: `${host}/model/anthropic.claude-sonnet-4-20250514-v1%3A0/converse-stream`, headers: json, body: '{"text":"é字🦊"}' }],
  ['an ARN', { method: 'POST', url: `${host}/model/arn%3Aaws%3Abedrock%3Aus-west-2%3A123456789012%3Ainference-profile%2Fus.amazon.nova-lite-v1%3A0/converse`, headers: json, body: '{}' }],
  ['characters that URLs leave alone', { method: 'POST', url: `${host}/model/a(b)'c!*~d/invoke`, headers: json, body: '{}' }],
  ['a query', { method: 'POST', url: `${host}/x?b=2&a=1&a=0&empty=&space=a%20b&sym=%2F%3D`, headers: json, body: '{}' }],
  ['an empty body', { method: 'POST', url: `${host}/x`, headers: {}, body: '' }],
  ['bytes', { method: 'POST', url: `${host}/x`, headers: json, body: Uint8Array.from([0, 255, 1, 254]) }],
  ['a window on bytes', { method: 'POST', url: `${host}/x`, headers: json, body: Buffer.from('xx{"a":1}yy').subarray(2, 9) }],
  ['own headers', { method: 'POST', url: `${host}/x`, headers: { ...json, 'x-amzn-bedrock-guardrailidentifier': 'a  b' }, body: '{}' }],
]

describe('signAwsRequest', () => {
  it.each(requests)('agrees with AWS on %s', async (_, request) => {
    const signed = await signAwsRequest(request, { ...keys, now })
    expect(signed.credential?.headers['authorization']).toBe(await oracle(request))
  })

  it('agrees with AWS on a session token', async () => {
    const request = requests[1]![1]
    const signed = await signAwsRequest(request, { ...keys, sessionToken: 'FwoGZXIvYXdzEBY=', now })
    expect(signed.credential?.headers).toEqual({ authorization: await oracle(request, 'FwoGZXIvYXdzEBY='), 'x-amz-security-token': 'FwoGZXIvYXdzEBY=' })
  })

  it('keeps the request and binds the signature to its host', async () => {
    const request: UpstreamRequest = { method: 'POST', url: `${host}:8443/x`, headers: json, body: '{}' }
    const signed = await signAwsRequest(request, { ...keys, now })
    expect(signed).toMatchObject({ method: 'POST', url: request.url, body: '{}', credential: { hosts: ['bedrock-runtime.us-west-2.amazonaws.com:8443'] } })
    expect(signed.headers).toEqual({ ...json, 'x-amz-date': '20251123T040506Z' })
    expect(request.headers).toBe(json)
  })

  it('gives the same signature with kept keys, and fills them once', async () => {
    const kept = new Map<string, ArrayBuffer>()
    const request = requests[0]![1]
    const plain = await signAwsRequest(request, { ...keys, now })
    for (let i = 0; i < 3; i++) expect(await signAwsRequest(request, { ...keys, now, keys: kept })).toEqual(plain)
    expect(kept.size).toBe(1)
  })

  it('changes with the body, the time and the key', async () => {
    const request = requests[0]![1]
    const variants = await Promise.all([
      signAwsRequest(request, { ...keys, now }),
      signAwsRequest({ ...request, body: '{"a":2}' }, { ...keys, now }),
      signAwsRequest(request, { ...keys, now: now + 1000 }),
      signAwsRequest(request, { ...keys, secretAccessKey: 'other', now }),
    ])
    expect(new Set(variants.map((signed) => signed.credential?.headers['authorization'])).size).toBe(4)
  })

  it('does not show the secret key', async () => {
    expect(JSON.stringify(await signAwsRequest(requests[0]![1], { ...keys, now }))).not.toContain(keys.secretAccessKey)
  })
})
