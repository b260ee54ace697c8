import type { GatewayError, HttpHeaders } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import { answerHeaders } from '../reply/headers.ts'
import type { Settings } from '../settings.ts'

/** The client's end of a stream: head, end, and an error event when it is too late for a status. */
export class StreamReply {
  readonly #ctx: RequestContext
  readonly #settings: Settings

  constructor(ctx: RequestContext, settings: Settings) {
    this.#ctx = ctx
    this.#settings = settings
  }

  /** The upstream's head arrived. */
  upstreamAnswered(): void {
    this.#ctx.upstreamHeadAt = this.#settings.clock.now()
  }

  /** Sends status 200 and the headers. */
  start(upstream: HttpHeaders | undefined): void {
    const ctx = this.#ctx
    const now = this.#settings.clock.now()
    ctx.firstByteAt = now
    ctx.status = 200
    const headers = answerHeaders(ctx, 'text/event-stream; charset=utf-8', upstream, now)
    headers.push('cache-control', 'no-cache', 'x-accel-buffering', 'no')
    ctx.exchange.head(200, headers)
  }

  end(): void {
    this.#ctx.exchange.end()
  }

  /** Ends a stream that broke: one error event in the caller's dialect, no end mark. */
  fail(error: GatewayError): void {
    this.#ctx.error = error
    this.#ctx.exchange.end(this.#ctx.route.codec.errorEvent(error))
  }
}
