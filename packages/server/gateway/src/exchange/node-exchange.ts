import type { IncomingMessage, ServerResponse } from 'node:http'
import { GatewayError, TurnQueue } from '@tianjillm/core'
import type { BodyLimits, EndListener, Exchange } from './exchange.ts'

/** An exchange over Node's own request and response: no web streams, no copies. */
export class NodeExchange implements Exchange {
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #keepAlive: string | undefined
  /** The answer is sent in chunks, which are framed here. */
  #chunked = false
  readonly path: string
  readonly query: string
  gone = false
  started = false
  #onGone: (() => void) | undefined
  #beforeEnd: EndListener | undefined
  #last: Buffer | string | undefined
  #lastEncoding: 'latin1' | undefined

  /** @param keepAlive what the client is told of how long its connection stays (`timeout=75`, seconds), where Node does not say it */
  constructor(incoming: IncomingMessage, outgoing: ServerResponse, keepAlive?: string) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#keepAlive = keepAlive
    const url = incoming.url ?? '/'
    const mark = url.indexOf('?')
    this.path = mark === -1 ? url : url.slice(0, mark)
    this.query = mark === -1 ? '' : url.slice(mark + 1)
    outgoing.on('close', () => {
      if (outgoing.writableFinished) return
      this.gone = true
      this.#onGone?.()
    })
    // A late write to a broken socket must not end the process.
    outgoing.on('error', ignore)
  }

  get method(): string {
    return this.#incoming.method ?? 'GET'
  }

  get connection(): object {
    return this.#incoming.socket
  }

  get remoteAddress(): string | undefined {
    return this.#incoming.socket.remoteAddress
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name]
    return typeof value === 'string' ? value : value?.[0]
  }

  headerNames(): readonly string[] {
    return Object.keys(this.#incoming.headers)
  }

  /** The time limit is the server's own (`server.requestTimeout`): it watches all connections with one timer. */
  readBody({ maxBytes }: BodyLimits): Promise<Buffer> {
    const incoming = this.#incoming
    const declared = incoming.headers['content-length']
    if (declared !== undefined && Number(declared) > maxBytes) return Promise.reject(tooLarge(maxBytes))
    if (this.gone || incoming.destroyed) return Promise.reject(clientClosed())
    return new Promise((resolve, reject) => {
      let first: Buffer | undefined
      let more: Buffer[] | undefined
      let size = 0
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) reject(tooLarge(maxBytes))
        else if (first) (more ??= [first]).push(chunk)
        else first = chunk
      })
      incoming.on('end', () => resolve(more ? Buffer.concat(more, size) : (first ?? empty)))
      // Both listeners stay: without them Node keeps finished requests reachable for longer, and garbage
      // collection costs a fifth of the time.
      incoming.on('close', () => {
        if (!incoming.complete) reject(clientClosed())
      })
      incoming.on('error', ignore)
    })
  }

  onGone(listener: (() => void) | undefined): void {
    this.#onGone = listener
  }

  head(status: number, headers: string[]): void {
    this.started = true
    if (this.gone) return
    // An answer before the whole body was read ends the connection: the rest is not worth reading.
    const { complete, headers: sent } = this.#incoming
    const unread = !complete && (sent['transfer-encoding'] !== undefined || Number(sent['content-length'] ?? 0) > 0)
    const outgoing = this.#outgoing
    if (unread) headers.push('connection', 'close')
    else if (this.#keepAlive !== undefined && outgoing.shouldKeepAlive) headers.push('keep-alive', this.#keepAlive)
    outgoing.writeHead(status, headers)
    // Node frames a chunk with four writes to the socket; text with its frame around it is one.
    this.#chunked = outgoing.chunkedEncoding
    outgoing.chunkedEncoding = false
  }

  write(piece: Buffer | string, encoding: 'latin1' | 'utf8' = 'utf8'): boolean {
    if (this.gone) return true
    const outgoing = this.#outgoing
    // An empty chunk would be the last; an empty write lets the head go.
    if (!this.#chunked || piece.length === 0) return outgoing.write(piece, encoding)
    if (typeof piece === 'string') return outgoing.write(chunkOf(piece, encoding), encoding)
    outgoing.write(`${piece.length.toString(16)}\r\n`, 'latin1')
    outgoing.write(piece)
    return outgoing.write('\r\n', 'latin1')
  }

  onDrain(listener: () => void): void {
    this.#outgoing.on('drain', listener)
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
    const before = this.#beforeEnd
    this.#beforeEnd = undefined
    if (this.gone) return
    this.#last = piece
    this.#lastEncoding = encoding
    // A listener that lets the end wait has its own turn's end for it.
    if (before?.(() => this.finish()) !== true) answers.add(this)
  }

  /** Sends what {@link end} was given. */
  finish(): void {
    const outgoing = this.#outgoing
    const piece = this.#last
    const encoding = this.#lastEncoding ?? 'utf8'
    this.#last = undefined
    // Text leaves in one string with the head: cheaper than two buffers.
    if (!this.#chunked) outgoing.end(piece ?? '', encoding)
    else if (typeof piece === 'string' && piece !== '') outgoing.end(chunkOf(piece, encoding) + LAST_CHUNK, encoding)
    else {
      if (piece !== undefined) this.write(piece)
      outgoing.end(LAST_CHUNK, 'latin1')
    }
  }

  destroy(): void {
    this.#outgoing.destroy()
  }
}

/** Answers end together at the end of a turn. */
const answers = new TurnQueue<NodeExchange>((exchange) => exchange.finish())

/** RFC 9112, 7.1. */
function chunkOf(text: string, encoding: 'latin1' | 'utf8'): string {
  const length = encoding === 'latin1' ? text.length : Buffer.byteLength(text)
  return `${length.toString(16)}\r\n${text}\r\n`
}

const LAST_CHUNK = '0\r\n\r\n'

const empty = Buffer.alloc(0)

function ignore(): void {}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError('body_too_large', `The request body is larger than the limit of ${maxBytes} bytes (general_settings.max_request_size_mb).`, { param: 'content-length' })
}

function clientClosed(): GatewayError {
  return new GatewayError('client_closed', 'The client closed the connection before the request was complete.')
}
