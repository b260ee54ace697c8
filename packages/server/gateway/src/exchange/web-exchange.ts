import { GatewayError } from '@tianjillm/core'
import type { BodyLimits, EndListener, Exchange } from './exchange.ts'

/** Bytes that may wait for a slow reader before the writer is told to stop. */
const HIGH_WATER_BYTES = 64 * 1024

/** An exchange over a web `Request`, answered with a `Response`: for any runtime or framework that speaks fetch. */
export class WebExchange implements Exchange {
  readonly #request: Request
  readonly #answer = Promise.withResolvers<Response>()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #drain: (() => void) | undefined
  #onGone: (() => void) | undefined
  readonly path: string
  readonly query: string
  #beforeEnd: EndListener | undefined
  readonly connection = undefined
  readonly remoteAddress = undefined
  gone = false
  started = false
  #ended = false

  constructor(request: Request) {
    this.#request = request
    const { pathname, search } = new URL(request.url)
    this.path = pathname
    this.query = search.slice(1)
    if (request.signal.aborted) this.#leave()
    else request.signal.addEventListener('abort', () => this.#leave(), { once: true })
  }

  /** The answer; resolves when status and headers are known. */
  get response(): Promise<Response> {
    return this.#answer.promise
  }

  get method(): string {
    return this.#request.method
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined
  }

  headerNames(): readonly string[] {
    return [...this.#request.headers.keys()]
  }

  async readBody({ maxBytes, timeoutMs }: BodyLimits): Promise<Buffer> {
    const reader = this.#request.body?.getReader()
    if (!reader) return Buffer.alloc(0)
    let late = false
    const timer = setTimeout(() => {
      late = true
      reader.cancel().catch(() => {})
    }, timeoutMs)
    try {
      const chunks: Uint8Array[] = []
      let size = 0
      for (;;) {
        const { done, value } = await reader.read().catch(() => {
          throw new GatewayError('client_closed', 'The client closed the connection before the request was complete.')
        })
        if (late) throw new GatewayError('request_timeout', `The request body did not arrive within ${timeoutMs} ms.`)
        if (done) return Buffer.concat(chunks, size)
        size += value.length
        if (size > maxBytes) {
          reader.cancel().catch(() => {})
          throw new GatewayError('body_too_large', `The request body is larger than the limit of ${maxBytes} bytes (general_settings.max_request_size_mb).`, { param: 'content-length' })
        }
        chunks.push(value)
      }
    } finally {
      clearTimeout(timer)
    }
  }

  onGone(listener: (() => void) | undefined): void {
    this.#onGone = listener
  }

  head(status: number, headers: readonly string[]): void {
    this.started = true
    if (this.gone) return
    const list = new Headers()
    for (let i = 0; i < headers.length; i += 2) {
      // The runtime frames the body itself.
      if (headers[i] !== 'content-length') list.append(headers[i]!, headers[i + 1]!)
    }
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      pull: () => this.#drain?.(),
      cancel: () => this.#leave(),
    }, new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }))
    this.#answer.resolve(new Response(status === 204 || status === 304 ? null : body, { status, headers: list }))
  }

  write(piece: Buffer | string, encoding?: 'latin1'): boolean {
    if (this.gone || this.#ended || !this.#controller) return true
    this.#controller.enqueue(typeof piece === 'string' ? Buffer.from(piece, encoding) : piece)
    return (this.#controller.desiredSize ?? 1) > 0
  }

  onDrain(listener: () => void): void {
    this.#drain = listener
  }

  beforeEnd(listener: EndListener): void {
    this.#beforeEnd = listener
  }

  endComes(): void {
    const before = this.#beforeEnd
    this.#beforeEnd = undefined
    before?.(undefined)
  }

  end(piece?: Buffer | string, encoding?: 'latin1'): void {
    if (!this.#ended && !this.gone) this.endComes()
    if (piece !== undefined) this.write(piece, encoding)
    if (this.#ended || this.gone) return
    this.#ended = true
    this.#controller?.close()
  }

  destroy(): void {
    if (this.#ended || this.gone) return
    this.#ended = true
    this.#controller?.error(new Error('The answer was broken off.'))
  }

  #leave(): void {
    if (this.gone || this.#ended) return
    this.gone = true
    // Nobody reads it, but whoever waits for it must not wait forever.
    if (!this.started) this.#answer.resolve(new Response(null, { status: 499 }))
    this.#onGone?.()
  }
}
