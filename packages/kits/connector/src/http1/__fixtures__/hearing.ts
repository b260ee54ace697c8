import { Malformed } from '../malformed.ts'
import type { ResponseHead } from '../response-head.ts'
import { ResponseReader, type ResponseSink } from '../response-reader.ts'

/** What was heard of an answer, however it was cut. */
export interface Hearing {
  readonly heads: readonly ResponseHead[]
  /** Latin-1. */
  readonly body: string
  readonly ends: number
  /** Why the answer was refused. */
  readonly refused: string | undefined
  /** Bytes that nobody asked for. */
  readonly excess: number
}

/** Keeps what it hears. */
export class Ear implements ResponseSink {
  stopped = false
  readonly heads: ResponseHead[] = []
  body = ''
  ends = 0
  readonly #onPiece: () => void

  constructor(onPiece: () => void = () => {}) {
    this.#onPiece = onPiece
  }

  onHead(head: ResponseHead): void {
    this.heads.push(head)
  }

  onBody(piece: Buffer): void {
    this.body += piece.toString('latin1')
    this.#onPiece()
  }

  onEnd(): void {
    this.ends++
  }
}

/** Cuts at these places. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length)).filter((piece) => piece.length > 0)
}

/** Reads the pieces, each from a buffer that is overwritten afterwards, and goes on after a refusal as if nothing had been. */
export function hear(pieces: readonly Buffer[], bodiless: boolean, maxHead = 65_536): Hearing {
  const ear = new Ear()
  const reader = new ResponseReader(ear, maxHead)
  reader.expect(bodiless)
  let refused: string | undefined
  let excess = 0
  for (const piece of pieces) {
    const shared = Buffer.from(piece)
    try {
      const used = reader.read(shared)
      if (refused === undefined) excess += piece.length - used
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      refused = error.reason
    }
    shared.fill(0x21)
  }
  reader.close()
  return { heads: ear.heads, body: ear.body, ends: ear.ends, refused, excess }
}
