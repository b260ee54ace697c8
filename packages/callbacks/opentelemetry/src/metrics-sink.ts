import type { Callback, Host } from '@tianjillm/core'
import { createSink } from '@tianjillm/callback-kit'
import type { OpentelemetryConfig } from './config.ts'
import type { Exporter } from './export.ts'
import { Histograms } from './histograms.ts'
import { measure, type Measurement } from './measure.ts'

/**
 * Metrics as a sink. Cumulative: every record is counted once, when it is mapped, and each export
 * tells the totals since the start, so a lost export loses nothing. Delta: an export tells what
 * its own records add, over the time since the last one that arrived.
 */
export function createMetricsSink(config: OpentelemetryConfig, exporter: Exporter, host: Host): Callback {
  const cumulative = config.temporality === 'cumulative'
  const totals = new Histograms()
  let since = host.clock.now()
  return createSink<readonly Measurement[]>({
    name: 'opentelemetry',
    host,
    map: (record) => {
      const measurements = measure(record)
      if (cumulative) for (const measurement of measurements) totals.add(measurement)
      return measurements
    },
    // Exports are in order, one at a time, and as seldom as the interval says.
    concurrency: 1,
    maxItems: 10_000,
    queueLimit: 20_000,
    maxAgeMs: config.metrics_interval * 1000,
    sendTimeoutMs: config.timeout * 1000,
    send: async (items, signal) => {
      const now = host.clock.now()
      const histograms = cumulative ? totals : new Histograms()
      if (!cumulative) for (const measurements of items) for (const measurement of measurements) histograms.add(measurement)
      await exporter.metrics(histograms.toMetrics(config.temporality, since, now), signal)
      if (!cumulative) since = now
    },
  })
}
