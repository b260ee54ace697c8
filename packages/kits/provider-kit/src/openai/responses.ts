import { type Frame, GatewayError, type ResponsesEvent, type ResponsesItem, type ResponsesRequest, type ResponsesResponse, type StreamTranslator, type Usage, usageFromOpenAI, usageFromResponses } from '@tianjillm/core'
import { errorInBody } from '../error/in-body.ts'
import { errorFromReply } from '../error/from-reply.ts'
import { asRecord, asString, isRecord, parseJson } from '../json.ts'
import { cleanList, foreignFields, without } from './foreign-fields.ts'
import type { OpenAIQuirks } from './quirks.ts'

/** Events that end a stream; the response in them is the whole answer. */
const ends: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete', 'response.failed'])

/** A request of the Responses API without fields that OpenAI refuses; the request itself where it has none. */
export function createResponsesEncoder(quirks: OpenAIQuirks): (input: ResponsesRequest) => ResponsesRequest {
  const strip = foreignFields(quirks)
  return (request) => {
    const input = Array.isArray(request.input) ? cleanList(request.input, (item) => cleanItem(item, strip)) : request.input
    const tools = Array.isArray(request.tools) ? cleanList(request.tools, (tool) => without(tool, strip)) : request.tools
    if (input === request.input && tools === request.tools) return request
    return { ...request, input: input as ResponsesRequest['input'], ...(tools && { tools: [...tools] }) }
  }
}

function cleanItem(item: ResponsesItem, strip: ReadonlySet<string>): ResponsesItem {
  if (!isRecord(item)) return item
  const cleaned = without<ResponsesItem>(item, strip)
  if (!Array.isArray(cleaned.content)) return cleaned
  const content = cleanList(cleaned.content as readonly unknown[], (part) => (isRecord(part) ? without(part, strip) : part))
  return content === cleaned.content ? cleaned : { ...cleaned, content }
}

/** @throws what the body tells of a failure, `upstream_malformed` */
export function decodeResponses(body: unknown, provider: string): ResponsesResponse {
  if (isRecord(body) && typeof body['id'] === 'string' && (body['object'] === 'response' || Array.isArray(body['output']))) return body as unknown as ResponsesResponse
  throw errorInBody(body, provider) ?? new GatewayError('upstream_malformed', `${provider} answered with something that is not a response.`, { provider })
}

/** Usage of a response, or of the response in an event. */
export function responsesUsageOf(body: unknown, before?: Usage): Usage | undefined {
  if (!isRecord(body)) return before
  const told = body['usage'] ?? asRecord(body['response'])['usage']
  // Some models of vendors that sell others' say it in the words of chat.
  return usageFromResponses(told) ?? usageFromOpenAI(told) ?? before
}

/**
 * Reads the events of a streamed response. One that failed is an answer (`response.failed`); an `error` event is not.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function createResponsesStream(provider: string): StreamTranslator<ResponsesEvent> {
  let complete = false
  let usage: Usage | undefined
  return {
    push({ data }: Frame, emit) {
      if (data === '' || data === '[DONE]') return
      const event = parseJson(data)
      if (!isRecord(event)) throw new GatewayError('upstream_malformed', `${provider} sent a stream event that is not JSON.`, { provider })
      const { type } = event
      if (typeof type !== 'string' || type === 'error') throw refusalIn(event, provider)
      complete ||= ends.has(type)
      usage = responsesUsageOf(event, usage)
      emit(event as unknown as ResponsesEvent)
    },
    end() {
      if (!complete) throw new GatewayError('upstream_interrupted', `${provider} ended the stream before the answer was complete.`, { provider })
    },
    usage: () => usage,
  }
}

/** `{type: 'error', code, message, param}`, or with these in an `error` object; statuses are told by words alone. */
function refusalIn(event: Record<string, unknown>, provider: string): GatewayError {
  const told = isRecord(event['error']) ? event['error'] : event
  if (asString(told['message']) === undefined && asString(told['code']) === undefined) return errorInBody(event, provider) ?? new GatewayError('upstream_malformed', `${provider} sent a stream event without a type.`, { provider })
  const named = asString(told['code']) ?? asString(told['type']) ?? ''
  const status = /rate_limit|quota/.test(named) ? 429 : /invalid|context_length|not_found/.test(named) ? 400 : /overloaded|unavailable/.test(named) ? 503 : 500
  return errorFromReply({ status, headers: {}, body: Buffer.from(JSON.stringify({ error: told })) }, { provider })
}
