import { openConnection } from './connection.ts'
import { type Address, requestBytes } from '../wire.ts'

/** What a closed loop did. */
export interface LoopResult {
  readonly requests: number
  readonly seconds: number
}

/** `width` connections, each sending its next request when the last one is answered, for `ms` milliseconds. */
export async function closedLoop(address: Address, width: number, ms: number): Promise<LoopResult> {
  const request = requestBytes('plain', address)
  const startedAt = performance.now()
  const endsAt = startedAt + ms
  let requests = 0
  const loops = Array.from({ length: width }, async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const connection = await openConnection(address.port, reject)
    const next = () => {
      connection.send(request, () => {
        requests += 1
        if (performance.now() < endsAt) next()
        else resolve()
      })
    }
    next()
    await promise.finally(() => connection.destroy())
  })
  await Promise.all(loops)
  return { requests, seconds: (performance.now() - startedAt) / 1000 }
}
