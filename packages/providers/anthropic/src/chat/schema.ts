import { isRecord } from '@tianjillm/provider-kit'

/** Keywords that Anthropic's grammar cannot enforce; it refuses schemas that hold them. */
const unenforced = new Set([
  'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength',
  'maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains', 'minProperties', 'maxProperties', 'patternProperties', 'propertyNames',
])
const maps = new Set(['properties', '$defs', 'definitions'])
const lists = new Set(['anyOf', 'allOf', 'prefixItems'])

/**
 * A JSON Schema that Anthropic can enforce: objects are closed, `oneOf` is `anyOf`, and limits that it
 * cannot enforce are told to the model in the description, as Anthropic's own clients do.
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs (JSON Schema limitations)
 */
export function enforceable(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  const limits: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (unenforced.has(key) || (key === 'minItems' && typeof value === 'number' && value > 1)) limits[key] = value
    else if (maps.has(key) && isRecord(value)) result[key] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inside(inner)]))
    else if (key === 'oneOf' && Array.isArray(value)) result['anyOf'] = value.map(inside)
    else if (lists.has(key) && Array.isArray(value)) result[key] = value.map(inside)
    else result[key] = key === 'items' ? inside(value) : value
  }
  const type = schema['type']
  if (type === 'object' || (Array.isArray(type) && type.includes('object')) || isRecord(schema['properties'])) result['additionalProperties'] = false
  if (Object.keys(limits).length > 0) {
    const told = JSON.stringify(limits)
    result['description'] = typeof schema['description'] === 'string' ? `${schema['description']}\n\n${told}` : told
  }
  return result
}

function inside(value: unknown): unknown {
  return isRecord(value) ? enforceable(value) : value
}

/** Whether an object of the schema admits keys that it does not name: a map, which cannot be enforced. */
export function hasOpenObject(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasOpenObject)
  if (!isRecord(schema)) return false
  const { additionalProperties: open } = schema
  return (open !== undefined && open !== false) || Object.values(schema).some((value) => typeof value === 'object' && hasOpenObject(value))
}
