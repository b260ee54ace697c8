import { type Clock, GatewayError, isGatewayError, type Log } from '@tianjillm/core'

export interface LinkOptions {
  /** Resolves when the database is open, its schema up to date, and all is there to ask it. */
  readonly ready: Promise<void>
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds that work waits for a database that was never open yet: making an embedded one takes seconds. Default 15,000. */
  readonly patienceMs?: number
  /** Milliseconds that one piece of work may take. Default 5,000. */
  readonly workMs?: number
}

/**
 * What is known of the way to the database. Work that needs an answer now goes through {@link run}: it fails
 * at once, and in clear words, while the database is known to be away.
 */
export class Link {
  readonly #options: LinkOptions
  #state: 'opening' | 'connected' | 'away' = 'opening'

  constructor(options: LinkOptions) {
    this.#options = options
    options.ready.then(() => (this.#state = 'connected'), () => {})
  }

  get connected(): boolean {
    return this.#state === 'connected'
  }

  /** The database answered. */
  reached(): void {
    if (this.#state !== 'away') return
    this.#options.log.info({}, 'the database is back')
    this.#state = 'connected'
  }

  /** The database could not be opened, whatever the reason; it is tried again. */
  notOpened(): void {
    this.#state = 'away'
  }

  /** Work failed. Whether that was because the database is away, which is remembered then. */
  failed(error: unknown): boolean {
    if (!isAway(error)) return false
    if (this.#state === 'connected') this.#options.log.error({ err: error }, 'the database cannot be reached')
    this.#state = 'away'
    return true
  }

  /**
   * @param work gets a signal that fires when nobody waits for it any more
   * @throws `no_db_connection` when the database is away, or does not answer in time; else what the work throws
   */
  async run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { ready, patienceMs = 15_000 } = this.#options
    if (this.#state === 'away') throw away()
    if (this.#state === 'opening') await this.#within(patienceMs, () => ready)
    return this.probe(work)
  }

  /** As {@link run}, but tries also when the database was away: for those who look whether it is back. */
  async probe<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    try {
      const result = await this.#within(this.#options.workMs ?? 5000, work)
      this.reached()
      return result
    } catch (error) {
      if (this.failed(error)) throw isGatewayError(error) ? error : away(error)
      throw error
    }
  }

  async #within<Result>(ms: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const end = new AbortController()
    const { promise: tooLate, reject } = Promise.withResolvers<never>()
    const timer = this.#options.clock.after(ms, () => reject(away(new Error(`The database did not answer within ${ms} ms.`))))
    try {
      return await Promise.race([work(end.signal), tooLate])
    } finally {
      timer.cancel()
      end.abort()
    }
  }
}

function away(cause?: unknown): GatewayError {
  return new GatewayError('no_db_connection', 'The database cannot be reached, and this call needs it. Try again in a moment.', { retryAfter: 1, ...(cause !== undefined && { cause }) })
}

/** Classes of SQLSTATE that say that a server is not to be had: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const unavailable = /^(?:08|28|3D|53|57|58)/

/** Whether an error says that the database is away, rather than that it refused what was asked of it. */
function isAway(error: unknown): boolean {
  if (isGatewayError(error)) return error.code === 'no_db_connection'
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  // The query builder wraps what the driver throws.
  if (typeof code !== 'string') return cause !== undefined && cause !== null && isAway(cause)
  return /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? unavailable.test(code) : true
}
