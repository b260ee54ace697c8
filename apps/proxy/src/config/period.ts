import * as v from 'valibot'

const HOUR_MS = 3_600_000
const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS, mo: 30 * 24 * HOUR_MS }

/** LiteLLM's durations (`30d`). */
export const period = v.pipe(v.string(), v.regex(/^[1-9]\d*(s|m|h|d|w|mo)$/, 'must be a duration such as `30d`, `12h` or `1mo`'))

/** Milliseconds of a period that the schema has checked. */
export function durationOf(text: string): number {
  const unit = text.replace(/^\d+/, '')
  return Number.parseInt(text, 10) * units[unit]!
}

/** How long spend logs are kept, in milliseconds; undefined: for ever. */
export function spendLogRetention({ maximum_spend_logs_retention_period: written, maximum_spend_logs_retention_days: days }: { readonly maximum_spend_logs_retention_period?: string | undefined; readonly maximum_spend_logs_retention_days?: number | undefined }): number | undefined {
  return written === undefined ? (days === undefined ? undefined : durationOf(`${days}d`)) : durationOf(written)
}
