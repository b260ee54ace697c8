import type { AnyValue, KeyValue } from './otlp.ts'

/** What an attribute may be. `{ double }` marks a number whose attribute is a double even when it is whole. */
export type AttributeValue = string | number | boolean | readonly string[] | { readonly double: number }

/** Attributes by name, in the order given; undefined ones are left out. */
export function toAttributes(values: Readonly<Record<string, AttributeValue | undefined>>): KeyValue[] {
  const attributes: KeyValue[] = []
  for (const key in values) {
    const value = values[key]
    if (value !== undefined) attributes.push({ key, value: toAnyValue(value) })
  }
  return attributes
}

function toAnyValue(value: AttributeValue): AnyValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  // JSON has no NaN and no Infinity.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : Number.isFinite(value) ? { doubleValue: value } : { stringValue: String(value) }
  if ('double' in value) return { doubleValue: value.double }
  return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } }
}
