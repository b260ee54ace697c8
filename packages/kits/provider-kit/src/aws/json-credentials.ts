import { GatewayError, type HttpReply } from '@tianjillm/core'
import type { ExchangedToken } from '../auth/token-cache.ts'
import { asRecord, asString, parseJson } from '../json.ts'
import type { AwsCredentials } from './source.ts'

/**
 * Credentials as containers, instances and credential processes tell them:
 * `{AccessKeyId, SecretAccessKey, Token | SessionToken, Expiration}`. Without an end they last for ever.
 *
 * @param from who told them, for the error
 * @throws `upstream_malformed` when there are none
 */
export function jsonCredentials(text: string, from: string, provider: string): ExchangedToken<AwsCredentials> {
  const body = asRecord(parseJson(text))
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [asString(body['AccessKeyId']), asString(body['SecretAccessKey']), asString(body['Token']) ?? asString(body['SessionToken']), asString(body['Expiration'])]
  const expiresAt = expiration === undefined ? Infinity : Date.parse(expiration)
  if (accessKeyId === undefined || secretAccessKey === undefined || Number.isNaN(expiresAt)) throw new GatewayError('upstream_malformed', `${provider}: ${from} told no AWS credentials.`, { provider })
  return { token: { accessKeyId, secretAccessKey, sessionToken }, expiresAt }
}

/** The body of an answer with credentials, or why there is none. Bodies of refusals are not repeated: nobody says that they hold no secret. */
export function bodyOf(reply: HttpReply, from: string, advice: string, provider: string): string {
  if (reply.status === 200) return reply.body.toString('utf8')
  const code = reply.status === 429 ? 'upstream_rate_limit' : reply.status >= 500 ? 'upstream_overloaded' : 'upstream_auth'
  throw new GatewayError(code, `${provider}: ${from} gave no AWS credentials (status ${reply.status}). ${advice}`, { provider })
}
