import { GatewayError, type HttpControl, type HttpHandler, type HttpHeaders, type HttpRequest, noUsage } from '@tianjillm/core'
import { classifyStatus } from './status.ts'
import type { RequestContext } from '../context.ts'
import type { PassRoute } from '../route.ts'
import type { Settings } from '../settings.ts'
import { admit } from '../stages/limits.ts'
import { identify } from '../stages/parties.ts'
import { price } from '../stages/price.ts'
import { clientGone } from '../upstream/collect.ts'
import { addressOf } from './address.ts'
import { guardBody, guardsOf } from './guard-pass.ts'
import { forwardedHeaders, replyHeaders } from './headers.ts'

/**
 * The life of a call of an operator's own path behind the door: identify, limit, forward, answer. The body is nobody's
 * business but the guardrails' that the endpoint names, so end user and tags are those that headers and the key name.
 * @throws what the caller's limits and the endpoint's guardrails say; `invalid_request` for a path that leads out of the endpoint; the connector's errors
 */
export async function runPass(ctx: RequestContext<PassRoute>, settings: Settings): Promise<void> {
  const { exchange, route: { endpoint } } = ctx
  const { limits, keyHeader } = settings
  ctx.model = endpoint.options.path
  ctx.group = endpoint.group
  const url = addressOf(endpoint, exchange.path, exchange.query)
  const bytes = await exchange.readBody({ maxBytes: limits.maxBodyBytes, timeoutMs: limits.bodyTimeoutMs })
  ctx.bytes = bytes
  await identify(ctx, settings)
  await admit(ctx, settings)
  const sent = endpoint.guards.length === 0 ? bytes : await guardBody(ctx, settings, 'input', { bytes, type: exchange.header('content-type'), encoding: exchange.header('content-encoding') })
  const judging = endpoint.guards.length > 0 && guardsOf(ctx, settings, 'output').length > 0
  ctx.candidate = endpoint.group.candidates[0]
  ctx.attempts = 1
  ctx.upstreamStartedAt = settings.clock.now()
  const request: HttpRequest = {
    method: exchange.method as HttpRequest['method'], url, headers: forwardedHeaders(exchange, endpoint, keyHeader), credential: endpoint.credential, timeouts: endpoint.timeouts, trust: endpoint.options.trust,
    ...(sent.length > 0 && { body: sent }),
  }
  await new Forward(ctx, settings, judging).run(request)
}

/** Hands the service's answer on as it comes, or once guardrails have seen all of it. States: waiting for its head, then passing or gathering until it ends. */
class Forward implements HttpHandler {
  readonly #ctx: RequestContext<PassRoute>
  readonly #settings: Settings
  readonly #answered = Promise.withResolvers<void>()
  #control: HttpControl | undefined
  /** What is held back until it was judged; undefined: nothing is. */
  #held: Buffer[] | undefined
  #heldBytes = 0
  #headers: HttpHeaders = {}

  /** @param judging whether guardrails look at the answer */
  constructor(ctx: RequestContext<PassRoute>, settings: Settings, judging: boolean) {
    if (judging) this.#held = []
    this.#ctx = ctx
    this.#settings = settings
  }

  /** Rejects when nothing was sent to the caller yet, or when the caller left. */
  run(request: HttpRequest): Promise<void> {
    const { exchange } = this.#ctx
    if (exchange.gone) return Promise.reject(clientGone())
    const control = this.#settings.http.open(request, this)
    exchange.onDrain(() => control.resume())
    exchange.onGone(() => {
      control.abort()
      this.#answered.reject(clientGone())
    })
    return this.#answered.promise
  }

  /** The status decides what the call is before a byte of it goes on: a refused one costs nothing. */
  onHead(status: number, headers: HttpHeaders, control: HttpControl): void {
    const ctx = this.#ctx
    const now = this.#settings.clock.now()
    this.#control = control
    ctx.upstreamHeadAt = now
    ctx.firstByteAt = now
    if (status < 400) {
      ctx.usage = noUsage
      price(ctx, now)
    } else {
      ctx.error = classifyStatus(status, ctx.model)
      ctx.costNanoUsd = 0
    }
    ctx.status = status
    ctx.stream = String(headers['content-type'] ?? '').startsWith('text/event-stream')
    // An error is the service's own word, and no answer of it.
    if (status >= 400) this.#held = undefined
    this.#headers = headers
    if (this.#held) return
    ctx.exchange.head(status, replyHeaders(ctx, headers, now))
    // Lets the head go: the first byte of a body may take its time.
    ctx.exchange.write('')
  }

  onData(chunk: Buffer): void {
    if (this.#held) return this.#hold(chunk)
    if (!this.#ctx.exchange.write(chunk)) this.#control!.pause()
  }

  onEnd(): void {
    const ctx = this.#ctx
    if (this.#held) return void this.#judge(Buffer.concat(this.#held)).then(this.#answered.resolve, this.#answered.reject)
    ctx.exchange.onGone(undefined)
    ctx.endedAt = this.#settings.clock.now()
    ctx.exchange.end()
    this.#answered.resolve()
  }

  #hold(chunk: Buffer): void {
    const { maxReplyBytes } = this.#settings.limits
    this.#heldBytes += chunk.length
    if (this.#heldBytes <= maxReplyBytes) return void this.#held!.push(chunk)
    this.#control!.abort()
    this.#answered.reject(new GatewayError('upstream_malformed', `The answer is larger than the limit of ${maxReplyBytes} bytes (general_settings.max_response_size_mb), and the guardrails of this path look at all of it.`))
  }

  async #judge(bytes: Buffer): Promise<void> {
    const ctx = this.#ctx
    const { exchange } = ctx
    const header = (name: string): string | undefined => (this.#headers[name] === undefined ? undefined : String(this.#headers[name]))
    const judged = await guardBody(ctx, this.#settings, 'output', { bytes, type: header('content-type'), encoding: header('content-encoding') })
    if (exchange.gone) throw clientGone()
    exchange.onGone(undefined)
    ctx.endedAt = this.#settings.clock.now()
    exchange.head(ctx.status, replyHeaders(ctx, this.#headers, ctx.endedAt))
    exchange.end(judged)
  }

  onError(error: GatewayError): void {
    this.#ctx.exchange.onGone(undefined)
    this.#answered.reject(error)
  }
}
