import type { ResponsesEvent, ResponsesResponse } from '@tianjillm/core'
import { byteText } from '../stream/json-text.ts'
import { readAt, valuesAt } from '../stream/json-values.ts'
import type { Conversation } from './conversation.ts'

/** What of a response decides how its call is settled. */
export interface ResponseState {
  /** The upstream's. */
  readonly id: string
  readonly status: string | undefined
  readonly background: boolean
  /** Seconds since the epoch. */
  readonly createdAt: number | undefined
  /** As it was written; undefined while there is none. */
  readonly usage: unknown
  readonly error: { readonly code?: unknown; readonly message?: unknown } | undefined
}

/** How a response's status tells that nothing more comes. */
const ended: ReadonlySet<string | undefined> = new Set(['completed', 'failed', 'incomplete', 'cancelled'])

export function hasEnded({ status }: Pick<ResponseState, 'status'>): boolean {
  return ended.has(status)
}

const wanted: ReadonlySet<string> = new Set(['id', 'previous_response_id', 'model', 'status', 'background', 'created_at', 'usage', 'error'])

/** Shows an upstream's responses to a caller: with ids of ours, and the model under the name that was asked for. */
export class ResponseView {
  readonly #conversation: Conversation
  readonly #deployment: string
  readonly #model: string | undefined

  /** @param model the caller's name for it; undefined: the upstream's will do */
  constructor(conversation: Conversation, deployment: string, model: string | undefined) {
    this.#conversation = conversation
    this.#deployment = deployment
    this.#model = model
  }

  /** The caller's id for one of the upstream's. */
  idOf(upstreamId: string): string {
    const { ids, owner, named } = this.#conversation
    return named?.kept.id === upstreamId ? named.shown : ids.make('resp', { deployment: this.#deployment, id: upstreamId }, owner)
  }

  /** The response that stands between two places of a JSON byte text, and the text with it as the caller is to see it: every other byte stays. */
  inText(text: string, from = 0, to = text.length): { readonly text: string; readonly state: ResponseState | undefined } {
    const spans = valuesAt(text, wanted, 1, from, to)
    const read = (key: string): unknown => readAt(text, spans.get(key))
    const id = read('id')
    if (typeof id !== 'string') return { text, state: undefined }
    const previous = read('previous_response_id')
    const shown: [string, string][] = [['id', this.idOf(id)]]
    if (typeof previous === 'string') shown.push(['previous_response_id', this.idOf(previous)])
    if (this.#model !== undefined && typeof read('model') === 'string') shown.push(['model', this.#model])
    let edited = text
    // From the end on, so that places before it stay where they are.
    for (const [key, value] of shown.toSorted(([a], [b]) => spans.get(b)!.start - spans.get(a)!.start)) {
      const { start, end } = spans.get(key)!
      edited = edited.slice(0, start) + byteText(JSON.stringify(value)) + edited.slice(end)
    }
    return { text: edited, state: stateOf({ id, status: read('status'), background: read('background'), created_at: read('created_at'), usage: read('usage'), error: read('error') }) }
  }

  /** The same of a response that was read already. */
  of<R extends Partial<ResponsesResponse>>(response: R): R {
    const { id, previous_response_id: previous, model } = response
    return {
      ...response,
      ...(typeof id === 'string' && { id: this.idOf(id) }),
      ...(typeof previous === 'string' && { previous_response_id: this.idOf(previous) }),
      ...(this.#model !== undefined && model !== undefined && { model: this.#model }),
    }
  }

  /** The same of an event: those that tell of the whole response hold it. */
  ofEvent(event: ResponsesEvent): ResponsesEvent {
    const { response } = event
    return typeof response === 'object' && response !== null ? { ...event, response: this.of(response as Partial<ResponsesResponse>) } : event
  }
}

/** What a response says of itself. */
export function stateOf(response: Readonly<Record<string, unknown>>): ResponseState {
  const { id, status, background, created_at: createdAt, usage, error } = response
  return {
    id: String(id), status: typeof status === 'string' ? status : undefined, background: background === true,
    createdAt: typeof createdAt === 'number' ? Math.floor(createdAt) : undefined, usage: usage ?? undefined,
    error: typeof error === 'object' && error !== null ? error : undefined,
  }
}
