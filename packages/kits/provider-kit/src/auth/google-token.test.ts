import { generateKeyPairSync, verify } from 'node:crypto'
import type { HttpRequest } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { createGoogleTokens, readServiceAccount } from './google-token.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
const account = { type: 'service_account', client_email: 'a@b.iam.gserviceaccount.com', private_key: privateKey, private_key_id: 'kid', token_uri: 'https://oauth2.example.com/token' }
const NOW = Date.UTC(2025, 0, 1)

function setUp(body: object, status = 200, key: object | null = account) {
  const sent: HttpRequest[] = []
  let now = NOW
  const tokens = createGoogleTokens({
    ...(key && { key: readServiceAccount(JSON.stringify(key), 'acme') }), scope: 'https://www.googleapis.com/auth/x', provider: 'acme',
    clock: { now: () => now, monotonic: () => now, after: () => ({ cancel() {} }) },
    http: { open: () => { throw new Error('not used') }, send: async (request) => { sent.push(request); return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) } } },
  })
  return { tokens, sent, pass: (ms: number) => { now += ms } }
}

describe('createGoogleTokens', () => {
  it('exchanges an assertion that the account signed, once for as long as the token lasts', async () => {
    const { tokens, sent, pass } = setUp({ access_token: 'ya29', expires_in: 3599 })
    expect([await tokens.get(), await tokens.get()]).toEqual(['ya29', 'ya29'])
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ method: 'POST', url: account.token_uri, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    const form = new URLSearchParams(String(sent[0]!.body))
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const [head = '', claims = '', signature = ''] = form.get('assertion')!.split('.')
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect([read(head), read(claims)]).toEqual([{ alg: 'RS256', typ: 'JWT', kid: 'kid' }, { iss: account.client_email, scope: 'https://www.googleapis.com/auth/x', aud: account.token_uri, iat: NOW / 1000, exp: NOW / 1000 + 3600 }])
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
    pass(3_600_000)
    await tokens.get()
    expect(sent).toHaveLength(2)
  })

  it('asks the machine where there is no key', async () => {
    const { tokens, sent } = setUp({ access_token: 'ya29', expires_in: 100 }, 200, null)
    expect(await tokens.get()).toBe('ya29')
    expect(sent[0]).toMatchObject({ method: 'GET', url: expect.stringMatching(/^http:\/\/metadata\.google\.internal\//), headers: { 'metadata-flavor': 'Google' } })
  })

  it.each([[400, { error: 'invalid_grant', error_description: 'secret words' }, 'upstream_auth', 'invalid_grant'], [503, {}, 'upstream_error', '503'], [200, {}, 'upstream_auth', '200']])('an answer of %i without a token is an error without its words', async (status, body, code, said) => {
    const error: unknown = await setUp(body, status).tokens.get().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code, message: expect.stringContaining(said) })
    expect(String(error)).not.toContain('secret words')
  })

  it('a key that is no key is an error that does not quote it', async () => {
    const error: unknown = await setUp({}, 200, { ...account, private_key: 'not-a-pem-secret' }).tokens.get().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'upstream_auth' })
    expect(String(error)).not.toContain('not-a-pem-secret')
  })
})

it.each(['', '[]', '{"type":"authorized_user"}', '{"type":"service_account","client_email":"a"}'])('readServiceAccount refuses %j', (text) => {
  expect(() => readServiceAccount(text, 'acme')).toThrow(/acme: the service account/)
})
