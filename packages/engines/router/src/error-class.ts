import type { ErrorCode, GatewayError } from '@tianjillm/core'

/** Kinds of failure that policies speak of. `no_deployment`: nobody was asked, since none was open. */
export type ErrorClass = 'authentication' | 'bad_request' | 'content_policy' | 'context_window' | 'internal_server' | 'not_found' | 'rate_limit' | 'timeout' | 'no_deployment'

/** Those that upstreams answer with: the classes of LiteLLM's `retry_policy` and `allowed_fails_policy` (https://docs.litellm.ai/docs/routing#advanced-custom-retries-cooldowns-based-on-error-type). */
export const errorClasses: readonly ErrorClass[] = ['authentication', 'timeout', 'rate_limit', 'content_policy', 'internal_server', 'bad_request', 'context_window', 'not_found']

const classes: Partial<Record<ErrorCode, ErrorClass>> = {
  upstream_auth: 'authentication',
  upstream_permission: 'authentication',
  upstream_invalid_request: 'bad_request',
  upstream_content_policy: 'content_policy',
  upstream_context_window: 'context_window',
  upstream_not_found: 'not_found',
  upstream_rate_limit: 'rate_limit',
  upstream_timeout: 'timeout',
  upstream_error: 'internal_server',
  upstream_overloaded: 'internal_server',
  upstream_unreachable: 'internal_server',
  upstream_interrupted: 'internal_server',
  upstream_malformed: 'internal_server',
  // The deployment is set up wrongly.
  address_refused: 'not_found',
  credential_host_mismatch: 'not_found',
  no_deployment: 'no_deployment',
}

/** The class of an upstream's failure; undefined for what no other deployment would answer better: faults of the caller and of the gateway. */
export function errorClass(error: GatewayError): ErrorClass | undefined {
  return classes[error.code]
}
