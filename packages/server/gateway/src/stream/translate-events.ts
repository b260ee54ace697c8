import { type AdapterOf, asGatewayError, type Call, type Frame, GatewayError, type Http, type HttpControl, type HttpHandler, type HttpHeaders, type HttpRequest, type Operation, type StreamTranslator } from '@tianjillm/core'
import { createFrameDecoder, type FrameDecoder } from '@tianjillm/provider-kit'
import type { RequestContext } from '../context.ts'
import { clientGone } from '../upstream/collect.ts'
import { ErrorReply } from '../upstream/error-reply.ts'
import type { ChunkSink } from './chunk-sink.ts'
import type { StreamReply } from './stream-reply.ts'

/**
 * Event mode: frames are cut and translated once, chunks go through the sink, one write per piece that
 * arrived. Everything is synchronous but a guardrail's look; while it looks, the upstream is paused.
 */
export class EventTranslation implements HttpHandler {
  readonly #ctx: RequestContext
  readonly #adapter: AdapterOf<Operation>
  readonly #call: Call
  readonly #reply: StreamReply
  readonly #sink: ChunkSink
  readonly #decoder: FrameDecoder
  readonly #translator: StreamTranslator<unknown>
  readonly #onFrame: (frame: Frame) => void
  #control: HttpControl | undefined
  #headers: HttpHeaders | undefined
  #errorReply: ErrorReply | undefined
  #over = false
  #done: (() => void) | undefined
  #fail: ((error: GatewayError) => void) | undefined

  constructor(ctx: RequestContext, adapter: AdapterOf<Operation>, call: Call, reply: StreamReply, sink: ChunkSink) {
    this.#ctx = ctx
    this.#adapter = adapter
    this.#call = call
    this.#reply = reply
    this.#sink = sink
    this.#decoder = createFrameDecoder(adapter.framing ?? 'sse')
    this.#translator = adapter.stream!(call)
    const emit = (chunk: unknown): void => sink.push(chunk)
    this.#onFrame = (frame) => this.#translator.push(frame, emit)
  }

  /** As {@link BytePass.run}. */
  run(http: Http, request: HttpRequest): Promise<void> {
    const { exchange } = this.#ctx
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#fail = reject
      if (exchange.gone) {
        reject(clientGone())
        return
      }
      const control = http.open(request, this)
      this.#sink.attach({
        start: () => this.#reply.start(this.#headers),
        pause: () => this.#control?.pause(),
        resume: () => this.#control?.resume(),
        fail: (error) => this.#break(error),
      })
      exchange.onGone(() => {
        this.#finish()
        this.#sink.close()
        control.abort()
        reject(clientGone())
      })
    })
  }

  onHead(status: number, headers: HttpHeaders, control: HttpControl): void {
    this.#control = control
    this.#headers = headers
    this.#reply.upstreamAnswered()
    if (status < 300) return
    this.#errorReply = new ErrorReply(status, headers, control, (reply) => {
      this.#finish()
      this.#fail!(this.#adapter.error(reply, this.#call))
    })
  }

  onData(chunk: Buffer): void {
    if (this.#over) return
    if (this.#errorReply) {
      this.#errorReply.add(chunk)
      return
    }
    const error = this.#attempt(() => this.#decoder.push(chunk, this.#onFrame))
    if (error) this.#break(error)
  }

  onEnd(): void {
    if (this.#over) return
    if (this.#errorReply) {
      this.#errorReply.end()
      return
    }
    const error = this.#attempt(() => {
      this.#decoder.end(this.#onFrame)
      this.#translator.end((chunk) => this.#sink.push(chunk))
    })
    if (error) {
      this.onError(error)
      return
    }
    void this.#sink.finish().then(
      () => {
        if (this.#over) return
        if (!this.#ctx.exchange.started) {
          this.onError(new GatewayError('upstream_interrupted', 'The provider ended the stream before its first event.'))
          return
        }
        this.#finish()
        this.#ctx.exchange.end(this.#ctx.route.codec.done)
        this.#done!()
      },
      (error: unknown) => this.onError(asGatewayError(error)),
    )
  }

  onError(error: GatewayError): void {
    if (this.#over) return
    if (this.#errorReply) {
      this.#errorReply.end()
      return
    }
    this.#finish()
    // Too late for a status; whoever can go on with the stream is told, and keeps the sink.
    if (!this.#ctx.exchange.started || this.#ctx.continuation) {
      this.#fail!(error)
      return
    }
    this.#reply.fail(error)
    this.#done!()
  }

  /** Translates, then sends what came out, also before an error of the upstream. A guardrail's refusal counts more. */
  #attempt(translate: () => void): GatewayError | undefined {
    let failed: GatewayError | undefined
    try {
      translate()
    } catch (error) {
      failed = asGatewayError(error)
    }
    try {
      this.#sink.flush()
    } catch (refusal) {
      failed = asGatewayError(refusal)
    }
    return failed
  }

  #break(error: GatewayError): void {
    this.#control?.abort()
    this.onError(error)
  }

  #finish(): void {
    this.#over = true
    if (!this.#ctx.continuation) this.#sink.close()
    this.#ctx.exchange.onGone(undefined)
    this.#ctx.usage = this.#translator.usage()
    this.#ctx.responseText = this.#sink.text()
  }
}
