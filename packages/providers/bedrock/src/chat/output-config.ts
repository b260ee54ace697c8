import type { ResponseFormat } from '@tianjillm/core'
import { isRecord } from '@tianjillm/provider-kit'
import type { BedrockModel } from '../model.ts'
import { takesSchema } from './abilities.ts'
import type { Block } from './media.ts'

/** `outputConfig` for models that keep to a schema themselves; undefined for the others. */
export function outputConfig(format: ResponseFormat | undefined, model: BedrockModel): Block | undefined {
  if (format?.type !== 'json_schema' || format.json_schema.schema === undefined || !takesSchema(model)) return undefined
  const { name, description, schema } = format.json_schema
  return {
    textFormat: {
      type: 'json_schema',
      structure: { jsonSchema: { name, schema: JSON.stringify(closed(schema)), ...(description && { description }) } },
    },
  }
}

/** Keywords whose values are schemas by a name of the author's choice, which is no keyword. */
const maps = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])
/** Keywords whose values are data, not schemas. */
const data = new Set(['const', 'default', 'enum', 'examples', 'required'])

/** Bedrock wants `additionalProperties: false` on every object of the schema. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isRecord(schema)) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, closedValue(keyword, value)]))
  return schema['type'] === 'object' && schema['additionalProperties'] === undefined ? { ...inner, additionalProperties: false } : inner
}

function closedValue(keyword: string, value: unknown): unknown {
  if (data.has(keyword)) return value
  return maps.has(keyword) && isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, closed(schema)])) : closed(value)
}
