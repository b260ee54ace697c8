import { openConnection } from './connection.ts'
import { type Address, eventsPerStream, paceMs, requestBytes } from '../wire.ts'

/** `width` streams at once, each followed by the next on its connection, `waves` times. Answers how many events came. */
export async function readStreams(address: Address, width: number, kind: 'fast' | 'paced', waves: number): Promise<number> {
  const request = requestBytes(kind, address)
  const streams = Array.from({ length: width }, async (_, index) => {
    // Paced streams start spread over one interval, as callers do, and not all in one tick.
    if (kind === 'paced') await new Promise((resolve) => setTimeout(resolve, (index / width) * paceMs))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const connection = await openConnection(address.port, reject)
    let left = waves
    const next = () => {
      if (left === 0) return resolve()
      left -= 1
      connection.send(request, next)
    }
    next()
    await promise.finally(() => connection.destroy())
  })
  await Promise.all(streams)
  return width * waves * eventsPerStream[kind]
}

/** One stream, read with care: how many events it has. */
export async function countEvents(address: Address, kind: 'fast' | 'paced'): Promise<number> {
  const [head, body] = requestBytes(kind, address).toString().split('\r\n\r\n') as [string, string]
  const authorization = /authorization: (.*)/.exec(head)?.[1] ?? ''
  const answer = await fetch(`http://127.0.0.1:${address.port}/v1/chat/completions`, { method: 'POST', body, headers: { authorization, 'content-type': 'application/json' } })
  return (await answer.text()).split('\n').filter((line) => line.startsWith('data:')).length
}
