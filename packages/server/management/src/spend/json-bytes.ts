/** Bytes of a piece of an answer. Larger ones come fresh from the system, page by page, which costs more than filling them. */
const PIECE_BYTES = 128 * 1024
const NANO = 1_000_000_000
const [ZERO, POINT, COMMA] = [48, 46, 44] as const
/** No number takes more bytes. */
const LONGEST_NUMBER = 32
/** Below it whole numbers are quick to divide. */
const SMALL = 2 ** 31

/** A piece of JSON that is written many times. */
export function piece(json: string): Uint8Array {
  return Buffer.from(json)
}

/**
 * Writes JSON as bytes, for answers of megabytes: objects of their parts, their text and its bytes would take several times
 * as long to be made and to be cleared away. Who writes sees to it that it is JSON.
 */
export class JsonBytes {
  readonly #full: Buffer[] = []
  #fullBytes = 0
  #bytes = room(PIECE_BYTES)
  #length = 0

  /** Bytes that were written. */
  get length(): number {
    return this.#fullBytes + this.#length
  }

  /** Writes a piece as it is. */
  put(bytes: Uint8Array): void {
    const at = this.#length
    const end = at + bytes.length
    if (end > this.#bytes.length) {
      this.#next(bytes.length)
      return this.put(bytes)
    }
    this.#bytes.set(bytes, at)
    this.#length = end
  }

  comma(): void {
    if (this.#length === this.#bytes.length) this.#next(1)
    this.#bytes[this.#length] = COMMA
    this.#length += 1
  }

  /** Any value, by way of its text. */
  value(value: unknown): void {
    this.put(piece(JSON.stringify(value)))
  }

  /** A whole number. */
  whole(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) return this.value(value)
    if (this.#length + LONGEST_NUMBER > this.#bytes.length) this.#next(LONGEST_NUMBER)
    this.#length = digits(this.#bytes, this.#length, value)
  }

  /** USD of whole nano-USD: all decimal places that there are, so that it is read as the same number that a division would have made. */
  usd(nano: number): void {
    if (!(nano >= 0 && nano <= Number.MAX_SAFE_INTEGER)) return this.value(nano / NANO)
    if (this.#length + LONGEST_NUMBER > this.#bytes.length) this.#next(LONGEST_NUMBER)
    const dollars = nano < NANO ? 0 : Math.floor(nano / NANO)
    const point = digits(this.#bytes, this.#length, dollars)
    const rest = nano - dollars * NANO
    this.#length = rest === 0 ? point : decimals(this.#bytes, point, rest)
  }

  /** What was written, in pieces. Nothing may be written afterwards. */
  end(): readonly Buffer[] {
    return [...this.#full, this.#written()]
  }

  #written(): Buffer {
    return Buffer.from(this.#bytes.buffer, 0, this.#length)
  }

  #next(atLeast: number): void {
    this.#full.push(this.#written())
    this.#fullBytes += this.#length
    this.#bytes = room(Math.max(PIECE_BYTES, atLeast))
    this.#length = 0
  }
}

/** Room that is not cleared, and not as a `Buffer`: copying into one takes twice as long. */
function room(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer, 0, length)
}

/** Writes a whole number. Answers where it ends. */
function digits(bytes: Uint8Array, start: number, value: number): number {
  let end = start + 1
  for (let bound = 10; value >= bound; bound *= 10) end += 1
  let at = end - 1
  let rest = value
  for (; rest >= SMALL; at -= 1) {
    const tenth = Math.floor(rest / 10)
    bytes[at] = ZERO + (rest - tenth * 10)
    rest = tenth
  }
  fill(bytes, start, at, rest)
  return end
}

/** Writes nano-USD below one as decimal places, without zeros at the end. Answers where they end. */
function decimals(bytes: Uint8Array, point: number, nano: number): number {
  let places = 9
  let rest = nano | 0
  for (; rest % 10 === 0; places -= 1) rest = (rest / 10) | 0
  bytes[point] = POINT
  fill(bytes, point + 1, point + places, rest)
  return point + 1 + places
}

/** Writes a small number into all the places from one to another, with zeros before it. */
function fill(bytes: Uint8Array, from: number, to: number, value: number): void {
  let rest = value | 0
  for (let at = to; at >= from; at -= 1) {
    const tenth = (rest / 10) | 0
    bytes[at] = ZERO + (rest - tenth * 10)
    rest = tenth
  }
}
