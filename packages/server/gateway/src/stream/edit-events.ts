import { valueAfterKey } from '@tianjillm/provider-kit'
import { endOfEvent, startOfEvent } from './event-bounds.ts'
import { modelValue } from './json-text.ts'

const USAGE = '"usage"'
const MODEL = '"model"'

/**
 * Takes the usage that the gateway asked for out of passing OpenAI events: an event that carries only
 * usage (`choices` empty) is left out, in other events the value becomes `null`. Most pieces speak of
 * no usage and come back as they are.
 *
 * @param text the same as byte text; see `json-text.ts`
 */
export function hideUsage(bytes: Buffer, text: string): Buffer {
  let at = usageObject(text, 0)
  if (at === -1) return bytes
  const kept: Buffer[] = []
  let from = 0
  while (at !== -1) {
    const start = startOfEvent(text, at)
    const end = endOfEvent(text, at)
    kept.push(bytes.subarray(from, start), withoutUsage(bytes.subarray(start, end)))
    from = end
    at = usageObject(text, end)
  }
  kept.push(bytes.subarray(from))
  return Buffer.concat(kept)
}

/** Where a `"usage"` key with an object as its value stands; OpenAI writes `"usage":null` elsewhere. */
function usageObject(text: string, from: number): number {
  for (let at = text.indexOf(USAGE, from); at !== -1; at = text.indexOf(USAGE, at + USAGE.length)) {
    const value = valueAfterKey(text, at + USAGE.length)
    if (value !== -1 && text[value] === '{') return at
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

/** Puts the caller's model name into passing events: as the `model` of each, at the top. `replacement` is the JSON text of the name, `text` the same as `bytes`. */
export function renameModel(bytes: Buffer, text: string, replacement: Buffer): Buffer {
  let kept: Buffer[] | undefined
  let from = 0
  for (let at = text.indexOf(MODEL); at !== -1; ) {
    const start = startOfEvent(text, at)
    const end = endOfEvent(text, at)
    const found = modelValue(text, start, end)
    if (found) {
      ;(kept ??= []).push(bytes.subarray(from, found.start), replacement)
      from = found.end
    }
    at = text.indexOf(MODEL, end)
  }
  if (!kept) return bytes
  kept.push(bytes.subarray(from))
  return Buffer.concat(kept)
}
