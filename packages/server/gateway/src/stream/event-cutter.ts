import { endOfEvents } from './event-bounds.ts'

/** Longest beginning of an event's end that a piece may stop in: `\r\n\r`. */
const TAIL = 3

/** Cuts a stream's bytes behind whole SSE events. A large event that comes in many pieces is copied once. */
export class EventCutter {
  #pieces: Buffer[] = []
  /** Bytes that wait for their event's end. */
  held = 0

  /** The whole events so far, or undefined while the first of them lacks its end. */
  push(chunk: Buffer): Buffer | undefined {
    if (this.held === 0) {
      const end = endOfEvents(chunk)
      // As it mostly is: a part of a buffer is dear to make.
      if (end === chunk.length) return end === 0 ? undefined : chunk
      this.#hold(chunk.subarray(end))
      return end === 0 ? undefined : chunk.subarray(0, end)
    }
    const tail = this.#tail()
    const seam = Buffer.concat([tail, chunk])
    const end = endOfEvents(seam)
    if (end === 0) {
      this.#hold(chunk)
      return undefined
    }
    const cut = end - tail.length
    const events = Buffer.concat([...this.#pieces, chunk.subarray(0, cut)])
    this.#pieces = []
    this.held = 0
    if (cut < chunk.length) this.#hold(chunk.subarray(cut))
    return events
  }

  /** The stream is over. Some upstreams leave out the last blank line: a whole last event gets it; `cut` when it is not whole. */
  end(): Buffer | 'cut' | undefined {
    const rest = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.held = 0
    const lines = rest.toString('utf8').split(/\r\n|\n|\r/)
    const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice('data:'.length).trim()).join('\n')
    if (data === '') return lines.some((line) => 'data:'.startsWith(line) && line !== '') ? 'cut' : undefined
    return data === '[DONE]' || isJson(data) ? Buffer.concat([rest, Buffer.from('\n\n')]) : 'cut'
  }

  #hold(piece: Buffer): void {
    this.#pieces.push(piece)
    this.held += piece.length
  }

  #tail(): Buffer {
    const last = this.#pieces.at(-1)!
    return last.length >= TAIL || this.#pieces.length === 1 ? last.subarray(-TAIL) : Buffer.concat(this.#pieces.slice(-TAIL)).subarray(-TAIL)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
