import type { BodyLimits, EndListener, Exchange } from './exchange.ts'

/** Hears what became of an answer, once: its bytes, or `undefined` when they were too many; `failed` for one that was no success or broke off. */
export type OnRecorded = (answer: Buffer | undefined | 'failed') => void

/** Bytes that all recordings of the process may hold at once: a stream repeats its head for every token, and there may be thousands of them. */
const MOST_HELD = 128 * 1024 * 1024
let held = 0

/** An exchange that keeps a copy of the answer while it passes, up to a bound. */
export class RecordingExchange implements Exchange {
  readonly #inner: Exchange
  readonly #maxBytes: number
  #onRecorded: OnRecorded | undefined
  #pieces: Buffer[] = []
  #held = 0
  /** It was too much. */
  #lost = false
  #success = false

  constructor(inner: Exchange, maxBytes: number, onRecorded: OnRecorded) {
    this.#inner = inner
    this.#maxBytes = maxBytes
    this.#onRecorded = onRecorded
  }

  get method(): string { return this.#inner.method }
  get path(): string { return this.#inner.path }
  get query(): string { return this.#inner.query }
  get remoteAddress(): string | undefined { return this.#inner.remoteAddress }
  get connection(): object | undefined { return this.#inner.connection }
  get gone(): boolean { return this.#inner.gone }
  get started(): boolean { return this.#inner.started }
  header(name: string): string | undefined { return this.#inner.header(name) }
  headerNames(): readonly string[] { return this.#inner.headerNames() }
  readBody(limits: BodyLimits): Promise<Buffer> { return this.#inner.readBody(limits) }
  onGone(listener: (() => void) | undefined): void { this.#inner.onGone(listener) }
  onDrain(listener: () => void): void { this.#inner.onDrain(listener) }
  beforeEnd(listener: EndListener): void { this.#inner.beforeEnd(listener) }
  endComes(): void { this.#inner.endComes() }

  head(status: number, headers: string[]): void {
    this.#success = status === 200
    this.#inner.head(status, headers)
  }

  write(piece: Buffer | string, encoding?: 'latin1'): boolean {
    this.#copy(piece, encoding)
    return this.#inner.write(piece, encoding)
  }

  end(piece?: Buffer | string, encoding?: 'latin1'): void {
    if (piece !== undefined) this.#copy(piece, encoding)
    this.#inner.end(piece, encoding)
    this.#tell(this.#success && !this.#inner.gone ? (this.#lost ? undefined : Buffer.concat(this.#pieces, this.#held)) : 'failed')
  }

  destroy(): void {
    this.#inner.destroy()
    this.#tell('failed')
  }

  /** Nothing more comes. */
  giveUp(): void {
    this.#tell('failed')
  }

  #copy(piece: Buffer | string, encoding?: 'latin1'): void {
    if (!this.#onRecorded) return
    const bytes = typeof piece === 'string' ? Buffer.from(piece, encoding) : piece
    if (this.#lost) return
    if (this.#held + bytes.length > this.#maxBytes || held + bytes.length > MOST_HELD) {
      this.#lost = true
      this.#drop()
      return
    }
    held += bytes.length
    this.#held += bytes.length
    this.#pieces.push(bytes)
  }

  #drop(): void {
    held -= this.#held
    this.#held = 0
    this.#pieces = []
  }

  #tell(answer: Buffer | undefined | 'failed'): void {
    const tell = this.#onRecorded
    this.#onRecorded = undefined
    this.#drop()
    tell?.(answer)
  }
}
