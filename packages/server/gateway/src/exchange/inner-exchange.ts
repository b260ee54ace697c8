import type { EndListener, Exchange } from './exchange.ts'

/** The exchange of a call that the gateway makes for itself: the answer goes to whoever waits for {@link body}. */
export class InnerExchange implements Exchange {
  readonly method = 'POST'
  readonly path = ''
  readonly query = ''
  readonly remoteAddress = undefined
  readonly connection = undefined
  gone = false
  started = false
  #status = 0
  #pieces: Buffer[] = []
  #onGone: (() => void) | undefined
  #beforeEnd: EndListener | undefined
  #body: string | undefined

  /** The whole answer's text, once it came and was a success. */
  get body(): string | undefined {
    return this.#status === 200 ? this.#body : undefined
  }

  headerNames(): readonly string[] {
    return []
  }

  header(): undefined {
    return undefined
  }

  readBody(): Promise<Buffer> {
    return Promise.resolve(Buffer.alloc(0))
  }

  onGone(listener: (() => void) | undefined): void {
    this.#onGone = listener
  }

  head(status: number): void {
    this.started = true
    this.#status = status
  }

  write(piece: Buffer | string, encoding?: 'latin1'): boolean {
    this.#pieces.push(Buffer.from(piece as string, encoding))
    return true
  }

  onDrain(): void {}

  beforeEnd(listener: EndListener): void {
    this.#beforeEnd = listener
  }

  endComes(): void {
    const before = this.#beforeEnd
    this.#beforeEnd = undefined
    before?.(undefined)
  }

  end(piece?: Buffer | string, encoding?: 'latin1'): void {
    this.endComes()
    if (piece !== undefined) this.#pieces.push(typeof piece === 'string' ? Buffer.from(piece, encoding) : piece)
    this.#body = Buffer.concat(this.#pieces).toString('utf8')
  }

  destroy(): void {}

  /** Nobody waits any more. */
  leave(): void {
    if (this.gone || this.#body !== undefined) return
    this.gone = true
    this.#onGone?.()
  }
}
