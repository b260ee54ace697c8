import type { AdapterOf, Usage } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import { endOfEvent, startOfEvent } from '../stream/event-bounds.ts'
import type { EventWatch } from '../stream/event-watch.ts'
import { readAt, valuesAt } from '../stream/json-values.ts'
import { noteState } from './note-state.ts'
import type { ResponseView } from './response-view.ts'

const RESPONSE = '"response"'
const keys: ReadonlySet<string> = new Set(['type', 'response'])
/** Events that end a stream. */
const ends: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled'])

/** Nothing but events that tell of the beginning. */
const isEarly = /^(?:event: ?response\.(?:created|queued|in_progress)\r?\n(?:(?!\r?\n).*\r?\n)*\r?\n)*$/

/**
 * Watches a passing stream of the Responses API: few of its events hold the response, and these alone are looked into.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponseWatch implements EventWatch {
  complete = false
  usage: Usage | undefined
  readonly #ctx: RequestContext
  readonly #view: ResponseView
  readonly #adapter: Pick<AdapterOf<'responses'>, 'usageOf'>

  constructor(ctx: RequestContext, view: ResponseView, adapter: Pick<AdapterOf<'responses'>, 'usageOf'>) {
    this.#ctx = ctx
    this.#view = view
    this.#adapter = adapter
  }

  see(text: string): string {
    let shown = ''
    let from = 0
    for (let at = text.indexOf(RESPONSE); at !== -1; at = text.indexOf(RESPONSE, from)) {
      const start = startOfEvent(text, at)
      const end = endOfEvent(text, at)
      shown += text.slice(from, start) + this.#event(text.slice(start, end))
      from = end
    }
    return from === 0 ? text : shown + text.slice(from)
  }

  isEarly(text: string): boolean {
    // Who asked for an answer in the background waits for its id.
    return this.#ctx.body['background'] !== true && isEarly.test(text)
  }

  #event(event: string): string {
    const data = event.indexOf('{')
    if (data === -1) return event
    const spans = valuesAt(event, keys, 1, data)
    const span = spans.get('response')
    if (!span || event[span.start] !== '{') return event
    const { text, state } = this.#view.inText(event, span.start, span.end)
    if (!state) return event
    this.usage = this.#adapter.usageOf({ usage: state.usage }, this.usage)
    this.complete ||= ends.has(readAt(event, spans.get('type')))
    noteState(this.#ctx, state)
    return text
  }
}
