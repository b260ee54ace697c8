import type { ChatChunk, ChatResponse, CompletionResponse, Operation, ResponsesEvent, ThinkingBlock, ToolCall } from '@tianjillm/core'

/** Puts a stream's chunks together into the answer that they make. */
export interface TextCollector {
  add(chunk: unknown): void
  /** The answer so far, in the form of an unstreamed one; undefined before the first chunk. */
  result(): unknown
}

/** A collector for an operation that streams. */
export function createTextCollector(operation: Operation): TextCollector {
  if (operation === 'responses') return new ResponsesCollector()
  return operation === 'completions' ? new CompletionCollector() : new ChatCollector()
}

type Message = ChatResponse['choices'][number]['message']

class ChatCollector implements TextCollector {
  #first: ChatChunk | undefined
  readonly #choices = new Map<number, { message: Message; finish: ChatResponse['choices'][number]['finish_reason'] }>()
  #usage: ChatChunk['usage']

  add(chunk: unknown): void {
    const { choices, usage, ...rest } = chunk as ChatChunk
    this.#first ??= { ...rest, choices: [] }
    this.#usage = usage ?? this.#usage
    for (const { index, delta, finish_reason } of choices) {
      let choice = this.#choices.get(index)
      if (!choice) this.#choices.set(index, (choice = { message: { role: 'assistant', content: null }, finish: 'stop' }))
      if (finish_reason) choice.finish = finish_reason
      const { message } = choice
      if (delta.content) message.content = (message.content ?? '') + delta.content
      if (delta.refusal) message.refusal = (message.refusal ?? '') + delta.refusal
      if (delta.reasoning_content) message.reasoning_content = (message.reasoning_content ?? '') + delta.reasoning_content
      if (delta.annotations) (message.annotations ??= []).push(...delta.annotations)
      if (delta.images) (message.images ??= []).push(...delta.images)
      for (const block of delta.thinking_blocks ?? []) addThinking((message.thinking_blocks ??= []), block)
      for (const call of delta.tool_calls ?? []) addToolCall((message.tool_calls ??= []), call)
      if (delta.provider_specific_fields) message.provider_specific_fields = { ...message.provider_specific_fields, ...delta.provider_specific_fields }
    }
  }

  result(): unknown {
    if (!this.#first) return undefined
    const choices = [...this.#choices].sort(([a], [b]) => a - b)
    return {
      ...this.#first,
      object: 'chat.completion',
      choices: choices.map(([index, { message, finish }]) => ({ index, message, finish_reason: finish })),
      ...(this.#usage && { usage: this.#usage }),
    }
  }
}

function addThinking(blocks: ThinkingBlock[], piece: ThinkingBlock): void {
  const last = blocks.at(-1)
  if (piece.type === 'thinking' && last?.type === 'thinking' && !last.signature) {
    last.thinking += piece.thinking
    if (piece.signature) last.signature = piece.signature
  } else blocks.push({ ...piece })
}

function addToolCall(calls: ToolCall[], piece: NonNullable<ChatChunk['choices'][number]['delta']['tool_calls']>[number]): void {
  const call = (calls[piece.index] ??= { id: '', type: 'function', function: { name: '', arguments: '' } })
  if (piece.id) call.id = piece.id
  if (piece.function?.name) call.function.name += piece.function.name
  if (piece.function?.arguments) call.function.arguments += piece.function.arguments
  if (piece.provider_specific_fields) call.provider_specific_fields = { ...call.provider_specific_fields, ...piece.provider_specific_fields }
}

/** The last events hold all that came before. */
class ResponsesCollector implements TextCollector {
  #response: unknown

  add(chunk: unknown): void {
    this.#response = (chunk as ResponsesEvent)['response'] ?? this.#response
  }

  result(): unknown {
    return this.#response
  }
}

class CompletionCollector implements TextCollector {
  #answer: CompletionResponse | undefined

  add(chunk: unknown): void {
    const { choices, usage, ...rest } = chunk as CompletionResponse
    this.#answer ??= { ...rest, choices: [] }
    if (usage) this.#answer.usage = usage
    for (const { index, text, finish_reason } of choices) {
      const choice = (this.#answer.choices[index] ??= { index, text: '', finish_reason: null })
      choice.text += text
      if (finish_reason) choice.finish_reason = finish_reason
    }
  }

  result(): unknown {
    return this.#answer
  }
}
