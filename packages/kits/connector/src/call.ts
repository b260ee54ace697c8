import { GatewayError, type HttpControl, type HttpHandler, type HttpHeaders, type HttpRequest, type HttpTimeouts } from '@tianjillm/core'
import { type Deadlines, Timed } from './deadlines.ts'
import { codeOf, timedOut, toGatewayError } from './errors.ts'
import { outgoingHead } from './headers.ts'
import type { Message } from './http1/write-request.ts'
import type { Lane, Rider } from './lane.ts'
import type { Pool } from './pool.ts'
import type { Route } from './pools.ts'
import type { Target } from './target.ts'

// waiting: for a connection. sent: the request is written. head, body: head, first byte arrived.
const WAITING = 0
const SENT = 1
const HEAD = 2
const BODY = 3
const OVER = 4

const unset: Message = Object.freeze({ method: 'GET', head: '', body: undefined })
const dropped = new Set(['ECONNRESET', 'EPIPE'])

/** One request in flight: what a connection talks to on one side, and the caller's control on the other. */
export class Call extends Timed implements HttpControl, Rider {
  message: Message = unset
  lane: Lane | undefined
  readonly #handler: HttpHandler
  readonly #deadlines: Deadlines
  readonly #limits: Required<HttpTimeouts>
  readonly #host: string
  #pool: Pool | undefined
  #phase = WAITING
  #opening = true
  #paused = false
  #pausedAt = 0
  /** Plain HTTP through a proxy, whose own answers (407) must be told from the upstream's. */
  #proxied = false
  /** Whether the request may be sent a second time when the connection turns out to be stale. */
  #repeatable = false
  #startedAt = 0
  #sentAt = 0
  /** Since when the upstream owes us bytes; moved on by the time spent paused. */
  #quietSince = 0

  constructor(handler: HttpHandler, host: string, deadlines: Deadlines, limits: Required<HttpTimeouts>) {
    super()
    this.#handler = handler
    this.#host = host
    this.#deadlines = deadlines
    this.#limits = limits
  }

  /** Sends the request. Never throws; what fails goes to the handler, after the caller has the control. */
  start(request: HttpRequest, target: Target, route: Route): void {
    try {
      const { method, body } = request
      this.message = { method, head: outgoingHead(request, target, route), body }
      this.#proxied = route.absolute
      // Only a request without effect may be sent twice (RFC 9110, 9.2.2).
      this.#repeatable = body === undefined && (method === 'GET' || method === 'HEAD')
      this.#pool = route.pool
      if (this.#limits.total > 0) {
        this.#startedAt = this.#deadlines.now()
        this.#arm(this.#startedAt)
      }
      route.pool.take(this)
    } catch (error) {
      this.fail(error)
    }
    this.#opening = false
  }

  /** Ends a call that cannot be sent at all. */
  refuse(error: unknown): void {
    this.fail(error)
  }

