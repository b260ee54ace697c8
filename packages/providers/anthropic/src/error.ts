import type { GatewayError, UpstreamReply } from '@tianjillm/core'
import { asRecord, asString, errorFromReply } from '@tianjillm/provider-kit'

/** Status of each error type. Source: https://platform.claude.com/docs/en/api/errors */
const statuses: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

/** An error answer: `{"type": "error", "error": {"type", "message"}}`. */
export function errorOfReply(reply: UpstreamReply, provider: string): GatewayError {
  return errorFromReply(reply, { provider })
}

/** An `error` event inside a stream that began with status 200: its type says the status. */
export function errorOfEvent(body: Readonly<Record<string, unknown>>, provider: string): GatewayError {
  const status = statuses[asString(asRecord(body['error'])['type']) ?? ''] ?? 500
  return errorOfReply({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) }, provider)
}
