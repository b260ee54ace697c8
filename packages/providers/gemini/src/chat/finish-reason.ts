import type { FinishReason } from '@tianjillm/core'

/** Source: https://ai.google.dev/api/generate-content#FinishReason. As LiteLLM maps them. */
const reasons: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop', MAX_TOKENS: 'length',
  SAFETY: 'content_filter', RECITATION: 'content_filter', LANGUAGE: 'content_filter', OTHER: 'content_filter', BLOCKLIST: 'content_filter', PROHIBITED_CONTENT: 'content_filter', SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter', IMAGE_PROHIBITED_CONTENT: 'content_filter', IMAGE_RECITATION: 'content_filter', IMAGE_OTHER: 'content_filter', MODEL_ARMOR: 'content_filter',
}

/**
 * Gemini's finish reason in OpenAI's words. A call that ends with function calls ends with `STOP`.
 * What OpenAI has no word for (`MALFORMED_FUNCTION_CALL`, ...) is `stop`.
 */
export function finishReason(reason: string | undefined, hasToolCalls: boolean): FinishReason {
  const mapped = reason !== undefined && Object.hasOwn(reasons, reason) ? reasons[reason]! : 'stop'
  return mapped === 'stop' && hasToolCalls ? 'tool_calls' : mapped
}

/** Whether {@link finishReason} loses what the reason says. */
export function isPlainReason(reason: string | undefined): boolean {
  return reason === undefined || reason === 'STOP' || reason === 'MAX_TOKENS'
}
