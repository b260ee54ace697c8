import { type AssistantMessage, type ChatMessage, type ContentPart, GatewayError, type SystemMessage, type ToolMessage } from '@tianjillm/core'
import { isRecord, parseJson } from '@tianjillm/provider-kit'
import type { Family } from '../model.ts'
import { cachePoint } from './cache-point.ts'
import { type Block, mediaBlock } from './media.ts'
import { bedrockName } from './names.ts'

/** Messages in Converse's form. */
export interface EncodedMessages {
  readonly system: readonly Block[]
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: readonly Block[] }[]
}

/**
 * Splits off system text, and joins neighbours of one role: Converse wants user and assistant in
 * turns, and the results of parallel tool calls in one message.
 *
 * @throws `invalid_request` naming the message
 */
export function encodeMessages(messages: readonly ChatMessage[], family: Family): EncodedMessages {
  const system: Block[] = []
  const turns: { role: 'user' | 'assistant'; content: Block[] }[] = []
  const documents = { count: 0 }
  for (const [index, message] of messages.entries()) {
    const path = `messages[${index}]`
    if (isSystem(message)) {
      system.push(...contentBlocks(message.content, path, family, documents), ...listOf(cachePoint(message.cache_control, family)))
      continue
    }
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const blocks = messageBlocks(message, path, family, documents)
    if (blocks.length === 0) continue
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...blocks)
    else turns.push({ role, content: blocks })
  }
  return { system, messages: turns }
}

function messageBlocks(message: Exclude<ChatMessage, SystemMessage>, path: string, family: Family, documents: { count: number }): Block[] {
  switch (message.role) {
    case 'assistant':
      return [...assistantBlocks(message, path, family, documents), ...listOf(cachePoint(message.cache_control, family))]
    case 'tool':
      return [toolResult(message, path, family, documents), ...listOf(cachePoint(message.cache_control ?? partMark(message), family))]
    case 'function':
      throw new GatewayError('invalid_request', `bedrock: ${path} has the role \`function\`, which names no call. Send \`tool_calls\` and messages of the role \`tool\`.`, { param: `${path}.role` })
    default:
      return [...contentBlocks(message.content, path, family, documents), ...listOf(cachePoint(message.cache_control, family))]
  }
}

/** Reasoning first, then text, then calls: the order in which Bedrock gave them and checks them. */
function assistantBlocks(message: AssistantMessage, path: string, family: Family, documents: { count: number }): Block[] {
  return [
    ...reasoningBlocks(message),
    ...contentBlocks(message.content ?? '', path, family, documents),
    ...(message.refusal ? textBlock(message.refusal) : []),
    ...(message.tool_calls ?? []).map((call, index) => ({
      toolUse: { toolUseId: bedrockName(call.id), name: bedrockName(call.function.name), input: inputOf(call.function.arguments, `${path}.tool_calls[${index}].function.arguments`) },
    })),
  ]
}

/** Text without a signature is not sent back: models that sign their reasoning refuse it, and the others do not need it. */
function reasoningBlocks({ thinking_blocks: blocks }: AssistantMessage): Block[] {
  return (blocks ?? []).flatMap((block): Block[] => {
    if (block.type === 'redacted_thinking') return [{ reasoningContent: { redactedContent: block.data } }]
    return block.signature ? [{ reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } }] : []
  })
}

function inputOf(json: string, param: string): Record<string, unknown> {
  if (json.trim() === '') return {}
  const input = parseJson(json)
  if (!isRecord(input)) throw new GatewayError('invalid_request', `bedrock: ${param} is not a JSON object.`, { param })
  return input
}

/** A tool's answer; an empty one is no block at all, since blank text is refused. */
function toolResult({ tool_call_id: id, content }: ToolMessage, path: string, family: Family, documents: { count: number }): Block {
  // A cache point has no place inside a result: it follows it.
  const bare = typeof content === 'string' ? content : content.map((part) => ('cache_control' in part ? { ...part, cache_control: null } : part))
  return { toolResult: { toolUseId: bedrockName(id), content: contentBlocks(bare, path, family, documents) } }
}

function partMark({ content }: ToolMessage) {
  return typeof content === 'string' ? undefined : content.map((part) => ('cache_control' in part ? part.cache_control : undefined)).findLast((mark) => mark !== undefined && mark !== null)
}

function contentBlocks(content: string | readonly ContentPart[], path: string, family: Family, documents: { count: number }): Block[] {
  if (typeof content === 'string') return textBlock(content)
  return content.flatMap((part, index) => {
    const blocks = partBlocks(part, `${path}.content[${index}]`, documents)
    return blocks.length === 0 ? [] : [...blocks, ...listOf(cachePoint('cache_control' in part ? part.cache_control : undefined, family))]
  })
}

function partBlocks(part: ContentPart, path: string, documents: { count: number }): Block[] {
  const media = (data: string, name: string, more: { format?: string | undefined; filename?: string | undefined } = {}): Block[] =>
    [mediaBlock({ data, ...more }, `${path}.${name}`, documents.count++)]
  switch (part.type) {
    case 'text': return textBlock(part.text)
    case 'refusal': return textBlock(part.refusal)
    case 'image_url': return typeof part.image_url === 'string' ? media(part.image_url, 'image_url') : media(part.image_url.url, 'image_url.url', { format: part.image_url.format })
    case 'input_audio': return media(part.input_audio.data, 'input_audio.data', { format: `audio/${part.input_audio.format}` })
    case 'file': {
      const data = part.file.file_data ?? part.file.file_id
      if (data === undefined) throw new GatewayError('invalid_request', `bedrock: ${path}.file has neither file_data nor file_id.`, { param: `${path}.file` })
      return media(data, part.file.file_data === undefined ? 'file.file_id' : 'file.file_data', { format: part.file.format, filename: part.file.filename })
    }
    default: return otherPart(part, path)
  }
}

/** Parts that OpenAI does not define: LiteLLM's `guarded_text`, and Converse's own blocks, which are sent as they are. */
function otherPart(part: unknown, path: string): Block[] {
  if (isRecord(part)) {
    if (part['type'] === 'guarded_text' && typeof part['text'] === 'string') return [{ guardContent: { text: { text: part['text'] } } }]
    if (['guardContent', 'document', 'video', 'image', 'audio', 'json', 'searchResult', 'cachePoint'].some((name) => name in part) && !('type' in part)) return [part]
  }
  throw new GatewayError('invalid_request', `bedrock: ${path} has a type that Bedrock does not take. Send text, image_url, file or input_audio.`, { param: `${path}.type` })
}

/** Bedrock refuses blank text. */
function textBlock(text: string): Block[] {
  return text.trim() === '' ? [] : [{ text }]
}

function isSystem(message: ChatMessage): message is SystemMessage {
  return message.role === 'system' || message.role === 'developer'
}

function listOf(block: Block | undefined): Block[] {
  return block === undefined ? [] : [block]
}
