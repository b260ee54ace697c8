import { type Call, type ChatDelta, type FinishReason, GatewayError, type ThinkingBlock, type ToolCallDelta } from '@tianjillm/core'
import { asArray, asNumber, asRecord, asString, isRecord } from '@tianjillm/provider-kit'
import { finishReason, isPlainReason } from './finish-reason.ts'
import { annotationsOf } from './grounding.ts'
import { PartialArgs } from './partial-args.ts'
import { toolCallId } from './tool-call-id.ts'

/** What the end of a candidate says. */
export interface CandidateEnd {
  readonly delta: ChatDelta
  readonly finish: FinishReason
}

interface OpenCall {
  readonly name: string
  readonly id: string | undefined
  readonly signature: string | undefined
  readonly args: PartialArgs
}

/**
 * Reads one candidate, whole or in frames. Text, thoughts, function calls and media come out at
 * once; what is only known (or only useful) at the end comes with {@link CandidateReader.end}.
 */
export class CandidateReader {
  readonly #call: Call
  readonly #provider: string
  readonly #index: number
  readonly #signatures: string[] = []
  readonly #nativeParts: unknown[] = []
  readonly #facts: Record<string, unknown> = {}
  #text = ''
  #calls = 0
  #images = 0
  #open: OpenCall | undefined
  #reason: string | undefined
  #finished = false

  constructor(call: Call, provider: string, index: number) {
    this.#call = call
    this.#provider = provider
    this.#index = index
  }

  /** Whether the upstream said why the candidate ended. */
  get finished(): boolean {
    return this.#finished
  }

  /**
   * @param answer the answer's id, for ids of tool calls
   * @throws `upstream_malformed`
   */
  read(candidate: Readonly<Record<string, unknown>>, answer: string): ChatDelta {
    const delta: ChatDelta = {}
    for (const part of asArray(asRecord(candidate['content'])['parts'])) if (isRecord(part)) this.#readPart(part, answer, delta)
    const reason = asString(candidate['finishReason'])
    if (reason !== undefined) {
      this.#finished = true
      this.#reason = reason
    }
    this.#note('grounding_metadata', candidate['groundingMetadata'])
    this.#note('url_context_metadata', candidate['urlContextMetadata'])
    this.#note('citation_metadata', candidate['citationMetadata'])
    this.#note('safety_ratings', candidate['safetyRatings'])
    // Said of every function call ("Model generated function call(s)."); news only when something went wrong.
    if (!isPlainReason(this.#reason)) this.#note('finish_message', candidate['finishMessage'])
    return delta
  }

  /** The rest, once nothing more comes. */
  end(answer: string): CandidateEnd {
    const delta: ChatDelta = {}
    this.#closeCall(answer, delta)
    const annotations = annotationsOf(this.#facts['grounding_metadata'], this.#text)
    if (annotations.length > 0) delta.annotations = annotations
    if (this.#signatures.length > 0) this.#facts['thought_signatures'] = this.#signatures
    if (this.#nativeParts.length > 0) this.#facts['native_parts'] = this.#nativeParts
    if (!isPlainReason(this.#reason)) this.#facts['native_finish_reason'] = this.#reason
    if (Object.keys(this.#facts).length > 0) delta.provider_specific_fields = this.#facts
    return { delta, finish: finishReason(this.#reason, this.#calls > 0) }
  }

  #readPart(part: Readonly<Record<string, unknown>>, answer: string, delta: ChatDelta): void {
    const signature = asString(part['thoughtSignature'])
    const { text, inlineData, functionCall } = part
    if (isRecord(functionCall)) return this.#readCall(functionCall, signature, answer, delta)
    if (part['thought'] === true && typeof text === 'string') {
      const block: ThinkingBlock = { type: 'thinking', thinking: text, ...(signature !== undefined && { signature }) }
      delta.thinking_blocks = [...(delta.thinking_blocks ?? []), block]
      delta.reasoning_content = (delta.reasoning_content ?? '') + text
      return
    }
    if (isRecord(inlineData) && part['thought'] !== true) {
      if (signature !== undefined) this.#signatures.push(signature)
      return this.#readMedia(asString(inlineData['mimeType']) ?? '', asString(inlineData['data']) ?? '', delta)
    }
    if (typeof text === 'string') {
      if (signature !== undefined) this.#signatures.push(signature)
      if (text !== '') {
        this.#text += text
        delta.content = (delta.content ?? '') + text
      }
      return
    }
    // Code that Google ran, its tools' calls and answers: kept as they are, and sent back so.
    if (Object.keys(part).some((key) => key !== 'thoughtSignature' && key !== 'thought')) this.#nativeParts.push(part)
    else if (signature !== undefined) this.#signatures.push(signature)
  }

  #readMedia(type: string, data: string, delta: ChatDelta): void {
    if (type.startsWith('audio/')) {
      const before = delta.audio?.data
      // Base64 pieces cannot simply be joined: each may end in padding.
      const joined = before === undefined ? data : Buffer.concat([Buffer.from(before, 'base64'), Buffer.from(data, 'base64')]).toString('base64')
      delta.audio = { id: `audio_${this.#call.id}_${this.#index}`, data: joined }
      return
    }
    const url = `data:${type};base64,${data}`
    if (type.startsWith('image/')) {
      delta.images = [...(delta.images ?? []), { type: 'image_url', image_url: { url }, index: this.#images }]
      this.#images += 1
      return
    }
    this.#text += url
    delta.content = (delta.content ?? '') + url
  }

  #readCall(called: Readonly<Record<string, unknown>>, signature: string | undefined, answer: string, delta: ChatDelta): void {
    const name = asString(called['name'])
    if (name !== undefined) {
      this.#closeCall(answer, delta)
      this.#open = { name, id: asString(called['id']), signature, args: new PartialArgs(called['args']) }
    }
    if (this.#open === undefined) throw this.#malformed('a function call without a name')
    if (!this.#open.args.add(called['partialArgs'])) throw this.#malformed('arguments of a function call at a place that does not exist')
    if (called['willContinue'] !== true) this.#closeCall(answer, delta)
  }

  #closeCall(answer: string, delta: ChatDelta): void {
    const open = this.#open
    if (open === undefined) return
    this.#open = undefined
    const call: ToolCallDelta = {
      index: this.#calls, id: open.id ?? toolCallId(answer, this.#index, this.#calls), type: 'function',
      function: { name: open.name, arguments: open.args.text() },
      ...(open.signature !== undefined && { provider_specific_fields: { thought_signature: open.signature } }),
    }
    this.#calls += 1
    delta.tool_calls = [...(delta.tool_calls ?? []), call]
  }

  #note(name: string, value: unknown): void {
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) this.#facts[name] = value
  }

  #malformed(what: string): GatewayError {
    return new GatewayError('upstream_malformed', `${this.#provider} answered with ${what}.`, { provider: this.#provider })
  }
}

/** A candidate's place among the others; the API leaves a 0 out. */
export function indexOf(candidate: Readonly<Record<string, unknown>>, at: number): number {
  return asNumber(candidate['index']) ?? at
}
