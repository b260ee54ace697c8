import { type AdapterOf, type Call, GatewayError, type Http, type HttpControl, type HttpHandler, type HttpHeaders, type HttpRequest, isGatewayError, type Operation } from '@tianjillm/core'
import { createFrameDecoder, createUsageTap, type UsageTap } from '@tianjillm/provider-kit'
import type { RequestContext } from '../context.ts'
import { clientGone } from '../upstream/collect.ts'
import { ErrorReply } from '../upstream/error-reply.ts'
import { hideUsage, ModelRename } from './edit-events.ts'
import { EventCutter } from './event-cutter.ts'
import { endOfEvent, startOfEvent } from './event-bounds.ts'
import { byteText } from './json-text.ts'
import type { EventWatch } from './event-watch.ts'
import type { StreamReply } from './stream-reply.ts'

const ERROR = '"error"'

/** Largest piece that waits for its event's end. */
const MAX_HELD = 16 * 1024 * 1024

/**
 * Byte mode: the upstream's stream goes to the client as it is, event by whole event, with a tap that
 * reads usage. Only whole events are written, so that an error event after a break is always readable.
 *
 * States: waiting for head -> (error reply | waiting for first event) -> passing -> done.
 */
export class BytePass implements HttpHandler {
  readonly #ctx: RequestContext
  readonly #adapter: AdapterOf<Operation>
  readonly #call: Call
  readonly #reply: StreamReply
  readonly #tap: UsageTap
  readonly #hide: boolean
  /** Absent: the caller knows the model by the name that the provider writes. */
  readonly #rename: ModelRename | undefined
  readonly #watch: EventWatch | undefined
  /** Events that wait for one that says something. */
  #early: Buffer | undefined
  #control: HttpControl | undefined
  #headers: HttpHeaders = {}
  #errorReply: ErrorReply | undefined
  readonly #cutter = new EventCutter()
  #done: (() => void) | undefined
  #fail: ((error: GatewayError) => void) | undefined

  constructor(ctx: RequestContext, adapter: AdapterOf<Operation>, call: Call, reply: StreamReply, watch?: EventWatch) {
    this.#watch = watch
    this.#ctx = ctx
    this.#adapter = adapter
    this.#call = call
    this.#reply = reply
    this.#tap = createUsageTap(adapter.usageOf.bind(adapter))
    this.#hide = !ctx.showUsage
    this.#rename = ctx.shownModel === call.model ? undefined : new ModelRename(byteText(JSON.stringify(ctx.shownModel)))
  }

  /** Resolves when the stream is over, also after a break that was told to the client. Rejects when no byte went out. */
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
      exchange.onDrain(() => control.resume())
      exchange.onGone(() => {
        control.abort()
        this.#settle()
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
      this.#over()
      this.#fail!(this.#adapter.error(reply, this.#call))
    })
  }

  onData(chunk: Buffer): void {
    if (this.#errorReply) {
      this.#errorReply.add(chunk)
      return
    }
    const events = this.#cutter.push(chunk)
    if (events) this.#pass(events)
    else if (this.#cutter.held > MAX_HELD) this.#break(new GatewayError('upstream_malformed', `The provider sent a stream event larger than ${MAX_HELD} bytes.`))
  }

  onEnd(): void {
    if (this.#errorReply) {
      this.#errorReply.end()
      return
    }
    const last = this.#cutter.end()
    if (last === 'cut') {
      this.onError(new GatewayError('upstream_interrupted', 'The provider ended the stream in the middle of an event.'))
      return
    }
    if (last && !this.#pass(last)) return
    if (!this.#ctx.exchange.started) {
      this.onError(new GatewayError('upstream_interrupted', 'The provider ended the stream before its first event.'))
      return
    }
    if (!(this.#watch ? this.#watch.complete : this.#ctx.route.codec.isComplete(this.#tap.end()))) {
      this.onError(new GatewayError('upstream_interrupted', 'The provider ended the stream before the answer was complete.'))
      return
    }
    this.#over()
    this.#settle()
    this.#reply.end()
    this.#done!()
  }

  onError(error: GatewayError): void {
    if (this.#errorReply) {
      this.#errorReply.end()
      return
    }
    this.#over()
    if (!this.#ctx.exchange.started) {
      this.#fail!(error)
      return
    }
    this.#settle()
    this.#reply.fail(error)
    this.#done!()
  }

  /** False when the stream ended with an error event. */
  #pass(arrived: Buffer): boolean {
    const events = this.#early ? Buffer.concat([this.#early, arrived]) : arrived
    // One character a byte: what is looked for in it is ASCII, and a string is searched at a fraction of the cost.
    const text = events.toString('latin1')
    const failure = this.#errorIn(events, text)
    const told = failure ? text.slice(0, failure.start) : text
    if (this.#watch && !this.#ctx.exchange.started && this.#watch.isEarly(told)) this.#early = events
    else if (told !== '') this.#write(told)
    if (failure) this.#break(failure.error)
    return !failure
  }

  #write(text: string): void {
    const { exchange } = this.#ctx
    if (!exchange.started) this.#reply.start(this.#headers)
    if (this.#watch) {
      this.#early = undefined
      this.#watched(this.#watch, text)
      return
    }
    this.#tap.see(text)
    // Text is cut and put together at a fraction of what buffers cost, and leaves in one piece with its frame.
    let shown = this.#hide ? hideUsage(text) : text
    if (this.#rename) shown = this.#rename.in(shown)
    // For the client the answer ends with the mark, not with the connection.
    if (endsWithMark(text)) {
      this.#settle()
      exchange.endComes()
    }
    if (shown !== '' && !exchange.write(shown, 'latin1')) this.#control!.pause()
  }

  #watched(watch: EventWatch, text: string): void {
    const { exchange } = this.#ctx
    const shown = watch.see(text)
    if (watch.complete) {
      this.#settle()
      exchange.endComes()
    }
    if (!exchange.write(shown, 'latin1')) this.#control!.pause()
  }

  /** An error event: before the first other event it can still become a real status, later it ends the stream. */
  #errorIn(events: Buffer, text: string): { start: number; error: GatewayError } | undefined {
    for (let at = text.indexOf(ERROR); at !== -1; at = text.indexOf(ERROR, at)) {
      const start = startOfEvent(text, at)
      at = endOfEvent(text, at)
      const translator = this.#adapter.stream!(this.#call)
      try {
        createFrameDecoder('sse').push(events.subarray(start, at), (frame) => translator.push(frame, ignore))
      } catch (error) {
        // What is merely not understood passes: in this mode the client reads it itself.
        if (isGatewayError(error) && error.code !== 'upstream_malformed') return { start, error }
      }
    }
    return undefined
  }

  #break(error: GatewayError): void {
    this.#control?.abort()
    this.onError(error)
  }

  #settle(): void {
    this.#ctx.usage ??= this.#watch ? this.#watch.usage : this.#tap.read()
  }

  #over(): void {
    this.#ctx.exchange.onGone(undefined)
  }
}

function ignore(): void {}

const MARK = '[DONE]'

/** Whether the last event is OpenAI's `data: [DONE]`. */
function endsWithMark(text: string): boolean {
  let end = text.length
  while (end > 0 && (text.charCodeAt(end - 1) === 0x0a || text.charCodeAt(end - 1) === 0x0d)) end -= 1
  return text.charCodeAt(end - 1) === 0x5d && text.endsWith(MARK, end)
}
