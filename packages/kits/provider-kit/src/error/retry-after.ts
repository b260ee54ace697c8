import type { HttpHeaders } from '@tianjillm/core'

/** The first value of a header, or undefined. */
export function headerOf(headers: HttpHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

/**
 * Whole seconds to wait: `retry-after-ms` (OpenAI, Azure), else `Retry-After` as seconds or as a
 * date (RFC 9110, 10.2.3). A date is compared with the answer's own `Date`, so that clocks which
 * disagree do no harm.
 */
export function retryAfterOf(headers: HttpHeaders): number | undefined {
  const ms = seconds(headerOf(headers, 'retry-after-ms'), 1000)
  if (ms !== undefined) return ms
  const text = headerOf(headers, 'retry-after')
  const plain = seconds(text, 1)
  if (plain !== undefined || text === undefined) return plain
  const wait = Date.parse(text) - Date.parse(headerOf(headers, 'date') ?? '')
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.ceil(wait / 1000))
}

function seconds(text: string | undefined, perSecond: number): number | undefined {
  return text !== undefined && /^\s*\d{1,12}(?:\.\d{1,12})?\s*$/.test(text) ? Math.ceil(Number(text) / perSecond) : undefined
}
