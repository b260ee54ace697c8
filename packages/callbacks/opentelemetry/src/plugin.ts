import type { Callback, CallbackPlugin, Host } from '@tianjillm/core'
import { createSink } from '@tianjillm/callback-kit'
import manifest from '../package.json' with { type: 'json' }
import { opentelemetryConfig, type OpentelemetryConfig } from './config.ts'
import { createExporter, type Exporter } from './export.ts'
import { createMetricsSink } from './metrics-sink.ts'
import type { Span } from './otlp.ts'
import { toSpan } from './span.ts'

/** Exports calls over OTLP/HTTP. */
export const opentelemetryPlugin: CallbackPlugin<OpentelemetryConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'callback',
  name: 'opentelemetry',
  aliases: ['otel'],
  version: manifest.version,
  config: opentelemetryConfig,
  env: {
    endpoint: ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_ENDPOINT'],
    headers: ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_HEADERS'],
    exporter: ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER'],
    service_name: ['OTEL_SERVICE_NAME'],
    resource_attributes: ['OTEL_RESOURCE_ATTRIBUTES'],
    temporality: ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'],
  },
  create(config: OpentelemetryConfig, host: Host): Callback {
    const exporter = createExporter(config, manifest.version, host)
    const sinks: Callback[] = []
    if (config.traces) sinks.push(createTracesSink(config, exporter, host))
    if (config.metrics) sinks.push(createMetricsSink(config, exporter, host))
    return together(sinks)
  },
})

function createTracesSink(config: OpentelemetryConfig, exporter: Exporter, host: Host): Callback {
  return createSink<Span>({
    name: 'opentelemetry',
    host,
    needs: { text: config.capture_messages },
    map: toSpan,
    maxItems: config.batch_size,
    // Collectors refuse bodies above 20 MiB by default.
    maxBytes: 8 << 20,
    maxAgeMs: config.flush_interval * 1000,
    sendTimeoutMs: config.timeout * 1000,
    send: (spans, signal) => exporter.traces(spans, signal),
  })
}

/** Several sinks as one callback. The figures are the first sink's: each record is counted once. */
function together(sinks: readonly Callback[]): Callback {
  const each = async (run: (sink: Callback) => Promise<void>): Promise<void> => {
    await Promise.all(sinks.map(run))
  }
  return {
    needs: { text: sinks.some((sink) => sink.needs.text) },
    record: (call) => {
      for (const sink of sinks) sink.record(call)
    },
    flush: (signal) => each((sink) => sink.flush(signal)),
    close: (signal) => each((sink) => sink.close(signal)),
    stats: () => sinks[0]?.stats() ?? { queued: 0, sent: 0, dropped: 0 },
  }
}
