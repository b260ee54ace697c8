/** Limits on what a client may send. */
export interface BodyLimits {
  /** Bytes. */
  readonly maxBytes: number
  /** Milliseconds for the whole body to arrive, where the carrier does not watch that itself. */
  readonly timeoutMs: number
}

/**
 * What must be done before a client sees the end of its answer. `goOn`: the end may wait until this is called, if the
 * listener says so by answering true; absent, it cannot wait.
 */
export type EndListener = (goOn: (() => void) | undefined) => boolean

/**
 * One HTTP exchange with a client, whatever carries it: a Node server's own objects (the quick way)
 * or a web `Request`/`Response` pair. The pipeline knows nothing below this.
 */
export interface Exchange {
  readonly method: string
  readonly path: string
  /** What follows the `?`, or `''`. */
  readonly query: string
  /** Address of the peer, as the connection tells it. */
  readonly remoteAddress: string | undefined
  /** Stands for the connection, the same object for all its exchanges; undefined where the carrier tells of none. */
  readonly connection: object | undefined
  /** A request header by lower-case name. */
  header(name: string): string | undefined
  /** Names of the request headers that were sent, in lower case. */
  headerNames(): readonly string[]
  /** The request body. Rejects with `body_too_large`, `request_timeout` or `client_closed`. */
  readBody(limits: BodyLimits): Promise<Buffer>
  /** Calls `listener` once if the client goes away before the answer is complete. One listener at a time; undefined removes it. */
  onGone(listener: (() => void) | undefined): void
  /** Whether the client went away. */
  readonly gone: boolean
  /** Whether {@link Exchange.head} was called. */
  readonly started: boolean
  /** Sends status and headers (a flat list: name, value, name, value; the exchange's own from then on). Once. */
  head(status: number, headers: string[]): void
  /** Sends a piece of the body; text as in {@link Exchange.end}. False: stop until the drain listener is called. */
  write(piece: Buffer | string, encoding?: 'latin1'): boolean
  /** Sets the listener for "ready for more". */
  onDrain(listener: () => void): void
  /** Calls `listener` once, before the last piece of a complete answer goes out. */
  beforeEnd(listener: EndListener): void
  /** Tells that the next piece is the last for the client's eyes, though `end` comes later (a stream's end mark). */
  endComes(): void
  /** Sends the last piece and ends the answer. Text is UTF-8, or bytes read as Latin-1 when `encoding` says so. */
  end(piece?: Buffer | string, encoding?: 'latin1'): void
  /** Breaks the connection off, for answers that can no longer be completed. */
  destroy(): void
}
