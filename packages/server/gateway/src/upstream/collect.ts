import { GatewayError, type Http, type HttpControl, type HttpHandler, type HttpHeaders, type HttpReply, type HttpRequest } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'
import { ErrorReply } from './error-reply.ts'

/**
 * Sends a request and hands the whole answer to `onReply`, of an error what came of it. When the client leaves, the
 * upstream call ends at once. Settles as `onReply` does.
 *
 * @throws `client_closed`, `upstream_malformed` (too large), and the connector's errors
 */
export function collect(http: Http, request: HttpRequest, exchange: Exchange, maxBytes: number, onHead: () => void, onReply: (reply: HttpReply) => Promise<void> | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (exchange.gone) reject(clientGone())
    else new Collector(exchange, maxBytes, onHead, onReply, resolve, reject).open(http, request)
  })
}

class Collector implements HttpHandler {
  readonly #exchange: Exchange
  readonly #maxBytes: number
  readonly #onHead: () => void
  readonly #onReply: (reply: HttpReply) => Promise<void> | undefined
  readonly #resolve: (answered: Promise<void> | undefined) => void
  readonly #reject: (error: unknown) => void
  readonly #chunks: Buffer[] = []
  #size = 0
  #status = 0
  #headers: HttpHeaders = {}
  #control: HttpControl | undefined
  #errorReply: ErrorReply | undefined

  constructor(exchange: Exchange, maxBytes: number, onHead: () => void, onReply: (reply: HttpReply) => Promise<void> | undefined, resolve: (answered: Promise<void> | undefined) => void, reject: (error: unknown) => void) {
    this.#exchange = exchange
    this.#maxBytes = maxBytes
    this.#onHead = onHead
    this.#onReply = onReply
    this.#resolve = resolve
    this.#reject = reject
  }

  open(http: Http, request: HttpRequest): void {
    const control = http.open(request, this)
    this.#exchange.onGone(() => {
      control.abort()
      this.#reject(clientGone())
    })
  }

  onHead(status: number, headers: HttpHeaders, control: HttpControl): void {
    this.#status = status
    this.#headers = headers
    this.#control = control
    if (status >= 300) this.#errorReply = new ErrorReply(status, headers, control, (reply) => this.#finish(reply))
    this.#onHead()
  }

  onData(chunk: Buffer): void {
    if (this.#errorReply) {
      this.#errorReply.add(chunk)
      return
    }
    this.#size += chunk.length
    if (this.#size <= this.#maxBytes) {
      this.#chunks.push(chunk)
      return
    }
    this.#control!.abort()
    this.#fail(new GatewayError('upstream_malformed', `The provider's answer is larger than the limit of ${this.#maxBytes} bytes (general_settings.max_response_size_mb).`))
  }

  onEnd(): void {
    if (this.#errorReply) this.#errorReply.end()
    else this.#finish({ status: this.#status, headers: this.#headers, body: this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.#size) })
  }

  onError(error: GatewayError): void {
    if (this.#errorReply) this.#errorReply.end()
    else this.#fail(error)
  }

  #finish(reply: HttpReply): void {
    this.#exchange.onGone(undefined)
    try {
      this.#resolve(this.#onReply(reply))
    } catch (error) {
      this.#reject(error)
    }
  }

  #fail(error: GatewayError): void {
    this.#exchange.onGone(undefined)
    this.#reject(error)
  }
}

export function clientGone(): GatewayError {
  return new GatewayError('client_closed', 'The client closed the connection before the answer was complete.')
}
