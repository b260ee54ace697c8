import { type ChatChunk, type Frame, GatewayError, type StreamTranslator, type Usage, usageToOpenAI } from '@tianjillm/core'
import { errorInBody } from '../error/in-body.ts'
import { isRecord } from '../json.ts'
import { openaiUsageOf } from './decode.ts'
import { type OpenAIQuirks, rewritesAnswers } from './quirks.ts'

/**
 * Translates OpenAI's stream: one JSON object a frame, then `[DONE]`. Upstreams that leave out
 * `[DONE]` are fine as long as every choice was finished.
 *
 * @param quirks where they rewrite answers, each choice also finishes only once (OpenRouter repeats the reason)
 */
export function createOpenAIStream<Chunk extends object>(provider: string, decode: (body: unknown) => Chunk, quirks: OpenAIQuirks = {}): StreamTranslator<Chunk> {
  const rewrites = rewritesAnswers(quirks)
  const finished = new Set<number>()
  let complete = false
  let usage: Usage | undefined
  let last: object | undefined
  return {
    push(frame: Frame, emit) {
      if (frame.data === '[DONE]') {
        complete = true
        return
      }
      if (frame.data === '') return
      const body = parse(frame.data, provider)
      const told = errorInBody(body, provider)
      if (told) throw told
      complete ||= isFinished(body)
      usage = openaiUsageOf(body, usage)
      const chunk = decode(body)
      if (rewrites) finishOnce(chunk as Partial<ChatChunk>, finished)
      if (quirks.usageInEachChunk !== true) {
        emit(chunk)
        return
      }
      const { usage: _, ...rest } = chunk as { usage?: unknown }
      last = rest
      emit(rest as Chunk)
    },
    end(emit) {
      if (!complete) throw new GatewayError('upstream_interrupted', `${provider} ended the stream before the answer was complete.`, { provider })
      if (last && usage) emit({ ...last, choices: [], usage: usageToOpenAI(usage) } as unknown as Chunk)
    },
    usage: () => usage,
  }
}

function parse(data: string, provider: string): unknown {
  try {
    return JSON.parse(data)
  } catch (cause) {
    throw new GatewayError('upstream_malformed', `${provider} sent a stream event that is not JSON.`, { provider, cause })
  }
}

function finishOnce({ choices }: Partial<ChatChunk>, finished: Set<number>): void {
  for (const choice of choices ?? []) {
    if (!choice.finish_reason) continue
    if (finished.has(choice.index)) choice.finish_reason = null
    finished.add(choice.index)
  }
}

function isFinished(body: unknown): boolean {
  const choices = isRecord(body) ? body['choices'] : undefined
  return Array.isArray(choices) && choices.some((choice) => isRecord(choice) && typeof choice['finish_reason'] === 'string')
}
