import type { AdapterOf, Call, UpstreamReply, UpstreamTarget } from '@tianjillm/core'
import { decodeChat } from './chat/decode-response.ts'
import { encodeChat } from './chat/encode-request.ts'
import { createGeminiStream } from './chat/stream.ts'
import { usageOfGemini } from './chat/usage.ts'
import { decodeEmbeddings } from './embeddings/decode.ts'
import { encodeEmbeddings } from './embeddings/encode.ts'
import { geminiError } from './error.ts'
import { supportsChatField, supportsEmbeddingField } from './supports.ts'

/** The kinds of call that this dialect has. */
export type GeminiOperation = 'chat' | 'embeddings'

export interface GeminiAdapterOptions {
  /** Name for error messages. */
  readonly provider: string
  /** The same object for the same operation, model and `call.stream`. */
  readonly target: (operation: GeminiOperation, call: Call) => UpstreamTarget
  /** Last step before sending, such as an exchanged token. */
  readonly authorize?: AdapterOf<'chat'>['authorize']
  /** The URI of an uploaded file by its `file_id`; undefined: not a file of this service. */
  readonly fileUri?: (id: string) => string | undefined
  /** Credentials, taken out of error messages wherever they stand. */
  readonly secrets?: readonly string[]
}

/**
 * Adapters for an upstream that speaks Gemini's dialect; a service that has no `batchEmbedContents`
 * uses `chat` only. Source: https://ai.google.dev/api/generate-content, https://ai.google.dev/api/embeddings
 */
export function createGeminiAdapters(options: GeminiAdapterOptions): { readonly chat: AdapterOf<'chat'>; readonly embeddings: AdapterOf<'embeddings'> } {
  const { provider, fileUri = () => undefined, secrets = [] } = options
  const fail = (reply: UpstreamReply) => geminiError(reply, provider, secrets)
  const base = (operation: GeminiOperation) => ({
    dialect: 'gemini',
    target: (call: Call) => options.target(operation, call),
    usageOf: usageOfGemini,
    error: fail,
    ...(options.authorize && { authorize: options.authorize }),
  })
  return {
    chat: {
      ...base('chat'),
      framing: 'sse',
      supports: supportsChatField,
      encode: (input, call) => encodeChat(input, call, fileUri),
      decode: (body, call) => decodeChat(body, call, provider),
      stream: (call) => createGeminiStream(call, provider, fail),
    },
    embeddings: {
      ...base('embeddings'),
      supports: supportsEmbeddingField,
      encode: encodeEmbeddings,
      decode: (body, call) => decodeEmbeddings(body, call, provider),
    },
  }
}
