/**
 * Chat messages in the conventions' form: a role and typed parts. Recorded as JSON text, which
 * every backend reads (structured span attributes few do). Inline files are named by type and
 * size, their bytes are not recorded.
 *
 * Source: https://github.com/open-telemetry/semantic-conventions-genai (gen-ai-input-messages.json,
 * gen-ai-output-messages.json)
 */
import type { ChatMessage, ChatResponse, ContentPart } from '@tianjillm/core'

interface Part {
  readonly type: string
  readonly [field: string]: unknown
}

export interface Message {
  readonly role: string
  readonly parts: readonly Part[]
  readonly name?: string
  readonly finish_reason?: string
}

/** `gen_ai.input.messages` of a chat request's messages; anything that is no list of messages yields none. */
export function inputMessages(messages: unknown): Message[] {
  return Array.isArray(messages) ? messages.filter(isMessage).map(inputMessage) : []
}

/** `gen_ai.output.messages` of a chat answer: one message a choice. */
export function outputMessages(response: Partial<ChatResponse> | undefined): Message[] {
  if (!Array.isArray(response?.choices)) return []
  return response.choices.map((choice) => ({
    role: 'assistant',
    parts: choice.message ? assistantParts(choice.message) : [],
    finish_reason: finishReason(choice.finish_reason),
  }))
}

/** The conventions' finish reasons differ from OpenAI's in one word. */
export function finishReason(reason: string): string {
  return reason === 'tool_calls' || reason === 'function_call' ? 'tool_call' : reason
}

function isMessage(value: unknown): value is ChatMessage {
  return typeof value === 'object' && value !== null && typeof (value as { role?: unknown }).role === 'string'
}

function inputMessage(message: ChatMessage): Message {
  const role = message.role === 'developer' ? 'system' : message.role === 'function' ? 'tool' : message.role
  return { role, parts: inputParts(message), ...(typeof message.name === 'string' && { name: message.name }) }
}

function inputParts(message: ChatMessage): Part[] {
  if (message.role === 'tool') return [{ type: 'tool_call_response', id: message.tool_call_id, response: plainText(message.content) }]
  if (message.role === 'function') return [{ type: 'tool_call_response', id: null, response: message.content }]
  return message.role === 'assistant' ? assistantParts(message) : contentParts(message.content)
}

type Assistant = Partial<Pick<Extract<ChatMessage, { role: 'assistant' }>, 'content' | 'refusal' | 'reasoning_content' | 'tool_calls'>>

function assistantParts(message: Assistant): Part[] {
  const parts: Part[] = []
  if (message.reasoning_content) parts.push({ type: 'reasoning', content: message.reasoning_content })
  parts.push(...contentParts(message.content))
  if (message.refusal) parts.push({ type: 'refusal', content: message.refusal })
  for (const call of message.tool_calls ?? []) parts.push({ type: 'tool_call', id: call.id, name: call.function?.name ?? '', arguments: parsed(call.function?.arguments) })
  return parts
}

function contentParts(content: string | readonly ContentPart[] | null | undefined): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }]
  return Array.isArray(content) ? content.map((part: ContentPart) => contentPart(part)) : []
}

function contentPart(part: ContentPart): Part {
  switch (part.type) {
    case 'text': return { type: 'text', content: part.text }
    case 'refusal': return { type: 'refusal', content: part.refusal }
    case 'image_url': return link(typeof part.image_url === 'string' ? part.image_url : part.image_url.url, 'image')
    case 'input_audio': return { type: 'blob', modality: 'audio', mime_type: `audio/${part.input_audio.format}`, content: '', size: base64Size(part.input_audio.data) }
    case 'file': return file(part.file)
    // A part of a newer kind: its type is recorded, what it holds is not known.
    default: return { type: (part as { type: string }).type }
  }
}

function file({ file_id, file_data, filename }: Extract<ContentPart, { type: 'file' }>['file']): Part {
  if (file_id !== undefined) return { type: 'file', modality: 'document', file_id }
  return { ...link(file_data ?? '', 'document'), ...(filename !== undefined && { filename }) }
}

/** A file by its address, or the outline of one that is inline. */
function link(url: string, modality: string): Part {
  if (/^(https?|gs|s3):/i.test(url)) return { type: 'uri', modality, uri: url }
  const data = /^data:([^;,]*)[^,]*,/.exec(url)
  return { type: 'blob', modality, ...(data?.[1] && { mime_type: data[1] }), content: '', size: base64Size(url.slice(data?.[0].length ?? 0)) }
}

const base64Size = (text: string): number => Math.floor((text.length * 3) / 4)

function plainText(content: string | readonly ContentPart[]): string {
  return typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** Arguments are JSON text that a model wrote; what does not parse stays text. */
function parsed(json: string | undefined): unknown {
  if (json === undefined) return {}
  try {
    return JSON.parse(json) as unknown
  } catch {
    return json
  }
}
