import { type AssistantMessage, type Call, type ChatMessage, type ContentPart, GatewayError, type ResponsesItem, type ResponsesRequest, type ToolCall } from '@tianjillm/core'
import { asArray, asRecord, asString, isRecord } from '../json.ts'
import { unpackThinking } from './reasoning.ts'

type Json = Record<string, unknown>

/**
 * The messages that a request's `instructions` and `input` make. What stands beside a text (`cache_control`) stays beside it.
 * @throws `invalid_request` for what is no item; items that a chat has no place for are reported to the call
 */
export function messagesOf({ instructions, input }: Pick<ResponsesRequest, 'instructions' | 'input'>, call: Call): ChatMessage[] {
  const messages: ChatMessage[] = []
  if (typeof instructions === 'string' && instructions !== '') messages.push({ role: 'system', content: instructions })
  if (typeof input === 'string') messages.push({ role: 'user', content: input })
  else for (const [i, item] of asArray(input).entries()) addItem(messages, asRecord(item) as ResponsesItem, `input[${i}]`, call)
  return messages
}

function addItem(messages: ChatMessage[], item: ResponsesItem, path: string, call: Call): void {
  const mark = markOf(item)
  switch (item.type ?? 'message') {
    case 'message': return addMessage(messages, item, path, call)
    case 'reasoning': {
      const text = [...asArray(item['summary']), ...asArray(item.content)].map((part) => asString(asRecord(part)['text']) ?? '').join('\n')
      const blocks = unpackThinking(item['encrypted_content'])
      if (text === '' && !blocks) return
      Object.assign(openAssistant(messages, true), { ...(text !== '' && { reasoning_content: text }), ...(blocks && { thinking_blocks: blocks }) })
      return
    }
    case 'function_call': {
      const made: ToolCall = {
        id: textOf(item, 'call_id', path), type: 'function', function: { name: textOf(item, 'name', path), arguments: typeof item['arguments'] === 'string' ? item['arguments'] : '{}' },
        ...(isRecord(item['provider_specific_fields']) && { provider_specific_fields: item['provider_specific_fields'] }),
      }
      addCall(messages, made, mark)
      return
    }
    case 'custom_tool_call':
      addCall(messages, { id: textOf(item, 'call_id', path), type: 'custom', custom: { name: textOf(item, 'name', path), input: String(item['input'] ?? '') } } as unknown as ToolCall, mark)
      return
    case 'function_call_output': case 'custom_tool_call_output':
      messages.push({ role: 'tool', tool_call_id: textOf(item, 'call_id', path), content: contentOf(item['output'], `${path}.output`, call), ...mark })
      return
    case 'item_reference':
      throw new GatewayError('invalid_request', `\`${path}\` refers to an item that the provider would have to keep; it keeps none. Send the item itself.`, { param: path })
    default:
      call.drop(path)
  }
}

function addMessage(messages: ChatMessage[], item: ResponsesItem, path: string, call: Call): void {
  const { role = 'user' } = item
  const mark = markOf(item)
  if (role !== 'assistant') {
    if (role !== 'user' && role !== 'system' && role !== 'developer') throw new GatewayError('invalid_request', `\`${path}.role\` must be one of user, assistant, system, developer.`, { param: `${path}.role` })
    messages.push({ role, content: contentOf(item.content, `${path}.content`, call), ...mark })
    return
  }
  const content = contentOf(item.content, `${path}.content`, call)
  const last = messages.at(-1)
  // A reasoning item opened the message; a second text is another message.
  if (last?.role === 'assistant' && last.content === undefined && !last.tool_calls) Object.assign(last, { content, ...mark })
  else messages.push({ role: 'assistant', content, ...mark })
}

/** The assistant's message that is being put together. @param fresh it must not have said anything yet */
function openAssistant(messages: ChatMessage[], fresh: boolean): AssistantMessage {
  const last = messages.at(-1)
  if (last?.role === 'assistant' && !(fresh && (last.content !== undefined || last.tool_calls || last.reasoning_content))) return last
  const opened: AssistantMessage = { role: 'assistant' }
  messages.push(opened)
  return opened
}

function addCall(messages: ChatMessage[], made: ToolCall, mark: object): void {
  const message = openAssistant(messages, false)
  message.content ??= null
  message.tool_calls = [...(message.tool_calls ?? []), made]
  Object.assign(message, mark)
}

function contentOf(content: unknown, path: string, call: Call): string | ContentPart[] {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw new GatewayError('invalid_request', `\`${path}\` must be a string or a list of parts.`, { param: path })
  return content.flatMap((part: unknown, i) => partOf(asRecord(part), `${path}[${i}]`, call))
}

function partOf(part: Json, path: string, call: Call): ContentPart[] {
  const mark = markOf(part)
  switch (part['type']) {
    case 'input_text': case 'output_text': case 'text': return [{ type: 'text', text: textOf(part, 'text', path), ...mark }]
    case 'refusal': return [{ type: 'refusal', refusal: textOf(part, 'refusal', path) }]
    case 'input_image': {
      const url = asString(part['image_url'])
      if (url === undefined) throw new GatewayError('invalid_request', `\`${path}.image_url\` is required: files that were uploaded to OpenAI are not known to this provider.`, { param: `${path}.image_url` })
      const detail = asString(part['detail'])
      return [{ type: 'image_url', image_url: { url, ...(detail !== undefined && { detail: detail as 'auto' }) }, ...mark }]
    }
    case 'input_file': {
      const data = asString(part['file_data']) ?? asString(part['file_url'])
      const id = asString(part['file_id'])
      const filename = asString(part['filename'])
      if (data === undefined && id === undefined) throw new GatewayError('invalid_request', `\`${path}.file_data\`, \`file_url\` or \`file_id\` is required.`, { param: `${path}.file_data` })
      // An address stands where chat has it: as the id of a file.
      const file = asString(part['file_data']) === undefined ? { file_id: data ?? id! } : { file_data: data! }
      return [{ type: 'file', file: { ...file, ...(filename !== undefined && { filename }) }, ...mark }]
    }
    case 'input_audio': return [{ type: 'input_audio', input_audio: asRecord(part['input_audio']) as { data: string; format: string }, ...mark }]
    default:
      call.drop(path)
      return []
  }
}

function markOf(holder: Json): object {
  return isRecord(holder['cache_control']) ? { cache_control: holder['cache_control'] } : {}
}

function textOf(holder: Json, field: string, path: string): string {
  const value = holder[field]
  if (typeof value === 'string') return value
  throw new GatewayError('invalid_request', `\`${path}.${field}\` must be a string.`, { param: `${path}.${field}` })
}
