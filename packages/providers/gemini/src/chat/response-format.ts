import { type ChatRequest, GatewayError } from '@tianjillm/core'
import { asRecord, isRecord } from '@tianjillm/provider-kit'
import { isAtLeast } from '../model.ts'
import { toJsonSchema } from '../schema/json-schema.ts'
import { toOpenApiSchema } from '../schema/openapi-schema.ts'

/**
 * `response_format` as fields of `generationConfig`. A JSON Schema goes as it is from Gemini 2 on,
 * as the API's older subset before. LiteLLM's `{type: 'json_object', response_schema}` is accepted.
 * @throws `invalid_request`
 */
export function responseFormat(format: ChatRequest['response_format'] | null, model: string): Record<string, unknown> {
  if (format === undefined || format === null) return {}
  const { type, json_schema: named, response_schema: bare } = asRecord(format)
  if (type === 'text') return {}
  if (type !== 'json_object' && type !== 'json_schema') throw new GatewayError('invalid_request', 'Gemini takes `text`, `json_object` and `json_schema` as `response_format.type`.', { param: 'response_format.type' })
  const schema = bare ?? asRecord(named)['schema']
  return { responseMimeType: 'application/json', ...(isRecord(schema) && schemaField(schema, model)) }
}

function schemaField(schema: Record<string, unknown>, model: string): Record<string, unknown> {
  return isAtLeast(model, 2) ? { responseJsonSchema: toJsonSchema(schema) } : { responseSchema: toOpenApiSchema(schema, 'response_format.json_schema.schema') }
}
