import { openConnection } from './connection.ts'
import { type Address, requestBytes } from '../wire.ts'

/** `width` clients open a paced stream and leave together when each has read something. Answers when they left, on the clock of `process.hrtime` in milliseconds. */
export async function leaveMidStream(address: Address, width: number): Promise<number> {
  const request = requestBytes('paced', address)
  const clients = await Promise.all(Array.from({ length: width }, async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    let reads = 0
    // The head, then some events.
    const connection = await openConnection(address.port, reject, () => (reads += 1) === 3 && resolve())
    connection.send(request, () => reject(new Error('the stream ended before its client could leave')))
    await promise
    return connection
  }))
  const leftAt = Number(process.hrtime.bigint()) / 1e6
  for (const client of clients) client.destroy()
  return leftAt
}
