import type { AnyInput } from '@tianjillm/client'

/** The parts of an OpenAPI document that tests read. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly parameters: readonly { readonly name: string; readonly in: 'query' | 'path'; readonly required: boolean; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: object }>> }
  readonly responses: Readonly<Record<string, object>>
}

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly examples?: readonly unknown[]
  readonly format?: string
  readonly minimum?: number
  readonly minItems?: number
}

type Known = Readonly<Record<string, unknown>>

const formats: Readonly<Record<string, string>> = { email: 'ada@example.com', 'date-time': '2030-01-01T00:00:00Z', date: '2030-01-01', uri: 'https://example.com' }

/** Input that somebody could send for an operation: what must be there, the example, and names of things that are there. */
export function inputFor(document: Document, operation: Operation, known: Known, whole: boolean): AnyInput {
  const of = (where: 'query' | 'path'): Known => Object.fromEntries(operation.parameters.filter((one) => one.in === where && (one.required || (whole && one.name in known))).map(({ name, schema }) => [name, known[name] ?? sample(document, schema, known)]))
  const content = operation.requestBody?.content['application/json']
  if (!content) return { query: of('query'), path: of('path') }
  const schema = resolved(document, content.schema)
  const names = whole ? Object.keys(schema.properties ?? {}).filter((name) => name in known) : []
  const body = { ...required(document, schema, known), ...content.example, ...Object.fromEntries(names.map((name) => [name, known[name]])) }
  return { body, query: of('query'), path: of('path') }
}

function required(document: Document, schema: Schema, known: Known): object {
  return Object.fromEntries((schema.required ?? []).map((name) => [name, name in known ? known[name] : sample(document, schema.properties![name]!, known)]))
}

function sample(document: Document, given: Schema, known: Known): unknown {
  const schema = resolved(document, given)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.anyOf) return sample(document, schema.anyOf[0]!, known)
  switch ([schema.type].flat()[0]) {
    case 'object': return { ...required(document, schema, known), ...Object.fromEntries(Object.keys(schema.properties ?? {}).filter((name) => name in known).map((name) => [name, known[name]])) }
    case 'array': return schema.items ? [sample(document, schema.items, known)] : []
    case 'integer': case 'number': return Math.max(1, schema.minimum ?? 1)
    case 'boolean': return true
    default: return formats[schema.format ?? ''] ?? 'sample'
  }
}

function resolved(document: Document, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1)!]!
}
