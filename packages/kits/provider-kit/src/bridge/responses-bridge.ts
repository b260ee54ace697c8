import type { AdapterOf, Call, ResponsesEvent, ResponsesRequest, StreamTranslator } from '@tianjillm/core'
import { usageToResponses } from '@tianjillm/core'
import { chatRequestOf, supportsField } from './chat-request.ts'
import { EventWriter } from './event-writer.ts'
import { responseOf } from './response-of.ts'

/**
 * The Responses API through a chat adapter, for providers that have no such API: the request becomes a chat, the chat's
 * answer a response, its chunks events. Nothing is kept anywhere, so no response can be asked for later or gone on from.
 */
export function bridgeResponses(chat: AdapterOf<'chat'>): AdapterOf<'responses'> {
  /** Answers repeat what was asked for. */
  const requests = new WeakMap<Call, ResponsesRequest>()
  return {
    // No caller speaks it: answers are always translated.
    dialect: `responses:${chat.dialect}`,
    ...(chat.framing && { framing: chat.framing }),
    supports: (field, model) => supportsField(chat, field, model),
    target: (call) => chat.target(call),
    encode(request, call) {
      requests.set(call, request)
      const asked = chatRequestOf(request, call, chat)
      const encoded = chat.encode(asked, call)
      return encoded === asked ? { ...asked, model: call.model } : encoded
    },
    ...(chat.authorize && { authorize: (request, call) => chat.authorize!(request, call) }),
    decode: (body, call) => responseOf(chat.decode(body, call), requests.get(call), call),
    ...(chat.stream && { stream: (call) => streamOf(chat, requests.get(call), call) }),
    usageOf: (body, before) => chat.usageOf(body, before),
    error: (reply, call) => chat.error(reply, call),
  }
}

function streamOf(chat: AdapterOf<'chat'>, request: ResponsesRequest | undefined, call: Call): StreamTranslator<ResponsesEvent> {
  const inner = chat.stream!(call)
  let emit: (event: ResponsesEvent) => void
  const writer = new EventWriter(request, call, (event) => emit(event))
  return {
    push(frame, send) {
      emit = send
      inner.push(frame, (chunk) => writer.push(chunk))
    },
    end(send) {
      emit = send
      inner.end((chunk) => writer.push(chunk))
      const used = inner.usage()
      writer.end(used ? usageToResponses(used) : null)
    },
    usage: () => inner.usage(),
  }
}
