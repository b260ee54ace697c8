import type { Call, ChatMessage, ChatRequest } from '@tianjillm/core'
import { cleanList, foreignFields, without } from './foreign-fields.ts'
import type { OpenAIQuirks } from './quirks.ts'

/**
 * A chat request in OpenAI's form. Returns the request itself when it already is: the gateway
 * then forwards the caller's own bytes.
 */
export function createChatEncoder(quirks: OpenAIQuirks): (input: ChatRequest, call: Call) => ChatRequest {
  const strip = foreignFields(quirks)
  const rename = createFieldRenamer<ChatRequest>(quirks.rename)
  return (original, call) => {
    const input = rename(original, call)
    const messages = cleanList(input.messages, (message) => cleanMessage(message, strip, quirks))
    const tools = input.tools === undefined ? undefined : cleanList(input.tools, (tool) => without(tool, strip))
    const hot = quirks.maxTemperature !== undefined && typeof input.temperature === 'number' && input.temperature > quirks.maxTemperature
    if (messages === input.messages && tools === input.tools && !hot) return input
    const output: ChatRequest = { ...input, model: call.model, messages: messages as ChatMessage[] }
    if (tools !== undefined) output.tools = tools as NonNullable<ChatRequest['tools']>
    if (hot) {
      call.drop('temperature')
      delete output.temperature
    }
    return output
  }
}

/** Gives fields their upstream's names; the request itself when it has none of them. */
export function createFieldRenamer<T extends { model: string }>(rename: Readonly<Record<string, string>> = {}): (input: T, call: Call) => T {
  const names = Object.entries(rename)
  return (input, call) => {
    let copy: Record<string, unknown> | undefined
    for (const [from, to] of names) {
      const value = (input as Record<string, unknown>)[from]
      if (value === undefined) continue
      copy ??= { ...input, model: call.model }
      copy[to] ??= value
      delete copy[from]
    }
    return (copy as T | undefined) ?? input
  }
}

function cleanMessage(message: ChatMessage, strip: ReadonlySet<string>, quirks: OpenAIQuirks): ChatMessage {
  let cleaned: ChatMessage = without(message, strip)
  const content = cleaned.content
  if (Array.isArray(content)) {
    const parts = cleanList(content, (part) => without(part, strip))
    const text = quirks.textContentOnly === true && parts.every((part) => part.type === 'text')
    if (text) cleaned = { ...cleaned, content: parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n') } as ChatMessage
    else if (parts !== content) cleaned = { ...cleaned, content: parts } as ChatMessage
  }
  if (cleaned.role === 'assistant' && cleaned.tool_calls) {
    const calls = cleanList(cleaned.tool_calls, (toolCall) => without(toolCall, strip))
    if (calls !== cleaned.tool_calls) cleaned = { ...cleaned, tool_calls: [...calls] }
  }
  return cleaned
}
