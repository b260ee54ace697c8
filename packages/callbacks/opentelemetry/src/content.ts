import type { CallRecord, ChatResponse } from '@tianjillm/core'
import type { AttributeValue } from './attributes.ts'
import { finishReason, inputMessages, outputMessages } from './messages.ts'

type Attributes = Record<string, AttributeValue | undefined>

/**
 * What only the texts tell: messages, tools and sampling parameters of the request; messages, id,
 * model and finish reasons of the answer. Empty when the record has no text.
 */
export function contentAttributes(record: CallRecord): Attributes {
  if (!record.text) return {}
  return { ...requestAttributes(record.text.request), ...responseAttributes(record.text.response) }
}

function requestAttributes(body: unknown): Attributes {
  if (typeof body !== 'object' || body === null) return {}
  const request = body as Record<string, unknown>
  const { stop, n } = request
  return {
    'gen_ai.request.max_tokens': whole(request['max_completion_tokens'] ?? request['max_tokens']),
    'gen_ai.request.temperature': double(request['temperature']),
    'gen_ai.request.top_p': double(request['top_p']),
    'gen_ai.request.top_k': double(request['top_k']),
    'gen_ai.request.frequency_penalty': double(request['frequency_penalty']),
    'gen_ai.request.presence_penalty': double(request['presence_penalty']),
    'gen_ai.request.seed': whole(request['seed']),
    'gen_ai.request.choice.count': n === 1 ? undefined : whole(n),
    'gen_ai.request.stop_sequences': typeof stop === 'string' ? [stop] : strings(stop),
    'gen_ai.embeddings.dimension.count': whole(request['dimensions']),
    'gen_ai.input.messages': json(inputMessages(request['messages'])),
    'gen_ai.tool.definitions': json(toolDefinitions(request['tools'])),
  }
}

function responseAttributes(body: unknown): Attributes {
  if (typeof body !== 'object' || body === null) return {}
  const response = body as Partial<ChatResponse>
  const reasons = Array.isArray(response.choices) ? response.choices.map(({ finish_reason }) => finish_reason).filter((reason) => typeof reason === 'string').map(finishReason) : []
  return {
    'gen_ai.response.id': typeof response.id === 'string' ? response.id : undefined,
    'gen_ai.response.model': typeof response.model === 'string' ? response.model : undefined,
    'gen_ai.response.finish_reasons': reasons.length > 0 ? reasons : undefined,
    'gen_ai.output.messages': json(outputMessages(response)),
  }
}

/** Names and types only: descriptions and schemas are large, and the conventions advise against them. */
function toolDefinitions(tools: unknown): object[] {
  if (!Array.isArray(tools)) return []
  return tools.map((tool: { type?: string; name?: string; function?: { name?: string } } | null) => ({ type: tool?.type ?? 'function', name: tool?.function?.name ?? tool?.name ?? '' }))
}

const json = (items: readonly object[]): string | undefined => (items.length > 0 ? JSON.stringify(items) : undefined)
const whole = (value: unknown): number | undefined => (Number.isSafeInteger(value) ? value as number : undefined)
const double = (value: unknown): AttributeValue | undefined => (typeof value === 'number' && Number.isFinite(value) ? { double: value } : undefined)
const strings = (value: unknown): string[] | undefined => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? value as string[] : undefined)
