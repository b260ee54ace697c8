import type { Host } from '@tianjillm/core'
import { post, type SendResult } from '@tianjillm/callback-kit'
import { toAttributes } from './attributes.ts'
import type { OpentelemetryConfig } from './config.ts'
import { signalUrl } from './endpoint.ts'
import type { KeyValue, Metric, Span } from './otlp.ts'

/** Largest answer read, as the OTLP specification recommends. */
const MAX_REPLY_BYTES = 4 << 20

/** Posts one signal's data and reads what the receiver did not take. */
export interface Exporter {
  traces(spans: readonly Span[], signal: AbortSignal): Promise<SendResult>
  metrics(metrics: readonly Metric[], signal: AbortSignal): Promise<SendResult>
}

export function createExporter(config: OpentelemetryConfig, version: string, host: Host): Exporter {
  const resource = { attributes: resourceAttributes(config) }
  const scope = { name: '@tianjillm/callbacks-opentelemetry', version }
  const urls = { traces: signalUrl(config.endpoint, 'traces'), metrics: signalUrl(config.endpoint, 'metrics') }

  async function send(kind: 'traces' | 'metrics', data: object, signal: AbortSignal): Promise<SendResult> {
    const reply = await post(host, {
      url: urls[kind],
      body: JSON.stringify(data),
      secretHeaders: config.headers,
      timeoutMs: config.timeout * 1000,
      maxBytes: MAX_REPLY_BYTES,
      signal,
      // The specification's list; any other 4xx or 5xx must not be retried.
      retryOn: (status) => status === 429 || status === 502 || status === 503 || status === 504,
    })
    const { refused, message } = partialSuccess(reply.body)
    if (refused > 0 || message !== '') host.log.warn({ callback: 'opentelemetry', signal: kind, refused, reason: message }, 'The OTLP receiver did not take everything.')
    return { refused }
  }

  return {
    traces: (spans, signal) => send('traces', { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] }, signal),
    metrics: (metrics, signal) => send('metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] }, signal),
  }
}

function resourceAttributes({ service_name, resource_attributes }: OpentelemetryConfig): KeyValue[] {
  return toAttributes({ 'service.name': 'tianjillm', ...resource_attributes, ...(service_name !== undefined && { 'service.name': service_name }) })
}

/**
 * What an Export*ServiceResponse says was rejected. Such a request must not be sent again. An
 * answer that is no JSON (some receivers answer with nothing, or in protobuf) rejects nothing.
 */
function partialSuccess(body: Buffer): { refused: number; message: string } {
  let reply: unknown
  try {
    reply = JSON.parse(body.toString('utf8'))
  } catch {
    return { refused: 0, message: '' }
  }
  const partial = (reply as { partialSuccess?: { rejectedSpans?: unknown; rejectedDataPoints?: unknown; errorMessage?: unknown } | null } | null)?.partialSuccess
  const refused = Number(partial?.rejectedSpans ?? partial?.rejectedDataPoints ?? 0)
  return {
    refused: Number.isSafeInteger(refused) && refused > 0 ? refused : 0,
    message: typeof partial?.errorMessage === 'string' ? partial.errorMessage.slice(0, 200) : '',
  }
}
