import { type ChatChunk, type Frame, GatewayError, type StreamTranslator, type UpstreamReply, type Usage, usageToOpenAI } from '@tianjillm/core'
import { errorFromReply } from '../error/from-reply.ts'
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
      if (isRecord(body) && isRecord(body['error'])) throw streamError(body, provider)
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

/** An `{"error": ...}` event inside a stream that began with status 200. */
export function streamError(body: Record<string, unknown>, provider: string): GatewayError {
  const error = body['error'] as Record<string, unknown>
  const status = [error['status'], error['code']].map(Number).find((value) => value >= 400 && value < 600) ?? 500
  const reply: UpstreamReply = { status, headers: {}, body: Buffer.from(JSON.stringify(body)) }
  return errorFromReply(reply, { provider })
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
