import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { eventsPerStream, lastEvents, paceMs, plainAnswer, tokenEvent } from '../wire.ts'

/**
 * The mock upstream, a process of its own: `node mock.ts PORT`. As cheap as it can be made, for
 * it shares a core with the load. Besides chat completions, `GET /_stats` tells of streams.
 */

const plainHead = { 'content-type': 'application/json', 'content-length': plainAnswer.length }
const streamHead = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
const stats = { open: 0, completed: 0, aborted: 0, lastAbortAt: 0 }

function answer(body: Buffer, response: ServerResponse): void {
  const kind = body.includes('-fast"') ? 'fast' : body.includes('-paced"') ? 'paced' : 'plain'
  if (kind === 'plain') {
    response.writeHead(200, plainHead)
    response.end(plainAnswer)
    return
  }
  response.writeHead(200, streamHead)
  const ending = lastEvents(body.includes('"include_usage":true'))
  watch(response)
  if (kind === 'fast') sendFast(response, eventsPerStream.fast - ending.length, ending)
  else sendPaced(response, eventsPerStream.paced - ending.length, ending)
}

function watch(response: ServerResponse): void {
  stats.open += 1
  response.on('close', () => {
    stats.open -= 1
    if (response.writableFinished) stats.completed += 1
    else {
      stats.aborted += 1
      stats.lastAbortAt = Number(process.hrtime.bigint()) / 1e6
    }
  })
}

/**
 * An event a turn of the event loop, as fast as turns go and the socket takes it. Events that are
 * written in one turn would leave as one packet, and the target would see a file, not a stream.
 */
function sendFast(response: ServerResponse, left: number, ending: readonly Buffer[]): void {
  if (left === 0) return finish(response, ending)
  const next = () => sendFast(response, left - 1, ending)
  if (response.write(tokenEvent)) setImmediate(next)
  else response.once('drain', next)
}

function sendPaced(response: ServerResponse, left: number, ending: readonly Buffer[]): void {
  const timer = setInterval(() => {
    if (left > 0) response.write(tokenEvent)
    else finish(response, ending)
    left -= 1
  }, paceMs)
  response.on('close', () => clearInterval(timer))
}

function finish(response: ServerResponse, [first, last]: readonly Buffer[]): void {
  response.write(first)
  response.end(last)
}

function readBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
}

createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.method === 'GET') response.setHeader('content-type', 'application/json').end(JSON.stringify(stats))
  else readBody(request, (body) => answer(body, response))
}).listen(Number(process.argv[2]), '127.0.0.1')
