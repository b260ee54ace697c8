/** OpenAI's error body. Source: https://platform.openai.com/docs/guides/error-codes */
import type { GatewayError } from '../error.ts'

export interface OpenAIErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null; provider_specific_fields?: Record<string, unknown> }
}

/** A {@link GatewayError} in OpenAI's words. */
export function errorToOpenAI(error: GatewayError): OpenAIErrorBody {
  return { error: { message: error.message, type: error.type, param: error.param ?? null, code: error.wireCode } }
}
