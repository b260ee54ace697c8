import { GatewayError } from '@tianjillm/core'

/** Wraps without copying. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function frameTooLarge(maxFrameBytes: number): GatewayError {
  return new GatewayError('upstream_malformed', `The provider sent a stream frame larger than ${maxFrameBytes} bytes.`)
}

/**
 * The bytes of an unfinished frame, kept from one chunk to the next. Grows by doubling, so that
 * a large frame in many small chunks costs linear time; bounded by `maxBytes`.
 */
export class Carry {
  length = 0
  #buffer = Buffer.alloc(0)
  readonly #maxBytes: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  append(from: Buffer, start: number, end: number): void {
    const length = this.length + end - start
    if (length > this.#maxBytes) throw frameTooLarge(this.#maxBytes)
    if (length > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(length, this.#buffer.length * 2, 512))
      this.#buffer.copy(grown, 0, 0, this.length)
      this.#buffer = grown
    }
    from.copy(this.#buffer, this.length, start, end)
    this.length = length
  }

  /** The bytes so far, valid until the next `append` or `clear`. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
    // One huge frame must not hold its memory for the rest of the stream.
    if (this.#buffer.length > 1024 * 1024) this.#buffer = Buffer.alloc(0)
  }
}
