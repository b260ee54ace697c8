import type { Socket } from 'node:net'
import { headEnd } from './request-head.ts'

/** A request, ready to be written. */
export interface Message {
  readonly method: string
  /** Up to its length; see `requestHead`. */
  readonly head: string
  readonly body: Uint8Array | string | undefined
}

/** Up to so many bytes, one string of head and body is one cheap write; two pieces are a dearer one (`writev`). */
const SHORT = 16 * 1024

export function writeRequest(socket: Socket, { method, head, body }: Message): void {
  if (body === undefined || body.length === 0) socket.write(head + headEnd(method, 0), 'latin1')
  // ASCII is Latin-1, and needs no bytes first.
  else if (typeof body === 'string' && Buffer.byteLength(body) === body.length) socket.write(head + headEnd(method, body.length) + body, 'latin1')
  else writeBytes(socket, method, head, typeof body === 'string' ? Buffer.from(body) : asBuffer(body))
}

function writeBytes(socket: Socket, method: string, head: string, body: Buffer): void {
  const start = head + headEnd(method, body.length)
  if (body.length <= SHORT) {
    socket.write(start + body.toString('latin1'), 'latin1')
    return
  }
  socket.cork()
  socket.write(start, 'latin1')
  socket.write(body)
  socket.uncork()
}

const asBuffer = (bytes: Uint8Array): Buffer => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
