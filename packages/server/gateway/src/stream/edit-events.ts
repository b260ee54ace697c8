import { endOfEvent, startOfEvent } from './event-bounds.ts'

const USAGE = Buffer.from('"usage"')
const MODEL = Buffer.from('"model"')
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const SPACE = 0x20
const COLON = 0x3a
const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Takes the usage that the gateway asked for out of passing OpenAI events: an event that carries only
 * usage (`choices` empty) is left out, in other events the value becomes `null`. Most pieces speak of
 * no usage and come back as they are.
 */
export function hideUsage(bytes: Buffer): Buffer {
  let at = usageObject(bytes, 0)
  if (at === -1) return bytes
  const kept: Buffer[] = []
  let from = 0
  while (at !== -1) {
    const start = startOfEvent(bytes, at)
    const end = endOfEvent(bytes, at)
    kept.push(bytes.subarray(from, start), withoutUsage(bytes.subarray(start, end)))
    from = end
    at = usageObject(bytes, end)
  }
  kept.push(bytes.subarray(from))
  return Buffer.concat(kept)
}

/** Where a `"usage"` key with an object as its value stands; OpenAI writes `"usage":null` elsewhere. */
function usageObject(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(USAGE, from)
  while (at !== -1) {
    let value = skipSpace(bytes, at + USAGE.length)
    if (bytes[value] === COLON) value = skipSpace(bytes, value + 1)
    if (bytes[value] === OPEN_BRACE) return at
    at = bytes.indexOf(USAGE, value)
  }
  return -1
}

const nothing = Buffer.alloc(0)

function withoutUsage(event: Buffer): Buffer {
  const text = event.toString('utf8')
  const data = text.indexOf('data:')
  try {
    const chunk = JSON.parse(text.slice(data + 5)) as { choices?: unknown[]; usage?: unknown }
    if (!Array.isArray(chunk.choices) || chunk.choices.length === 0) return nothing
    return Buffer.from(`${text.slice(0, data)}data: ${JSON.stringify({ ...chunk, usage: null })}\n\n`)
  } catch {
    // Not one JSON object: not ours to change.
    return event
  }
}

/** Puts the caller's model name into passing events: as the `model` of each, at the top. `replacement` is the JSON text of the name. */
export function renameModel(bytes: Buffer, replacement: Buffer): Buffer {
  const kept: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(MODEL); at !== -1; at = bytes.indexOf(MODEL, at)) {
    const start = startOfEvent(bytes, at)
    const end = endOfEvent(bytes, at)
    const found = modelValue(bytes, start, end, at)
    if (found) {
      kept.push(bytes.subarray(from, found.start), replacement)
      from = found.end
    }
    at = end
  }
  return joined(bytes, kept, from)
}

/** As {@link renameModel}, for a body of JSON. */
export function renameModelInBody(bytes: Buffer, replacement: Buffer): Buffer {
  const at = bytes.indexOf(MODEL)
  const found = at === -1 ? undefined : modelValue(bytes, 0, bytes.length, at)
  if (!found) return bytes
  // One allocation: this is on the path of every plain answer.
  const renamed = Buffer.allocUnsafe(bytes.length - (found.end - found.start) + replacement.length)
  bytes.copy(renamed, 0, 0, found.start)
  replacement.copy(renamed, found.start)
  bytes.copy(renamed, found.start + replacement.length, found.end)
  return renamed
}

function joined(bytes: Buffer, kept: Buffer[], from: number): Buffer {
  if (kept.length === 0) return bytes
  kept.push(bytes.subarray(from))
  return Buffer.concat(kept)
}

/** Where the text value of the top `model` key stands, between `start` and `end`. `at` is the first `"model"` there. */
function modelValue(bytes: Buffer, start: number, end: number, at: number): { start: number; end: number } | undefined {
  const second = bytes.indexOf(MODEL, at + MODEL.length)
  // Providers write it once, at the top; only with several does the depth have to be counted.
  const only = second === -1 || second >= end
  let depth = 0
  let scanned = start
  for (let found = at; found !== -1 && found < end; found = bytes.indexOf(MODEL, found + MODEL.length)) {
    const value = valueAfterKey(bytes, found)
    if (!value) continue
    if (only) return value
    depth += depthBetween(bytes, scanned, found)
    scanned = found
    if (depth === 1) return value
  }
  return undefined
}

/** The text value behind the key at `at`; undefined when it is no key, or has another value. */
function valueAfterKey(bytes: Buffer, at: number): { start: number; end: number } | undefined {
  if (bytes[at - 1] === BACKSLASH) return undefined
  let start = skipSpace(bytes, at + MODEL.length)
  if (bytes[start] !== COLON) return undefined
  start = skipSpace(bytes, start + 1)
  if (bytes[start] !== QUOTE) return undefined
  const end = stringEnd(bytes, start)
  return end === -1 ? undefined : { start, end }
}

/** How much deeper `to` lies than `from`, both outside strings. */
function depthBetween(bytes: Buffer, from: number, to: number): number {
  let depth = 0
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i]
    if (byte === QUOTE) {
      const end = stringEnd(bytes, i)
      if (end === -1) return depth
      i = end - 1
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1
  }
  return depth
}

/** Index behind the JSON string that starts at `start`; -1 when it does not end. */
function stringEnd(bytes: Buffer, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start + 1); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let slashes = 0
    while (bytes[quote - 1 - slashes] === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return quote + 1
  }
  return -1
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === SPACE || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1
  return at
}
