import { byteText, modelValue } from '../stream/json-text.ts'

/** Puts the caller's model name into a JSON body, given and returned as byte text; see `json-text.ts`. */
export function renameModelInBody(body: string, model: string): string {
  const found = modelValue(body, 0, body.length)
  return found ? body.slice(0, found.start) + byteText(JSON.stringify(model)) + body.slice(found.end) : body
}
