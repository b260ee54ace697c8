/** A span as LiteLLM writes it: `30s`, `30m`, `24h`, `7d`, `1w`, `1mo`. */
export interface Duration {
  readonly count: number
  readonly unit: 's' | 'm' | 'h' | 'd' | 'w' | 'mo'
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, mo: 30 * 86_400_000 } as const

/** Undefined for text that is no duration, for 0, and for spans of more than a century. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,10})(s|m|h|d|w|mo)$/.exec(text)
  if (!match) return undefined
  const duration = { count: Number(match[1]), unit: match[2] as Duration['unit'] }
  return duration.count > 0 && elapsedMs(duration) <= 36_525 * unitMs.d ? duration : undefined
}

/** The span as elapsed time; a month is 30 days. Keys expire by this, whatever the calendar says. */
export function elapsedMs({ count, unit }: Duration): number {
  return count * unitMs[unit]
}
