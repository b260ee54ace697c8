import { GatewayError, type HttpReply } from '@tianjillm/core'
import { asNumber, asRecord, asString, type ExchangedToken, parseJson } from '@tianjillm/provider-kit'

/**
 * An access token out of an answer of Entra ID, of the metadata service or of App Service. The end is `expires_in` (seconds, also
 * as a text) or `expires_on` (seconds since the epoch).
 *
 * @param who who was asked, as the subject of the error
 * @param advice what to check when there is no token
 * @throws `upstream_auth`, or `upstream_rate_limit` and `upstream_overloaded` where asking again may help; descriptions of Entra ID, which repeat what was sent, are left out
 */
export function tokenIn(reply: HttpReply, now: number, who: string, advice: string): ExchangedToken<string> {
  const body = asRecord(parseJson(reply.body.toString('utf8')))
  const token = asString(body['access_token'])
  if (reply.status === 200 && token !== undefined && !/[\r\n]/.test(token)) {
    const seconds = positive(body['expires_in'])
    const until = positive(body['expires_on'])
    return { token, expiresAt: seconds !== undefined ? now + seconds * 1000 : until !== undefined ? until * 1000 : now + 3_600_000 }
  }
  const code = reply.status === 429 ? 'upstream_rate_limit' : reply.status >= 500 ? 'upstream_overloaded' : 'upstream_auth'
  const reason = [asString(body['error']), ...(asString(body['error_description'])?.match(/^AADSTS\d+/) ?? [])].filter((word) => word !== undefined && /^[\w.-]{1,100}$/.test(word)).join(', ')
  throw new GatewayError(code, `azure: ${who} gave no token (status ${reply.status}, ${reason === '' ? 'no reason' : reason}). ${advice}`, { provider: 'azure' })
}

function positive(value: unknown): number | undefined {
  const number = asNumber(Number(value))
  return number !== undefined && number > 0 ? number : undefined
}
