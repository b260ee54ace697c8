/** What a base64 `data:` URL holds. */
export interface DataUrl {
  /** In lower case, without parameters; `text/plain` when the URL names none. */
  readonly mediaType: string
  readonly base64: string
}

/**
 * Reads a `data:` URL (RFC 2397); undefined when `url` is another kind of URL or broken. Payloads
 * that are not base64 are re-encoded. The payload itself is not checked: it may be megabytes.
 */
export function parseDataUrl(url: string): DataUrl | undefined {
  if (url.slice(0, 5).toLowerCase() !== 'data:') return undefined
  const comma = url.indexOf(',')
  if (comma === -1) return undefined
  const [type = '', ...parameters] = url.slice(5, comma).split(';')
  const mediaType = type.trim().toLowerCase() || 'text/plain'
  const payload = url.slice(comma + 1)
  if (parameters.at(-1)?.trim().toLowerCase() === 'base64') return { mediaType, base64: payload.includes('%') ? payload.replaceAll(/%2b/gi, '+').replaceAll(/%2f/gi, '/').replaceAll(/%3d/gi, '=') : payload }
  try {
    return { mediaType, base64: Buffer.from(decodeURIComponent(payload)).toString('base64') }
  } catch {
    return undefined
  }
}

/**
 * `base` with `path` behind it: one slash between them, and the query of both kept
 * (`https://a/v1/?api-version=2` and `chat` give `https://a/v1/chat?api-version=2`).
 */
export function joinUrl(base: string, path: string): string {
  const [baseUrl = '', baseQuery] = splitQuery(base)
  const [pathPart = '', pathQuery] = splitQuery(path)
  let end = baseUrl.length
  while (end > 0 && baseUrl[end - 1] === '/') end--
  let start = 0
  while (pathPart[start] === '/') start++
  const joined = start === pathPart.length ? baseUrl.slice(0, end) : `${baseUrl.slice(0, end)}/${pathPart.slice(start)}`
  const query = [baseQuery, pathQuery].filter(Boolean).join('&')
  return query === '' ? joined : `${joined}?${query}`
}

function splitQuery(text: string): [string, string?] {
  const at = text.indexOf('?')
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
