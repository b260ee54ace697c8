import { Malformed } from './malformed.ts'

interface ChunkSink {
  readonly stopped: boolean
  onBody(piece: Buffer): void
}

// At the first digit of a size, in it, in blanks behind it, in an extension, before its LF; in the data, before its CR, before its LF;
// at the start of a trailer, in one, before its LF, before the last LF; at the end.
const SIZE = 0
const DIGITS = 1
const BLANK = 2
const EXTENSION = 3
const SIZE_LF = 4
const DATA = 5
const DATA_CR = 6
const DATA_LF = 7
const TRAILER = 8
const TRAILER_REST = 9
const TRAILER_LF = 10
const LAST_LF = 11
const DONE = 12

const CR = 0x0d
const LF = 0x0a
const SEMICOLON = 0x3b
/** 2^48 bytes. */
const MOST_DIGITS = 12

/** Reads a body in chunks, cut anywhere (RFC 9112, 7.1). Extensions and trailers are passed over. */
export class ChunkReader {
  readonly #sink: ChunkSink
  readonly #maxExtra: number
  #state = SIZE
  /** Of the chunk in hand: its size, then what is left of it. */
  #left = 0
  #digits = 0
  /** Bytes of extensions and trailers since data came. */
  #extra = 0

  /** @param maxExtra the most bytes of extensions or trailers in a row */
  constructor(sink: ChunkSink, maxExtra: number) {
    this.#sink = sink
    this.#maxExtra = maxExtra
  }

  begin(): void {
    this.#state = SIZE
    this.#extra = 0
  }

  get done(): boolean {
    return this.#state === DONE
  }

  /** @returns where it stopped: at the end of the bytes or of the body, or where the sink said so. @throws Malformed */
  read(bytes: Buffer, from: number): number {
    let at = from
    while (at < bytes.length && this.#state !== DONE) {
      if (this.#state === DATA) {
        const end = Math.min(bytes.length, at + this.#left)
        this.#left -= end - at
        if (this.#left === 0) this.#state = DATA_CR
        this.#sink.onBody(bytes.subarray(at, end))
        at = end
        if (this.#sink.stopped) return at
      } else {
        this.#step(bytes[at]!)
        at++
      }
    }
    return at
  }

  #step(byte: number): void {
    switch (this.#state) {
      case SIZE:
      case DIGITS:
        this.#readSize(byte)
        return
      case BLANK:
        this.#count()
        this.#endSize(byte)
        return
      case EXTENSION:
        this.#count()
        if (byte === CR) this.#state = SIZE_LF
        else if (byte === LF) throw new Malformed('a bad line end after a chunk size')
        return
      case SIZE_LF:
        this.#need(byte, LF)
        this.#state = this.#left === 0 ? TRAILER : DATA
        return
      case DATA_CR:
        this.#need(byte, CR)
        this.#state = DATA_LF
        return
      case DATA_LF:
        this.#need(byte, LF)
        this.#state = SIZE
        this.#extra = 0
        return
      case TRAILER:
      case TRAILER_REST:
        this.#count()
        if (byte === LF) throw new Malformed('a bad line end in a trailer')
        if (byte === CR) this.#state = this.#state === TRAILER ? LAST_LF : TRAILER_LF
        else this.#state = TRAILER_REST
        return
      case TRAILER_LF:
        this.#need(byte, LF)
        this.#state = TRAILER
        return
      default:
        this.#need(byte, LF)
        this.#state = DONE
    }
  }

  #readSize(byte: number): void {
    const digit = hexDigit(byte)
    if (digit >= 0) {
      if (this.#state === SIZE) {
        this.#left = 0
        this.#digits = 0
        this.#state = DIGITS
      }
      this.#digits++
      if (this.#digits > MOST_DIGITS) throw new Malformed('a bad chunk size')
      this.#left = this.#left * 16 + digit
      return
    }
    if (this.#state === SIZE) throw new Malformed('a bad chunk size')
    this.#endSize(byte)
  }

  /** Behind the digits: an extension, blanks before one (RFC 9112, 7.1.1), or the line's end. */
  #endSize(byte: number): void {
    if (byte === CR) this.#state = SIZE_LF
    else if (byte === SEMICOLON) this.#state = EXTENSION
    else if (byte === 0x20 || byte === 0x09) this.#state = BLANK
    else throw new Malformed('a bad chunk size')
  }

  #need(byte: number, wanted: number): void {
    if (byte !== wanted) throw new Malformed('a bad line end in the chunks')
  }

  #count(): void {
    this.#extra++
    if (this.#extra > this.#maxExtra) throw new Malformed('more chunk extensions or trailers than allowed')
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
