import type { Clock, Log } from '@tianjillm/core'
import { createTokenCache, type ExchangedToken } from '../auth/token-cache.ts'

/** What a signature is made with. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** Where credentials come from. */
export interface CredentialSource {
  /** The credentials, at once where they are known. */
  get(): AwsCredentials | Promise<AwsCredentials>
  /** AWS refused them as expired: the next `get` makes an exchange. */
  expired(): void
  close(): void
}

/** Credentials are renewed this long before their end; AWS's own clients do the same. */
export const EARLY_MS = 5 * 60_000

/** Credentials that never change. */
export function fixed(credentials: AwsCredentials): CredentialSource {
  return { get: () => credentials, expired: () => {}, close: () => {} }
}

/** Options of {@link exchanged}. */
export interface Exchange {
  /** Whose credentials, for the log. */
  readonly what: string
  readonly fetch: (signal: AbortSignal) => Promise<ExchangedToken<AwsCredentials>>
  /** Whose credentials the exchange itself is signed with. */
  readonly from?: CredentialSource
  readonly clock: Clock
  readonly log: Log
}

/** Credentials that are fetched: once for many calls, and again shortly before they end. */
export function exchanged({ what, fetch, from, clock, log }: Exchange): CredentialSource {
  const cache = createTokenCache<AwsCredentials>({
    fetch, clock,
    earlyMs: EARLY_MS,
    onRenewalError: (error) => log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, `The credentials of ${what} could not be renewed; the old ones are used to their end.`),
  })
  return {
    get: () => cache.get(),
    expired() {
      cache.invalidate()
      from?.expired()
    },
    close() {
      cache.close()
      from?.close()
    },
  }
}
