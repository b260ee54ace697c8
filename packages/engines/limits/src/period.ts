import { type Duration, elapsedMs, parseDuration } from './duration.ts'

/** A stretch of time in which an amount is counted: from `start` (included) to `end` (excluded), epoch milliseconds. */
export interface Period {
  readonly start: number
  /** `Infinity`: never ends. */
  readonly end: number
}

/** Finds the period that a moment lies in: computed on read, so nothing depends on a job that resets counters. */
export type PeriodOf = (now: number) => Period

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000
/** 1970-01-04, the first Sunday after the epoch. */
const SUNDAY = 3 * DAY

const always: Period = Object.freeze({ start: 0, end: Number.POSITIVE_INFINITY })

/** The whole of time: for amounts that never reset. */
export const forever: PeriodOf = () => always

/** The minutes of the clock, in which requests and tokens are counted. */
export const everyMinute: PeriodOf = (now) => fixed(now, MINUTE, 0)

/**
 * Budget periods, LiteLLM's calendar, in UTC: `1h` turns on the hour, `24h` and `1d` at midnight, `7d` and
 * `1w` on Sunday at midnight, `30d` and `1mo` on the first of the month. Other spans follow one another
 * from `anchor` (when the owner was made) on, months as calendar months.
 *
 * @param text a duration; null never resets
 * @returns undefined for text that is no duration
 */
export function budgetPeriod(text: string | null, anchor: number): PeriodOf | undefined {
  if (text === null) return forever
  const duration = parseDuration(text)
  if (!duration) return undefined
  const { count, unit } = duration
  if (unit === 'mo') return count === 1 ? (now) => months(now, 1, Date.UTC(1970, 0, 1)) : (now) => months(now, count, anchor)
  const ms = elapsedMs(duration)
  if (ms === 30 * DAY && unit === 'd') return (now) => months(now, 1, Date.UTC(1970, 0, 1))
  const start = startOf(ms, duration, anchor)
  return (now) => fixed(now, ms, start)
}

function startOf(ms: number, { unit }: Duration, anchor: number): number {
  if (ms === 7 * DAY) return SUNDAY
  if (ms === DAY && unit !== 'm' && unit !== 's') return 0
  return ms === HOUR && unit === 'h' ? 0 : anchor
}

function fixed(now: number, ms: number, anchor: number): Period {
  const start = anchor + Math.floor((now - anchor) / ms) * ms
  return { start, end: start + ms }
}

/** Spans of calendar months from the anchor's month on; a day that a month does not have is its last. */
function months(now: number, count: number, anchor: number): Period {
  const from = new Date(anchor)
  const boundary = (index: number): number => {
    const month = from.getUTCMonth() + index * count
    const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate()
    const day = Math.min(from.getUTCDate(), lastDay)
    return Date.UTC(from.getUTCFullYear(), month, day) + (((anchor % DAY) + DAY) % DAY)
  }
  const at = new Date(now)
  let index = Math.floor(((at.getUTCFullYear() - from.getUTCFullYear()) * 12 + at.getUTCMonth() - from.getUTCMonth()) / count)
  // Within the month of a boundary the day decides.
  while (boundary(index) > now) index -= 1
  while (boundary(index + 1) <= now) index += 1
  return { start: boundary(index), end: boundary(index + 1) }
}
