import { type CallRecord, MASK, Secret } from '@tianjillm/core'

/** Field names that hold credentials, compared without case, `-` and `_`. */
export const secretNames: readonly string[] = [
  'authorization', 'proxyauthorization', 'cookie', 'setcookie', 'apikey', 'xapikey', 'password', 'passwd', 'secret', 'clientsecret',
  'accesstoken', 'refreshtoken', 'idtoken', 'bearertoken', 'privatekey', 'secretkey', 'secretaccesskey', 'masterkey', 'signingkey', 'credentials',
]

/** What to remove from a record before it leaves. */
export interface MaskOptions {
  /** Whether request and response texts may leave. Default true. */
  readonly text?: boolean
  /** More field names that hold secrets, beside {@link secretNames}. */
  readonly fields?: readonly string[]
}

/** The record without its texts (if they may not leave) and with credentials in its metadata masked. The record itself is untouched. */
export function redactRecord(record: CallRecord, options: MaskOptions = {}): CallRecord {
  const { text, ...rest } = record
  return {
    ...rest,
    ...(rest.metadata && { metadata: maskFields(rest.metadata, options.fields) as Record<string, unknown> }),
    ...(text && options.text !== false && { text }),
  }
}

/** A copy of `value` in which fields named like a credential, and every `Secret`, read `[secret]`. Cycles end in `[circular]`. */
export function maskFields(value: unknown, more: readonly string[] = []): unknown {
  const names = new Set([...secretNames, ...more.map(plain)])
  const above = new Set<object>()
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
    if (value instanceof Secret) return MASK
    if (above.has(value)) return '[circular]'
    above.add(value)
    const masked = Array.isArray(value)
      ? value.map(copy)
      : Object.fromEntries(Object.entries(value).map(([key, field]) => [key, names.has(plain(key)) ? MASK : copy(field)]))
    above.delete(value)
    return masked
  }
  return copy(value)
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '')

/**
 * A copy of a plugin's config in which the fields marked `v.metadata({ secret: true })` read
 * `[secret]`, for logs and listings. Reads the marks off a valibot schema; with another kind of
 * schema only {@link secretNames} are masked.
 */
export function maskMarked(schema: unknown, config: unknown): unknown {
  return maskFields(maskBySchema(schema as SchemaLike | undefined, config))
}

/** The part of a valibot schema that is read here. */
interface SchemaLike {
  readonly entries?: Readonly<Record<string, SchemaLike>>
  readonly item?: SchemaLike
  readonly wrapped?: SchemaLike
  readonly pipe?: readonly (SchemaLike & { readonly type?: string; readonly metadata?: { readonly secret?: unknown } })[]
}

function maskBySchema(schema: SchemaLike | undefined, value: unknown): unknown {
  if (schema === undefined || value === undefined || value === null) return value
  if (isMarked(schema)) return MASK
  const inner = schema.wrapped ?? schema.pipe?.[0]
  if (inner && inner !== schema && !schema.entries && !schema.item) return maskBySchema(inner, value)
  if (schema.item && Array.isArray(value)) return value.map((item) => maskBySchema(schema.item, item))
  if (!schema.entries || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, maskBySchema(schema.entries?.[key], field)]))
}

function isMarked(schema: SchemaLike): boolean {
  if (schema.pipe?.some((step) => step.type === 'metadata' && step.metadata?.secret === true)) return true
  return schema.wrapped !== undefined && isMarked(schema.wrapped)
}
