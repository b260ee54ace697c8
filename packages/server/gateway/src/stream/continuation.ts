import type { ChatChunk } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { ChunkSink } from './chunk-sink.ts'

/** Characters that make a token, about. */
const CHARS_PER_TOKEN = 4
/** A text that is longer is not sent again: hardly any model takes it. */
const MOST_CHARS = 1024 * 1024
/** What the next model is told. It goes before the text that it has to go on with. */
const ORDER = 'The assistant message that follows was cut off. Go on exactly where it ends: write only what comes next, without repeating, introducing or commenting on anything.'

type Message = Readonly<Record<string, unknown>>

/**
 * What is known of a chat stream that may have to be continued by another deployment: the text so far. Only plain text
 * can be continued, and only while no end was seen.
 */
export class Continuation {
  /** Where the chunks of every deployment go, so that what guardrails hold back is not lost. */
  sink: ChunkSink | undefined
  #text = ''
  #plain = true
  #head: Pick<ChatChunk, 'id' | 'created'> | undefined
  readonly #messages: readonly Message[]
  readonly #body: Readonly<Record<string, unknown>>

  constructor(body: Readonly<Record<string, unknown>>) {
    this.#body = body
    this.#messages = Array.isArray(body['messages']) ? (body['messages'] as Message[]) : []
  }

  /** Whether a request asks for something that could be continued. */
  static suits({ body, route, stream }: RequestContext): boolean {
    return stream && route.operation === 'chat' && (body['n'] ?? 1) === 1
  }

  get possible(): boolean {
    return this.#plain && this.#text !== ''
  }

  get chars(): number {
    return this.#text.length
  }

  get tokens(): number {
    return Math.ceil(this.#text.length / CHARS_PER_TOKEN)
  }

  /** Takes note of a chunk, and gives those of later deployments the id of the first. */
  see(chunk: unknown): void {
    const seen = chunk as ChatChunk
    if (this.#head) Object.assign(seen, this.#head)
    else this.#head = { id: seen.id, created: seen.created }
    for (const { delta, finish_reason: finish } of seen.choices) {
      if (!this.#plain) return
      if (typeof delta.content === 'string') this.#text += delta.content
      if (this.#text.length <= MOST_CHARS && !finish && !delta.tool_calls && !delta.refusal && !delta.images && !delta.audio) continue
      this.#plain = false
      this.#text = ''
    }
  }

  /** The request that asks for the rest. */
  next(): Record<string, unknown> {
    const { max_tokens: tokens, max_completion_tokens: completion, ...rest } = this.#body
    const left = (most: unknown): number | undefined => (typeof most === 'number' ? Math.max(1, most - this.tokens) : undefined)
    return {
      ...rest,
      messages: [...this.#messages, { role: 'system', content: ORDER }, { role: 'assistant', content: this.#text }],
      ...(left(tokens) !== undefined && { max_tokens: left(tokens) }),
      ...(left(completion) !== undefined && { max_completion_tokens: left(completion) }),
    }
  }

  /** Tells the caller, in a chunk that says nothing, that another deployment goes on. */
  marker(model: string, deployment: string, code: string): ChatChunk {
    return {
      ...this.#head!, object: 'chat.completion.chunk', model, choices: [{ index: 0, delta: {}, finish_reason: null }],
      tianjillm: { continued: { after: deployment, because: code, chars: this.chars } },
    } as ChatChunk
  }
}
