import { getMetadata } from 'valibot'

interface SchemaLike {
  readonly entries?: Readonly<Record<string, SchemaLike>>
  readonly wrapped?: SchemaLike
  readonly pipe?: readonly SchemaLike[]
}

/** Whether a plugin's schema marks a key as secret (`metadata({ secret: true })`). Of schemas that cannot be looked into nothing is known. */
export function isSecretKey(schema: unknown, key: string): boolean {
  const root = schema as SchemaLike
  const found = root.entries?.[key] ?? root.pipe?.[0]?.entries?.[key]
  return found !== undefined && isMarked(found)
}

function isMarked(schema: SchemaLike): boolean {
  const { secret } = getMetadata(schema as never) as { readonly secret?: unknown }
  return secret === true || (schema.wrapped !== undefined && isMarked(schema.wrapped))
}
