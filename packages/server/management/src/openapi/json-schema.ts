import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'

export type Json = Record<string, unknown>

/**
 * The JSON Schema of what goes over the wire: what is sent in before our own transformations, and what is answered.
 * Checks that JSON Schema has no words for are told by the server's answer.
 */
export function jsonSchema(schema: v.GenericSchema | v.ObjectEntries[string], typeMode: 'input' | 'output'): Json {
  const { $schema: _, ...json } = toJsonSchema(schema as v.GenericSchema, { typeMode, errorMode: 'ignore' }) as Json
  return plainer(json) as Json
}

/** The same schema in fewer words: `null` among the types, no fields that do nothing, no property names of any text. */
function plainer(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(plainer)
  if (!isJson(json)) return json
  const { propertyNames, ...rest } = Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined).map(([key, value]) => [key, key === 'properties' ? properties(value as Json) : plainer(value)])) as Json
  const kept = isJson(propertyNames) && Object.keys(propertyNames).some((key) => key !== 'type') ? { ...rest, propertyNames } : rest
  return withNull(open(kept))
}

/** Without those that are taken for compatibility and do nothing: a typed client need not offer them. */
function properties(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => !(isJson(field) && field['x-inert'] === true)).map(([name, field]) => [name, plainer(field)]))
}

/** An object without a declared field is one of which anything may be said. */
function open(json: Json): Json {
  const { properties: fields, required: _, ...rest } = json
  return isJson(fields) && Object.keys(fields).length === 0 && rest['additionalProperties'] === undefined ? { ...rest, additionalProperties: true } : json
}

/** `anyOf: [{type: string}, {type: null}]` -> `type: [string, null]`. */
function withNull(json: Json): Json {
  const { anyOf, ...rest } = json
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || !isJson(anyOf[0]) || !isJson(anyOf[1]) || anyOf[1]['type'] !== 'null') return json
  const [one] = anyOf as [Json]
  if (typeof one['type'] !== 'string' || one['title'] !== undefined || one['const'] !== undefined) return json
  return { ...one, type: [one['type'], 'null'], ...(Array.isArray(one['enum']) && { enum: [...(one['enum'] as unknown[]), null] }), ...rest }
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
