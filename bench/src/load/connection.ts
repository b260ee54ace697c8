import { connect, type Socket } from 'node:net'
import { AnswerReader } from './answer.ts'

/** A keep-alive connection that sends the same kind of request again and again. */
export interface Connection {
  /** Sends a request; `done` is called at the end of its answer. */
  send(request: Buffer, done: () => void): void
  /** Leaves, whatever is under way. */
  destroy(): void
}

/** Opens a connection. Anything but 200 and complete answers goes to `onFault`, once. */
export function openConnection(port: number, onFault: (error: Error) => void, onData?: () => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const reader = new AnswerReader()
    let waiting: (() => void) | undefined
    let left = false
    const fault = (error: Error) => {
      if (left) return
      left = true
      socket.destroy()
      onFault(error)
    }
    socket.on('data', (chunk: Buffer) => {
      onData?.()
      if (!reader.push(chunk)) return
      if (reader.status !== 200) return fault(new Error(`port ${port} answered ${reader.status}: ${chunk.toString().slice(-300)}`))
      const done = waiting
      waiting = undefined
      done?.()
    })
    socket.on('error', (error) => {
      reject(error)
      fault(error)
    })
    socket.on('close', () => waiting && fault(new Error(`port ${port} closed the connection in the middle of an answer`)))
    socket.on('connect', () => resolve({
      send(request, done) {
        waiting = done
        socket.write(request)
      },
      destroy() {
        left = true
        socket.destroy()
      },
    }))
  })
}
