import type { HttpHeaders } from '@tianjillm/core'
import type { AnyContext } from '../context.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { answerHeaders } from '../reply/headers.ts'
import type { PassEndpoint } from './endpoint.ts'

/** RFC 9110 7.6.1: about one connection, not about the message. The lengths are made anew. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'content-length', 'host', 'expect'])
/** What describes the body and the answer that is wanted: goes on always. */
const described = ['accept', 'accept-language', 'content-type', 'content-encoding', 'content-language', 'idempotency-key', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'range', 'traceparent', 'tracestate', 'user-agent']
/** Where the caller's key may stand, and what is between it and this proxy. */
const ours = new Set(['authorization', 'api-key', 'x-api-key', 'x-goog-api-key', 'ocp-apim-subscription-key', 'cookie', 'forwarded', 'accept-encoding'])
/** LiteLLM's: `x-pass-name` goes on as `name`. */
const PASS = 'x-pass-'

/**
 * The caller's headers for the service: those that describe the message, those that it marks with `x-pass-`, and all
 * where the operator says so; never its key. The operator's own are not among them.
 *
 * @param keyHeader a further header that carries the key
 */
export function forwardedHeaders(exchange: Exchange, { options }: PassEndpoint, keyHeader: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {}
  const named = exchange.header('connection')?.toLowerCase().split(',').map((name) => name.trim())
  const put = (name: string, value: string | undefined): void => {
    if (value === undefined || Object.hasOwn(options.headers, name) || hopByHop.has(name) || named?.includes(name)) return
    headers[name] = value
  }
  const isOurs = (name: string): boolean => ours.has(name) || name === keyHeader || /^x-(?:litellm|forwarded|real-ip|pass)-?/.test(name)
  for (const name of options.forwardsHeaders ? exchange.headerNames() : described) if (!isOurs(name)) put(name, exchange.header(name))
  for (const name of exchange.headerNames()) if (name.startsWith(PASS) && name.length > PASS.length) put(name.slice(PASS.length), exchange.header(name))
  return headers
}

/** Of the service's answer: what is about its connection, its site or its browsers' rights stays here. */
const left = new Set([...hopByHop, 'set-cookie', 'strict-transport-security', 'alt-svc', 'nel', 'report-to', 'reporting-endpoints', 'server', 'via', 'date', 'content-type'])

/** Headers of the answer, as a flat list: the service's own, and what this proxy tells of every call. */
export function replyHeaders(ctx: AnyContext, received: HttpHeaders, now: number): string[] {
  const type = received['content-type']
  const headers = answerHeaders(ctx, typeof type === 'string' ? type : 'application/octet-stream', undefined, now)
  const dropped = String(received['connection'] ?? '').toLowerCase().split(',').map((name) => name.trim())
  for (const [name, value] of Object.entries(received)) {
    if (value === undefined || left.has(name) || dropped.includes(name) || name.startsWith('access-control-') || name.startsWith('x-litellm-')) continue
    for (const one of typeof value === 'string' ? [value] : value) if (sendable.test(one)) headers.push(name, one)
  }
  return headers
}

/** RFC 9110 5.5, with the old Latin-1 text allowed. */
const sendable = /^[\t\u0020-\u007e\u0080-\u00ff]*$/
