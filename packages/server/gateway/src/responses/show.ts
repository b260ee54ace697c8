import type { AdapterOf, Call, ResponsesEvent, ResponsesResponse } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { ChunkView } from '../stream/chunk-sink.ts'
import type { EventWatch } from '../stream/event-watch.ts'
import { ResponseWatch } from './event-watch.ts'
import { noteState } from './note-state.ts'
import { ResponseView, stateOf } from './response-view.ts'

/** How the upstream's responses look to the call's caller. */
function viewOf(ctx: RequestContext, call: Call): ResponseView {
  return new ResponseView(ctx.conversation!, ctx.candidate!.deployment.id, ctx.shownModel === call.model ? undefined : ctx.shownModel)
}

/** A whole response as byte text, as the caller is to see it. */
export function showResponse(ctx: RequestContext, call: Call, body: string): string {
  const { text, state } = viewOf(ctx, call).inText(body)
  if (state) noteState(ctx, state)
  return text
}

/** The same of a response that was read. */
export function showOutput(ctx: RequestContext, call: Call, output: ResponsesResponse): ResponsesResponse {
  noteState(ctx, stateOf(output as unknown as Record<string, unknown>))
  return viewOf(ctx, call).of(output)
}

/** For a stream whose bytes pass. */
export function watchResponse(ctx: RequestContext, call: Call, adapter: Pick<AdapterOf<'responses'>, 'usageOf'>): EventWatch {
  return new ResponseWatch(ctx, viewOf(ctx, call), adapter)
}

/** Events that tell of the beginning. */
const early: ReadonlySet<string> = new Set(['response.created', 'response.queued', 'response.in_progress'])

/** For a stream whose events are read: each as the caller is to see it. */
export function showEvents(ctx: RequestContext, call: Call): ChunkView {
  const view = viewOf(ctx, call)
  return {
    show(chunk) {
      const event = chunk as ResponsesEvent
      if (typeof event['response'] !== 'object' || event['response'] === null) return event
      noteState(ctx, stateOf(event['response'] as Record<string, unknown>))
      return view.ofEvent(event)
    },
    // Who asked for an answer in the background waits for its id.
    isEarly: (chunk) => ctx.body['background'] !== true && early.has((chunk as ResponsesEvent).type),
  }
}
