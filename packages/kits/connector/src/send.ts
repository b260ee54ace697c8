import { asGatewayError, GatewayError, type Http, type HttpControl, type HttpHandler, type HttpHeaders, type HttpReply, type HttpRequest, type SendOptions } from '@tianjillm/core'
import { decodeBody } from './decode.ts'

const DEFAULT_MAX_BYTES = 32 * 1024 * 1024

/** Runs `open` to its end and gathers the answer; see `Http.send`. */
export function collect(open: Http['open'], request: HttpRequest, options: SendOptions = {}): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const { signal, maxBytes = DEFAULT_MAX_BYTES } = options
    if (signal?.aborted) {
      reject(cancelled(signal.reason))
      return
    }
    const collector = new Collector(signal, maxBytes, request.method === 'HEAD', resolve, reject)
    collector.control = open(request, collector)
    signal?.addEventListener('abort', collector)
  })
}

/** Handler and abort listener in one object, so that taking the listener off again costs nothing. */
class Collector implements HttpHandler {
  control: HttpControl | undefined
  readonly #signal: AbortSignal | undefined
  readonly #maxBytes: number
  readonly #bodiless: boolean
  readonly #resolve: (reply: HttpReply) => void
  readonly #reject: (error: GatewayError) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #status = 0
  #headers: HttpHeaders = {}

  constructor(signal: AbortSignal | undefined, maxBytes: number, bodiless: boolean, resolve: (reply: HttpReply) => void, reject: (error: GatewayError) => void) {
    this.#signal = signal
    this.#maxBytes = maxBytes
    this.#bodiless = bodiless
    this.#resolve = resolve
    this.#reject = reject
  }

  onHead(status: number, headers: HttpHeaders, control: HttpControl): void {
    this.#status = status
    this.#headers = headers
    if (!this.#bodiless && Number(headers['content-length']) > this.#maxBytes) this.#tooLarge(control)
  }

  onData(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes > this.#maxBytes) this.#tooLarge(this.control)
    else this.#chunks.push(chunk)
  }

  onEnd(): void {
    const [first] = this.#chunks
    const body = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#bytes)
    if (body.length > 0 && this.#headers['content-encoding'] !== undefined) void this.#decode(body)
    else this.#done(this.#headers, body)
  }

  async #decode(encoded: Buffer): Promise<void> {
    try {
      const { headers, body } = await decodeBody(this.#headers, encoded, this.#maxBytes)
      this.#done(headers, body)
    } catch (error) {
      this.onError(asGatewayError(error))
    }
  }

  #done(headers: HttpHeaders, body: Buffer): void {
    this.#release()
    this.#resolve({ status: this.#status, headers, body })
  }

  onError(error: GatewayError): void {
    this.#release()
    this.#reject(error)
  }

  /** The signal fired. */
  handleEvent(): void {
    this.control?.abort()
    this.onError(cancelled(this.#signal?.reason))
  }

  #tooLarge(control: HttpControl | undefined): void {
    control?.abort()
    this.onError(new GatewayError('upstream_malformed', `The upstream's answer (status ${this.#status}) is larger than ${this.#maxBytes} bytes.`))
  }

  #release(): void {
    this.#signal?.removeEventListener('abort', this)
  }
}

function cancelled(reason: unknown): GatewayError {
  if (reason instanceof GatewayError) return reason
  const late = reason instanceof Error && reason.name === 'TimeoutError'
  return late
    ? new GatewayError('upstream_timeout', 'The time that the caller gave this upstream call passed.', { cause: reason })
    : new GatewayError('client_closed', 'The upstream call was cancelled by its caller.', { cause: reason })
}
