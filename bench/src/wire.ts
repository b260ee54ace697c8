/** Bytes that the mock sends and the load asks for; built once. */

/** What the mock is asked to do; the word stands in the model's name. */
export type Work = 'plain' | 'fast' | 'paced'

/** Events of one stream, with the usage chunk and `[DONE]`. */
export const eventsPerStream = { fast: 500, paced: 100 } as const

/** Between two events of a paced stream, in milliseconds. */
export const paceMs = 20

const head = { id: 'chatcmpl-bench', created: 1_790_000_000, model: 'mock', system_fingerprint: 'fp_bench' }
const usage = { prompt_tokens: 30, completion_tokens: 200, total_tokens: 230 }

/** A chat completion of exactly 1 KB. */
export const plainAnswer: Buffer = answerOf(1024)

function answerOf(size: number): Buffer {
  const answer = (content: string) => JSON.stringify({ ...head, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }], usage })
  return Buffer.from(answer('x'.repeat(size - answer('').length)))
}

const sse = (data: unknown) => Buffer.from(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
const chunk = (choices: object[], rest: object = {}) => sse({ ...head, object: 'chat.completion.chunk', choices, ...rest })

/** One token's event, some 200 bytes. */
export const tokenEvent: Buffer = chunk([{ index: 0, delta: { content: ' token' }, finish_reason: null }])

/** The end of a stream: usage (when asked for), `[DONE]`. */
export const lastEvents = (withUsage: boolean): Buffer[] => [
  withUsage ? chunk([], { usage }) : chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
  sse('[DONE]'),
]

/** The master key of `ours`; the others ignore it. */
export const masterKey = 'sk-bench'

/** Where a request goes, and the key that it brings; the master key unless another is named. */
export interface Address {
  readonly port: number
  readonly key?: string
}

/** One chat request as bytes, HTTP head and all. */
export function requestBytes(work: Work, { port, key = masterKey }: Address): Buffer {
  const body = JSON.stringify({
    model: `bench-${work}`,
    messages: [{ role: 'system', content: 'You are terse.' }, { role: 'user', content: 'Say something of some length, please. '.repeat(8) }],
    ...(work !== 'plain' && { stream: true, stream_options: { include_usage: true } }),
  })
  return Buffer.from([
    'POST /v1/chat/completions HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    'accept: application/json, text/event-stream',
    `content-length: ${Buffer.byteLength(body)}`,
    '', body,
  ].join('\r\n'))
}
