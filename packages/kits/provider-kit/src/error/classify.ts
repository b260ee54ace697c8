import type { ErrorCode } from '@tianjillm/core'
import type { ReplyWords } from './words.ts'

const contextCodes = new Set(['context_length_exceeded', 'context_window_exceeded', 'string_above_max_length', 'model_max_prompt_tokens_exceeded', 'max_prompt_tokens_exceeded'])
const contextPhrases = /maximum context length|context length exceeded|exceeds? (?:the )?(?:model's )?(?:available )?context|context window|prompt is too long|input is too long|prompt too long|too many (?:input )?tokens|input token count|maximum (?:allowed )?(?:number of )?(?:input|prompt) tokens|exceeds the maximum number of tokens|reduce the length of the (?:messages|prompt)/i

const policyCodes = new Set(['content_filter', 'content_policy_violation', 'responsibleaipolicyviolation', 'moderation_blocked', 'data_inspection_failed', 'datainspectionfailed', 'sensitivecontentdetected', 'inputtextsensitivecontentdetected'])
const policyPhrases = /content (?:management|usage|safety) polic|content polic|content filter|safety system|flagged (?:by|as|for)|inappropriate content|usage polic(?:y|ies)/i

/** Which code of the table an error answer is. */
export function codeOf(status: number, words: ReplyWords): ErrorCode {
  const names = [words.code, words.type].map((name) => name?.toLowerCase() ?? '')
  const message = words.message ?? ''
  if (status === 400 || status === 413 || status === 422) {
    if (names.some((name) => contextCodes.has(name)) || contextPhrases.test(message)) return 'upstream_context_window'
    if (policyPhrases.test(message)) return 'upstream_content_policy'
  }
  if (status >= 400 && status < 500 && names.some((name) => policyCodes.has(name))) return 'upstream_content_policy'
  switch (status) {
    case 401: return 'upstream_auth'
    case 402: case 403: return 'upstream_permission'
    case 404: case 410: return 'upstream_not_found'
    case 408: case 504: case 524: return 'upstream_timeout'
    // A conflict is a lock that another request holds: OpenAI's own clients retry it.
    case 409: return 'upstream_error'
    case 425: case 503: case 529: return 'upstream_overloaded'
    case 429: return 'upstream_rate_limit'
  }
  if (status >= 500) return names.includes('overloaded_error') ? 'upstream_overloaded' : 'upstream_error'
  // Redirects are never followed: the address in the config is not where the API is.
  if (status < 400) return 'upstream_not_found'
  return 'upstream_invalid_request'
}
