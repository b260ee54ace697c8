import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Clock, systemClock } from '@tianjillm/core'

/** Looks at a connection between its time being up and its end, at least. */
const LOOKS = 15

/** One connection of a client, and whether it is in use. */
class Connection {
  readonly socket: Socket
  /** Requests that are not answered yet. */
  #open = 0
  #bytesRead = 0
  #quietSince: number
  readonly #ended = (): void => void (this.#open -= 1)

  constructor(socket: Socket, now: number) {
    this.socket = socket
    this.#quietSince = now
  }

  begin(outgoing: ServerResponse): void {
    this.#open += 1
    outgoing.on('close', this.#ended)
  }

  /** Milliseconds for which nobody was seen to use it. */
  idleFor(now: number): number {
    const { bytesRead } = this.socket
    if (this.#open > 0 || bytesRead !== this.#bytesRead) {
      this.#bytesRead = bytesRead
      this.#quietSince = now
    }
    return now - this.#quietSince
  }
}

/**
 * Ends connections of a server that nobody has used for `idleMs` (up to a fifteenth later), and does so with one timer
 * for all of them. Node's own `keepAliveTimeout` sets one and clears it again for each request: a fortieth of what a call costs.
 */
export function endIdleConnections(server: Server, idleMs: number, clock: Clock = systemClock): void {
  server.keepAliveTimeout = 0
  const connections = new Map<Socket, Connection>()
  server.on('connection', (socket: Socket) => {
    connections.set(socket, new Connection(socket, clock.monotonic()))
    socket.on('close', () => connections.delete(socket))
  })
  server.prependListener('request', (incoming: IncomingMessage, outgoing: ServerResponse) => connections.get(incoming.socket)?.begin(outgoing))
  const look = (): void => {
    const now = clock.monotonic()
    for (const connection of connections.values()) if (connection.idleFor(now) >= idleMs) connection.socket.destroySoon()
    timer = clock.after(idleMs / LOOKS, look)
  }
  let timer = clock.after(idleMs / LOOKS, look)
  server.on('close', () => timer.cancel())
}
