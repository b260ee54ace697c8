import type { GatewayError } from '../error.ts'
import type { Credential, HttpHeaders } from '../http.ts'
import type { Usage } from '../usage.ts'
import type { SpeechRequest, TranscriptionRequest, TranscriptionResponse } from '../wire/audio.ts'
import type { ChatChunk, ChatRequest, ChatResponse } from '../wire/chat.ts'
import type { CompletionRequest, CompletionResponse } from '../wire/completions.ts'
import type { EmbeddingRequest, EmbeddingResponse } from '../wire/embeddings.ts'
import type { ImageRequest, ImageResponse } from '../wire/images.ts'
import type { ModerationRequest, ModerationResponse } from '../wire/moderations.ts'
import type { RerankRequest, RerankResponse } from '../wire/rerank.ts'
import type { ResponsesEvent, ResponsesRequest, ResponsesResponse } from '../wire/responses.ts'
import type { PluginBase } from './base.ts'

/** A provider is a codec, not a client: it says what to send and reads what came; the gateway owns the sockets. */
export type ProviderPlugin<Config = unknown> = PluginBase<'provider', Provider, Config>

/** A provider with one configuration (one credential, one base URL). */
export interface Provider {
  /** One adapter for each kind of call that the provider offers. */
  readonly adapters: Adapters
  close?(): void | Promise<void>
}

/** The kinds of call, and for each what goes in, what comes out, and what streams. */
export interface Operations {
  chat: { input: ChatRequest; output: ChatResponse; chunk: ChatChunk }
  completions: { input: CompletionRequest; output: CompletionResponse; chunk: CompletionResponse }
  embeddings: { input: EmbeddingRequest; output: EmbeddingResponse; chunk: never }
  images: { input: ImageRequest; output: ImageResponse; chunk: never }
  speech: { input: SpeechRequest; output: Uint8Array; chunk: never }
  transcriptions: { input: TranscriptionRequest; output: TranscriptionResponse; chunk: never }
  moderations: { input: ModerationRequest; output: ModerationResponse; chunk: never }
  rerank: { input: RerankRequest; output: RerankResponse; chunk: never }
  responses: { input: ResponsesRequest; output: ResponsesResponse; chunk: ResponsesEvent }
}

export type Operation = keyof Operations

export type Adapters = { readonly [O in Operation]?: AdapterOf<O> }

export type AdapterOf<O extends Operation> = Adapter<Operations[O]['input'], Operations[O]['output'], Operations[O]['chunk']>

/** A wire format of requests and answers. When caller and upstream speak the same, bytes pass untouched. */
export type Dialect = 'openai' | (string & {})

/** How a stream's body is cut into frames. */
export type Framing = 'sse' | 'ndjson' | 'aws-event-stream'

/** One frame of a stream. */
export interface Frame {
  /** SSE `event:`, or an AWS event stream's `:event-type` (`:exception-type` for exceptions). */
  readonly event: string | undefined
  /** SSE `data:` lines joined with `\n`, an NDJSON line, or an AWS event's payload. */
  readonly data: string
}

/** One attempt, as an adapter sees it. A fresh object per attempt; adapters may keep per-call facts in a WeakMap on it. */
export interface Call {
  /** The gateway's request id. */
  readonly id: string
  /** The upstream's name of the model (without the provider prefix). */
  readonly model: string
  /** Whether a stream is asked for. */
  readonly stream: boolean
  /** Seconds since the epoch, for `created` fields that the upstream does not send. */
  readonly created: number
  /**
   * Reports a field that this upstream cannot take. Throws `unsupported_parameter`, unless
   * `drop_params` is on: then it is noted for the response header and the adapter leaves it out.
   */
  drop(field: string): void
}

/** Where an attempt goes. */
export interface UpstreamTarget {
  readonly url: string
  /** Header names in lower case. `content-type` defaults to `application/json`. */
  readonly headers: Readonly<Record<string, string>>
  readonly credential?: Credential
}

/** A request as it leaves, before {@link Adapter.authorize}. */
export interface UpstreamRequest extends UpstreamTarget {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** `''`: none. */
  readonly body: Uint8Array | string
}

/** What is asked of an answer that the upstream keeps: the answer itself, or one of the resources beneath it. */
export type StoredPart = 'answer' | 'cancel' | 'input_items'

/** An error answer of the upstream (status 300 and above). */
export interface UpstreamReply {
  readonly status: number
  readonly headers: HttpHeaders
  readonly body: Uint8Array
}

/**
 * Speaks one kind of call in one upstream's words. All methods but `authorize` are synchronous and
 * pure; what can be computed once is computed in the plugin's `create`.
 */
export interface Adapter<Input, Output, Chunk> {
  readonly dialect: Dialect
  /** How streams are framed; absent: this call never streams. */
  readonly framing?: Framing
  /**
   * Whether a request field (`temperature`, `logit_bias`, ...) has an equivalent for this model.
   * Absent: everything passes. A field that has none is refused by name, or dropped with `drop_params`.
   */
  supports?(field: string, model: string): boolean
  /**
   * Whether the upstream reports a stream's usage only when `stream_options.include_usage` is
   * set. The gateway then sets it, and hides the answer from callers who did not ask.
   */
  readonly asksForStreamUsage?: boolean
  /** URL and headers. Return the same object for the same model: it is on the hot path. */
  target(call: Call): UpstreamTarget
  /**
   * The request body in the upstream's dialect. Returning `input` itself says "unchanged but for
   * `model`": the gateway may then send the caller's bytes. Must not change `input`.
   */
  encode(input: Input, call: Call): unknown
  /**
   * Where an answer is found that the upstream keeps, by the id that it gave. Absent: this upstream keeps nothing, so
   * nothing can be asked for later, and no request can go on from an earlier one.
   */
  stored?(id: string, part: StoredPart): UpstreamTarget
  /** Last step before sending: a signature over the body, or an exchanged token. */
  authorize?(request: UpstreamRequest, call: Call): UpstreamRequest | Promise<UpstreamRequest>
  /** A successful answer (parsed JSON; bytes for binary operations). Lenient: unknown fields ignored, null as absent. */
  decode(body: unknown, call: Call): Output
  /** A fresh translator for one stream. */
  stream?(call: Call): StreamTranslator<Chunk>
  /**
   * Usage told by a parsed answer or a parsed frame; `before` is what earlier frames told
   * (some upstreams tell input first and output last). Undefined: says nothing about usage.
   */
  usageOf(body: unknown, before?: Usage): Usage | undefined
  /** An error answer as our error. Never throws, whatever the body is. */
  error(reply: UpstreamReply, call: Call): GatewayError
}

/** Turns an upstream's frames into chunks of our form. Synchronous; one per stream. */
export interface StreamTranslator<Chunk> {
  /** Throws a {@link GatewayError} when the frame is an error event. */
  push(frame: Frame, emit: (chunk: Chunk) => void): void
  /** The upstream ended. Throws `upstream_interrupted` when the answer is not complete. */
  end(emit: (chunk: Chunk) => void): void
  /** What the frames so far told about usage. Also asked after an abort. */
  usage(): Usage | undefined
}
