import { usage } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { guardOutput, guardrailsFor } from '../stages/guard.ts'
import { byteText } from '../stream/json-text.ts'
import { StreamReply } from '../stream/stream-reply.ts'
import { wholeAsChunks } from '../stream/whole-as-chunks.ts'
import { mockOutput } from '../upstream/mock.ts'
import { answerWhole } from './answer-whole.ts'

/** The deployment's `mock_response`, through the same guards and framing as a provider's answer. */
export async function mockAnswer(ctx: RequestContext, settings: Settings, text: string): Promise<void> {
  const guards = guardrailsFor(ctx, settings, 'output')
  const output = mockOutput(ctx, text)
  ctx.usage = usage({})
  const judged = guards.length > 0 ? await guardOutput(ctx, settings, guards, output) : output
  ctx.responseText = settings.captureText ? judged : undefined
  const { codec } = ctx.route
  if (!ctx.stream) {
    answerWhole(ctx, settings, byteText(codec.encode(judged as never)), undefined)
    return
  }
  new StreamReply(ctx, settings).start(undefined)
  for (const chunk of wholeAsChunks(judged)) ctx.exchange.write(codec.encodeChunk(chunk as never, ctx.showUsage))
  ctx.exchange.end(codec.done)
}
