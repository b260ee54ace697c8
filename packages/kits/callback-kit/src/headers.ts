/**
 * Headers as operators write them, an object or `name=value,name=value` text (the form of
 * `OTEL_EXPORTER_OTLP_HEADERS` and `GENERIC_LOGGER_HEADERS`), with names in lower case.
 *
 * @param options.percent decode `%20` and the like in text values, as OpenTelemetry's form has it
 * @throws TypeError naming the header at fault, never its value.
 */
export function toHeaders(input: string | Readonly<Record<string, string>>, options: { readonly percent?: boolean } = {}): Record<string, string> {
  const pairs = typeof input === 'string' ? splitPairs(input, options.percent ?? false) : Object.entries(input)
  const headers: Record<string, string> = {}
  for (const [name, value] of pairs) {
    // RFC 9110, section 5.1 (token) and 5.5 (no line breaks, no NUL).
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw new TypeError(`"${name}" is not a header name.`)
    if (/[\r\n\0]/.test(value)) throw new TypeError(`The value of header "${name}" holds a line break.`)
    headers[name.toLowerCase()] = value
  }
  return headers
}

function splitPairs(text: string, percent: boolean): [string, string][] {
  const pairs: [string, string][] = []
  for (const part of text.split(',')) {
    if (part.trim() === '') continue
    const cut = part.indexOf('=')
    if (cut < 1) throw new TypeError('Write headers as `name=value,name=value`; one of them has no `=`.')
    const value = part.slice(cut + 1).trim()
    pairs.push([part.slice(0, cut).trim(), percent ? decodePercent(value) : value])
  }
  return pairs
}

function decodePercent(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // A lone `%` is a value that was never encoded.
    return value
  }
}
