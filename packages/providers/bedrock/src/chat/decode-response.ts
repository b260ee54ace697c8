import { type Call, type ChatChoice, type ChatResponse, GatewayError, type ThinkingBlock, type ToolCall, usageToOpenAI } from '@tianjillm/core'
import { asArray, asRecord, asString, isRecord } from '@tianjillm/provider-kit'
import { factsOf } from './facts.ts'
import { finishReason } from './finish-reason.ts'
import { usageOf } from './usage.ts'

/**
 * An answer of Converse. Lenient.
 *
 * @throws `upstream_malformed` when it has no message
 */
export function decodeChat(body: unknown, call: Call): ChatResponse {
  const content = asRecord(asRecord(asRecord(body)['output'])['message'])['content']
  if (!isRecord(body) || !Array.isArray(content)) throw new GatewayError('upstream_malformed', 'bedrock answered something that is not a Converse message.', { provider: 'bedrock' })
  const usage = usageOf(body)
  const tier = asString(asRecord(body['serviceTier'])['type'])
  const rest = extras(body)
  const { message, called } = messageOf(content, call)
  return {
    id: `chatcmpl-${call.id}`,
    object: 'chat.completion',
    created: call.created,
    model: call.model,
    choices: [{ index: 0, message, finish_reason: finishReason(body['stopReason'], called) }],
    ...(usage && { usage: usageToOpenAI(usage) }),
    ...(tier !== undefined && { service_tier: tier }),
    ...(Object.keys(rest).length > 0 && { provider_specific_fields: rest }),
  }
}

/** What OpenAI's form has no place for. */
function extras(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(['trace', 'additionalModelResponseFields'].filter((name) => isRecord(body[name])).map((name) => [name, body[name]]))
}

function messageOf(content: readonly unknown[], call: Call): { message: ChatChoice['message']; called: boolean } {
  const { jsonTool, toolNames } = factsOf(call)
  const thinking: ThinkingBlock[] = []
  const calls: ToolCall[] = []
  const others: unknown[] = []
  const citations: unknown[] = []
  let text: string | undefined
  let answer: string | undefined
  for (const block of content.map(asRecord)) {
    const { toolUse, reasoningContent, citationsContent } = block
    if (typeof block['text'] === 'string') text = (text ?? '') + block['text']
    else if (isRecord(toolUse) && toolUse['type'] !== 'server_tool_use') {
      const name = asString(toolUse['name']) ?? ''
      const input = JSON.stringify(toolUse['input'] ?? {})
      if (name === jsonTool) answer = input
      else calls.push({ id: asString(toolUse['toolUseId']) ?? `call_${calls.length}`, type: 'function', function: { name: toolNames.get(name) ?? name, arguments: input } })
    } else if (isRecord(reasoningContent)) {
      const read = thinkingOf(reasoningContent)
      if (read !== undefined) thinking.push(read)
    } else if (isRecord(citationsContent)) {
      text = (text ?? '') + asArray(citationsContent['content']).map((part) => asString(asRecord(part)['text']) ?? '').join('')
      citations.push(...asArray(citationsContent['citations']))
    } else if (Object.keys(block).length > 0) others.push(block)
  }
  const reasoning = thinking.map((block) => (block.type === 'thinking' ? block.thinking : '')).join('')
  const specific = { ...(citations.length > 0 && { citations }), ...(others.length > 0 && { content_blocks: others }) }
  return {
    called: calls.length > 0,
    message: {
      role: 'assistant',
      content: answer ?? text ?? null,
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(reasoning !== '' && { reasoning_content: reasoning }),
      ...(thinking.length > 0 && { thinking_blocks: thinking }),
      ...(Object.keys(specific).length > 0 && { provider_specific_fields: specific }),
    },
  }
}

/** `reasoningContent`, whose members are either readable or opaque. */
function thinkingOf(content: Readonly<Record<string, unknown>>): ThinkingBlock | undefined {
  if (typeof content['redactedContent'] === 'string') return { type: 'redacted_thinking', data: content['redactedContent'] }
  const { text, signature } = asRecord(content['reasoningText'])
  if (typeof text !== 'string' && typeof signature !== 'string') return undefined
  return { type: 'thinking', thinking: asString(text) ?? '', ...(typeof signature === 'string' && { signature }) }
}
