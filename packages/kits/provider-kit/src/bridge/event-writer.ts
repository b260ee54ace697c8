import { type Call, type ChatChunk, type ChatDelta, type FinishReason, type ResponsesEvent, type ResponsesItem, type ResponsesRequest, type ResponsesUsage, type ThinkingBlock, type ToolCallDelta, usageFromOpenAI, usageToResponses } from '@tianjillm/core'
import { joinThinking, packThinking } from './reasoning.ts'
import { annotationOf, begunResponse, endOf, imageItem, itemId, reasoningItem, tokensOf } from './response-of.ts'

type Json = Record<string, unknown>
type Emit = (event: ResponsesEvent) => void

/** All events of a response that the chunks of a chat make. */
export function responseEvents(chunks: Iterable<ChatChunk>, request: ResponsesRequest | undefined, call: Call): ResponsesEvent[] {
  const events: ResponsesEvent[] = []
  const writer = new EventWriter(request, call, (event) => events.push(event))
  for (const chunk of chunks) writer.push(chunk)
  writer.end(null)
  return events
}

/** An item that is being written: its place, and how it is ended. */
interface Open {
  readonly index: number
  readonly id: string
  end(): ResponsesItem
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

  #done(open: Open): void {
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

  readonly #send = (type: string, fields: Json): void => {
    this.#emit({ type, sequence_number: this.#sequence, ...fields })
    this.#sequence += 1
  }
}

type Send = (type: string, fields: Json) => void

/** A part of a message's content. */
interface Part {
  readonly type: 'output_text' | 'refusal'
  text: string
  readonly annotations: object[]
  readonly logprobs: unknown[]
}

class TextWriter implements Open {
  readonly index: number
  readonly id: string
  readonly #send: Send
  readonly #parts: Part[] = []

  constructor(index: number, id: string, send: Send) {
    this.index = index
    this.id = id
    this.#send = send
    send('response.output_item.added', { output_index: index, item: { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] } })
  }

  text(delta: string, logprobs: unknown[]): void {
    const part = this.#part('output_text')
    part.text += delta
    part.logprobs.push(...logprobs)
    this.#send('response.output_text.delta', { ...this.#at(), delta, logprobs })
  }

  refusal(delta: string): void {
    this.#part('refusal').text += delta
    this.#send('response.refusal.delta', { ...this.#at(), delta })
  }

  annotation(annotation: object): void {
    const { annotations } = this.#part('output_text')
    this.#send('response.output_text.annotation.added', { ...this.#at(), annotation_index: annotations.length, annotation })
    annotations.push(annotation)
  }

  end(): ResponsesItem {
    this.#endPart()
    return { id: this.id, type: 'message', status: 'completed', role: 'assistant', content: this.#parts.map(shown) }
  }

  #part(type: Part['type']): Part {
    const last = this.#parts.at(-1)
    if (last?.type === type) return last
    this.#endPart()
    const part: Part = { type, text: '', annotations: [], logprobs: [] }
    this.#parts.push(part)
    this.#send('response.content_part.added', { ...this.#at(), part: shown(part) })
    return part
  }

  #endPart(): void {
    const part = this.#parts.at(-1)
    if (!part) return
    if (part.type === 'output_text') this.#send('response.output_text.done', { ...this.#at(), text: part.text, logprobs: part.logprobs })
    else this.#send('response.refusal.done', { ...this.#at(), refusal: part.text })
    this.#send('response.content_part.done', { ...this.#at(), part: shown(part) })
  }

  #at(): Json {
    return { item_id: this.id, output_index: this.index, content_index: this.#parts.length - 1 }
  }
}

function shown({ type, text, annotations, logprobs }: Part): object {
  return type === 'refusal' ? { type, refusal: text } : { type, text, annotations: [...annotations], logprobs: [...logprobs] }
}

class ReasoningWriter implements Open {
  readonly index: number
  readonly id: string
  readonly #send: Send
  readonly #blocks: ThinkingBlock[] = []
  #text = ''

  constructor(index: number, id: string, send: Send) {
    this.index = index
    this.id = id
    this.#send = send
    send('response.output_item.added', { output_index: index, item: { id, type: 'reasoning', summary: [] } })
  }

  add(text: string, blocks: readonly ThinkingBlock[]): void {
    joinThinking(this.#blocks, blocks)
    if (text === '') return
    if (this.#text === '') this.#send('response.reasoning_summary_part.added', { ...this.#at(), part: { type: 'summary_text', text: '' } })
    this.#text += text
    this.#send('response.reasoning_summary_text.delta', { ...this.#at(), delta: text })
  }

  end(): ResponsesItem {
    if (this.#text !== '') {
      this.#send('response.reasoning_summary_text.done', { ...this.#at(), text: this.#text })
      this.#send('response.reasoning_summary_part.done', { ...this.#at(), part: { type: 'summary_text', text: this.#text } })
    }
    return reasoningItem(this.id, this.#text, packThinking(this.#blocks))
  }

  #at(): Json {
    return { item_id: this.id, output_index: this.index, summary_index: 0 }
  }
}

class CallWriter implements Open {
  readonly index: number
  readonly id: string
  readonly #send: Send
  #callId = ''
  #name = ''
  #arguments = ''
  /** Pieces that came before the name. */
  #waiting = ''
  #added = false
  #fields: Json | undefined

  constructor(index: number, id: string, send: Send) {
    this.index = index
    this.id = id
    this.#send = send
  }

  add({ id, function: called, provider_specific_fields: fields }: ToolCallDelta): void {
    if (id) this.#callId = id
    if (called?.name) this.#name += called.name
    if (fields) this.#fields = { ...this.#fields, ...fields }
    this.#waiting += called?.arguments ?? ''
    if (this.#name !== '') this.#flush()
  }

  end(): ResponsesItem {
    // Calls without arguments have an empty text with some providers; a client expects JSON.
    if (this.#arguments === '' && this.#waiting === '') this.#waiting = '{}'
    this.#flush()
    this.#send('response.function_call_arguments.done', { item_id: this.id, output_index: this.index, name: this.#name, arguments: this.#arguments })
    return this.#item('completed', this.#arguments)
  }

  #flush(): void {
    if (!this.#added) {
      this.#added = true
      this.#send('response.output_item.added', { output_index: this.index, item: this.#item('in_progress', '') })
    }
    if (this.#waiting === '') return
    const delta = this.#waiting
    this.#waiting = ''
    this.#arguments += delta
    this.#send('response.function_call_arguments.delta', { item_id: this.id, output_index: this.index, delta })
  }

  #item(status: string, args: string): ResponsesItem {
    return { id: this.id, type: 'function_call', status, call_id: this.#callId, name: this.#name, arguments: args, ...(this.#fields && { provider_specific_fields: this.#fields }) }
  }
}
