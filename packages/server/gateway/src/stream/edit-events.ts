import { valueAfterKey } from '@tianjillm/provider-kit'
import { endOfEvent, startOfEvent } from './event-bounds.ts'
import { byteText, modelValue } from './json-text.ts'

const USAGE = '"usage"'
const MODEL = '"model"'

/**
 * Takes the usage that the gateway asked for out of passing OpenAI events: an event that carries only
 * usage (`choices` empty) is left out, in other events the value becomes `null`. Most pieces speak of
 * no usage and come back as they are.
 *
 * @param text byte text, as is what comes back; see `json-text.ts`
 */
export function hideUsage(text: string): string {
  let kept = ''
  let from = 0
  for (let at = usageObject(text, 0); at !== -1; at = usageObject(text, from)) {
    const start = startOfEvent(text, at)
    const end = endOfEvent(text, at)
    kept += text.slice(from, start) + withoutUsage(text.slice(start, end))
    from = end
  }
  return from === 0 ? text : kept + text.slice(from)
}

/** Where a `"usage"` key with an object as its value stands; OpenAI writes `"usage":null` elsewhere. */
function usageObject(text: string, from: number): number {
  for (let at = text.indexOf(USAGE, from); at !== -1; at = text.indexOf(USAGE, at + USAGE.length)) {
    const value = valueAfterKey(text, at + USAGE.length)
    if (value !== -1 && text[value] === '{') return at
  }
  return -1
}

function withoutUsage(event: string): string {
  const text = Buffer.from(event, 'latin1').toString('utf8')
  const data = text.indexOf('data:')
  try {
    const chunk = JSON.parse(text.slice(data + 5)) as { choices?: unknown[]; usage?: unknown }
    if (!Array.isArray(chunk.choices) || chunk.choices.length === 0) return ''
    return byteText(`${text.slice(0, data)}data: ${JSON.stringify({ ...chunk, usage: null })}\n\n`)
  } catch {
    // Not one JSON object: not ours to change.
    return event
  }
}

/**
 * Puts the caller's model name into passing events: as the `model` of each, at the top. The events of one stream begin
 * alike, so where the name stands is looked up for the first and compared for the others. All is byte text.
 */
export class ModelRename {
  readonly #name: string
  /** How the last event began, its model included, and how that was shown. */
  #beginning = ''
  #shown = ''

  /** @param name JSON text of the name */
  constructor(name: string) {
    this.#name = name
  }

  in(text: string): string {
    let kept = ''
    let from = 0
    for (let at = text.indexOf(MODEL); at !== -1; ) {
      const start = startOfEvent(text, at)
      let end: number | undefined
      if (this.#beginning !== '' && text.startsWith(this.#beginning, start)) {
        kept += text.slice(from, start) + this.#shown
        from = start + this.#beginning.length
      } else {
        end = endOfEvent(text, at)
        const found = modelValue(text, start, end)
        if (found) {
          kept += text.slice(from, found.start) + this.#name
          from = found.end
          this.#remember(text.slice(start, found.end), text.slice(start, found.start))
        }
      }
      // Most pieces are one event, and have no second one to look for.
      at = text.indexOf(MODEL, end ?? from)
      if (at !== -1 && end === undefined) at = text.indexOf(MODEL, endOfEvent(text, from))
    }
    return from === 0 ? text : kept + text.slice(from)
  }

  #remember(beginning: string, before: string): void {
    if (beginning.length > LONGEST_BEGINNING) return
    this.#beginning = beginning
    this.#shown = before + this.#name
  }
}

/** Characters of an event's beginning that are worth comparing. */
const LONGEST_BEGINNING = 1024
