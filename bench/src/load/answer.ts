/**
 * Finds the end of HTTP/1.1 answers in the bytes of one connection, as cheaply as the load needs:
 * it knows `content-length` and chunked coding, and looks at nothing else.
 */
export class AnswerReader {
  #held: Buffer | undefined
  /** Bytes of the body still to come; -1 between answers; Infinity for chunked coding. */
  #left = -1
  #tail = ''
  status = 0

  /** Takes the next bytes; true when they complete an answer. One answer at a time: no pipelining. */
  push(chunk: Buffer): boolean {
    if (this.#left === -1) {
      const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk
      const end = bytes.indexOf('\r\n\r\n')
      if (end === -1) {
        this.#held = bytes
        return false
      }
      this.#held = undefined
      this.#readHead(bytes.toString('latin1', 0, end + 2))
      chunk = bytes.subarray(end + 4)
    }
    return this.#left === Infinity ? this.#pushChunked(chunk) : this.#pushCounted(chunk)
  }

  #readHead(head: string): void {
    this.status = Number(head.slice(9, 12))
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1]
    this.#left = length === undefined ? Infinity : Number(length)
    this.#tail = '\r\n'
  }

  #pushCounted(chunk: Buffer): boolean {
    this.#left -= chunk.length
    if (this.#left > 0) return false
    this.#left = -1
    return true
  }

  /** The last chunk has length 0 (RFC 9112, 7.1). Nobody here sends trailers, and no event has a CR that could look like it. */
  #pushChunked(chunk: Buffer): boolean {
    this.#tail = (chunk.length >= 7 ? '' : this.#tail) + chunk.toString('latin1', Math.max(0, chunk.length - 7))
    this.#tail = this.#tail.slice(-7)
    if (this.#tail !== '\r\n0\r\n\r\n') return false
    this.#left = -1
    return true
  }
}
