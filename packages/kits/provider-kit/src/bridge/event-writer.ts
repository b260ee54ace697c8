import { type Call, type ChatChunk, type ChatDelta, type FinishReason, type ResponsesEvent, type ResponsesItem, type ResponsesRequest, type ResponsesUsage, type ThinkingBlock, type ToolCallDelta, usageFromOpenAI, usageToResponses } from '@tianjillm/core'
import { CallWriter, type OpenItem, ReasoningWriter, type Send, TextWriter } from './item-writers.ts'
import { annotationOf, begunResponse, endOf, imageItem, itemId, tokensOf } from './response-of.ts'

type Emit = (event: ResponsesEvent) => void

/** All events of a response that the chunks of a chat make. */
export function responseEvents(chunks: Iterable<ChatChunk>, request: ResponsesRequest | undefined, call: Call): ResponsesEvent[] {
  const events: ResponsesEvent[] = []
  const writer = new EventWriter(request, call, (event) => events.push(event))
  for (const chunk of chunks) writer.push(chunk)
  writer.end(null)
  return events
}

/**
 * Writes the events of a response from the chunks of a chat, in the order that OpenAI documents: each item is added, filled
 * and done before the next one begins, but for tool calls, which may grow side by side.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class EventWriter {
  readonly #request: ResponsesRequest | undefined
  readonly #call: Call
  readonly #emit: Emit
  readonly #items: (ResponsesItem | undefined)[] = []
  readonly #calls = new Map<number, CallWriter>()
  readonly #images: string[] = []
  #text: TextWriter | undefined
  #reasoning: ReasoningWriter | undefined
  #sequence = 0
  #begun = false
  #finish: FinishReason | null = null
  #usage: ResponsesUsage | null = null
  #tier: string | null | undefined

  constructor(request: ResponsesRequest | undefined, call: Call, emit: Emit) {
    this.#request = request
    this.#call = call
    this.#emit = emit
  }

  push({ choices, usage, service_tier: tier }: ChatChunk): void {
    this.#begin()
    this.#tier ??= tier
    const told = usageFromOpenAI(usage)
    if (told) this.#usage = usageToResponses(told)
    for (const { index, delta, logprobs, finish_reason: finish } of choices) {
      // Responses have one answer.
      if (index !== 0) continue
      this.#delta(delta, logprobs)
      if (finish) this.#finish = finish
    }
  }

  /** The chat is over. @param usage where no chunk told it */
  end(usage: ResponsesUsage | null): void {
    this.#begin()
    this.#close()
    for (const made of this.#calls.values()) this.#done(made)
    for (const url of this.#images) this.#whole((id) => imageItem(id, url), 'ig')
    const { status, incomplete_details: details } = endOf(this.#finish)
    if (this.#items.length === 0) {
      this.#openText().text('', [])
      this.#close()
    }
    const response = { ...begunResponse(this.#request, this.#call), status, incomplete_details: details, ...(this.#tier !== undefined && { service_tier: this.#tier }), output: this.#items, usage: this.#usage ?? usage }
    this.#send(`response.${status}`, { response })
  }

  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    const response = begunResponse(this.#request, this.#call)
    this.#send('response.created', { response })
    this.#send('response.in_progress', { response })
  }

  #delta(delta: ChatDelta, logprobs: unknown): void {
    const { reasoning_content: reasoning, thinking_blocks: thinking, content, refusal, annotations, images, tool_calls: calls } = delta
    if (reasoning || thinking?.length) this.#think(reasoning ?? (thinking ?? []).map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''), thinking ?? [])
    if (content) this.#openText().text(content, tokensOf(logprobs))
    if (refusal) this.#openText().refusal(refusal)
    for (const annotation of annotations ?? []) this.#openText().annotation(annotationOf(annotation))
    for (const { image_url: { url } } of images ?? []) this.#images.push(url)
    for (const call of calls ?? []) this.#tool(call)
  }

  #think(text: string, blocks: readonly ThinkingBlock[]): void {
    if (!this.#reasoning) {
      this.#close()
      const at = this.#place('rs')
      this.#reasoning = new ReasoningWriter(at.index, at.id, this.#send)
    }
    this.#reasoning.add(text, blocks)
  }

  #openText(): TextWriter {
    if (!this.#text) {
      this.#close()
      const at = this.#place('msg')
      this.#text = new TextWriter(at.index, at.id, this.#send)
    }
    return this.#text
  }

  #tool(piece: ToolCallDelta): void {
    let made = this.#calls.get(piece.index)
    if (!made) {
      this.#close()
      const at = this.#place('fc')
      this.#calls.set(piece.index, (made = new CallWriter(at.index, at.id, this.#send)))
    }
    made.add(piece)
  }

  /** Ends the text or the reasoning that is open. */
  #close(): void {
    for (const open of [this.#reasoning, this.#text]) if (open) this.#done(open)
    this.#reasoning = undefined
    this.#text = undefined
  }

  #done(open: OpenItem): void {
    const item = open.end()
    this.#items[open.index] = item
    this.#send('response.output_item.done', { output_index: open.index, item })
  }

  #whole(make: (id: string) => ResponsesItem, kind: string): void {
    const { index, id } = this.#place(kind)
    const item = make(id)
    this.#items[index] = item
    this.#send('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress', result: null } })
    this.#send('response.output_item.done', { output_index: index, item })
  }

  #place(kind: string): { index: number; id: string } {
    const index = this.#items.length
    this.#items.push(undefined)
    return { index, id: itemId(kind, this.#call, index) }
  }

  readonly #send: Send = (type, fields) => {
    this.#emit({ type, sequence_number: this.#sequence, ...fields })
    this.#sequence += 1
  }
}
