import { type AdapterOf, type Call, GatewayError, type HttpRequest, type Operation } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import { createTextCollector } from '../reply/text-collector.ts'
import type { GuardrailBinding, Settings } from '../settings.ts'
import { outputWindow } from '../stages/guard.ts'
import { ChunkSink } from '../stream/chunk-sink.ts'
import { Continuation } from '../stream/continuation.ts'
import { BytePass } from '../stream/pass-bytes.ts'
import { showEvents, watchResponse } from '../responses/show.ts'
import { StreamReply } from '../stream/stream-reply.ts'
import { EventTranslation } from '../stream/translate-events.ts'

/** Calls the upstream and streams what it says: byte by byte where both speak one dialect and nothing needs the text. @throws `unsupported_operation` */
export function streamAnswer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, call: Call, request: HttpRequest, guards: readonly GuardrailBinding[]): Promise<void> {
  if (!adapter.framing || !adapter.stream) {
    throw new GatewayError('unsupported_operation', `The provider of ${JSON.stringify(ctx.model)} does not stream ${ctx.route.operation}.`, { param: 'stream' })
  }
  const reply = new StreamReply(ctx, settings)
  const sink = ctx.continuation?.sink
  if (sink) return new EventTranslation(ctx, adapter, call, reply, sink).run(settings.http, request)
  const makeWindow = guards.length > 0 ? outputWindow(ctx, settings, guards) : undefined
  const continues = (ctx.wishes.continueStream ?? settings.resilience?.continueStreams) === true && Continuation.suits(ctx)
  const same = adapter.dialect === ctx.route.codec.dialect && adapter.framing === 'sse'
  if (same && !makeWindow && !settings.captureText && !continues) return new BytePass(ctx, adapter, call, reply, ctx.conversation && watchResponse(ctx, call, adapter)).run(settings.http, request)
  const collector = settings.captureText ? createTextCollector(ctx.route.operation) : undefined
  const continuation = continues ? (ctx.continuation ??= new Continuation(ctx.body)) : undefined
  const made = new ChunkSink(ctx, collector, makeWindow, continuation && ((chunk) => continuation.see(chunk)), ctx.conversation && showEvents(ctx, call))
  if (continuation) continuation.sink = made
  return new EventTranslation(ctx, adapter, call, reply, made).run(settings.http, request)
}
