import { type ChatChunk, type ChatRequest, type CompletionRequest, type CompletionResponse, type EmbeddingRequest, errorToOpenAI, type GatewayError, type OpenAIUsage, type ResponsesEvent, type ResponsesRequest } from '@tianjillm/core'
import type { Codec } from '@tianjillm/gateway'
import { checkChat } from './check-chat.ts'
import { checkResponses } from './check-responses.ts'
import { checkCompletion, checkEmbedding } from './check-text.ts'

/** What every OpenAI operation shares: JSON answers, SSE chunks, `[DONE]`, error bodies. */
const common = {
  dialect: 'openai',
  encode: (output: unknown): string => JSON.stringify(output),
  decode: (text: string): never => JSON.parse(text) as never,
  decodeChunk: (data: string): never => (data === '[DONE]' ? undefined : JSON.parse(data)) as never,
  done: 'data: [DONE]\n\n',
  // The end mark, or for upstreams without one a reason to finish.
  isComplete: (text: string): boolean => /^data: ?\[DONE\]/m.test(text.slice(-64)) || /"finish_reason"\s*:\s*"/.test(text),
  errorBody: (error: GatewayError): string => JSON.stringify(errorToOpenAI(error)),
  errorEvent: (error: GatewayError): string => `data: ${JSON.stringify(errorToOpenAI(error))}\n\n`,
} as const

interface Streamable {
  stream?: boolean | null
  stream_options?: { include_usage?: boolean } | null
}

const streams = (input: Streamable): boolean => input.stream === true
const showsUsage = (input: Streamable): boolean => input.stream_options?.include_usage === true

/** A chunk as an event; usage leaves it, or the whole event leaves, when the caller did not ask for it. */
function encodeChunk(chunk: { choices: unknown[]; usage?: OpenAIUsage | null }, showUsage: boolean): string {
  if (showUsage || !chunk.usage) return `data: ${JSON.stringify(chunk)}\n\n`
  if (chunk.choices.length === 0) return ''
  const { usage: _, ...rest } = chunk
  return `data: ${JSON.stringify(rest)}\n\n`
}

/** OpenAI's chat completions. */
export const chatCodec: Codec<'chat'> = {
  ...common,
  parse(body) {
    checkChat(body)
    return body as ChatRequest
  },
  streams,
  showsUsage,
  encodeChunk: (chunk: ChatChunk, showUsage) => encodeChunk(chunk, showUsage),
}

/** OpenAI's text completions. */
export const completionCodec: Codec<'completions'> = {
  ...common,
  parse(body) {
    checkCompletion(body)
    return body as CompletionRequest
  },
  streams,
  showsUsage,
  encodeChunk: (chunk: CompletionResponse, showUsage) => encodeChunk(chunk, showUsage),
}

/** OpenAI's embeddings. */
export const embeddingCodec: Codec<'embeddings'> = {
  ...common,
  parse(body) {
    checkEmbedding(body)
    return body as EmbeddingRequest
  },
  streams: () => false,
  showsUsage: () => true,
  encodeChunk: () => '',
}

/** OpenAI's Responses API: events have names, count themselves, and nothing comes behind the last one. */
export const responsesCodec: Codec<'responses'> = {
  dialect: 'openai',
  encode: common.encode,
  decode: common.decode,
  errorBody: common.errorBody,
  parse(body) {
    checkResponses(body)
    return body as unknown as ResponsesRequest
  },
  streams,
  // Usage is a part of the answer.
  showsUsage: () => true,
  encodeChunk: (event: ResponsesEvent) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
  done: '',
  isComplete: (text) => /^event: ?response\.(?:completed|incomplete|failed)\r?$/m.test(text),
  errorEvent: (error) => {
    const told = errorToOpenAI(error).error
    // Its documentation has the fields in the event, its servers send them in `error`: clients read either.
    return `event: error\ndata: ${JSON.stringify({ type: 'error', code: told.code ?? told.type, message: told.message, param: told.param, error: told })}\n\n`
  },
}
