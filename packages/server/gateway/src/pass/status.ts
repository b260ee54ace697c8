import { type ErrorCode, GatewayError } from '@tianjillm/core'

const codes: Readonly<Record<number, ErrorCode>> = { 401: 'upstream_auth', 403: 'upstream_permission', 404: 'upstream_not_found', 408: 'upstream_timeout', 429: 'upstream_rate_limit', 503: 'upstream_overloaded' }

/** What records and the ledger say of a call that the service refused. Its answer went to the caller as it was. */
export function classifyStatus(status: number, path: string): GatewayError {
  const code = codes[status] ?? (status >= 500 ? 'upstream_error' : 'upstream_invalid_request')
  return new GatewayError(code, `The service behind ${path} answered with ${status}.`, { status })
}
