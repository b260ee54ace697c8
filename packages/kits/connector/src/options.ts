import type { Clock, HttpTimeouts } from '@tianjillm/core'

/** One address that a host name stands for. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Turns a host name into addresses; rejects when there are none. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>

/** TLS towards upstreams and `https:` proxies; the words are those of `node:tls`. */
export interface TlsOptions {
  /** PEM certificates to trust instead of the bundled ones. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[]
  /** Client certificate and key, PEM. */
  readonly cert?: string | Buffer
  readonly key?: string | Buffer
  /** False accepts any certificate. Default true. */
  readonly rejectUnauthorized?: boolean
}

/** Options of `createConnector`. All times in milliseconds. */
export interface ConnectorOptions {
  /** Defaults for calls that name no time-out. 0: none. See {@link defaultTimeouts}. */
  readonly timeouts?: HttpTimeouts
  /** Most connections to one origin; further calls queue. Default 1024. */
  readonly connections?: number
  /** How long an idle connection is kept when the server names no time. Default 30,000. */
  readonly keepAliveTimeout?: number
  /** Pools without a call for this long are closed. Default 300,000. */
  readonly poolIdleTimeout?: number
  /** Largest response head accepted, in bytes. Default 64 KiB. */
  readonly maxHeaderSize?: number
  /** Proxy for `http:` targets, as in HTTP_PROXY (`http://user:password@host:port`). */
  readonly httpProxy?: string
  /** Proxy for `https:` targets, as in HTTPS_PROXY. */
  readonly httpsProxy?: string
  /** Hosts reached without proxy, comma-separated as in NO_PROXY: names (with their subdomains), addresses, CIDR ranges, `host:port`, `*`. */
  readonly noProxy?: string
  readonly tls?: TlsOptions
  /**
   * Whether `checked` requests may go to private and loopback addresses. Metadata, link-local,
   * multicast and reserved addresses stay refused. Default false.
   */
  readonly allowPrivate?: boolean
  /** Ports that `checked` requests may use. Default 80, 443, 8080, 8443. */
  readonly allowedPorts?: readonly number[] | 'any'
  readonly clock?: Clock
  /** Name resolution; default the system's. */
  readonly resolve?: Resolve
}

/** Time-outs (ms) where neither the call nor the connector names one: `total` is unlimited, since streams may be long. */
export const defaultTimeouts: Required<HttpTimeouts> = { connect: 10_000, headers: 600_000, firstByte: 600_000, idle: 300_000, total: 0 }
