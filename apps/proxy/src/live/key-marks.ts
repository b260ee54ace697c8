import { getMetadata } from 'valibot'

interface SchemaLike {
  readonly type?: string
  readonly entries?: Readonly<Record<string, SchemaLike>>
  readonly wrapped?: SchemaLike
  readonly pipe?: readonly SchemaLike[]
}

/** Whether a plugin's schema marks a key as secret (`metadata({ secret: true })`). Of schemas that cannot be looked into nothing is known. */
export function isSecretKey(schema: unknown, key: string): boolean {
  return isMarked(entryOf(schema, key), 'secret')
}

/** Whether a plugin's schema leaves a key to the config file and the environment (`metadata({ operator: true })`): it names files or addresses of the gateway's machine. */
export function isOperatorKey(schema: unknown, key: string): boolean {
  return isMarked(entryOf(schema, key), 'operator')
}

/** Whether a key holds an address (`v.url()`): somewhere that credentials may be sent to. */
export function isAddressKey(schema: unknown, key: string): boolean {
  return holdsUrl(entryOf(schema, key))
}

function entryOf(schema: unknown, key: string): SchemaLike | undefined {
  const root = schema as SchemaLike
  return root.entries?.[key] ?? root.pipe?.[0]?.entries?.[key]
}

function isMarked(schema: SchemaLike | undefined, mark: 'secret' | 'operator'): boolean {
  if (schema === undefined) return false
  return (getMetadata(schema as never) as Readonly<Record<string, unknown>>)[mark] === true || isMarked(schema.wrapped, mark)
}

function holdsUrl(schema: SchemaLike | undefined): boolean {
  if (schema === undefined) return false
  return schema.type === 'url' || holdsUrl(schema.wrapped) || (schema.pipe?.some((step) => step !== schema && holdsUrl(step)) ?? false)
}
