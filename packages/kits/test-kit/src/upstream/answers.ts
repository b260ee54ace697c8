import type { ServerResponse } from 'node:http'
import type { RecordedResponse } from '../recording/types.ts'
import { responseBytes } from '../recording/bytes.ts'
import type { UpstreamCall } from './call.ts'

/** Answers one request. Own functions are as good as those of {@link answer}. */
export type Answer = (response: ServerResponse, call: UpstreamCall) => void | Promise<void>

type Headers = Readonly<Record<string, string | string[]>>

/** How an event of {@link answer.sse} may be written: text is sent as it is, the rest as JSON. */
export type SseEvent = string | { readonly event?: string; readonly data: unknown }

const neverEnding = new WeakSet<Answer>()

/** Whether an answer was made to leave the caller waiting. */
export const isHang = (answer: Answer): boolean => neverEnding.has(answer)

/** Ready answers for the fake upstream. */
export const answer = {
  /** A JSON body. */
  json: (body: unknown, { status = 200, headers = {} }: { status?: number; headers?: Headers } = {}): Answer =>
    bytes(Buffer.from(JSON.stringify(body)), status, { 'content-type': 'application/json', ...headers }),

  /** Any body. */
  bytes: (body: string | Uint8Array, { status = 200, headers = {} }: { status?: number; headers?: Headers } = {}): Answer =>
    bytes(body, status, headers),

  /** An error: `body` is sent as JSON unless it is text. */
  error: (status: number, body: unknown = { error: { message: `Fake error ${status}`, type: 'fake_error', param: null, code: null } }, headers: Headers = {}): Answer =>
    (typeof body === 'string' ? bytes(body, status, { 'content-type': 'text/html', ...headers }) : answer.json(body, { status, headers })),

  /** Server-sent events, all at once. Add `'[DONE]'` yourself. */
  sse: (events: readonly SseEvent[], { status = 200, headers = {} }: { status?: number; headers?: Headers } = {}): Answer =>
    bytes(events.map(sseText).join(''), status, { 'content-type': 'text/event-stream', ...headers }),

  /** What was recorded. */
  recording: (recording: { readonly response: RecordedResponse }): Answer =>
    bytes(responseBytes(recording.response), recording.response.status, cleanHeaders(recording.response.headers)),

  /** Breaks the connection: before the head, or after the head and this much of a body. */
  reset: (afterBody?: string | Uint8Array, headers: Headers = {}): Answer => (response) => {
    if (afterBody === undefined) return void response.socket?.resetAndDestroy()
    response.writeHead(200, headers)
    response.write(afterBody, () => response.socket?.resetAndDestroy())
  },

  /** Never answers; with `afterBody`, stops after the head and this much of a body. */
  hang: (afterBody?: string | Uint8Array, headers: Headers = {}): Answer => {
    const answer: Answer = (response) => {
      if (afterBody === undefined) return
      response.writeHead(200, headers)
      response.write(afterBody)
    }
    neverEnding.add(answer)
    return answer
  },

  /** Sends the body in pieces with real pauses between them. */
  slow: (body: string | Uint8Array, { status = 200, headers = {}, pieceBytes = 1, everyMs = 1 }: { status?: number; headers?: Headers; pieceBytes?: number; everyMs?: number } = {}): Answer => (response) => {
    const whole = Buffer.from(body)
    let at = 0
    response.writeHead(status, headers)
    const timer = setInterval(() => {
      response.write(whole.subarray(at, at + pieceBytes))
      at += pieceBytes
      if (at < whole.length) return
      clearInterval(timer)
      response.end()
    }, everyMs)
    response.once('close', () => clearInterval(timer))
  },

  /** Bytes that are not HTTP. */
  garbage: (text = 'SSH-2.0-OpenSSH_9.2\r\n\u0000\u0001\u0002'): Answer => (response) => void response.socket?.end(text),
} as const

function bytes(body: string | Uint8Array, status: number, headers: Headers): Answer {
  const whole = Buffer.from(body)
  return (response) => void response.writeHead(status, { ...headers, 'content-length': String(whole.length) }).end(whole)
}

/** One event as it goes over the wire. */
export function sseText(event: SseEvent): string {
  if (typeof event === 'string') return `data: ${event}\n\n`
  return `${event.event === undefined ? '' : `event: ${event.event}\n`}data: ${typeof event.data === 'string' ? event.data : JSON.stringify(event.data)}\n\n`
}

/** Without those that describe the recorded connection or coding, not the recorded bytes. */
function cleanHeaders(headers: Headers): Headers {
  const hop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding', 'trailer', 'upgrade'])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hop.has(name.toLowerCase())))
}
