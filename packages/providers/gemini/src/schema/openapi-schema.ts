import { GatewayError } from '@tianjillm/core'
import { asArray, asRecord, isRecord } from '@tianjillm/provider-kit'

type Schema = Readonly<Record<string, unknown>>

/** Fields of the API's `Schema` that mean the same in JSON Schema. Source: https://ai.google.dev/api/caching#Schema */
const kept = new Set([
  'type', 'title', 'description', 'nullable', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minLength', 'maxLength', 'pattern',
  'example', 'propertyOrdering', 'default', 'minimum', 'maximum',
])
/** "Only 'enum' and 'date-time' are supported for STRING type"; other formats are refused. */
const formats = new Set(['enum', 'date-time', 'float', 'double', 'int32', 'int64'])

/** Written-out references can grow without end; no real schema has as many parts. */
const MOST = 5000

/**
 * A JSON Schema as `responseSchema` and `parameters` of models before Gemini 2 take it, a subset
 * of OpenAPI 3.0: references written out (a recursion ends in an object of any shape), `null` as
 * `nullable`, `const` as `enum`, `oneOf` as `anyOf`, `allOf` merged, the rest left out.
 * @param where path of the schema, for errors
 * @throws `invalid_request` when the schema is too large once its references are written out
 */
export function toOpenApiSchema(schema: Schema, where: string): Record<string, unknown> {
  let parts = 0

  const resolve = (reference: unknown): Schema => {
    let at: unknown = schema
    for (const step of String(reference).replace(/^#\/?/, '').split('/').filter(Boolean)) {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
      at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined
    }
    return asRecord(at)
  }

  const convert = (given: unknown, open: readonly unknown[]): Record<string, unknown> => {
    parts += 1
    if (parts > MOST) throw new GatewayError('invalid_request', `The schema at ${where} has more than ${MOST} parts once its references are written out.`, { param: where })
    let node = asRecord(given)
    let path = open
    if ('$ref' in node) {
      const { $ref: reference, ...beside } = node
      if (open.includes(reference)) return { type: 'object' }
      path = [...open, reference]
      node = { ...resolve(reference), ...beside }
    }
    for (const part of asArray(node['allOf'])) node = merge(node, part)
    const out = new Map<string, unknown>(Object.entries(node).filter(([key]) => kept.has(key)))
    if (typeof node['format'] === 'string' && formats.has(node['format'])) out.set('format', node['format'])
    const types = Array.isArray(node['type']) ? (node['type'] as readonly unknown[]) : [node['type']]
    const named = types.filter((type) => type !== 'null' && type !== undefined)
    if (types.includes('null')) out.set('nullable', true)
    if (named.length <= 1) out.delete('type')
    if (named.length === 1) out.set('type', named[0])
    const values = 'const' in node ? [node['const']] : asArray(node['enum'])
    if (values.length > 0) setValues(out, values)
    if (isRecord(node['properties'])) out.set('properties', Object.fromEntries(Object.entries(node['properties']).map(([name, inner]) => [name, convert(inner, path)])))
    if (out.has('properties') && !out.has('type')) out.set('type', 'object')
    const required = asArray(node['required']).filter((name) => typeof name === 'string' && isRecord(node['properties']) && Object.hasOwn(node['properties'], name))
    if (required.length > 0) out.set('required', required)
    if (isRecord(node['items'])) out.set('items', convert(node['items'], path))
    else if (out.get('type') === 'array') out.set('items', { type: 'string' })
    const choices = [...asArray(node['anyOf']), ...asArray(node['oneOf']), ...(named.length > 1 ? named.map((type) => ({ type })) : [])]
    const real = choices.filter((choice) => asRecord(choice)['type'] !== 'null')
    if (real.length < choices.length) out.set('nullable', true)
    if (named.length > 1) out.delete('type')
    if (real.length === 1) return { ...convert(real[0], path), ...Object.fromEntries(out) }
    if (real.length > 1) out.set('anyOf', real.map((choice) => convert(choice, path)))
    return Object.fromEntries(out)
  }

  return convert(schema, [])
}

/** `enum` is for texts only: values of other types stay free, of their type. */
function setValues(out: Map<string, unknown>, values: readonly unknown[]): void {
  if (values.includes(null)) out.set('nullable', true)
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length === 0 || texts.length < values.filter((value) => value !== null).length) return
  out.set('type', 'string')
  out.set('format', 'enum')
  out.set('enum', texts)
}

function merge(node: Schema, given: unknown): Schema {
  const part = asRecord(given)
  const required = [...asArray(node['required']), ...asArray(part['required'])]
  const properties = { ...asRecord(node['properties']), ...asRecord(part['properties']) }
  return { ...part, ...node, ...(required.length > 0 && { required }), ...(Object.keys(properties).length > 0 && { properties }) }
}
