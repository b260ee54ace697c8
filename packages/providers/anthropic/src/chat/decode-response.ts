import { type ChatResponse, GatewayError, type ThinkingBlock, type ToolCall, type UrlCitation } from '@tianjillm/core'
import { asArray, asRecord, asString, isRecord } from '@tianjillm/provider-kit'
import { isJsonTool, providerFields, refusalOf, thinkingBlockOf } from './answer.ts'
import { annotationsOf } from './citations.ts'
import { finishReasonOf } from './finish-reason.ts'
import { jsonText } from './response-format.ts'
import { usageField, usageOfBody } from './usage.ts'
import type { Block } from './wire.ts'

export interface DecodeFacts {
  readonly provider: string
  /** Seconds since the epoch: Anthropic sends no time. */
  readonly created: number
  /** The tool that `response_format` became. */
  readonly jsonTool: 'plain' | 'wrapped' | undefined
}

/**
 * An answer of the Messages API as a chat completion.
 *
 * @throws `upstream_malformed`
 */
export function decodeChat(body: unknown, { provider, created, jsonTool }: DecodeFacts): ChatResponse {
  if (!isRecord(body) || !Array.isArray(body['content'])) throw new GatewayError('upstream_malformed', `${provider} answered with something that is not a message.`, { provider })
  const blocks = body['content'].filter((block): block is Block => isRecord(block) && typeof block['type'] === 'string')
  const answer = blocks.find((block) => isJsonTool(block, jsonTool))
  const { text, annotations } = textOf(blocks)
  const thinking = blocks.map(thinkingBlockOf).filter((block) => block !== undefined)
  const toolCalls = blocks.filter((block) => block.type === 'tool_use' && block !== answer).map(toolCallOf)
  // Words around a JSON answer would break it.
  const content = answer ? jsonText(answer['input'], jsonTool!) : text === '' ? null : text
  const finish = finishReasonOf(asString(body['stop_reason']))
  const usage = usageOfBody(body)
  const refusal = refusalOf(body)
  const fields = providerFields(body, answer ? blocks.filter((block) => block !== answer && block.type !== 'text') : blocks)
  const tier = asString(asRecord(body['usage'])['service_tier'])
  return {
    id: asString(body['id']) ?? '',
    object: 'chat.completion',
    created,
    model: asString(body['model']) ?? '',
    choices: [{
      index: 0,
      message: {
        role: 'assistant',
        content,
        ...(refusal !== undefined && { refusal }),
        ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
        ...(annotations.length > 0 && !answer && { annotations }),
        ...reasoningOf(thinking),
        ...(fields && { provider_specific_fields: fields }),
      },
      finish_reason: answer && toolCalls.length === 0 && finish === 'tool_calls' ? 'stop' : finish,
    }],
    ...(usage && { usage: usageField(usage, body['usage']) }),
    ...(tier !== undefined && { service_tier: tier }),
    ...responseFields(body),
  }
}

function textOf(blocks: readonly Block[]): { text: string; annotations: UrlCitation[] } {
  let text = ''
  const annotations: UrlCitation[] = []
  for (const block of blocks) {
    if (block.type !== 'text') continue
    const start = text.length
    text += asString(block['text']) ?? ''
    annotations.push(...annotationsOf(asArray(block['citations']), start, text.length))
  }
  return { text, annotations }
}

function reasoningOf(blocks: readonly ThinkingBlock[]): { reasoning_content?: string; thinking_blocks?: ThinkingBlock[] } {
  if (blocks.length === 0) return {}
  return { reasoning_content: blocks.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''), thinking_blocks: [...blocks] }
}

function toolCallOf(block: Block): ToolCall {
  return { id: asString(block['id']) ?? '', type: 'function', function: { name: asString(block['name']) ?? '', arguments: JSON.stringify(block['input'] ?? {}) } }
}

/** Facts about the answer as a whole that OpenAI has no fields for. */
export function responseFields(body: Readonly<Record<string, unknown>>): { provider_specific_fields?: Record<string, unknown> } {
  const fields = Object.fromEntries(['container', 'context_management'].flatMap((name) => (isRecord(body[name]) ? [[name, body[name]]] : [])))
  return Object.keys(fields).length > 0 ? { provider_specific_fields: fields } : {}
}
