import type { GatewayError, UpstreamReply } from '@tianjillm/core'
import { asArray, asRecord, asString, errorFromReply, parseJson } from '@tianjillm/provider-kit'

/** No error body is worth reading beyond this. */
const MAX_BODY = 64 * 1024

/**
 * An error answer (google.rpc.Status in `error`) as our error: a bad key, which Google answers
 * with 400, becomes 401, and `RetryInfo.retryDelay` becomes the time to wait.
 * Source: https://ai.google.dev/gemini-api/docs/troubleshooting, https://cloud.google.com/apis/design/errors
 */
export function geminiError(reply: UpstreamReply, provider: string, secrets: readonly string[] = []): GatewayError {
  const details = detailsOf(parseJson(new TextDecoder().decode(reply.body.subarray(0, MAX_BODY))))
  const badKey = reply.status === 400 && details.some(({ reason }) => reason === 'API_KEY_INVALID')
  const retryAfter = details.map(({ retryDelay }) => seconds(asString(retryDelay))).find((wait) => wait !== undefined)
  return errorFromReply(badKey ? { ...reply, status: 401 } : reply, { provider, secrets, ...(retryAfter !== undefined && { parse: () => ({ retryAfter }) }) })
}

function detailsOf(json: unknown): readonly Record<string, unknown>[] {
  const top = asRecord(Array.isArray(json) ? json[0] : json)
  return asArray(asRecord(top['error'])['details']).map(asRecord)
}

/** `34.4s` (google.protobuf.Duration) in whole seconds, rounded up. */
function seconds(duration: string | undefined): number | undefined {
  return duration !== undefined && /^\d{1,9}(?:\.\d{1,9})?s$/.test(duration) ? Math.ceil(Number(duration.slice(0, -1))) : undefined
}
