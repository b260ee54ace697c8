import type { Socket } from 'node:net'

/** Hears what a socket has to tell. */
export interface SocketListener {
  /** @param shared the bytes are overwritten when this returns */
  onBytes(bytes: Buffer, shared: boolean): void
  /** The other side has said its last. */
  onEnd(): void
  /** The socket failed, or closed. */
  onBroken(error: Error | undefined): void
}

const listener = Symbol('listener')
type Heard = Socket & { [listener]?: SocketListener }

/**
 * Sockets that are made with this option (`onread` of node:net) read into one buffer for all of them: Node otherwise makes one of
 * 64 KiB for each read, and cuts it to size. Reads happen one after another, and each is used up before the next one.
 */
export const readTogether = {
  buffer: Buffer.allocUnsafeSlow(65_536),
  callback(this: Heard, length: number, buffer: Buffer): boolean {
    this[listener]?.onBytes(buffer.subarray(0, length), true)
    return true
  },
}

/** From now on `to` hears what the socket tells. */
export function hearSocket(socket: Heard, to: SocketListener): void {
  socket[listener] = to
  // Where `onread` does not reach: a tunnel's socket. Listening also lets the others flow.
  socket.on('data', (bytes: Buffer) => to.onBytes(bytes, false))
  socket.on('end', () => to.onEnd())
  socket.on('error', (error) => {
    // What TLS cannot make out is told as an error, and the socket stays open.
    socket.destroy()
    // Its close comes a turn later.
    to.onBroken(error)
  })
  socket.on('close', () => to.onBroken(undefined))
}
