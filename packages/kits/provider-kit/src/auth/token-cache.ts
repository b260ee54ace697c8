import type { Clock } from '@tianjillm/core'

/** A credential that was exchanged for another (OAuth, STS, IAM), and when it ends. */
export interface ExchangedToken<T> {
  readonly token: T
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Options of {@link createTokenCache}. */
export interface TokenCacheOptions<T> {
  /** Makes the exchange. The signal fires on `close`, never because one caller left. */
  readonly fetch: (signal: AbortSignal) => Promise<ExchangedToken<T>>
  readonly clock: Clock
  /** How long before its end a token is renewed in the background, in milliseconds. Default 60 s. */
  readonly earlyMs?: number
  /** Pause after a renewal in the background, failed or of a token that is near its end again, in milliseconds. Default 5 s. */
  readonly retryMs?: number
  /** Told of a failed renewal that no caller noticed, because the old token still holds. */
  readonly onRenewalError?: (error: unknown) => void
}

/** Holds one exchanged token. */
export interface TokenCache<T> {
  /**
   * The token, at once while it holds. Callers who must wait share one exchange; one who aborts
   * leaves it to the others. Rejects as `fetch` does when there is no token to fall back on.
   */
  get(signal?: AbortSignal): Promise<T>
  /** Forgets the token, because the upstream refused it. Given the refused one, a newer one stays. */
  invalidate(refused?: T): void
  /** Aborts an exchange under way. No `get` after it. */
  close(): void
}

/**
 * Caches an exchanged token: one exchange at a time, renewed ahead of its end without anybody
 * waiting, and kept to its end when renewal fails. Sets no timers: a renewal starts when a token
 * near its end is asked for.
 */
export function createTokenCache<T>({ fetch, clock, earlyMs = 60_000, retryMs = 5_000, onRenewalError }: TokenCacheOptions<T>): TokenCache<T> {
  const closing = new AbortController()
  let current: ExchangedToken<T> | undefined
  let flight: Promise<T> | undefined
  let notBefore = -Infinity

  async function exchangeNow(): Promise<T> {
    closing.signal.throwIfAborted()
    current = await fetch(closing.signal)
    return current.token
  }

  function exchange(): Promise<T> {
    flight ??= exchangeNow().finally(() => { flight = undefined })
    return flight
  }

  return {
    async get(signal) {
      signal?.throwIfAborted()
      const now = clock.now()
      if (current === undefined || current.expiresAt <= now) return unlessAborted(exchange(), signal)
      if (current.expiresAt - earlyMs <= now && flight === undefined && now >= notBefore) {
        // Also after a success: some issuers hand out the same token until it ends.
        exchange().catch((error: unknown) => onRenewalError?.(error)).finally(() => { notBefore = clock.now() + retryMs })
      }
      return current.token
    },
    invalidate(refused) {
      if (refused === undefined || current?.token === refused) current = undefined
    },
    close() {
      closing.abort()
      current = undefined
    },
  }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
