export interface RedisNode {
  readonly host: string
  readonly port: number
}

/** How a TLS connection is checked, where that is not the usual way. */
export interface RedisTls {
  /** PEM of the authorities to trust, in place of the usual ones. */
  readonly ca?: string
  /** False takes any certificate. Default true. */
  readonly verify?: boolean
  /** False takes a certificate of another host. Default true. */
  readonly checkHost?: boolean
}

/** Where Redis is. `cluster` and `sentinels` go before `url`, `url` before `host`. */
export interface RedisAddress {
  /** `redis://user:password@host:port/db`, `rediss://` for TLS. */
  readonly url?: string
  readonly host?: string
  /** Default 6379. */
  readonly port?: number
  readonly username?: string
  readonly password?: string
  readonly db?: number
  readonly tls?: boolean | RedisTls
  /** Some nodes of a Cluster. */
  readonly cluster?: readonly RedisNode[]
  readonly sentinels?: readonly RedisNode[]
  /** The master's name among Sentinels. Default `mymaster`. */
  readonly sentinelName?: string
  readonly sentinelPassword?: string
}
