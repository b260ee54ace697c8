import { type Call, type ChatChunk, type ChatDelta, type Frame, GatewayError, type StreamTranslator, type ThinkingBlock, type Usage, usageToOpenAI } from '@tianjillm/core'
import { asNumber, asRecord, asString, isRecord, parseJson } from '@tianjillm/provider-kit'
import { streamErrorOf } from '../error.ts'
import { type ChatFacts, factsOf } from './facts.ts'
import { finishReason } from './finish-reason.ts'
import { usageOf } from './usage.ts'

type Emit = (chunk: ChatChunk) => void

/** A tool call that is being told: its place in OpenAI's list (-1: the answer in JSON), and whether any input came. */
interface OpenTool {
  readonly index: number
  filled: boolean
}

/** Events with no meaning of their own, or handled by their start and deltas. */
const known = new Set(['messageStart', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata'])

/**
 * Translates ConverseStream's events. The finish is held until `metadata` came too (it follows at
 * once), so that a guardrail's trace can go with it and usage stands last.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */
export function createChatStream(call: Call, secrets: readonly string[]): StreamTranslator<ChatChunk> {
  return new ConverseStream(call, secrets)
}

class ConverseStream implements StreamTranslator<ChatChunk> {
  readonly #call: Call
  readonly #facts: ChatFacts
  readonly #secrets: readonly string[]
  /** Open tool blocks by `contentBlockIndex`; undefined for those of tools that Bedrock runs itself. */
  readonly #tools = new Map<number, OpenTool | undefined>()
  #calls = 0
  #begun = false
  #finished = false
  #stop: Readonly<Record<string, unknown>> | undefined
  #metadata: Readonly<Record<string, unknown>> | undefined
  #usage: Usage | undefined

  constructor(call: Call, secrets: readonly string[]) {
    this.#call = call
    this.#facts = factsOf(call)
    this.#secrets = secrets
  }

  push({ event, data }: Frame, emit: Emit): void {
    const body = parseJson(data)
    if (!isRecord(body)) {
      if (event === undefined || data === '') return
      throw new GatewayError('upstream_malformed', 'bedrock sent a stream event that is not a JSON object.', { provider: 'bedrock' })
    }
    if (event === undefined) return
    // Exceptions are told by name; names that are new still carry a message.
    if (!known.has(event) && (/exception$|error$|failure$/i.test(event) || typeof body['message'] === 'string')) throw streamErrorOf(event, body, this.#secrets)
    switch (event) {
      case 'contentBlockStart': return this.#start(asNumber(body['contentBlockIndex']) ?? 0, asRecord(body['start']), emit)
      case 'contentBlockDelta': return this.#delta(asNumber(body['contentBlockIndex']) ?? 0, asRecord(body['delta']), emit)
      case 'contentBlockStop': return this.#close(asNumber(body['contentBlockIndex']) ?? 0, emit)
      case 'messageStart': return this.#emit({}, emit)
      case 'messageStop':
        this.#stop = body
        break
      case 'metadata':
        this.#metadata = body
        this.#usage = usageOf(body) ?? this.#usage
        break
    }
    if (this.#stop !== undefined && this.#metadata !== undefined) this.#finish(emit)
  }

  end(emit: Emit): void {
    if (this.#stop === undefined) throw new GatewayError('upstream_interrupted', 'bedrock ended the stream before the answer was complete.', { provider: 'bedrock' })
    this.#finish(emit)
  }

  usage(): Usage | undefined {
    return this.#usage
  }

  #start(block: number, { toolUse, ...others }: Readonly<Record<string, unknown>>, emit: Emit): void {
    if (!isRecord(toolUse)) {
      if (isRecord(others['toolResult'])) this.#emit({ provider_specific_fields: { content_block_start: others } }, emit)
      return
    }
    if (toolUse['type'] === 'server_tool_use') {
      this.#tools.set(block, undefined)
      return this.#emit({ provider_specific_fields: { content_block_start: { toolUse } } }, emit)
    }
    const name = asString(toolUse['name']) ?? ''
    if (name === this.#facts.jsonTool) {
      this.#tools.set(block, { index: -1, filled: false })
      return
    }
    const index = this.#calls++
    this.#tools.set(block, { index, filled: false })
    this.#emit({ tool_calls: [{ index, id: asString(toolUse['toolUseId']) ?? `call_${index}`, type: 'function', function: { name: this.#facts.toolNames.get(name) ?? name, arguments: '' } }] }, emit)
  }

  #delta(block: number, delta: Readonly<Record<string, unknown>>, emit: Emit): void {
    const { text, toolUse, reasoningContent } = delta
    if (typeof text === 'string') {
      if (text !== '') this.#emit({ content: text }, emit)
    } else if (isRecord(toolUse)) this.#input(block, asString(toolUse['input']), emit)
    else if (isRecord(reasoningContent)) {
      const piece = reasoningDelta(reasoningContent)
      if (piece !== undefined) this.#emit(piece, emit)
    } else if (Object.keys(delta).length > 0) this.#emit({ provider_specific_fields: { content_block_delta: delta } }, emit)
  }

  #input(block: number, piece: string | undefined, emit: Emit): void {
    if (piece === undefined) return
    const tool = this.#tools.get(block)
    if (tool === undefined) {
      if (this.#tools.has(block)) return this.#emit({ provider_specific_fields: { content_block_delta: { toolUse: { input: piece } } } }, emit)
      throw new GatewayError('upstream_malformed', 'bedrock sent the input of a tool call that it had not begun.', { provider: 'bedrock' })
    }
    tool.filled = true
    this.#emit(tool.index === -1 ? { content: piece } : { tool_calls: [{ index: tool.index, function: { arguments: piece } }] }, emit)
  }

  /** A tool without parameters gets no input at all; OpenAI's clients want an object. */
  #close(block: number, emit: Emit): void {
    const tool = this.#tools.get(block)
    this.#tools.delete(block)
    if (tool === undefined || tool.filled) return
    this.#emit(tool.index === -1 ? { content: '{}' } : { tool_calls: [{ index: tool.index, function: { arguments: '{}' } }] }, emit)
  }

  #finish(emit: Emit): void {
    if (this.#finished) return
    this.#finished = true
    const extras = Object.entries({ trace: this.#metadata?.['trace'], additionalModelResponseFields: this.#stop?.['additionalModelResponseFields'] }).filter(([, value]) => isRecord(value))
    const tier = asString(asRecord(this.#metadata?.['serviceTier'])['type'])
    const delta: ChatDelta = extras.length > 0 ? { provider_specific_fields: Object.fromEntries(extras) } : {}
    emit({
      ...this.#chunk({}),
      ...(tier !== undefined && { service_tier: tier }),
      choices: [{ index: 0, delta: this.#opened(delta), finish_reason: finishReason(this.#stop?.['stopReason'], this.#calls > 0) }],
    })
    if (this.#usage !== undefined) emit({ ...this.#chunk({}), choices: [], usage: usageToOpenAI(this.#usage) })
  }

  #emit(delta: ChatDelta, emit: Emit): void {
    emit(this.#chunk(this.#opened(delta)))
    this.#begun = true
  }

  /** The first delta tells the role, whichever event it comes from. */
  #opened(delta: ChatDelta): ChatDelta {
    return this.#begun ? delta : { role: 'assistant', ...delta }
  }

  #chunk(delta: ChatDelta): ChatChunk {
    return { id: `chatcmpl-${this.#call.id}`, object: 'chat.completion.chunk', created: this.#call.created, model: this.#call.model, choices: [{ index: 0, delta, finish_reason: null }] }
  }
}

/** Text, the signature that ends it, or an opaque block. */
function reasoningDelta({ text, signature, redactedContent }: Readonly<Record<string, unknown>>): ChatDelta | undefined {
  const block: ThinkingBlock | undefined = typeof redactedContent === 'string' ? { type: 'redacted_thinking', data: redactedContent }
    : typeof signature === 'string' ? { type: 'thinking', thinking: '', signature }
      : typeof text === 'string' && text !== '' ? { type: 'thinking', thinking: text } : undefined
  if (block === undefined) return undefined
  return { ...(typeof text === 'string' && text !== '' && { reasoning_content: text }), thinking_blocks: [block] }
}
