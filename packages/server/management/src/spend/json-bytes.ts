const encoder = new TextEncoder()
/** As many bytes as one piece of an answer begins with. */
const FIRST_BYTES = 256 * 1024
const NANO = 1_000_000_000
const [ZERO, POINT, COMMA] = [48, 46, 44] as const
/** A number of nano-USD takes so many bytes at most, and no other number more. */
const LONGEST_NUMBER = 32

/** A piece of JSON that is written many times. */
export function piece(json: string): Uint8Array {
  return encoder.encode(json)
}

/**
 * Writes JSON as bytes, for answers of megabytes: objects of their parts, their text and its bytes would take several times
 * as long to be made and to be cleared away. Who writes sees to it that it is JSON.
 */
export class JsonBytes {
  // Not a `Buffer`: copying into one takes twice as long.
  #bytes = new Uint8Array(FIRST_BYTES)
  #length = 0

  /** Writes a piece as it is. */
  put(bytes: Uint8Array): void {
    const { length } = bytes
    const at = this.#length
    if (at + length > this.#bytes.length) this.#grow(length)
    this.#bytes.set(bytes, at)
    this.#length = at + length
  }

  /** A comma. */
  comma(): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length] = COMMA
    this.#length += 1
  }

  /** Any value, by way of its text. */
  value(value: unknown): void {
    this.put(piece(JSON.stringify(value)))
  }

  /** A whole number. */
  whole(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) this.value(value)
    else {
      if (this.#length + LONGEST_NUMBER > this.#bytes.length) this.#grow(LONGEST_NUMBER)
      this.#digits(value)
    }
  }

  /** USD of whole nano-USD: all decimal places that there are, so that it is read as the same number that a division would have made. */
  usd(nano: number): void {
    if (!(nano >= 0 && nano <= Number.MAX_SAFE_INTEGER)) return this.value(nano / NANO)
    if (this.#length + LONGEST_NUMBER > this.#bytes.length) this.#grow(LONGEST_NUMBER)
    const dollars = Math.floor(nano / NANO)
    this.#digits(dollars)
    let rest = nano - dollars * NANO
    if (rest === 0) return
    let places = 9
    for (; rest % 10 === 0; places -= 1) rest /= 10
    this.#bytes[this.#length] = POINT
    const end = this.#length + 1 + places
    for (let at = end - 1; at > this.#length; at -= 1) {
      const tenth = Math.floor(rest / 10)
      this.#bytes[at] = ZERO + (rest - tenth * 10)
      rest = tenth
    }
    this.#length = end
  }

  /** What was written. Nothing may be written afterwards. */
  end(): Buffer {
    return Buffer.from(this.#bytes.buffer, 0, this.#length)
  }

  #digits(value: number): void {
    let end = this.#length + 1
    for (let bound = 10; value >= bound; bound *= 10) end += 1
    let rest = value
    for (let at = end - 1; at >= this.#length; at -= 1) {
      const tenth = Math.floor(rest / 10)
      this.#bytes[at] = ZERO + (rest - tenth * 10)
      rest = tenth
    }
    this.#length = end
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
