import type { HttpControl, HttpHeaders, HttpReply } from '@tianjillm/core'

/** Error bodies are read up to this size; the rest says nothing new. */
const MAX_BYTES = 256 * 1024

/** Gathers an upstream's error answer. Its status stands, whether or not all of its body comes. */
export class ErrorReply {
  readonly #status: number
  readonly #headers: HttpHeaders
  readonly #control: HttpControl
  readonly #onReply: (reply: HttpReply) => void
  readonly #chunks: Buffer[] = []
  #size = 0

  /** @param onReply called once: at the end of the body, where it breaks off, or when it is long enough */
  constructor(status: number, headers: HttpHeaders, control: HttpControl, onReply: (reply: HttpReply) => void) {
    this.#status = status
    this.#headers = headers
    this.#control = control
    this.#onReply = onReply
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size < MAX_BYTES) return
    this.#control.abort()
    this.end()
  }

  /** No more of it comes. */
  end(): void {
    this.#onReply({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) })
  }
}
