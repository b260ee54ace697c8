import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Dispatcher, Pool } from 'undici'

/**
 * The measure of our own cost: a proxy of node:http and undici's dispatch without any feature.
 * `node bare.ts PORT UPSTREAM_ORIGIN`. Forwards method, path, headers and body; writes the answer
 * with back-pressure; aborts the upstream when the client leaves.
 */

const [port, origin] = process.argv.slice(2) as [string, string]
// No cap on connections: 200 streams need 200.
const upstream = new Pool(origin, { pipelining: 1 })
const perHop = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'upgrade'])

function forward(request: IncomingMessage, response: ServerResponse, body: Buffer | null): void {
  const headers: string[] = []
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] as string
    if (!perHop.has(name.toLowerCase())) headers.push(name, request.rawHeaders[at + 1] as string)
  }
  upstream.dispatch({ method: request.method as Dispatcher.HttpMethod, path: request.url as string, headers, body }, new Forwarding(response))
}

class Forwarding implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse
  #ended = false

  constructor(response: ServerResponse) {
    this.#response = response
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#response.on('close', () => {
      if (!this.#ended) controller.abort(new Error('client left'))
    })
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    delete headers['connection']
    delete headers['keep-alive']
    delete headers['transfer-encoding']
    this.#response.writeHead(status, headers)
    this.#response.on('drain', () => controller.resume())
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#response.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    this.#ended = true
    this.#response.end()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#ended = true
    if (this.#response.headersSent) this.#response.destroy()
    else this.#response.writeHead(502).end(String(error))
  }
}

createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => forward(request, response, chunks.length === 0 ? null : chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
}).listen(Number(port), '127.0.0.1')
