import { GatewayError } from '@tianjillm/core'

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/
/** RFC 9110, 5.5, with the old Latin-1 text. */
const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

/** They say how the message is sent, which is not the caller's to say. */
const framing = new Set(['content-length', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer'])

/** Methods whose requests say how long they are, even if that is nothing (RFC 9110, 8.6). */
const withContent = new Set(['POST', 'PUT', 'PATCH'])

/**
 * The head of a request up to its length and the empty line, Latin-1 (RFC 9112, 2.1).
 *
 * @param path path and query, or the whole URL for a proxy; percent-encoded
 * @throws `invalid_request` for a method or a header that cannot be sent; names the header, never its value
 */
export function requestHead(method: string, path: string, host: string, headers: readonly (readonly [name: string, value: string])[]): string {
  if (!token.test(method)) throw unsendable(host, 'its method is not one')
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    if (!token.test(name)) throw unsendable(host, `"${name.slice(0, 100)}" is not a header name`)
    if (framing.has(lower)) throw unsendable(host, `the header ${lower} is the connection's own`)
    if (typeof value !== 'string' || !fieldValue.test(value)) throw unsendable(host, `invalid ${lower} header`)
    head += `${name}: ${value}\r\n`
  }
  return head
}

/** The end of the head, with the length of the body in bytes. */
export function headEnd(method: string, length: number): string {
  return length > 0 || withContent.has(method) ? `content-length: ${length}\r\n\r\n` : '\r\n'
}

function unsendable(host: string, reason: string): GatewayError {
  // A name with control characters must not reach a log.
  return new GatewayError('invalid_request', `The request to ${host} cannot be sent: ${reason.replace(/[^\u0020-\u007e]/g, '?')}. Nothing was sent.`)
}
