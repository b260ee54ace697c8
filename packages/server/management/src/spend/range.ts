import { GatewayError } from '@tianjillm/core'
import type { Clock } from '@tianjillm/core'
import * as v from 'valibot'

const DAY_MS = 86_400_000
/** Days of a range, at most: as many as daily sums are kept for. */
const LONGEST_RANGE = 731
const USUAL_RANGE = 30

/** Days, `2025-01-31`, UTC, both included. */
export interface Range {
  readonly from: string
  readonly to: string
}

/** A field of a query string. */
export const field = (description: string) => v.optional(v.pipe(v.string(), v.description(description)))

const day = (description: string) => v.pipe(v.string(), v.isoDate('must be a day such as 2025-01-31 (UTC)'), v.description(description))

/** The fields that name a range of days, where one must be named. */
export const range = { start_date: day('The first day, such as 2025-01-31 (UTC).'), end_date: day('The last day, included.') }

/** The fields that may name a range of days. */
export const rangeFields = { start_date: field('The first day, such as 2025-01-31 (UTC).'), end_date: field('The last day, included.') }

/** What was asked, as text. An empty value is none. */
export type Asked<Name extends string> = { readonly [N in Name]?: string | undefined }

/** @throws `invalid_request` naming the parameter */
export function readRange({ start_date, end_date }: Asked<'start_date' | 'end_date'>): Range {
  const from = readDay('start_date', start_date)
  const to = readDay('end_date', end_date)
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days < 1) throw wrong('end_date', 'must not be before start_date')
  if (days > LONGEST_RANGE) throw wrong('end_date', `must be ${LONGEST_RANGE} days after start_date at most`)
  return { from, to }
}

/** The range that was asked for; without dates the last 30 days, as LiteLLM's views have it. @throws `invalid_request` naming the parameter */
export function readRangeOrUsual(asked: Asked<'start_date' | 'end_date'>, clock: Clock): Range {
  if (!asked.start_date && !asked.end_date) return { from: dayOf(clock.now() - USUAL_RANGE * DAY_MS), to: dayOf(clock.now()) }
  return readRange(asked)
}

/** Everything that daily sums are kept for. */
export function wholeRange(clock: Clock): Range {
  return { from: dayOf(clock.now() - LONGEST_RANGE * DAY_MS), to: dayOf(clock.now() + DAY_MS) }
}

/**
 * Sums are kept for days of UTC. For a caller elsewhere the range is those days that its own days touch.
 *
 * @param offset minutes from local time to UTC, as JavaScript's `getTimezoneOffset` says it: 480 is UTC-8
 * @throws `invalid_request`
 */
export function widened({ from, to }: Range, offset: string | undefined): Range {
  if (!offset) return { from, to }
  const minutes = Number(offset)
  if (!/^-?\d+$/.test(offset) || Math.abs(minutes) > 14 * 60) throw wrong('timezone', 'must be minutes from local time to UTC, from -840 to 840')
  return minutes < 0 ? { from: shifted(from, -1), to } : minutes > 0 ? { from, to: shifted(to, 1) } : { from, to }
}

/** A day that is some days later. */
export function shifted(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * DAY_MS)
}

export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

function readDay(name: string, text: string | undefined): string {
  if (!text) throw wrong(name, 'is missing: send a day such as 2025-01-31')
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  // 2025-02-30 is read as the 2nd of March.
  if (Number.isNaN(moment) || dayOf(moment) !== text) throw wrong(name, 'must be a day such as 2025-01-31 (UTC)')
  return text
}

/** A whole number from 1 on. @throws `invalid_request` */
export function readWhole(name: string, text: string | undefined, fallback: number, most: number): number {
  if (!text) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw wrong(name, `must be a whole number from 1 to ${most}`)
  return value
}

/** Values that are separated by commas. */
export function readList(text: string | undefined): readonly string[] | undefined {
  const values = text?.split(',').map((one) => one.trim()).filter((one) => one !== '')
  return values && values.length > 0 ? values : undefined
}

export function wrong(param: string, what: string): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` ${what}.`, { param })
}
