import type { ContentPart } from '@tianjillm/core'
import { isRecord, parseJson } from '@tianjillm/provider-kit'
import { isAtLeast } from '../model.ts'
import type { Part } from '../wire.ts'
import { splitId } from './encode-assistant.ts'
import { encodeParts, type FileUri } from './encode-parts.ts'

/**
 * A tool's result. Text that is a JSON object is the response itself, other text stands under
 * `output`. Media go within the response from Gemini 3 on, and beside it before.
 * Source: https://ai.google.dev/api/caching#FunctionResponse
 * @throws `invalid_request`
 */
export function encodeToolResult(name: string, id: string | undefined, content: string | readonly ContentPart[], where: string, model: string, fileUri: FileUri): Part[] {
  const parts = encodeParts(content, where, fileUri)
  const text = parts.map((part) => part.text ?? '').join('')
  const media = parts.filter((part) => part.text === undefined)
  const inline = media.flatMap(({ inlineData }) => (inlineData ? [{ inlineData }] : []))
  const within = inline.length > 0 && inline.length === media.length && isAtLeast(model, 3)
  const value = parseJson(text)
  const [callId] = splitId(id)
  return [
    { functionResponse: { ...(callId !== undefined && { id: callId }), name, response: isRecord(value) ? value : { output: text }, ...(within && { parts: inline }) } },
    ...(within ? [] : media),
  ]
}
