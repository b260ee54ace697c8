/**
 * Milliseconds that a `Retry-After` header asks to wait: whole seconds, or an HTTP date seen from
 * `now` (milliseconds since the epoch). Undefined when absent or unreadable; a date gone by is 0.
 *
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(header: string | readonly string[] | undefined, now: number): number | undefined {
  const text = (typeof header === 'string' ? header : header?.[0])?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // Dates begin with a day's name; `Date.parse` alone would take "-5" for a year.
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
