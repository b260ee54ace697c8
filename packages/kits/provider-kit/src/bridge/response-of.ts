import { type Call, type ChatChoice, type ChatResponse, type FinishReason, type ResponsesItem, type ResponsesRequest, type ResponsesResponse, type ResponsesUsage, type ToolCall, type UrlCitation, usageFromOpenAI, usageToResponses } from '@tianjillm/core'
import { asRecord, isRecord } from '../json.ts'
import { joinThinking, packThinking } from './reasoning.ts'

/** What a response says of its request, and of itself before it has begun. */
export function begunResponse(request: ResponsesRequest | undefined, call: Call): ResponsesResponse {
  const asked = request ?? ({} as Partial<ResponsesRequest>)
  return {
    id: `resp_${call.id}`,
    object: 'response',
    created_at: call.created,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    model: call.model,
    output: [],
    parallel_tool_calls: asked['parallel_tool_calls'] ?? true,
    previous_response_id: null,
    reasoning: { effort: asked.reasoning?.effort ?? null, summary: asked.reasoning?.summary ?? null },
    // The provider keeps nothing, whatever was asked for.
    store: false,
    temperature: asked['temperature'] ?? null,
    text: asked.text ?? { format: { type: 'text' } },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: asked.tools ?? [],
    top_p: asked['top_p'] ?? null,
    truncation: 'disabled',
    usage: null,
    user: asked['user'] ?? null,
    metadata: asked.metadata ?? {},
  }
}

/** How a response ends whose chat ended for a reason. */
export function endOf(finish: FinishReason | null | undefined): Pick<ResponsesResponse, 'status' | 'incomplete_details'> {
  if (finish === 'length') return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
  if (finish === 'content_filter') return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }
  return { status: 'completed', incomplete_details: null }
}

/** A chat's answer as a response: its first choice, since responses have one. */
export function responseOf(answer: ChatResponse, request: ResponsesRequest | undefined, call: Call): ResponsesResponse {
  const [choice] = answer.choices
  return {
    ...begunResponse(request, call),
    ...endOf(choice?.finish_reason),
    ...(answer.service_tier !== undefined && { service_tier: answer.service_tier }),
    output: choice ? itemsOf(choice, call) : [],
    usage: usageOf(answer),
  }
}

export function usageOf({ usage }: Pick<ChatResponse, 'usage'>): ResponsesUsage | null {
  const told = usageFromOpenAI(usage)
  return told ? usageToResponses(told) : null
}

function itemsOf({ message, logprobs }: ChatChoice, call: Call): ResponsesItem[] {
  const items: ResponsesItem[] = []
  const idOf = (kind: string): string => itemId(kind, call, items.length)
  const { content, refusal, reasoning_content: reasoning, thinking_blocks: thinking, annotations, tool_calls: calls, images } = message
  if (reasoning || (thinking && thinking.length > 0)) {
    const blocks: NonNullable<typeof thinking> = []
    joinThinking(blocks, thinking ?? [])
    const text = reasoning ?? blocks.map((block) => (block.type === 'thinking' ? block.thinking : '')).join('')
    items.push(reasoningItem(idOf('rs'), text, packThinking(blocks)))
  }
  // An answer that says nothing says so.
  if (content || refusal || (items.length === 0 && !calls?.length && !images?.length)) {
    const parts = [
      ...(content || !refusal ? [{ type: 'output_text', text: content ?? '', annotations: (annotations ?? []).map(annotationOf), logprobs: tokensOf(logprobs) }] : []),
      ...(refusal ? [{ type: 'refusal', refusal }] : []),
    ]
    items.push({ id: idOf('msg'), type: 'message', status: 'completed', role: 'assistant', content: parts })
  }
  for (const made of calls ?? []) items.push(callItem(idOf, made))
  for (const image of images ?? []) items.push(imageItem(idOf('ig'), image.image_url.url))
  return items
}

export function itemId(kind: string, { id }: Pick<Call, 'id'>, at: number): string {
  return `${kind}_${id.replaceAll(/[^\w]/g, '')}_${at}`
}

export function reasoningItem(id: string, text: string, encrypted: string | undefined): ResponsesItem {
  return { id, type: 'reasoning', summary: text === '' ? [] : [{ type: 'summary_text', text }], ...(encrypted !== undefined && { encrypted_content: encrypted }) }
}

export function imageItem(id: string, url: string): ResponsesItem {
  return { id, type: 'image_generation_call', status: 'completed', result: url.replace(/^data:[^,]*,/, '') }
}

export function callItem(idOf: (kind: string) => string, made: ToolCall): ResponsesItem {
  const custom = (made as { custom?: unknown }).custom
  if (isRecord(custom)) return { id: idOf('ctc'), type: 'custom_tool_call', status: 'completed', call_id: made.id, name: custom['name'], input: custom['input'] }
  // Some providers want back with a call what they sent with it.
  const { provider_specific_fields: fields } = made
  return { id: idOf('fc'), type: 'function_call', status: 'completed', call_id: made.id, name: made.function.name, arguments: made.function.arguments, ...(fields && { provider_specific_fields: fields }) }
}

export function annotationOf({ url_citation: { url, title = '', start_index = 0, end_index = 0 } }: UrlCitation): object {
  return { type: 'url_citation', url, title, start_index, end_index }
}

/** A chat's log probabilities of its text's tokens. */
export function tokensOf(logprobs: unknown): unknown[] {
  const { content } = asRecord(logprobs)
  return Array.isArray(content) ? content : []
}
