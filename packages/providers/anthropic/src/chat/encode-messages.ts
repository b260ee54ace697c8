import { type AssistantMessage, type ChatMessage, GatewayError, type ToolMessage } from '@tianjillm/core'
import { asArray, asRecord, isRecord } from '@tianjillm/provider-kit'
import { contentBlocks, markLast } from './encode-content.ts'
import { type Block, type Turn } from './wire.ts'

/** A conversation in Anthropic's form. */
export interface Conversation {
  readonly system: Block[]
  /** Turns of user and assistant, by turns. */
  readonly turns: Turn[]
  /** Names of the tools that were called so far. */
  readonly calledTools: ReadonlySet<string>
}

/**
 * Messages as system blocks and alternating turns: system prompts come first wherever they stood, tool
 * results are user content, and neighbours of one role become one turn.
 */
export function encodeMessages(messages: readonly ChatMessage[]): Conversation {
  const system: Block[] = []
  const turns: Turn[] = []
  const calledTools = new Set<string>()
  const add = (role: Turn['role'], blocks: readonly Block[]): void => {
    if (blocks.length === 0) return
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...blocks)
    else turns.push({ role, content: [...blocks] })
  }
  // The legacy form has no ids: a result belongs to the call before it.
  let legacy = 0
  for (const [i, message] of messages.entries()) {
    const where = `messages[${i}]`
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(...systemBlocks(message, where))
        break
      case 'user':
        add('user', markLast(contentBlocks(message.content, `${where}.content`), message.cache_control))
        break
      case 'assistant':
        for (const [j, call] of (message.tool_calls ?? []).entries()) {
          if (!isRecord(call.function)) throw new GatewayError('invalid_request', 'Claude has no custom tools: a tool call must be a function call.', { param: `${where}.tool_calls[${j}]` })
          calledTools.add(call.function.name)
        }
        if (message.function_call) calledTools.add(message.function_call.name)
        add('assistant', assistantBlocks(message, where, message.function_call ? `function_${(legacy += 1)}` : ''))
        break
      case 'tool':
        add('user', [toolResult(message, where)])
        break
      case 'function':
        add('user', [{ type: 'tool_result', tool_use_id: `function_${legacy}`, ...(message.content && { content: message.content }) }])
        break
      default:
        throw new GatewayError('invalid_request', `\`role\` is ${JSON.stringify((message as { role?: unknown }).role)}; it must be system, developer, user, assistant or tool.`, { param: `${where}.role` })
    }
  }
  if (turns.length === 0) throw new GatewayError('invalid_request', 'Claude needs at least one user message that is not empty.', { param: 'messages' })
  trimPrefill(turns)
  return { system, turns, calledTools }
}

function systemBlocks(message: Extract<ChatMessage, { role: 'system' | 'developer' }>, where: string): Block[] {
  const blocks = contentBlocks(message.content, `${where}.content`)
  const odd = blocks.findIndex((block) => block.type !== 'text')
  if (odd !== -1) throw new GatewayError('invalid_request', 'A system prompt must be text.', { param: `${where}.content` })
  return markLast(blocks, message.cache_control)
}

/** In the API's order: thinking, text, tool calls. */
function assistantBlocks(message: AssistantMessage, where: string, legacyId: string): Block[] {
  const raw = rawBlocks(message)
  if (raw) return markLast(raw, message.cache_control)
  const blocks = (message.thinking_blocks ?? []).flatMap((block): Block[] => {
    // Thinking without its signature is refused; the API does without earlier thinking.
    if (block.type === 'redacted_thinking') return [{ type: 'redacted_thinking', data: block.data }]
    return block.signature ? [{ type: 'thinking', thinking: block.thinking, signature: block.signature }] : []
  })
  blocks.push(...contentBlocks(message.content, `${where}.content`))
  if (message.refusal) blocks.push(...contentBlocks(message.refusal, `${where}.refusal`))
  for (const [i, call] of (message.tool_calls ?? []).entries()) {
    blocks.push({ type: 'tool_use', id: toolId(call.id), name: call.function.name, input: inputOf(call.function.arguments, `${where}.tool_calls[${i}].function.arguments`) })
  }
  const legacy = message.function_call
  if (legacy) blocks.push({ type: 'tool_use', id: legacyId, name: legacy.name, input: inputOf(legacy.arguments, `${where}.function_call.arguments`) })
  return markLast(blocks, message.cache_control)
}

/**
 * The answer's own blocks, which our decoder puts into `provider_specific_fields` when OpenAI's fields
 * cannot hold them all. Not used once the caller has changed the message.
 */
function rawBlocks(message: AssistantMessage): Block[] | undefined {
  const raw = asArray(message.provider_specific_fields?.['content_blocks']).filter((block): block is Block => isRecord(block) && typeof block['type'] === 'string')
  if (raw.length === 0) return undefined
  const text = raw.map((block) => (block.type === 'text' ? String(block['text']) : '')).join('')
  const ids = raw.flatMap((block) => (block.type === 'tool_use' ? [block['id']] : []))
  const calls = message.tool_calls ?? []
  const same = text === (typeof message.content === 'string' ? message.content : '') && ids.length === calls.length && calls.every(({ id }, i) => id === ids[i])
  return same ? raw : undefined
}

function toolResult(message: ToolMessage, where: string): Block {
  const content = typeof message.content === 'string' ? message.content : contentBlocks(message.content, `${where}.content`)
  return {
    type: 'tool_result',
    tool_use_id: toolId(message.tool_call_id),
    ...(content.length > 0 && { content }),
    ...(asRecord(message)['is_error'] === true && { is_error: true }),
    ...(message.cache_control && { cache_control: message.cache_control }),
  }
}

/** Ids of other providers may hold characters that Anthropic refuses. */
function toolId(id: string): string {
  return id.replaceAll(/[^a-zA-Z0-9_-]/g, '_')
}

function inputOf(json: string, where: string): Record<string, unknown> {
  if (json.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(json)
    if (isRecord(value)) return value
  } catch {
    // Said below, without the text: it may be private.
  }
  throw new GatewayError('invalid_request', 'The arguments of a tool call must be a JSON object.', { param: where })
}

/** The API refuses a last assistant turn that ends in white space. */
function trimPrefill(turns: Turn[]): void {
  const last = turns.at(-1)!
  const block = last.content.at(-1)
  if (last.role === 'assistant' && block?.type === 'text') last.content[last.content.length - 1] = { ...block, text: String(block['text']).trimEnd() }
}
