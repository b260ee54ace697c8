import * as v from 'valibot'

/** A text of the address. */
export const textParam = (description: string) => v.optional(v.pipe(v.string(), v.description(description)))

/** A whole number of the address, from 1 on. */
export const numberParam = (description: string, fallback: number, most: number) =>
  v.optional(v.pipe(v.string(), v.regex(/^\d+$/, `must be a whole number from 1 to ${most}`), v.description(description), v.metadata({ type: 'integer', minimum: 1, maximum: most, default: fallback, pattern: undefined }), v.transform(Number), v.minValue(1, `must be a whole number from 1 to ${most}`), v.maxValue(most, `must be a whole number from 1 to ${most}`)), String(fallback))

/** One of a few words of the address. */
export const choiceParam = <const Words extends readonly [string, ...string[]]>(description: string, words: Words) => v.optional(v.pipe(v.picklist(words, `must be one of ${words.join(', ')}`), v.description(description)))

/** `true` or `false` in the address. */
export const flagParam = (description: string) => v.optional(v.pipe(v.picklist(['true', 'false', 'True', 'False'], 'must be true or false'), v.description(description), v.metadata({ type: 'boolean', default: false, enum: undefined }), v.transform((word) => word.toLowerCase() === 'true')), 'false')

const PAGES = 1_000_000

/** The page that LiteLLM's lists are asked for. */
export const pageParam = numberParam('The page, from 1 on.', 1, PAGES)

/** Rows to leave out before a page. */
export function skipped(page: number, size: number): number {
  return (page - 1) * size
}

/** `2025-01-31`, with a time or without, in UTC: epoch milliseconds. */
export const momentParam = (description: string) =>
  v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|\+00:00)?)?$/, 'must be a date such as 2025-01-31 (UTC)'), v.transform(utcMoment), v.check((at) => !Number.isNaN(at), 'must be a date such as 2025-01-31 (UTC)'), v.description(description)))

function utcMoment(text: string): number {
  const [, day, time = '00:00'] = /^(\S{10})(?:[T ](.*?)(?:Z|\+00:00)?)?$/.exec(text)!
  return Date.parse(`${day}T${time}Z`)
}
