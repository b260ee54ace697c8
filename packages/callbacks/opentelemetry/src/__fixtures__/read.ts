import type { AnyValue, KeyValue } from '../otlp.ts'

/** Attributes as a plain object; doubles are told from integers as `{ double }`. */
export function plain(attributes: readonly KeyValue[] | undefined): Record<string, unknown> {
  return Object.fromEntries((attributes ?? []).map(({ key, value }) => [key, plainValue(value)]))
}

function plainValue(value: AnyValue): unknown {
  if ('arrayValue' in value) return value.arrayValue.values.map(plainValue)
  if ('intValue' in value) return Number(value.intValue)
  if ('doubleValue' in value) return { double: value.doubleValue }
  return 'stringValue' in value ? value.stringValue : value.boolValue
}
