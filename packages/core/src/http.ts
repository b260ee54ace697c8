import type { GatewayError } from './error.ts'

/** Response headers, names in lower case. */
export type HttpHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Limits of one call, in milliseconds. Absent: the connector's default. 0: none. */
export interface HttpTimeouts {
  /** TCP and TLS set-up. */
  readonly connect?: number
  /** From the request's end to the response's headers. */
  readonly headers?: number
  /** From the request's end to the first byte of the body. */
  readonly firstByte?: number
  /** Between two chunks of the body. */
  readonly idle?: number
  /** The whole call. */
  readonly total?: number
}

/**
 * Headers that prove who we are, bound to the hosts that may see them. The connector refuses
 * to send them anywhere else (`credential_host_mismatch`).
 */
export interface Credential {
  /** `host` or `host:port`, as in a URL (default ports left out). */
  readonly hosts: readonly string[]
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** One outgoing HTTP request. Redirects are never followed. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** Absolute `http:` or `https:` URL. */
  readonly url: string
  /** Header names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly credential?: Credential
  readonly body?: Uint8Array | string
  readonly timeouts?: HttpTimeouts
  /**
   * Whose word the address is. `operator` (config file, code): may be private. `checked`
   * (default; API, database, caller): private, local and metadata addresses are refused.
   */
  readonly trust?: 'operator' | 'checked'
}

/** Steers a call in flight. */
export interface HttpControl {
  pause(): void
  resume(): void
  /** Ends the call at once and frees its connection; no handler method is called after it. */
  abort(): void
}

/** Receives one response, event by event. Methods must not throw. */
export interface HttpHandler {
  onHead(status: number, headers: HttpHeaders, control: HttpControl): void
  /** A piece of the body; the buffer is the handler's to keep. */
  onData(chunk: Buffer): void
  onEnd(): void
  /** The call failed (`upstream_timeout`, `upstream_unreachable`, `upstream_interrupted`, `address_refused`, ...). */
  onError(error: GatewayError): void
}

/** A whole response. */
export interface HttpReply {
  readonly status: number
  readonly headers: HttpHeaders
  readonly body: Buffer
}

/** Options of {@link Http.send}. */
export interface SendOptions {
  readonly signal?: AbortSignal
  /** Largest response body accepted, in bytes; above it the call fails with `upstream_malformed`. Default 32 MiB. */
  readonly maxBytes?: number
}

/** The one way out of the process: `@tianjillm/connector` implements it. */
export interface Http {
  /** Starts a call; the handler sees it through. Cheapest form, for streams and the request path. */
  open(request: HttpRequest, handler: HttpHandler): HttpControl
  /** Sends a request and waits for the whole answer, whatever its status. Rejects with a {@link GatewayError}. */
  send(request: HttpRequest, options?: SendOptions): Promise<HttpReply>
}