  pause(): void {
    if (this.#paused || this.#phase === OVER) return
    this.#paused = true
    this.#pausedAt = this.#deadlines.now()
    if (this.#phase >= SENT) this.lane?.pause()
  }

  resume(): void {
    if (!this.#paused || this.#phase === OVER) return
    this.#paused = false
    if (this.#phase >= HEAD) {
      const now = this.#deadlines.now()
      this.#quietSince += now - this.#pausedAt
      this.#arm(now)
    }
    // Later: what was held must not come within the caller's own call.
    queueMicrotask(() => {
      if (!this.#paused && this.#phase !== OVER) this.lane?.resume()
    })
  }

  abort(): void {
    if (this.#phase === OVER) return
    this.#cut()
  }

  onSent(): void {
    if (this.#paused) this.lane?.pause()
    this.#phase = SENT
    const { headers, firstByte } = this.#limits
    if (headers > 0 || firstByte > 0) {
      this.#sentAt = this.#deadlines.now()
      this.#arm(this.#sentAt)
    }
  }

  onHead(status: number, headers: HttpHeaders): void {
    // 1xx are interim (RFC 9110, 15.2); the answer follows.
    if (this.#phase === OVER || status < 200) return
    if (status === 407 && this.#proxied) {
      this.#break(new GatewayError('upstream_unreachable', `The proxy on the way to ${this.#host} asks for a login (407). Check the user name and password in the proxy URL.`))
      return
    }
    this.#phase = HEAD
    this.#quietSince = this.#sentAt
    if (this.#paused) this.#pausedAt = this.#deadlines.now()
    try {
      this.#handler.onHead(status, headers, this)
    } catch (error) {
      this.#break(error)
    }
  }

  onData(chunk: Buffer): void {
    if (this.#phase === OVER) return
    if (this.#phase === HEAD || this.#limits.idle > 0) {
      const now = this.#deadlines.now()
      this.#quietSince = now
      if (this.#paused) this.#pausedAt = now
      // A further piece only moves the deadline on; whoever checks it then sees that.
      if (this.#phase === HEAD) {
        this.#phase = BODY
        this.#arm(now)
      }
    }
    try {
      this.#handler.onData(chunk)
    } catch (error) {
      this.#break(error)
    }
  }

  onEnd(): void {
    if (this.#phase === OVER) return
    const { lane } = this
    const pool = this.#pool
    this.#end()
    if (lane !== undefined) pool?.release(lane)
    try {
      this.#handler.onEnd()
    } catch (error) {
      this.#tell(asFault(error))
    }
  }

  onBroken(error: Error): void {
    if (this.#phase === OVER) return
    const { lane } = this
    // It ended while the request waited to be written: nothing has happened yet.
    if (this.#phase === WAITING && lane?.connected === true) {
      this.#pool?.again(this)
      return
    }
    // The server had closed a kept connection before it saw the request: once more, on another one.
    if (this.#phase === SENT && this.#repeatable && lane !== undefined && !lane.fresh && !lane.heard && dropped.has(codeOf(error) ?? '')) {
      this.#repeatable = false
      this.#phase = WAITING
      this.#pool?.again(this)
      return
    }
    this.fail(error)
  }

  /** The call failed below: tells the handler, after the caller has the control. */
  fail(error: unknown): void {
    if (this.#phase === OVER) return
    const failure = toGatewayError(error, this.#host, this.#phase >= HEAD)
    if (this.#opening) {
      this.#opening = false
      queueMicrotask(() => this.fail(failure))
      return
    }
    this.#cut()
    this.#tell(failure)
  }

  /** Ends the call from our side, with word to the handler. */
  #break(error: unknown): void {
    if (this.#phase === OVER) return
    this.#cut()
    this.#tell(error instanceof GatewayError ? error : asFault(error))
  }

  /** Ends the call and its connection. */
  #cut(): void {
    const pool = this.#pool
    this.#phase = OVER
    pool?.drop(this)
    this.#end()
  }

  #tell(error: GatewayError): void {
    try {
      this.#handler.onError(error)
    } catch (fault) {
      // Nobody is left to tell but the operator; throwing here would end the process.
      process.emitWarning(`An HTTP handler threw from onError: ${String(fault)}`, 'TianjillmConnector')
    }
  }

  #end(): void {
    this.#phase = OVER
    this.#deadlines.forget(this)
    this.#pool = undefined
    this.lane = undefined
    this.message = unset
  }

  #arm(now: number): void {
    this.#deadlines.watch(this, this.#deadline(), now)
  }

  /** Called by the deadlines' timer. */
  override check(now: number): number {
    const at = this.#deadline()
    // Timers may fire a fraction of a millisecond early.
    if (at - now >= 1) return at
    const which = this.#passed(now)
    if (which !== undefined) this.#break(timedOut(which === 'firstByte' ? 'first byte' : which, this.#limits[which], this.#host))
    return Infinity
  }

  #deadline(): number {
    const { headers, firstByte, idle, total } = this.#limits
    let at = total > 0 ? this.#startedAt + total : Infinity
    if (this.#phase === SENT) {
      if (headers > 0) at = Math.min(at, this.#sentAt + headers)
      if (firstByte > 0) at = Math.min(at, this.#sentAt + firstByte)
    } else if (!this.#paused) {
      if (this.#phase === HEAD && firstByte > 0) at = Math.min(at, this.#quietSince + firstByte)
      if (this.#phase === BODY && idle > 0) at = Math.min(at, this.#quietSince + idle)
    }
    return at
  }

  #passed(now: number): 'headers' | 'firstByte' | 'idle' | 'total' | undefined {
    const { headers, firstByte, idle, total } = this.#limits
    const late = (since: number, limit: number): boolean => limit > 0 && since + limit - now < 1
    if (this.#phase === SENT && late(this.#sentAt, headers)) return 'headers'
    if (this.#phase === SENT && late(this.#sentAt, firstByte)) return 'firstByte'
    if (this.#phase === HEAD && !this.#paused && late(this.#quietSince, firstByte)) return 'firstByte'
    if (this.#phase === BODY && !this.#paused && late(this.#quietSince, idle)) return 'idle'
    return late(this.#startedAt, total) ? 'total' : undefined
  }
}

function asFault(error: unknown): GatewayError {
  return new GatewayError('internal', 'The code that handles this upstream answer failed.', { cause: error })
}
