import { ChunkReader } from './chunk-reader.ts'
import { Malformed } from './malformed.ts'
import { CHUNKED, hasBareLineFeed, parseResponseHead, type ResponseHead, UNTIL_CLOSE } from './response-head.ts'

/** Takes an answer as it is read. Whatever it does, the reader stops after the piece in hand when {@link ResponseSink.stopped} says so. */
export interface ResponseSink {
  readonly stopped: boolean
  /** Also of interim answers (1xx); the last one is that of the answer. */
  onHead(head: ResponseHead): void
  /** A piece of the body. It may be a view into a buffer that is used again: who keeps it copies it. */
  onBody(piece: Buffer): void
  onEnd(): void
}

// The head, a body with a length, in chunks, up to the end of the connection; nothing more is expected; nothing more is believed.
const HEAD = 0
const COUNTED = 1
const CHUNKS = 2
const REST = 3
const DONE = 4
const BROKEN = 5

const headEnd = Buffer.from('\r\n\r\n')
const nothing = Buffer.alloc(0)

/**
 * Reads answers, one after another, from the bytes of one connection, cut anywhere (RFC 9112).
 * Knows no time, no socket, and nothing of what is asked.
 */
export class ResponseReader {
  readonly #sink: ResponseSink
  readonly #maxHead: number
  readonly #chunks: ChunkReader
  #state = DONE
  #bodiless = false
  /** Of a head whose end has not come. */
  #begun: Buffer = nothing
  /** Bytes of a counted body that have not come. */
  #left = 0

  /** @param maxHead the most bytes that a head, or the trailers, may have */
  constructor(sink: ResponseSink, maxHead: number) {
    this.#sink = sink
    this.#maxHead = maxHead
    this.#chunks = new ChunkReader(sink, maxHead)
  }

  /** An answer is expected. @param bodiless to a HEAD */
  expect(bodiless: boolean): void {
    this.#state = HEAD
    this.#bodiless = bodiless
  }

  /** Whether the answer has ended. */
  get done(): boolean {
    return this.#state === DONE
  }

  /** @returns how many bytes were used: all, unless the sink stopped it or the answer ended before. @throws Malformed, and reads nothing after it */
  read(bytes: Buffer): number {
    let at = 0
    try {
      while (at < bytes.length && this.#state < DONE && !this.#sink.stopped) at = this.#readOn(bytes, at)
    } catch (error) {
      this.#state = BROKEN
      throw error
    }
    return at
  }

  #readOn(bytes: Buffer, at: number): number {
    if (this.#state === HEAD) return this.#readHead(bytes, at)
    if (this.#state === COUNTED) return this.#readCounted(bytes, at)
    if (this.#state === CHUNKS) return this.#readChunks(bytes, at)
    this.#sink.onBody(at === 0 ? bytes : bytes.subarray(at))
    return bytes.length
  }

  /** The other side has said its last. @returns whether the answer ends so, as one without a length does */
  close(): boolean {
    if (this.#state !== REST) return this.#state === DONE
    this.#finish()
    return true
  }

  #readHead(bytes: Buffer, at: number): number {
    const found = this.#begun.length === 0 ? bytes.indexOf(headEnd, at) : -1
    if (found !== -1) {
      if (found - at > this.#maxHead) throw new Malformed('a head that is larger than allowed')
      this.#take(bytes.toString('latin1', at, found))
      return found + 4
    }
    const before = this.#begun.length
    const all = Buffer.concat([this.#begun, at === 0 ? bytes : bytes.subarray(at)])
    const end = all.indexOf(headEnd, Math.max(0, before - 3))
    // Three bytes may be of its end already.
    if ((end === -1 ? all.length - 3 : end) > this.#maxHead) throw new Malformed('a head that is larger than allowed')
    if (end === -1) {
      if (!couldBegin(all)) throw new Malformed('not a status line')
      // The end of such a head would be waited for in vain.
      if (hasBareLineFeed(all.toString('latin1'), before)) throw new Malformed('a bad line end in the head')
      this.#begun = all
      return bytes.length
    }
    this.#begun = nothing
    this.#take(all.toString('latin1', 0, end))
    return at + end + 4 - before
  }

  #take(text: string): void {
    const head = parseResponseHead(text, this.#bodiless)
    if (head.status === 101) throw new Malformed('another protocol, which was not asked for')
    // Interim answers are followed by others (RFC 9110, 15.2).
    if (head.status < 200) {
      this.#sink.onHead(head)
      return
    }
    this.#left = head.length
    this.#state = head.length === CHUNKED ? CHUNKS : head.length === UNTIL_CLOSE ? REST : COUNTED
    this.#chunks.begin()
    this.#sink.onHead(head)
    if (this.#left === 0) this.#finish()
  }

  #readCounted(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left)
    this.#left -= end - at
    this.#sink.onBody(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
    if (this.#left === 0) this.#finish()
    return end
  }

  #readChunks(bytes: Buffer, at: number): number {
    const end = this.#chunks.read(bytes, at)
    if (this.#chunks.done) this.#finish()
    return end
  }

  #finish(): void {
    if (this.#state === DONE) return
    this.#state = DONE
    this.#sink.onEnd()
  }
}

const start = Buffer.from('HTTP/1.')

/** Whether this is the beginning of a status line: who speaks another protocol waits for us otherwise. */
function couldBegin(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, start.length)
  return bytes.compare(start, 0, length, 0, length) === 0
}
