import type { AttributeValue } from './attributes.ts'

/** `server.address` and `server.port` of an upstream's base URL; nothing when it is not a URL. */
export function serverAttributes(apiBase: string | undefined): Readonly<Record<string, AttributeValue>> {
  const url = apiBase === undefined ? null : URL.parse(apiBase)
  if (!url) return {}
  return { 'server.address': url.hostname, 'server.port': Number(url.port) || (url.protocol === 'http:' ? 80 : 443) }
}
