import type { Usage } from '@tianjillm/core'
import { depthBetween, valueAfterKey } from './json-text.ts'

const USAGE_KEY = '"usage"'
/** Longer than any provider's usage object. */
const USAGE_LENGTH = 4096
/** Text behind it that is worth going through; with more, parsing all is quicker. */
const AFTER_USAGE = 4096

/** Begins the key in every dialect: `usage`, `usageMetadata`. */
const USAGE = '"usage'
/** What OpenAI's chunks say before the last one. */
const nothingYet = /"usage"\s*:\s*null/y
/** Lines with usage that are kept: the first, which has Anthropic's input, and the last. */
const FIRST_LINES = 4
const MOST_LINES = 16
/** Pieces that are kept for what a stream's end looks like. */
const LAST_PIECES = 16
/** Characters of one of them. */
const MOST_OF_PIECE = 8 * 1024

/** Reads usage out of a stream that passes by, without parsing what does not speak of it. */
export interface UsageTap {
  /** Takes note of whole events (or lines, or a whole body): bytes read as Latin-1, one character a byte. */
  see(piece: string): void
  /** What the stream said, once it is complete. */
  read(): Usage | undefined
  /** The last pieces, as they were seen. */
  end(): string
}

/**
 * A tap for a passing stream. It holds on to the lines that tell usage (the first four and the last twelve), which covers OpenAI
 * (last event), Anthropic (first and last) and Gemini (`usageMetadata` in each), and to the last sixteen pieces.
 *
 * @param usageOf the adapter's reader of one parsed frame or body
 */
export function createUsageTap(usageOf: (body: unknown, before?: Usage) => Usage | undefined): UsageTap {
  const lines: string[] = []
  const pieces: string[] = []
  let seen = 0
  return {
    see(piece) {
      pieces[seen % LAST_PIECES] = piece
      seen += 1
      for (let at = piece.indexOf(USAGE); at !== -1; ) {
        nothingYet.lastIndex = at
        if (nothingYet.test(piece)) at = piece.indexOf(USAGE, nothingYet.lastIndex)
        else {
          const line = lineAt(piece, at)
          if (lines.length === MOST_LINES) lines.splice(FIRST_LINES, 1)
          lines.push(line.text)
          at = piece.indexOf(USAGE, line.end)
        }
      }
    },
    read: () => readUsage(lines, usageOf),
    end: () => [...pieces.slice(seen % LAST_PIECES), ...pieces.slice(0, seen % LAST_PIECES)].map((piece) => piece.slice(-MOST_OF_PIECE)).join(''),
  }
}

/** The line that speaks of usage; the whole piece where a body has several lines. */
function lineAt(piece: string, at: number): { readonly text: string; readonly end: number } {
  const start = piece.lastIndexOf('\n', at) + 1
  const newline = piece.indexOf('\n', at)
  const end = newline === -1 ? piece.length : newline
  const line = piece.slice(start, end).trim()
  const text = line.startsWith(DATA) ? line.slice(DATA.length) : line
  return text.trimStart().startsWith('{') && text.endsWith('}') ? { text, end } : { text: piece, end: piece.length }
}

const DATA = 'data:'

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

/** Usage told by a stream's lines, or undefined. Never throws. */
function readUsage(lines: readonly string[], usageOf: (body: unknown, before?: Usage) => Usage | undefined): Usage | undefined {
  let found: Usage | undefined
  for (const line of lines) {
    try {
      found = usageOf(JSON.parse(line), found) ?? found
    } catch {
      // Not one JSON object: it spoke of something else.
    }
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
