import type { HttpHeaders, UpstreamReply } from '@tianjillm/core'

/** Error bodies are read up to this size; the rest says nothing new. */
const MAX_BYTES = 256 * 1024

/** Gathers an upstream's error answer. */
export class ErrorReply {
  readonly #status: number
  readonly #headers: HttpHeaders
  readonly #chunks: Buffer[] = []
  #size = 0

  constructor(status: number, headers: HttpHeaders) {
    this.#status = status
    this.#headers = headers
  }

  add(chunk: Buffer): void {
    if (this.#size >= MAX_BYTES) return
    this.#chunks.push(chunk)
    this.#size += chunk.length
  }

  reply(): UpstreamReply {
    return { status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) }
  }
}
