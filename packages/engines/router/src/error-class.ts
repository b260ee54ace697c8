/**
 * What went wrong with an attempt, as policies name it: the classes of LiteLLM's `retry_policy` and `allowed_fails_policy`
 * (https://docs.litellm.ai/docs/routing#advanced-custom-retries-cooldowns-based-on-error-type).
 */
export type ErrorClass = 'authentication' | 'timeout' | 'rate_limit' | 'content_policy' | 'internal_server' | 'bad_request' | 'context_window' | 'not_found'

/** All classes. */
export const errorClasses: readonly ErrorClass[] = ['authentication', 'timeout', 'rate_limit', 'content_policy', 'internal_server', 'bad_request', 'context_window', 'not_found']

/** The class of an HTTP status, where nothing more is known. */
export function errorClassOf(status: number): ErrorClass {
  if (status === 401 || status === 403) return 'authentication'
  if (status === 404) return 'not_found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate_limit'
  return status >= 500 ? 'internal_server' : 'bad_request'
}
