import { sign } from 'node:crypto'
import { type Clock, GatewayError, type Http, type HttpReply } from '@tianjillm/core'
import { asNumber, asRecord, asString, parseJson } from '../json.ts'
import { createTokenCache, type ExchangedToken, type TokenCache } from './token-cache.ts'

/** The key of a Google Cloud service account, as its JSON file has it. */
export interface ServiceAccountKey {
  readonly email: string
  /** PEM. */
  readonly privateKey: string
  readonly keyId: string | undefined
  /** Where tokens are asked for. */
  readonly tokenUri: string
}

/** Options of {@link createGoogleTokens}. */
export interface GoogleTokenOptions {
  /** Absent: the identity that Google Cloud gives the machine. */
  readonly key?: ServiceAccountKey | undefined
  /** What the token is for: `https://www.googleapis.com/auth/devstorage.read_write`, ... */
  readonly scope: string
  readonly http: Http
  readonly clock: Clock
  /** Who asks, for errors. */
  readonly provider: string
}

const TOKEN_URI = 'https://oauth2.googleapis.com/token'
const METADATA = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token'
const HOUR_S = 3600

/** The text of a service account's JSON file. @throws `invalid_config` without quoting it */
export function readServiceAccount(text: string, provider: string): ServiceAccountKey {
  const fields = asRecord(parseJson(text))
  const [email, privateKey] = [asString(fields['client_email']), asString(fields['private_key'])]
  if (fields['type'] !== 'service_account' || email === undefined || privateKey === undefined) throw new GatewayError('invalid_config', `${provider}: the service account must be a JSON file with "type": "service_account", client_email and private_key.`, { provider })
  return { email, privateKey, keyId: asString(fields['private_key_id']), tokenUri: asString(fields['token_uri']) ?? TOKEN_URI }
}

/**
 * Access tokens of Google Cloud: for a service account's key by a signed assertion (RFC 7523,
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest), else from the metadata server
 * (https://cloud.google.com/compute/docs/access/authenticate-workloads#applications).
 */
export function createGoogleTokens({ key, scope, http, clock, provider }: GoogleTokenOptions): TokenCache<string> {
  const read = (reply: HttpReply, who: string): ExchangedToken<string> => {
    const body = asRecord(parseJson(reply.body.toString('utf8')))
    const token = asString(body['access_token'])
    const error = asString(body['error'])
    if (reply.status !== 200 || token === undefined) {
      const code = reply.status >= 500 ? 'upstream_error' : 'upstream_auth'
      throw new GatewayError(code, `${provider}: ${who} gave no access token (status ${reply.status}${error !== undefined && /^\w{1,40}$/.test(error) ? `, ${error}` : ''}).`, { provider })
    }
    return { token, expiresAt: clock.now() + (asNumber(body['expires_in']) ?? HOUR_S) * 1000 }
  }
  return createTokenCache({
    clock,
    async fetch(signal) {
      if (!key) {
        const reply = await http.send({ method: 'GET', url: `${METADATA}?scopes=${encodeURIComponent(scope)}`, headers: { 'metadata-flavor': 'Google' }, trust: 'operator', timeouts: { connect: 2000, total: 10_000 } }, { signal, maxBytes: 64 * 1024 })
        return read(reply, 'the metadata server of Google Cloud')
      }
      const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertionOf(key, scope, clock.now(), provider) }).toString()
      const reply = await http.send({ method: 'POST', url: key.tokenUri, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body, timeouts: { total: 30_000 } }, { signal, maxBytes: 64 * 1024 })
      return read(reply, 'the token endpoint of the service account')
    },
  })
}

/** A JWT that the service account signs (RS256). */
function assertionOf({ email, privateKey, keyId, tokenUri }: ServiceAccountKey, scope: string, now: number, provider: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const at = Math.floor(now / 1000)
  const text = `${part({ alg: 'RS256', typ: 'JWT', ...(keyId !== undefined && { kid: keyId }) })}.${part({ iss: email, scope, aud: tokenUri, iat: at, exp: at + HOUR_S })}`
  try {
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
  } catch {
    throw new GatewayError('upstream_auth', `${provider}: the private_key of the service account cannot be used.`, { provider })
  }
}
