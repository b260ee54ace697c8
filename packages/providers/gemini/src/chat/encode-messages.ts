import { type AssistantMessage, type ChatMessage, type ContentPart, GatewayError } from '@tianjillm/core'
import { takesSystemInstruction } from '../model.ts'
import type { Content, Part } from '../wire.ts'
import { encodeAssistant } from './encode-assistant.ts'
import { encodeParts, type FileUri } from './encode-parts.ts'
import { encodeToolResult } from './encode-tool-result.ts'

/** Messages in Gemini's form: system texts apart, the rest as turns. */
export interface EncodedMessages {
  readonly system: Part[]
  readonly contents: Content[]
}

/**
 * Turns of `user` and `model`. Neighbours of one kind are one turn, and so are the results of
 * parallel calls, which the API wants together and right after the turn that made the calls.
 * @throws `invalid_request`
 */
export function encodeMessages(messages: readonly ChatMessage[], model: string, fileUri: FileUri): EncodedMessages {
  const system: Part[] = []
  const contents: Content[] = []
  const names = new Map<string, string>()
  let last: string | undefined
  const add = (kind: 'user' | 'model' | 'tool', parts: readonly Part[]): void => {
    if (parts.length === 0) return
    if (kind === last) contents.at(-1)!.parts.push(...parts)
    else contents.push({ role: kind === 'model' ? 'model' : 'user', parts: [...parts] })
    last = kind
  }
  for (const [i, message] of messages.entries()) {
    const where = `messages[${i}]`
    switch (message.role) {
      case 'system': case 'developer': {
        const parts = systemParts(message.content, where)
        if (takesSystemInstruction(model)) system.push(...parts)
        else add('user', parts)
        break
      }
      case 'user':
        add('user', encodeParts(message.content, where, fileUri))
        break
      case 'assistant':
        rememberNames(message, names)
        add('model', encodeAssistant(message, where, model, fileUri))
        break
      case 'tool': {
        const name = names.get(message.tool_call_id) ?? message.name
        if (name === undefined) throw new GatewayError('invalid_request', `Gemini needs the function's name with its result, and no earlier message has a tool call with the id of ${where}.`, { param: `${where}.tool_call_id` })
        add('tool', encodeToolResult(name, message.tool_call_id, message.content, where, model, fileUri))
        break
      }
      case 'function':
        add('tool', encodeToolResult(message.name, undefined, message.content ?? '', where, model, fileUri))
        break
      default:
        throw new GatewayError('invalid_request', `Unknown role in ${where}.`, { param: `${where}.role` })
    }
  }
  // The API refuses a request without a turn, which other APIs take: a system message alone.
  if (contents.length === 0) contents.push({ role: 'user', parts: [{ text: ' ' }] })
  return { system, contents }
}

function rememberNames(message: AssistantMessage, names: Map<string, string>): void {
  for (const call of message.tool_calls ?? []) if (typeof call.id === 'string' && typeof call.function?.name === 'string') names.set(call.id, call.function.name)
}

function systemParts(content: string | readonly ContentPart[], where: string): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }]
  return content.map((part, i) => {
    if (part.type !== 'text') throw new GatewayError('invalid_request', `${where} holds a part that is no text; Gemini takes only text in system messages.`, { param: `${where}.content[${i}]` })
    return { text: part.text }
  })
}
