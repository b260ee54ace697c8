/**
 * OTLP requests as the protocol's messages define them, every object closed: a misspelt or
 * snake_case field fails. Written from common.proto, resource.proto, trace.proto, metrics.proto
 * and the JSON rules of docs/specification.md (opentelemetry-proto), not from our own types.
 */
import * as v from 'valibot'

/** int64, fixed64: decimal strings in JSON. */
const int64 = v.pipe(v.string(), v.regex(/^-?\d+$/))
const fixed64 = v.pipe(v.string(), v.regex(/^\d+$/))
const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))
const enumOf = (...values: number[]) => v.picklist(values)
const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`, 'i')), v.check((id) => !/^0+$/.test(id)))

/** A oneof: exactly one member. */
const one = <T extends v.ObjectEntries>(entries: T) => v.pipe(v.strictObject(entries), v.check((value) => Object.keys(value).length === 1))

const anyValue: v.GenericSchema = one({
  stringValue: v.optional(v.string()),
  boolValue: v.optional(v.boolean()),
  intValue: v.optional(int64),
  doubleValue: v.optional(v.number()),
  arrayValue: v.optional(v.strictObject({ values: v.array(v.lazy(() => anyValue)) })),
  kvlistValue: v.optional(v.strictObject({ values: v.array(v.lazy(() => keyValue)) })),
  bytesValue: v.optional(v.string()),
})
const keyValue: v.GenericSchema = v.strictObject({ key: v.pipe(v.string(), v.minLength(1)), value: v.lazy(() => anyValue) })
const attributes = v.pipe(
  v.array(keyValue),
  v.check((list) => new Set(list.map((item) => (item as { key: string }).key)).size === list.length, 'Keys must be unique.'),
)

const resource = v.strictObject({ attributes: v.optional(attributes), droppedAttributesCount: v.optional(uint32) })
const scope = v.strictObject({ name: v.optional(v.string()), version: v.optional(v.string()), attributes: v.optional(attributes), droppedAttributesCount: v.optional(uint32) })

const span = v.pipe(
  v.strictObject({
    traceId: hex(32),
    spanId: hex(16),
    traceState: v.optional(v.string()),
    parentSpanId: v.optional(hex(16)),
    flags: v.optional(uint32),
    name: v.pipe(v.string(), v.minLength(1)),
    kind: v.optional(enumOf(0, 1, 2, 3, 4, 5)),
    startTimeUnixNano: fixed64,
    endTimeUnixNano: fixed64,
    attributes: v.optional(attributes),
    droppedAttributesCount: v.optional(uint32),
    events: v.optional(v.array(v.unknown())),
    droppedEventsCount: v.optional(uint32),
    links: v.optional(v.array(v.unknown())),
    droppedLinksCount: v.optional(uint32),
    status: v.optional(v.strictObject({ message: v.optional(v.string()), code: v.optional(enumOf(0, 1, 2)) })),
  }),
  v.check((value) => BigInt(value.endTimeUnixNano) >= BigInt(value.startTimeUnixNano), 'A span must not end before it starts.'),
)

/** ExportTraceServiceRequest. */
export const tracesRequest = v.strictObject({
  resourceSpans: v.array(v.strictObject({
    resource: v.optional(resource),
    scopeSpans: v.array(v.strictObject({ scope: v.optional(scope), spans: v.array(span), schemaUrl: v.optional(v.string()) })),
    schemaUrl: v.optional(v.string()),
  })),
})

const histogramPoint = v.pipe(
  v.strictObject({
    attributes: v.optional(attributes),
    startTimeUnixNano: v.optional(fixed64),
    timeUnixNano: fixed64,
    count: fixed64,
    sum: v.optional(v.number()),
    bucketCounts: v.array(fixed64),
    explicitBounds: v.array(v.number()),
    exemplars: v.optional(v.array(v.unknown())),
    flags: v.optional(uint32),
    min: v.optional(v.number()),
    max: v.optional(v.number()),
  }),
  v.check((point) => point.bucketCounts.length === point.explicitBounds.length + 1, 'One bucket more than bounds.'),
  v.check((point) => point.bucketCounts.reduce((sum, count) => sum + BigInt(count), 0n) === BigInt(point.count), 'The buckets must add up to the count.'),
  v.check((point) => point.explicitBounds.every((bound, i, all) => i === 0 || bound > (all[i - 1] ?? 0)), 'Bounds must rise.'),
)

/** ExportMetricsServiceRequest, with histograms. */
export const metricsRequest = v.strictObject({
  resourceMetrics: v.array(v.strictObject({
    resource: v.optional(resource),
    scopeMetrics: v.array(v.strictObject({
      scope: v.optional(scope),
      metrics: v.array(v.strictObject({
        name: v.pipe(v.string(), v.minLength(1)),
        description: v.optional(v.string()),
        unit: v.optional(v.string()),
        histogram: v.strictObject({ dataPoints: v.array(histogramPoint), aggregationTemporality: enumOf(1, 2) }),
        metadata: v.optional(attributes),
      })),
      schemaUrl: v.optional(v.string()),
    })),
    schemaUrl: v.optional(v.string()),
  })),
})
