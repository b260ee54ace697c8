import { type AdapterOf, type Frame, GatewayError, type Http, type HttpRequest, type Operation, type Operations, type UpstreamRequest, type Usage } from '@tianjillm/core'
import { createFrameDecoder } from '../framing/decoder.ts'
import { type Attempt, type AttemptOptions, createAttempt } from './attempt.ts'
import { buildRequest } from './build-request.ts'
import { receive } from './receive.ts'

/** One call of an adapter, for {@link callAdapter}. */
export interface AdapterCall<O extends Operation> extends Partial<Pick<AttemptOptions, 'id' | 'created' | 'dropParams'>> {
  readonly operation: O
  /** `provider.adapters[operation]`. */
  readonly adapter: AdapterOf<O>
  /** In OpenAI's form; `stream: true` streams. */
  readonly input: Operations[O]['input']
  /** The way out; `createConnector()` of `@tianjillm/connector` makes one. */
  readonly http: Http
  /** The upstream's name of the model; default the input's. */
  readonly model?: string
  /** Whose word the provider's address is. Default `operator`: the program that calls chose it. */
  readonly trust?: HttpRequest['trust']
  /** Ends the call: it rejects with `client_closed`. */
  readonly signal?: AbortSignal
  /** Sees the chunks of a stream as they come. Must not throw. */
  readonly onChunk?: (chunk: Operations[O]['chunk']) => void
}

/** What came of a call. */
export interface AdapterAnswer<O extends Operation> {
  /** As it was sent. Its credential is in it: not for logs. */
  readonly request: UpstreamRequest
  /** Of a call that did not stream. */
  readonly output?: Operations[O]['output']
  /** Of a stream. */
  readonly chunks?: readonly Operations[O]['chunk'][]
  readonly usage: Usage | undefined
  /** Fields that the upstream has no equivalent for, with `dropParams`. */
  readonly dropped: readonly string[]
}

/**
 * One call through an adapter, as the gateway makes it, without the gateway: request, HTTP, frames,
 * translator. No retries. Rejects with the adapter's own {@link GatewayError}.
 */
export async function callAdapter<O extends Operation>(run: AdapterCall<O>): Promise<AdapterAnswer<O>> {
  const { operation, adapter, input, http, trust = 'operator', signal, id, created, dropParams } = run
  const fields = input as { readonly model?: unknown; readonly stream?: unknown }
  const call = createAttempt({
    model: run.model ?? String(fields.model ?? ''),
    stream: fields.stream === true,
    ...(id !== undefined && { id }), ...(created !== undefined && { created }), ...(dropParams !== undefined && { dropParams }),
  })
  const request = await buildRequest(adapter, input as object, call)
  if (call.stream && adapter.stream !== undefined) return { request, ...await readStream(run, call, request), dropped: call.dropped }
  const reply = await receive(http, { ...request, trust }, signal)
  if (reply.status >= 300) throw adapter.error(reply, call)
  const body = operation === 'speech' ? reply.body : jsonOf(reply.body)
  return { request, output: adapter.decode(body, call), usage: adapter.usageOf(body), dropped: call.dropped }
}

async function readStream<O extends Operation>({ adapter, http, trust = 'operator', signal, onChunk }: AdapterCall<O>, call: Attempt, request: UpstreamRequest): Promise<{ chunks: Operations[O]['chunk'][]; usage: Usage | undefined }> {
  const chunks: Operations[O]['chunk'][] = []
  const decoder = createFrameDecoder(adapter.framing ?? 'sse')
  const translator = adapter.stream!(call)
  const emit = (chunk: Operations[O]['chunk']): void => {
    chunks.push(chunk)
    onChunk?.(chunk)
  }
  const onFrame = (frame: Frame): void => translator.push(frame, emit)
  const reply = await receive(http, { ...request, trust }, signal, (chunk) => decoder.push(chunk, onFrame))
  if (reply.status >= 300) throw adapter.error(reply, call)
  decoder.end(onFrame)
  translator.end(emit)
  return { chunks, usage: translator.usage() }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // Without a cause: engines quote the text, and no error may hold a body.
    throw new GatewayError('upstream_malformed', 'The provider answered something that is not JSON.')
  }
}
