import { toHeaders } from '@tianjillm/callback-kit'
import * as v from 'valibot'

const headers = v.pipe(
  v.union([v.string(), v.record(v.string(), v.string())]),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return toHeaders(dataset.value, { percent: true })
    } catch (error) {
      addIssue({ message: (error as Error).message })
      return NEVER
    }
  }),
  v.metadata({ secret: true, description: 'An object, or `name=value,name=value`, percent-decoded. Sent to the endpoint\'s host only.' }),
)

/** An object, or `name=value,name=value` with percent-encoding (the form of `OTEL_RESOURCE_ATTRIBUTES`). */
const resourceAttributes = v.pipe(
  v.union([v.string(), v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))]),
  v.transform((input) => (typeof input === 'string' ? parsePairs(input) : input)),
  v.metadata({ description: 'An object, or `name=value,name=value`.' }),
)

const protocols = ['otlp_http', 'http/json', 'http/protobuf'] as const

/** OpenTelemetry's word is case-insensitive; `lowmemory` means delta for histograms. */
const temporality = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.picklist(['cumulative', 'delta', 'lowmemory']),
  v.transform((word) => (word === 'cumulative' ? 'cumulative' as const : 'delta' as const)),
)

/** What an operator may write. */
export const opentelemetryConfig = v.strictObject({
  endpoint: v.optional(v.pipe(v.string(), v.url(), v.startsWith('http', 'Write an http: or https: URL.'), v.metadata({ description: 'Base URL (`/v1/traces` is appended), or a URL that ends in `/v1` or `/v1/traces`.' })), 'http://localhost:4318'),
  headers: v.optional(headers, {}),
  exporter: v.optional(v.pipe(v.picklist(protocols, 'Only OTLP over HTTP is spoken here: write `otlp_http`, and give the collector\'s HTTP port (4318) as the endpoint.'), v.metadata({ description: 'JSON is sent whichever is written; receivers take both. gRPC is not spoken.' })), 'otlp_http'),
  service_name: v.optional(v.pipe(v.string(), v.minLength(1), v.metadata({ description: 'Default `tianjillm`.' }))),
  resource_attributes: v.optional(resourceAttributes, {}),
  capture_messages: v.optional(v.pipe(v.boolean(), v.metadata({ description: 'Record messages, tool names, parameters, finish reasons and the response id.' })), false),
  traces: v.optional(v.pipe(v.boolean(), v.metadata({ description: 'Export spans.' })), true),
  metrics: v.optional(v.pipe(v.boolean(), v.metadata({ description: 'Export metrics.' })), false),
  temporality: v.optional(v.pipe(temporality, v.metadata({ description: 'Of metrics: `cumulative` or `delta`.' })), 'cumulative'),
  batch_size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000), v.metadata({ description: 'Spans in a request.' })), 512),
  flush_interval: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(3600), v.metadata({ description: 'Seconds that a span may wait for its batch to fill.' })), 5),
  metrics_interval: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(3600), v.metadata({ description: 'Seconds between exports of metrics.' })), 60),
  timeout: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(600), v.metadata({ description: 'Seconds for one attempt.' })), 10),
})

export type OpentelemetryConfig = v.InferOutput<typeof opentelemetryConfig>

function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const part of text.split(',')) {
    const cut = part.indexOf('=')
    if (cut < 1) continue
    const value = part.slice(cut + 1).trim()
    // A lone `%` is a value that was never encoded.
    pairs[part.slice(0, cut).trim()] = /%(?![0-9A-Fa-f]{2})/.test(value) ? value : decodeURIComponent(value)
  }
  return pairs
}
