/**
 * The parts of OTLP's JSON encoding that are written here: field names in lowerCamelCase, 64-bit
 * integers as decimal strings, ids as hex, enums as numbers.
 *
 * Source: https://github.com/open-telemetry/opentelemetry-proto (docs/specification.md, "JSON
 * Protobuf Encoding"; trace.proto, metrics.proto, common.proto, resource.proto).
 */
export type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }

export interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

/** Span.SpanKind.SPAN_KIND_CLIENT. */
export const SPAN_KIND_CLIENT = 3
/** Status.StatusCode.STATUS_CODE_ERROR. */
export const STATUS_CODE_ERROR = 2
/** AggregationTemporality. */
export const temporalities = { delta: 1, cumulative: 2 } as const
/** SpanFlags: that the remoteness of the parent is known, and that the parent is remote. */
export const FLAG_HAS_IS_REMOTE = 0x100
export const FLAG_IS_REMOTE = 0x200

export interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly traceState?: string
  readonly flags: number
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly KeyValue[]
  readonly status?: { readonly code: number; readonly message?: string }
}

export interface HistogramPoint {
  readonly attributes: readonly KeyValue[]
  readonly startTimeUnixNano: string
  readonly timeUnixNano: string
  readonly count: string
  readonly sum: number
  readonly bucketCounts: readonly string[]
  readonly explicitBounds: readonly number[]
  readonly min: number
  readonly max: number
}

export interface Metric {
  readonly name: string
  readonly description: string
  readonly unit: string
  readonly histogram: { readonly aggregationTemporality: number; readonly dataPoints: readonly HistogramPoint[] }
}

/** Milliseconds since the epoch as OTLP's nanoseconds (a double cannot hold them). */
export function nanos(ms: number): string {
  const whole = Math.floor(ms)
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6)))
}
