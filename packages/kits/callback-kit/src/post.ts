import type { Host, HttpReply, HttpRequest } from '@tianjillm/core'
import { retryAfterMs } from './retry-after.ts'
import { SendError } from './send-error.ts'

/** One delivery over HTTP. */
export interface PostOptions {
  readonly url: string
  readonly body: string | Uint8Array
  /** Default `application/json`. */
  readonly contentType?: string
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** Headers that prove who we are; the connector sends them to the URL's host and nowhere else. */
  readonly secretHeaders?: Readonly<Record<string, string>>
  /** Time for the whole call, in milliseconds. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Largest answer read, in bytes. Default 1 MiB. */
  readonly maxBytes?: number
  /** Statuses worth a retry. Default 408, 429 and 5xx. */
  readonly retryOn?: (status: number) => boolean
}

/**
 * Posts a body and returns the successful answer.
 * @throws SendError for any status outside 200 to 299; a GatewayError of the connector when there was no answer.
 */
export async function post(host: Pick<Host, 'http' | 'clock'>, options: PostOptions): Promise<HttpReply> {
  const request: HttpRequest = {
    method: 'POST',
    url: options.url,
    // An operator may write a content type among the secret headers; then it is the one.
    headers: { ...(options.secretHeaders?.['content-type'] === undefined && { 'content-type': options.contentType ?? 'application/json' }), ...options.headers },
    body: options.body,
    ...(options.secretHeaders && { credential: { hosts: [new URL(options.url).host], headers: options.secretHeaders } }),
    ...(options.timeoutMs !== undefined && { timeouts: { total: options.timeoutMs } }),
  }
  const reply = await host.http.send(request, { maxBytes: options.maxBytes ?? 1 << 20, ...(options.signal && { signal: options.signal }) })
  return expectOk(reply, { url: options.url, now: host.clock.now(), ...(options.retryOn && { retryOn: options.retryOn }) })
}

/** {@link post} with a value that is sent as JSON. */
export function postJson(host: Pick<Host, 'http' | 'clock'>, options: Omit<PostOptions, 'body' | 'contentType'> & { readonly json: unknown }): Promise<HttpReply> {
  const { json, ...rest } = options
  return post(host, { ...rest, body: JSON.stringify(json) })
}

/**
 * `reply` when its status is 2xx.
 * @param from.now milliseconds since the epoch, to read a `Retry-After` date
 * @throws SendError otherwise: 408, 429 and 5xx are retryable, 413 is too large.
 */
export function expectOk(reply: HttpReply, from: { readonly url: string; readonly now: number; readonly retryOn?: (status: number) => boolean }): HttpReply {
  const { status } = reply
  if (status >= 200 && status < 300) return reply
  const wait = status === 429 || status === 503 ? retryAfterMs(reply.headers['retry-after'], from.now) : undefined
  const retryOn = from.retryOn ?? isRetryable
  throw new SendError(`POST to ${new URL(from.url).host} was answered with ${status}.${hint(status)}`, {
    status,
    retryable: retryOn(status),
    tooLarge: status === 413,
    ...(wait !== undefined && { retryAfterMs: wait }),
  })
}

function isRetryable(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

function hint(status: number): string {
  if (status === 401 || status === 403) return ' Check the credential in the callback\'s config.'
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) return ' Check the URL in the callback\'s config; redirects are not followed.'
  return ''
}
