import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach } from 'vitest'
import { type ConnectorOptions, type Connector, createConnector } from '../index.ts'
import { testCertificate, testKey } from './certificate.ts'

const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A connector that is destroyed after the test. */
export function connector(options: ConnectorOptions = {}): Connector {
  const made = createConnector(options)
  ends.push(() => made.destroy())
  return made
}

export interface TestServer {
  readonly port: number
  readonly url: string
  /** Open sockets. */
  readonly sockets: ReadonlySet<Socket>
  /** Connections accepted so far. */
  readonly accepted: number
  /** Resolves when no socket is open. */
  idle(): Promise<void>
  stop(): Promise<void>
}

async function listen(server: Server, scheme: string): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) server.emit('test-idle')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }
  ends.push(stop)
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    sockets,
    get accepted() {
      return accepted
    },
    async idle() {
      if (sockets.size > 0) await once(server, 'test-idle')
    },
    stop,
  }
}

/** A `node:http` server. */
export function httpServer(answer: RequestListener): Promise<TestServer> {
  return listen(createServer({ keepAliveTimeout: 60_000 }, answer), 'http')
}

/** As {@link httpServer}, over TLS. */
export function httpsServer(answer: RequestListener): Promise<TestServer> {
  return listen(createHttpsServer({ key: testKey, cert: testCertificate, keepAliveTimeout: 60_000 }, answer), 'https')
}

/** A proxy whose tunnels all lead to `port`. */
export function tunnelTo(port: number): Promise<TestServer> {
  const server = createServer().on('connect', (_, socket) => {
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy())
  })
  return listen(server, 'http')
}

/** A TCP server that gets each request's text (head and whatever came with it). */
export function rawServer(onRequest: (socket: Socket, text: string, count: number) => void): Promise<TestServer> {
  let count = 0
  return listen(createTcpServer((socket) => socket.on('data', (data) => onRequest(socket, data.toString('latin1'), ++count))), 'http')
}

/** As {@link rawServer}, over TLS. */
export async function tlsServer(onRequest: (socket: Socket, text: string) => void): Promise<TestServer & { names: unknown[] }> {
  const names: unknown[] = []
  const server = createTlsServer({ key: testKey, cert: testCertificate }, (socket) => {
    names.push(socket.servername)
    socket.on('error', () => {})
    socket.on('data', (data) => onRequest(socket, data.toString('latin1')))
  })
  server.on('tlsClientError', () => {})
  return Object.assign(await listen(server, 'https'), { names })
}

/** A complete answer with a body. */
export function answer(body: string, extra = ''): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`
}
