/**
 * A stream of the Messages API: `message_start`, then for each content block `content_block_start`,
 * `content_block_delta`s and `content_block_stop`, then `message_delta` (why it stopped, usage) and
 * `message_stop`; `ping` anywhere. Source: https://platform.claude.com/docs/en/build-with-claude/streaming
 */
import { type ChatChunk, type ChatDelta, type FinishReason, type Frame, GatewayError, type StreamTranslator, type Usage } from '@tianjillm/core'
import { asNumber, asRecord, asString, isRecord, parseJson } from '@tianjillm/provider-kit'
import { errorOfEvent } from '../error.ts'
import { providerFields, refusalOf } from './answer.ts'
import { createBlockReader } from './block-reader.ts'
import { responseFields } from './decode-response.ts'
import { finishReasonOf } from './finish-reason.ts'
import { usageField, usageOfBody } from './usage.ts'

export interface StreamFacts {
  readonly provider: string
  /** What the chunks name until the upstream has said. */
  readonly model: string
  /** Seconds since the epoch: Anthropic sends no time. */
  readonly created: number
  /** The tool that `response_format` became. */
  readonly jsonTool: 'plain' | 'wrapped' | undefined
}

type Emit = (chunk: ChatChunk) => void

/** A translator for one stream. */
export function createChatStream({ provider, model: asked, created, jsonTool }: StreamFacts): StreamTranslator<ChatChunk> {
  const reader = createBlockReader(jsonTool)
  let id = ''
  let model = asked
  let tier: string | undefined
  let began = false
  let finished = false
  let usage: Usage | undefined
  /** Anthropic's last word on usage, for counts that have no class. */
  let told: unknown
  /** `stop_reason` and what goes with it. */
  let stop: Record<string, unknown> = {}

  const chunk = (choices: ChatChunk['choices']): ChatChunk => ({ id, object: 'chat.completion.chunk', created, model, choices })
  const send = (emit: Emit, delta: ChatDelta, finish: FinishReason | null = null): void => emit(chunk([{ index: 0, delta, finish_reason: finish }]))
  const begin = (emit: Emit): void => {
    if (began) return
    began = true
    send(emit, { role: 'assistant', content: '' })
  }

  function start(message: Readonly<Record<string, unknown>>, emit: Emit): void {
    id = asString(message['id']) ?? id
    model = asString(message['model']) ?? model
    tier = asString(asRecord(message['usage'])['service_tier'])
    begin(emit)
  }

  function finish(emit: Emit): void {
    if (finished) return
    finished = true
    begin(emit)
    reader.flush((delta) => send(emit, delta))
    const reason = finishReasonOf(asString(stop['stop_reason']))
    const refusal = refusalOf(stop)
    const fields = { ...providerFields(stop, reader.blocks()), ...responseFields(stop).provider_specific_fields }
    send(emit, {
      ...(refusal !== undefined && { refusal }),
      ...(Object.keys(fields).length > 0 && { provider_specific_fields: fields }),
    }, reader.onlyAnswered() && reason === 'tool_calls' ? 'stop' : reason)
    if (usage) emit({ ...chunk([]), usage: usageField(usage, told), ...(tier !== undefined && { service_tier: tier }) })
  }

  return {
    push(frame: Frame, emit) {
      if (frame.data === '' || frame.data === '[DONE]') return
      const body = parseJson(frame.data)
      if (!isRecord(body)) throw new GatewayError('upstream_malformed', `${provider} sent a stream event that is not a JSON object.`, { provider })
      const type = asString(body['type']) ?? frame.event
      if (type === 'error') throw errorOfEvent(body, provider)
      usage = usageOfBody(body, usage)
      const index = asNumber(body['index']) ?? 0
      switch (type) {
        case 'message_start':
          start(asRecord(body['message']), emit)
          break
        case 'content_block_start':
          begin(emit)
          reader.open(index, asRecord(body['content_block']), (delta) => send(emit, delta))
          break
        case 'content_block_delta':
          reader.add(index, asRecord(body['delta']), (delta) => send(emit, delta))
          break
        case 'content_block_stop':
          reader.close(index, (delta) => send(emit, delta))
          break
        case 'message_delta':
          stop = { ...stop, ...asRecord(body['delta']), ...(isRecord(body['context_management']) && { context_management: body['context_management'] }) }
          told = body['usage']
          break
        case 'message_stop':
          finish(emit)
          break
      }
    },
    end(emit) {
      // Some that speak this dialect leave out `message_stop`; the answer is whole once it said why it stopped.
      if (!finished && typeof stop['stop_reason'] !== 'string') throw new GatewayError('upstream_interrupted', `${provider} ended the stream before the answer was complete.`, { provider })
      finish(emit)
    },
    usage: () => usage,
  }
}
