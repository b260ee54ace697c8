import type { Usage } from '@tianjillm/core'
import { depthBetween, valueAfterKey } from './json-text.ts'

/** Bytes kept from the start and from the end of a body; usage stands in one of them in every dialect. */
const HEAD_BYTES = 8 * 1024
const TAIL_BYTES = 32 * 1024

const USAGE = Buffer.from('"usage')
const USAGE_KEY = '"usage"'
/** Longer than any provider's usage object. */
const USAGE_LENGTH = 4096
/** Text behind it that is worth going through; with more, parsing all is quicker. */
const AFTER_USAGE = 4096
const DATA = 'data:'

/** Reads usage out of bytes that pass by, without parsing what does not speak of it. */
export interface UsageTap {
  /** Takes note of a piece: bytes read as Latin-1, one character a byte. */
  see(piece: string): void
  /** What the bytes said, once they are complete. */
  read(): Usage | undefined
  /** What it held on to: the beginning and the end, as text. */
  text(): string
}

/**
 * A tap for a passing body. It holds on to the first 8 KiB and the last 32 KiB; at the end it parses
 * only the lines that contain `"usage`, which covers OpenAI (last event), Anthropic (first and last)
 * and Gemini (`usageMetadata` in each).
 *
 * @param usageOf the adapter's reader of one parsed frame or body
 */
export function createUsageTap(usageOf: (body: unknown, before?: Usage) => Usage | undefined): UsageTap {
  const head: string[] = []
  let headBytes = 0
  let tail: Tail | undefined
  const kept = (): Buffer => Buffer.concat([Buffer.from(head.join(''), 'latin1'), ...(tail ? [tail.bytes()] : [])])
  return {
    see(piece) {
      if (headBytes < HEAD_BYTES) {
        head.push(piece)
        headBytes += piece.length
      } else (tail ??= new Tail(TAIL_BYTES)).add(piece)
    },
    read: () => readUsage(kept(), usageOf),
    text: () => kept().toString('utf8'),
  }
}

/**
 * The last bytes of a stream. They are copied into one piece of memory: hundreds of kept pieces for each of
 * hundreds of streams are what garbage collection would be busy with.
 */
class Tail {
  readonly #least: number
  #bytes: Buffer
  #end = 0

  constructor(least: number) {
    this.#least = least
    this.#bytes = Buffer.allocUnsafeSlow(2 * least)
  }

  add(piece: string): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(piece.length)
    this.#end += this.#bytes.write(piece, this.#end, 'latin1')
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end)
  }

  #makeRoom(length: number): void {
    const from = Math.max(0, this.#end - this.#least)
    const room = this.#end - from + length > this.#bytes.length ? Buffer.allocUnsafeSlow(this.#end - from + length) : this.#bytes
    this.#bytes.copy(room, 0, from, this.#end)
    this.#bytes = room
    this.#end -= from
  }
}

/**
 * Usage told by a whole JSON body, or undefined. Never throws.
 *
 * @param text the body as UTF-8 text, or its bytes read as Latin-1: numbers read the same in both
 */
export function readBodyUsage(text: string, usageOf: (body: unknown) => Usage | undefined): Usage | undefined {
  // Providers write usage last; parsing that object alone spares the parse of the text.
  const at = text.lastIndexOf(USAGE_KEY)
  const start = at === -1 ? -1 : valueAfterKey(text, at + USAGE_KEY.length)
  const end = start === -1 ? -1 : closingBrace(text, start)
  // One brace is left to close: the key is the body's own. A backslash before it would make it part of a string.
  if (end === -1 || text[at - 1] === '\\' || text.length - end > AFTER_USAGE || depthBetween(text, end, text.length) !== -1) return readWhole(text, usageOf)
  try {
    return usageOf({ usage: JSON.parse(text.slice(start, end)) as unknown }) ?? readWhole(text, usageOf)
  } catch {
    return readWhole(text, usageOf)
  }
}

/** Index behind the brace that closes the object at `start`; usage holds no texts with braces. */
function closingBrace(text: string, start: number): number {
  const most = Math.min(text.length, start + USAGE_LENGTH)
  let depth = 0
  for (let i = start; i < most; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 0x7b) depth += 1
    else if (code === 0x7d) {
      depth -= 1
      if (depth === 0) return i + 1
    }
  }
  return -1
}

/** Usage told by a stream's bytes, or undefined. Never throws. */
function readUsage(bytes: Buffer, usageOf: (body: unknown, before?: Usage) => Usage | undefined): Usage | undefined {
  let found: Usage | undefined
  let at = bytes.indexOf(USAGE)
  while (at !== -1) {
    const start = bytes.lastIndexOf(10, at) + 1
    const newline = bytes.indexOf(10, at)
    const end = newline === -1 ? bytes.length : newline
    const line = bytes.toString('utf8', start, end).trim()
    const text = line.startsWith(DATA) ? line.slice(DATA.length) : line
    try {
      found = usageOf(JSON.parse(text), found) ?? found
    } catch {
      // A pretty-printed body spans lines; it is parsed whole, once.
      if (!line.startsWith(DATA)) return readWhole(bytes.toString('utf8'), usageOf) ?? found
    }
    at = bytes.indexOf(USAGE, end)
  }
  return found
}

function readWhole(text: string, usageOf: (body: unknown) => Usage | undefined): Usage | undefined {
  try {
    return usageOf(JSON.parse(text))
  } catch {
    return undefined
  }
}
