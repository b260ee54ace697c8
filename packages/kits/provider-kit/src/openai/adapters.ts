import type { AdapterOf, Adapters, Call, Credential, Operation, StoredPart, UpstreamReply, UpstreamTarget } from '@tianjillm/core'
import { errorFromReply } from '../error/from-reply.ts'
import { joinUrl } from '../url.ts'
import { decodeChat, decodeChatChunk, decodeCompletion, decodeEmbeddings, openaiUsageOf } from './decode.ts'
import { createChatEncoder, createFieldRenamer } from './encode-chat.ts'
import { type OpenAIQuirks, rewritesAnswers } from './quirks.ts'
import { createResponsesEncoder, createResponsesStream, decodeResponses, responsesUsageOf } from './responses.ts'
import { createOpenAIStream } from './stream.ts'

/** The kinds of call that this base speaks. */
export type OpenAIOperation = Extract<Operation, 'chat' | 'completions' | 'embeddings' | 'responses'>

export interface OpenAIAdapterOptions {
  /** Name for error messages. */
  readonly provider: string
  /** Address that the paths are joined to (`https://api.openai.com/v1`). */
  readonly baseUrl: string
  readonly headers?: Readonly<Record<string, string>>
  readonly credential?: Credential
  /** Path of each kind of call that the upstream offers. */
  readonly paths?: Partial<Record<OpenAIOperation, string>>
  readonly quirks?: OpenAIQuirks
  /** Set to false where responses are answered and not kept: none can be asked for by its id, or continued. Default true. */
  readonly keepsResponses?: boolean
  /** Whether a model takes a field; asked after `quirks.unsupported`. */
  readonly supports?: (field: string, model: string) => boolean
  /** Replaces the address per call (Azure puts the model into the path). The same object for the same model. */
  readonly target?: (operation: OpenAIOperation, model: string) => UpstreamTarget
  /** Last step before sending, such as an exchanged token. */
  readonly authorize?: AdapterOf<'chat'>['authorize']
  /** Told when the upstream answers 401, so that an exchanged token can be forgotten. */
  readonly onRefused?: () => void
}

/** OpenAI's own paths. */
export const openaiPaths: Readonly<Record<OpenAIOperation, string>> = {
  chat: '/chat/completions',
  completions: '/completions',
  embeddings: '/embeddings',
  responses: '/responses',
}

/**
 * Adapters for an upstream that speaks OpenAI's dialect, but for declared quirks.
 * Source: https://platform.openai.com/docs/api-reference
 */
export function createOpenAIAdapters(options: OpenAIAdapterOptions): Adapters {
  const { provider, quirks = {}, paths = openaiPaths } = options
  const unsupported = new Set<string>([...(quirks.unsupported ?? []), ...(quirks.keeps?.includes('thinking') ? [] : ['thinking'])])
  const renamed = quirks.rename ?? {}

  const fixed = (operation: OpenAIOperation): UpstreamTarget => ({
    url: joinUrl(options.baseUrl, paths[operation] ?? openaiPaths[operation]),
    headers: options.headers ?? {},
    ...(options.credential && { credential: options.credential }),
  })
  const base = (operation: OpenAIOperation) => {
    const target = fixed(operation)
    return {
      target: options.target ? (call: Call) => options.target!(operation, call.model) : () => target,
      supports: (field: string, model: string) => field in renamed || (!unsupported.has(field) && (options.supports?.(field, model) ?? true)),
      usageOf: openaiUsageOf,
      error: (reply: UpstreamReply) => {
        if (reply.status === 401) options.onRefused?.()
        return errorFromReply(reply, { provider })
      },
      ...(options.authorize && { authorize: options.authorize }),
    }
  }
  const streaming = { framing: 'sse', asksForStreamUsage: quirks.asksForStreamUsage ?? true } as const

  const chat: AdapterOf<'chat'> = {
    ...base('chat'),
    ...streaming,
    // Byte pass-through is only for upstreams whose answers need no translation.
    dialect: rewritesAnswers(quirks) ? `openai:${provider}` : 'openai',
    encode: createChatEncoder(quirks),
    decode: (body) => decodeChat(body, provider, quirks),
    stream: () => createOpenAIStream(provider, (body) => decodeChatChunk(body, provider, quirks), quirks),
  }
  const completions: AdapterOf<'completions'> = {
    ...base('completions'),
    ...streaming,
    dialect: 'openai',
    encode: createFieldRenamer(quirks.rename),
    decode: (body) => decodeCompletion(body, provider),
    stream: () => createOpenAIStream(provider, (body) => decodeCompletion(body, provider)),
  }
  const embeddings: AdapterOf<'embeddings'> = {
    ...base('embeddings'),
    dialect: 'openai',
    encode: createFieldRenamer(quirks.rename),
    decode: (body) => decodeEmbeddings(body, provider),
  }
  const responses: AdapterOf<'responses'> = {
    ...base('responses'),
    framing: 'sse',
    dialect: 'openai',
    encode: createResponsesEncoder(quirks),
    decode: (body) => decodeResponses(body, provider),
    stream: () => createResponsesStream(provider),
    usageOf: responsesUsageOf,
    ...(options.keepsResponses !== false && {
      stored: (id: string, part: StoredPart): UpstreamTarget => {
        const { url, ...rest } = options.target?.('responses', '') ?? fixed('responses')
        return { ...rest, url: joinUrl(url, `/${encodeURIComponent(id)}${part === 'answer' ? '' : `/${part}`}`) }
      },
    }),
  }
  return {
    ...(paths.chat !== undefined && { chat }),
    ...(paths.completions !== undefined && { completions }),
    ...(paths.embeddings !== undefined && { embeddings }),
    ...(paths.responses !== undefined && { responses }),
  }
}
