import type { Call, ChatMessage, ChatRequest, ContentPart } from '@tianjillm/core'
import { asNumber, asRecord, isRecord } from '@tianjillm/provider-kit'
import { type ModelTraits, traitsOf } from '../models.ts'
import { betasFor } from './betas.ts'
import { contentBlocks } from './encode-content.ts'
import { encodeMessages } from './encode-messages.ts'
import { allowedTools, encodeTools, forgottenTools, toolChoiceOf, webSearchTool } from './encode-tools.ts'
import { type EncodedFormat, encodeFormat, JSON_TOOL } from './response-format.ts'
import { samplingOf, serviceTierOf, stopSequencesOf, userIdOf } from './sampling.ts'
import { thinkingOf } from './thinking.ts'
import type { Block, Turn } from './wire.ts'

type Json = Record<string, unknown>

export interface EncodedChat {
  readonly body: Json
  /** Beta features that the body needs. */
  readonly betas: readonly string[]
  readonly jsonTool: EncodedFormat['jsonTool']
}

/** Fields that are mapped below, or mean nothing upstream; all others are Anthropic's own and are sent as they are. */
const mapped = new Set([
  'model', 'messages', 'stream', 'stream_options', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'max_tokens', 'max_completion_tokens',
  'temperature', 'top_p', 'top_k', 'n', 'stop', 'reasoning_effort', 'thinking', 'modalities', 'user', 'safety_identifier', 'metadata', 'service_tier',
  'web_search_options', 'output_config', 'mcp_servers', 'stop_sequences', 'system',
])

/** LiteLLM's room for the answer beside an explicit thinking budget. */
const ROOM_BESIDE_THINKING = 4096

/** A chat request in the form of the Messages API. Source: https://platform.claude.com/docs/en/api/messages */
export function encodeChat(input: ChatRequest, call: Call): EncodedChat {
  const traits = traitsOf(call.model)
  if (typeof input.n === 'number' && input.n !== 1) call.drop('n')
  if (input.modalities?.some((modality) => modality !== 'text')) call.drop('modalities')
  const { system, turns, calledTools } = encodeMessages(input.messages)
  // Anthropic's own field, for callers who know it.
  system.unshift(...contentBlocks(input['system'] as string | ContentPart[] | undefined, 'system'))
  const asked = input.max_completion_tokens ?? input.max_tokens ?? undefined
  const { thinking, effort } = thinkingOf(input, call, traits, asked, endsInOpenTurn(input.messages))
  const budget = asNumber(thinking?.['budget_tokens'])
  const format = encodeFormat(input.response_format, traits)
  const tools = toolFields(input, call, traits, format, calledTools, budget !== undefined)
  const userId = userIdOf(input)
  const tier = serviceTierOf(input.service_tier, call)
  const stop = stopSequencesOf(input.stop ?? (input['stop_sequences'] as string[] | undefined), call)
  const outputConfig: Json = { ...(effort !== undefined && { effort }), ...(format.native && { format: format.native }), ...asRecord(input['output_config']) }
  const body: Json = {
    model: call.model,
    max_tokens: asked ?? Math.max(traits.maxOutput, budget === undefined ? 0 : budget + ROOM_BESIDE_THINKING),
    ...(system.length > 0 && { system }),
    messages: turns,
    ...tools,
    ...(thinking && { thinking }),
    ...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
    ...samplingOf(input, call, traits, thinking?.['type'] === 'enabled' || thinking?.['type'] === 'adaptive'),
    ...(stop && { stop_sequences: stop }),
    ...(userId !== undefined && { metadata: { user_id: userId } }),
    ...(tier !== undefined && { service_tier: tier }),
    ...(call.stream && { stream: true }),
  }
  for (const [field, value] of Object.entries(input)) {
    if (!mapped.has(field) && value !== undefined && value !== null) body[field] = value
  }
  return { body, betas: betasFor(body, (tools['tools'] ?? []) as Json[], usesFiles(turns)), jsonTool: format.jsonTool }
}

function toolFields(input: ChatRequest, call: Call, traits: ModelTraits, format: EncodedFormat, calledTools: ReadonlySet<string>, budgeted: boolean): Json {
  const { tools: given, mcpServers } = encodeTools(input.tools, traits)
  const tools = allowedTools(given, input.tool_choice)
  if (isRecord(input.web_search_options)) tools.push(webSearchTool(input.web_search_options))
  const own = tools.length
  const forgotten = own === 0 && calledTools.size > 0
  if (forgotten) tools.push(...forgottenTools(calledTools))
  const canForce = traits.forcedTools && !budgeted
  let choice: Json | undefined = forgotten ? { type: 'none' } : own === 0 && mcpServers.length === 0 ? undefined : toolChoiceOf(input, call, canForce)
  if (format.tool) {
    tools.push(format.tool)
    choice = choiceWithJsonTool(choice, own, canForce)
  }
  const servers = [...mcpServers, ...((input['mcp_servers'] as Json[] | undefined) ?? [])]
  return { ...(tools.length > 0 && { tools }), ...(choice && { tool_choice: choice }), ...(servers.length > 0 && { mcp_servers: servers }) }
}

/** The answer's tool must be called, unless the caller's own tools may be called instead. */
function choiceWithJsonTool(choice: Json | undefined, own: number, canForce: boolean): Json | undefined {
  const type = choice?.['type']
  if (type === 'any' || type === 'tool') return choice
  if (!canForce) return type === 'none' ? undefined : choice
  return own === 0 || type === 'none' ? { type: 'tool', name: JSON_TOOL, disable_parallel_tool_use: true } : { ...choice, type: 'any' }
}

/** Whether tools' results are the last words, and the call came back without the signed thinking that a budget demands. */
function endsInOpenTurn(messages: readonly ChatMessage[]): boolean {
  if (messages.at(-1)?.role !== 'tool') return false
  const last = messages.findLast((message) => message.role === 'assistant')
  if (!last?.tool_calls?.length) return false
  return !(last.thinking_blocks ?? []).some((block) => block.type === 'redacted_thinking' || block.signature)
}

function usesFiles(turns: readonly Turn[]): boolean {
  const inBlock = (block: Block): boolean =>
    block.type === 'container_upload' || asRecord(block['source'])['type'] === 'file' || (Array.isArray(block['content']) && block['content'].some((inner) => isRecord(inner) && inBlock(inner as Block)))
  return turns.some(({ content }) => content.some(inBlock))
}
