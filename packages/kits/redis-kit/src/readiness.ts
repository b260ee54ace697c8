import type { RedisClient } from './client.ts'

/** Waits for a client's connection, together for all who wait. */
export class Readiness {
  readonly #client: RedisClient
  #waiting: Promise<void> | undefined
  #closed = false

  constructor(client: RedisClient) {
    this.#client = client
  }

  /**
   * Resolves when commands are taken; undefined when they are already. Rejects when the connection that is being made
   * comes to nothing, or the client was closed here.
   */
  wait(): Promise<void> | undefined {
    if (this.#client.status === 'ready' && !this.#closed) return undefined
    if (this.#closed) return Promise.reject(new Error('The connection to Redis was closed.'))
    return (this.#waiting ??= this.#next().finally(() => void (this.#waiting = undefined)))
  }

  /** Closes the client for good. */
  close(): void {
    this.#closed = true
    this.#client.disconnect()
  }

  #next(): Promise<void> {
    const client = this.#client
    return new Promise((resolve, reject) => {
      const settle = (run: () => void): void => {
        client.off('ready', ready)
        client.off('close', gone)
        run()
      }
      const ready = (): void => settle(resolve)
      const gone = (): void => settle(() => reject(new Error('Redis cannot be reached.')))
      client.on('ready', ready)
      client.on('close', gone)
    })
  }
}
