import { type ErrorCode, GatewayError, usage } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { guardOutput, guardrailsFor } from '../stages/guard.ts'
import { byteText } from '../stream/json-text.ts'
import { StreamReply } from '../stream/stream-reply.ts'
import { mockChunks, mockOutput } from '../upstream/mock.ts'
import { answerWhole } from './answer-whole.ts'

/** LiteLLM's names of errors, which a `mock_response` may be: the call fails in that way. */
const failures: Readonly<Record<string, ErrorCode>> = {
  'litellm.InternalServerError': 'upstream_error', 'litellm.RateLimitError': 'upstream_rate_limit',
  'litellm.ContextWindowExceededError': 'upstream_context_window', 'litellm.ContentPolicyViolationError': 'upstream_content_policy',
}

/** The `mock_response` of the request or the deployment, through the same guards and framing as a provider's answer. */
export async function mockAnswer(ctx: RequestContext, settings: Settings, text: string): Promise<void> {
  if (Object.hasOwn(failures, text)) throw new GatewayError(failures[text]!, `The mock_response says that the call fails: ${text}.`)
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
  for (const chunk of mockChunks(ctx, judged)) ctx.exchange.write(codec.encodeChunk(chunk as never, ctx.showUsage))
  ctx.exchange.end(codec.done)
}
