import { type Call, type ChatRequest, type FunctionTool, GatewayError, type ResponsesRequest } from '@tianjillm/core'
import { asArray, asRecord, asString, isRecord } from '../json.ts'
import { messagesOf } from './input-messages.ts'

type Json = Record<string, unknown>

/** Fields that a chat has under another name, or not at all; others have their own name there. */
const translated: Readonly<Record<string, string>> = { max_output_tokens: 'max_completion_tokens', reasoning: 'reasoning_effort', tools: 'tools', tool_choice: 'tool_choice', parallel_tool_calls: 'parallel_tool_calls', top_logprobs: 'top_logprobs' }
/** Fields about keeping, filing and delivering an answer: a chat provider has nothing to do for them. */
const indifferent: ReadonlySet<string> = new Set(['store', 'include', 'metadata', 'stream_options', 'prompt_cache_retention', 'max_tool_calls', 'instructions', 'background', 'conversation', 'prompt', 'previous_response_id', 'text', 'truncation'])
/** Of these a provider takes what it knows. */
const optional: readonly string[] = ['user', 'safety_identifier', 'prompt_cache_key', 'service_tier']
const own: ReadonlySet<string> = new Set(['model', 'input', 'stream', ...Object.keys(translated), ...indifferent, ...optional])

/** What of an adapter the translation must know. */
export interface ChatSupport {
  supports?(field: string, model: string): boolean
  readonly asksForStreamUsage?: boolean
}

/** Whether a field of a responses request can be said to a chat adapter. */
export function supportsField(chat: ChatSupport, field: string, model: string): boolean {
  if (indifferent.has(field) || optional.includes(field)) return true
  return chat.supports?.(translated[field] ?? field, model) ?? true
}

/**
 * A responses request as a chat request. What a chat cannot do is refused by its field, or reported to the call.
 * @throws `invalid_request`, `unsupported_parameter`
 */
export function chatRequestOf(request: ResponsesRequest, call: Call, chat: ChatSupport): ChatRequest {
  for (const field of ['background', 'conversation', 'prompt', 'previous_response_id'] as const) {
    if (request[field] && request[field] !== null) throw new GatewayError('invalid_request', `\`${field}\` needs a provider that keeps responses; the one of this model has chat alone.`, { param: field })
  }
  const knows = (field: string): boolean => chat.supports?.(field, call.model) ?? true
  const format = formatOf(request.text)
  if (format && !knows('response_format')) call.drop('text.format')
  if (request['truncation'] === 'auto') call.drop('truncation')
  const verbosity = asString(request.text?.verbosity)
  const choice = choiceOf(request['tool_choice'], request['tools'])
  const { tools, search } = toolsOf(choice.tools, call, knows)
  const effort = asString(request.reasoning?.effort)
  const logprobs = typeof request['top_logprobs'] === 'number' && request['top_logprobs'] > 0
  const rest = Object.fromEntries(Object.entries(request).filter(([name, value]) => !own.has(name) && value !== undefined && value !== null))
  return {
    ...rest,
    model: request.model,
    messages: messagesOf(request, call),
    ...(call.stream && { stream: true, ...(chat.asksForStreamUsage === true && { stream_options: { include_usage: true } }) }),
    ...(tools.length > 0 && { tools, ...(choice.mode !== undefined && { tool_choice: choice.mode as 'auto' }), ...(typeof request['parallel_tool_calls'] === 'boolean' && { parallel_tool_calls: request['parallel_tool_calls'] }) }),
    ...(search && { web_search_options: search }),
    ...(format && knows('response_format') && { response_format: format }),
    ...(verbosity !== undefined && knows('verbosity') && { verbosity }),
    ...(effort !== undefined && { reasoning_effort: effort as 'low' }),
    ...(typeof request.max_output_tokens === 'number' && { max_completion_tokens: request.max_output_tokens }),
    ...(logprobs && { logprobs: true, top_logprobs: request['top_logprobs'] as number }),
    ...Object.fromEntries(optional.filter((name) => typeof request[name] === 'string' && knows(name)).map((name) => [name, request[name]])),
  }
}

function formatOf(text: ResponsesRequest['text']): ChatRequest['response_format'] | undefined {
  const format = text?.format
  if (!isRecord(format) || format['type'] === 'text') return undefined
  if (format['type'] !== 'json_schema') return format as ChatRequest['response_format']
  const { type, ...schema } = format
  return { type, json_schema: schema } as ChatRequest['response_format']
}

/** The tools that may be called, and how. Of `allowed_tools` only these are told. */
function choiceOf(choice: unknown, tools: unknown): { mode: unknown; tools: readonly unknown[] } {
  const all = asArray(tools)
  if (!isRecord(choice)) return { mode: choice ?? undefined, tools: all }
  const { type, name } = choice
  if (type === 'allowed_tools') {
    const names = new Set(asArray(choice['tools']).map((tool) => asRecord(tool)['name']))
    return { mode: choice['mode'], tools: all.filter((tool) => names.has(asRecord(tool)['name'])) }
  }
  return { mode: type === 'function' || type === 'custom' ? { type, [type]: { name } } : choice, tools: all }
}

function toolsOf(tools: readonly unknown[], call: Call, knows: (field: string) => boolean): { tools: FunctionTool[]; search: Json | undefined } {
  let search: Json | undefined
  const made = tools.flatMap((given, i): FunctionTool[] => {
    const tool = asRecord(given)
    const { type, name, description, parameters, strict, cache_control: mark, format, ...rest } = tool
    const marked = isRecord(mark) ? { cache_control: mark } : {}
    if (type === 'function') {
      const declared = { name, ...(description !== undefined && description !== null && { description }), ...(isRecord(parameters) && { parameters }), ...(typeof strict === 'boolean' && { strict }) }
      return [{ type, function: declared, ...marked } as unknown as FunctionTool]
    }
    if (type === 'custom') return [{ type, custom: { name, ...(description !== undefined && { description }), ...(format !== undefined && { format }) }, ...marked } as unknown as FunctionTool]
    if (typeof type === 'string' && /^web_search(?:_preview)?(?:_|$)/.test(type) && knows('web_search_options')) {
      const { search_context_size: size, user_location: location } = rest
      search = { ...(size !== undefined && { search_context_size: size }), ...(isRecord(location) && { user_location: { type: 'approximate', approximate: Object.fromEntries(Object.entries(location).filter(([key, value]) => key !== 'type' && value !== null)) } }) }
      return []
    }
    call.drop(`tools[${i}]`)
    return []
  })
  return { tools: made, search }
}
