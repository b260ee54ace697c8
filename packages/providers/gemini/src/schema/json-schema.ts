import { isRecord } from '@tianjillm/provider-kit'

/**
 * A JSON Schema as `responseJsonSchema` and `parametersJsonSchema` take it. The API takes a whole
 * schema and ignores what it does not know, but for two things: beside `$ref` only fields that
 * begin with `$` may stand, and `const` is not known, but `enum` is.
 * Source: https://ai.google.dev/api/generate-content#v1beta.GenerationConfig
 */
export function toJsonSchema(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const reference = '$ref' in schema
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (key === '$schema' || (reference && !key.startsWith('$'))) return []
    if (key === 'const') return 'enum' in schema ? [] : [['enum', [value]]]
    return [[key, convert(key, value)]]
  })
  return Object.fromEntries(entries)
}

/** Keywords whose values are schemas by name; the names are the caller's, no keywords. */
const maps = new Set(['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas'])
/** Keywords whose values are data. */
const data = new Set(['enum', 'default', 'example', 'examples', 'required', 'propertyOrdering'])

function convert(key: string, value: unknown): unknown {
  if (data.has(key)) return value
  if (maps.has(key)) return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, isRecord(inner) ? toJsonSchema(inner) : inner])) : value
  if (Array.isArray(value)) return value.map((inner: unknown) => (isRecord(inner) ? toJsonSchema(inner) : inner))
  return isRecord(value) ? toJsonSchema(value) : value
}
