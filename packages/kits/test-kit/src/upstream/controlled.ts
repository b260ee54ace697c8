import type { ServerResponse } from 'node:http'
import type { Answer } from './answers.ts'
import type { UpstreamCall } from './call.ts'

/** A body that the test sends piece by piece. */
export interface ControlledStream {
  /** Give this to the fake upstream; it answers one request. */
  readonly answer: Answer
  /** The request, once it is there and the head is out. */
  readonly opened: Promise<UpstreamCall>
  /** Sends a piece; resolves when it is handed to the system. */
  send(piece: string | Uint8Array): Promise<void>
  end(): Promise<void>
  /** Breaks the connection. */
  reset(): Promise<void>
}

/** An answer whose body the test controls. Default head: 200, `text/event-stream`. */
export function controlledStream({ status = 200, headers = { 'content-type': 'text/event-stream' } }: { status?: number; headers?: Readonly<Record<string, string>> } = {}): ControlledStream {
  const opened = Promise.withResolvers<{ response: ServerResponse; call: UpstreamCall }>()
  return {
    answer(response, call) {
      response.writeHead(status, headers)
      response.flushHeaders()
      opened.resolve({ response, call })
    },
    opened: opened.promise.then(({ call }) => call),
    async send(piece) {
      const { response } = await opened.promise
      await new Promise<void>((resolve, reject) => response.write(piece, (error) => (error ? reject(error) : resolve())))
    },
    async end() {
      const { response } = await opened.promise
      await new Promise<void>((resolve) => response.end(resolve))
    },
    async reset() {
      (await opened.promise).response.socket?.resetAndDestroy()
    },
  }
}
