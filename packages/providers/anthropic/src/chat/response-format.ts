import { type ChatRequest, GatewayError } from '@tianjillm/core'
import { isRecord } from '@tianjillm/provider-kit'
import type { ModelTraits } from '../models.ts'
import { enforceable, hasOpenObject } from './schema.ts'

/** LiteLLM's name of the tool. */
export const JSON_TOOL = 'json_tool_call'

/** How a `response_format` is asked for. */
export interface EncodedFormat {
  /** `output_config.format` */
  readonly native?: Readonly<Record<string, unknown>>
  /** The tool whose input is the answer. */
  readonly tool?: Readonly<Record<string, unknown>>
  /** `wrapped`: the schema is no object, so the answer stands in the tool's `values`. */
  readonly jsonTool?: 'plain' | 'wrapped'
}

/**
 * A JSON schema is Anthropic's structured output where the model has it and can enforce the schema.
 * Else, and for `json_object`, a tool takes the answer as its input, as LiteLLM does it.
 */
export function encodeFormat(format: ChatRequest['response_format'], traits: ModelTraits): EncodedFormat {
  if (format === undefined || format === null || format.type === 'text') return {}
  if (format.type === 'json_object') return { tool: jsonTool({ type: 'object', properties: {}, additionalProperties: true }), jsonTool: 'plain' }
  if (format.type !== 'json_schema' || !isRecord(format.json_schema)) throw new GatewayError('invalid_request', '`response_format` must be of type text, json_object or json_schema.', { param: 'response_format' })
  const { schema, description } = format.json_schema
  if (schema === undefined) return { tool: jsonTool({ type: 'object', properties: {}, additionalProperties: true }, description), jsonTool: 'plain' }
  if (traits.structured && !hasOpenObject(schema)) return { native: { type: 'json_schema', schema: enforceable(schema) } }
  const isObject = schema['type'] === 'object' || (schema['type'] === undefined && isRecord(schema['properties']))
  if (isObject) return { tool: jsonTool({ ...schema, type: 'object' }, description), jsonTool: 'plain' }
  const { $defs, definitions, ...values } = schema
  return {
    tool: jsonTool({ type: 'object', properties: { values }, required: ['values'], ...($defs !== undefined && { $defs }), ...(definitions !== undefined && { definitions }) }, description),
    jsonTool: 'wrapped',
  }
}

function jsonTool(schema: Readonly<Record<string, unknown>>, description = 'Gives the answer, as JSON.'): Record<string, unknown> {
  return { name: JSON_TOOL, description, input_schema: schema }
}

/** The answer's text, from the tool's input. */
export function jsonText(input: unknown, jsonTool: 'plain' | 'wrapped'): string {
  return JSON.stringify((jsonTool === 'wrapped' && isRecord(input) && 'values' in input ? input['values'] : input) ?? {})
}
