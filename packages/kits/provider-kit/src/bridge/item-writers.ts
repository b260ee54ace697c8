import type { ResponsesItem, ThinkingBlock, ToolCallDelta } from '@tianjillm/core'
import { joinThinking, packThinking } from './reasoning.ts'
import { reasoningItem } from './response-of.ts'

type Json = Record<string, unknown>

/** Sends an event of a type with its fields. */
export type Send = (type: string, fields: Json) => void

/** An item that is being written: its place, and how it is ended. */
export interface OpenItem {
  readonly index: number
  readonly id: string
  end(): ResponsesItem
}

/** A part of a message's content. */
interface Part {
  readonly type: 'output_text' | 'refusal'
  text: string
  readonly annotations: object[]
  readonly logprobs: unknown[]
}

/** A message: its text, refusal and annotations. */
export class TextWriter implements OpenItem {
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

/** What a model thought, as a summary. */
export class ReasoningWriter implements OpenItem {
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

/** A call of a function. */
export class CallWriter implements OpenItem {
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
