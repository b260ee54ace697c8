import createFetchClient from 'openapi-fetch'
import type { paths } from './openapi.gen.ts'
import type { Answered, Asked, Method, PathWith } from './operations.ts'
import { transport } from './transport.ts'

export interface ClientOptions {
  /** Where the gateway is: `https://llm.example.com`. */
  readonly baseUrl: string
  /** The master key, or a virtual key. Absent: only routes that ask for none. */
  readonly apiKey?: string | undefined
  /** Milliseconds for one attempt. */
  readonly timeoutMs?: number
  /** Further attempts of requests that change nothing (GET), when no answer came or one that passes (429, 502, 503, 504). */
  readonly retries?: number
  /** Replaces the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Replaces the pause between attempts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Of each single call. */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** The last argument may be left out where nothing has to be said. */
type Rest<Input> = object extends Input ? [input?: Input & CallOptions] : [input: Input & CallOptions]

type Call<M extends Method> = <P extends PathWith<M>>(path: P, ...rest: Rest<Asked<P, M>>) => Promise<Answered<P, M>>

/** A call whose operation is known only when it is made. */
export interface AnyInput extends CallOptions {
  readonly query?: Readonly<Record<string, unknown>>
  readonly path?: Readonly<Record<string, unknown>>
  readonly body?: object
}

/** One method for each of HTTP's. Each answers with what the gateway sent, or throws a {@link TianjiError}. */
export type Client = { readonly [M in Method]: Call<M> } & {
  /** As the others, without types: for operations that a table names. */
  request(method: Method, path: keyof paths, input?: AnyInput): Promise<unknown>
}

/**
 * A client of one gateway. The paths, fields and answers are those of its `/openapi.json`.
 * @throws TypeError when `baseUrl` is no http(s) address
 */
export function createClient({ baseUrl, apiKey, timeoutMs = 30_000, retries = 2, fetch = (request) => globalThis.fetch(request), wait = pause }: ClientOptions): Client {
  const inner = createFetchClient<paths>({
    baseUrl: checked(baseUrl),
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    // Neither cookies nor what a browser knows of the user: the key is all there is.
    credentials: 'omit',
    fetch: transport({ timeoutMs, retries, fetch, wait }),
  })
  const ask = async (method: Method, path: keyof paths, init: object | undefined): Promise<unknown> => {
    const { data, response } = await (inner.request as AnyRequest)(method, path, { ...init, parseAs: 'text' })
    // Text that is empty is text all the same.
    if (!isJson(response.headers.get('content-type'))) return data ?? ''
    return data === undefined || data === '' ? undefined : (JSON.parse(data) as unknown)
  }
  const call = <M extends Method>(method: M): Call<M> => ((path: keyof paths, input?: object) => ask(method, path, input)) as Call<M>
  return {
    get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete'),
    request: (method, path, { query, path: inPath, ...rest } = {}) => ask(method, path, { params: { ...(query && { query }), ...(inPath && { path: inPath }) }, ...rest }),
  }
}

/** JSON as a whole, and not a line at a time (`application/x-ndjson`). */
function isJson(type: string | null): boolean {
  return /\bjson\b/.test(type ?? '')
}

type AnyRequest = (method: Method, path: string, init: object) => Promise<{ readonly data?: string; readonly response: Response }>

function checked(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new TypeError('`baseUrl` must be an address such as http://127.0.0.1:4000')
  if (url.username !== '' || url.password !== '') throw new TypeError('`baseUrl` must hold no user and password: give the key as `apiKey`')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
