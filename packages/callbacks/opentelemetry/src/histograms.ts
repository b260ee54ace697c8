import { instruments, type InstrumentName, type Measurement } from './measure.ts'
import { type HistogramPoint, type KeyValue, type Metric, nanos, temporalities } from './otlp.ts'

export type Temporality = keyof typeof temporalities

interface Series {
  readonly attributes: readonly KeyValue[]
  readonly buckets: number[]
  count: number
  sum: number
  min: number
  max: number
}

/** Series per metric; callers choose models and errors vary, so there must be an end. */
const SERIES_LIMIT = 2000

/** OpenTelemetry's series for everything above the limit (metrics SDK specification, "Overflow attribute"). */
const overflow: readonly KeyValue[] = [{ key: 'otel.metric.overflow', value: { boolValue: true } }]

/** Sums measurements up to histograms. */
export class Histograms {
  readonly #metrics = new Map<InstrumentName, Map<string, Series>>()

  add(measurement: Measurement): void {
    const { bounds } = instruments[measurement.name]
    const series = this.#series(measurement, bounds.length + 1)
    const { value } = measurement
    // A bucket holds what is above the bound before it, up to its own bound included.
    const above = bounds.findIndex((bound) => value <= bound)
    const bucket = above === -1 ? bounds.length : above
    series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1
    series.count++
    series.sum += value
    series.min = Math.min(series.min, value)
    series.max = Math.max(series.max, value)
  }

  #series({ name, attributes }: Measurement, buckets: number): Series {
    let all = this.#metrics.get(name)
    if (!all) this.#metrics.set(name, (all = new Map()))
    let key = JSON.stringify(attributes)
    const found = all.get(key)
    if (found) return found
    const full = all.size >= SERIES_LIMIT - 1
    if (full) key = 'overflow'
    let series = full ? all.get(key) : undefined
    if (!series) all.set(key, (series = { attributes: full ? overflow : attributes, buckets: Array.from({ length: buckets }, () => 0), count: 0, sum: 0, min: Infinity, max: -Infinity }))
    return series
  }

  /** As OTLP metrics over the time from `start` to `end`, in milliseconds since the epoch. */
  toMetrics(temporality: Temporality, start: number, end: number): Metric[] {
    return [...this.#metrics].map(([name, all]) => ({
      name,
      description: instruments[name].description,
      unit: instruments[name].unit,
      histogram: { aggregationTemporality: temporalities[temporality], dataPoints: [...all.values()].map((series) => toPoint(series, instruments[name].bounds, start, end)) },
    }))
  }
}

function toPoint(series: Series, bounds: readonly number[], start: number, end: number): HistogramPoint {
  return {
    attributes: series.attributes,
    startTimeUnixNano: nanos(start),
    timeUnixNano: nanos(Math.max(start, end)),
    count: String(series.count),
    sum: series.sum,
    bucketCounts: series.buckets.map(String),
    explicitBounds: bounds,
    min: series.min,
    max: series.max,
  }
}
