import type { Entry } from '@tianjillm/cache'
import type { ChatResponse, CompletionResponse } from '@tianjillm/core'
import type { CacheOutcome, RequestContext } from '../context.ts'
import { answerWhole } from '../answer/answer-whole.ts'
import type { GuardrailBinding, Settings } from '../settings.ts'
import { byteText } from '../stream/json-text.ts'
import { StreamReply } from '../stream/stream-reply.ts'
import { isCollectable } from '../stream/stream-as-whole.ts'
import { wholeAsChunks } from '../stream/whole-as-chunks.ts'
import { guardOutput, guardrailsFor } from './guard.ts'
import { price } from './price.ts'

const none: readonly GuardrailBinding[] = []

/**
 * Answers with what was kept, as a stream when one was asked for. Output guardrails judge it as they would a fresh answer:
 * what they demand may have changed since. False, and nothing is sent, when it cannot be read.
 *
 * @param key the name that it is kept under @throws `guardrail_blocked`, `guardrail_failed`
 */
export async function answerKept(ctx: RequestContext, settings: Settings, key: string, { body, costNanoUsd }: Entry, outcome: CacheOutcome): Promise<boolean> {
  const guards = settings.guardrails.length > 0 ? guardrailsFor(ctx, settings, 'output') : none
  let output: unknown
  if (ctx.stream || guards.length > 0 || settings.captureText) {
    output = read(ctx, body)
    if (output === undefined) return false
  }
  ctx.cacheKey = key
  ctx.cacheHit = true
  ctx.cacheOutcome = outcome
  ctx.savedNanoUsd = costNanoUsd
  // Whoever waited for another's answer may have left meanwhile.
  ctx.exchange.onGone(undefined)
  const judged = guards.length > 0 ? await guardOutput(ctx, settings, guards, output) : output
  ctx.responseText = settings.captureText ? judged : undefined
  if (ctx.stream) replay(ctx, settings, judged as ChatResponse | CompletionResponse)
  else answerWhole(ctx, settings, judged === output ? body.toString('latin1') : byteText(ctx.route.codec.encode(judged as never)), undefined)
  return true
}

function read({ route, stream }: RequestContext, body: Buffer): unknown {
  const { codec } = route
  if (!codec.decode || (stream && !isCollectable(route))) return undefined
  try {
    return codec.decode(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function replay(ctx: RequestContext, settings: Settings, answer: ChatResponse | CompletionResponse): void {
  const { codec } = ctx.route
  price(ctx, settings.clock.now())
  let events = ''
  for (const chunk of wholeAsChunks(answer)) events += codec.encodeChunk(chunk as never, ctx.showUsage)
  new StreamReply(ctx, settings).start(undefined)
  ctx.exchange.end(events + codec.done)
}
