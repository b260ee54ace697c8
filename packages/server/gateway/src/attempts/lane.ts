import { type AdapterOf, type Call, type GatewayError, type Http, type HttpControl, type HttpHandler, type HttpHeaders, type HttpRequest, type Operation } from '@tianjillm/core'
import type { Choice } from '@tianjillm/router'
import type { Deployment } from '../deployment.ts'
import { ErrorReply } from '../upstream/error-reply.ts'

/** A call to a deployment that is ready to go out. */
export interface Prepared {
  readonly choice: Choice<Deployment>
  readonly adapter: AdapterOf<Operation>
  readonly call: Call
  readonly request: HttpRequest
}

/**
 * One of the calls that race for a caller. It holds what comes until it is adopted by whoever answers the caller.
 *
 * States: waiting -> first byte (paused) | failed -> adopted | dropped.
 */
export class Lane implements HttpHandler {
  readonly prepared: Prepared
  readonly startedAt: number
  readonly #onTold: (lane: Lane) => void
  #control: HttpControl | undefined
  #handler: HttpHandler | undefined
  #status = 0
  #headers: HttpHeaders = {}
  readonly #held: Buffer[] = []
  #errorReply: ErrorReply | undefined
  #ended = false
  #error: GatewayError | undefined

  /** @param onTold called once there is something to tell: a first byte, the end, or a failure */
  constructor(http: Http, prepared: Prepared, startedAt: number, onTold: (lane: Lane) => void) {
    this.prepared = prepared
    this.startedAt = startedAt
    this.#onTold = onTold
    this.#control = http.open(prepared.request, this)
  }

  /** Why it cannot answer; undefined while it can. */
  get failure(): GatewayError | undefined {
    if (this.#error) return this.#error
    const { adapter, call } = this.prepared
    return this.#status >= 300 ? adapter.error({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#held) }, call) : undefined
  }

  /** As a connection to those who open one: what was held comes first, then the rest. */
  get http(): Http {
    return {
      open: (_, handler) => {
        // Never within `open`: handlers expect to have the control by then.
        queueMicrotask(() => this.#handTo(handler))
        return this.#control!
      },
      send: () => Promise.reject(new Error('A lane is opened, not sent.')),
    }
  }

  drop(): void {
    this.#control?.abort()
  }

  onHead(status: number, headers: HttpHeaders, control: HttpControl): void {
    this.#control = control
    this.#status = status
    this.#headers = headers
    if (status < 300) return
    this.#errorReply = new ErrorReply(status, headers, control, ({ body }) => {
      this.#held.push(body)
      this.#ended = true
      this.#onTold(this)
    })
  }

  onData(chunk: Buffer): void {
    if (this.#handler) {
      this.#handler.onData(chunk)
      return
    }
    if (this.#errorReply) {
      this.#errorReply.add(chunk)
      return
    }
    this.#held.push(chunk)
    this.#control!.pause()
    if (this.#held.length === 1) this.#onTold(this)
  }

  onEnd(): void {
    if (this.#handler) {
      this.#handler.onEnd()
      return
    }
    if (this.#errorReply) {
      this.#errorReply.end()
      return
    }
    this.#ended = true
    if (this.#held.length === 0) this.#onTold(this)
  }

  onError(error: GatewayError): void {
    if (this.#handler) {
      this.#handler.onError(error)
      return
    }
    if (this.#errorReply) {
      this.#errorReply.end()
      return
    }
    this.#error = error
    if (this.#held.length === 0) this.#onTold(this)
  }

  #handTo(handler: HttpHandler): void {
    this.#handler = handler
    if (this.#status > 0) handler.onHead(this.#status, this.#headers, this.#control!)
    for (const chunk of this.#held.splice(0)) handler.onData(chunk)
    if (this.#error) handler.onError(this.#error)
    else if (this.#ended) handler.onEnd()
    else this.#control!.resume()
  }
}
