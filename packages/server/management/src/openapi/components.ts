import { isDeepStrictEqual } from 'node:util'
import { isJson, type Json } from './json-schema.ts'

/** The schemas that a document names once and refers to. */
export interface Components {
  /** The schema with every titled part of it, and itself where it has a title, replaced by a reference. */
  share(schema: Json): Json
  /** A reference to the schema under a name. @throws Error when the name means another schema already */
  named(name: string, schema: Json): Json
  readonly schemas: Json
}

/** Shares by title: `v.title('Team')` in a schema is the name that document and clients call it by. */
export function createComponents(): Components {
  const schemas: Json = {}
  const share = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(share)
    if (!isJson(part)) return part
    const { title, ...rest } = part
    const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, share(value)]))
    return typeof title === 'string' ? named(title, inner) : title === undefined ? inner : { ...inner, title: share(title) }
  }
  const named = (name: string, schema: Json): Json => {
    const known = schemas[name]
    if (known !== undefined && !isDeepStrictEqual(known, schema)) throw new Error(`Two schemas are called ${name}. Give one of them another title.`)
    schemas[name] = schema
    return { $ref: `#/components/schemas/${name}` }
  }
  return { share: (schema) => share(schema) as Json, named: (name, schema) => named(name, share(schema) as Json), schemas }
}
