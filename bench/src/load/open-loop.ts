import { type Connection, openConnection } from './connection.ts'
import { type Address, requestBytes } from '../wire.ts'

/**
 * `rate` requests a second, sent when they are due whether or not earlier ones were answered.
 * Latencies in milliseconds, counted from the due time: waiting for a turn is part of them.
 */
export async function openLoop(address: Address, rate: number, ms: number): Promise<number[]> {
  const request = requestBytes('plain', address)
  const total = Math.floor((ms / 1000) * rate)
  const latencies: number[] = []
  const idle: Connection[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const open = () => openConnection(address.port, reject)
  for (let n = 0; n < 16; n += 1) idle.push(await open())

  const firstDue = performance.now() + 10
  let sent = 0
  const send = async (due: number) => {
    const connection = idle.pop() ?? (await open())
    connection.send(request, () => {
      latencies.push(performance.now() - due)
      idle.push(connection)
      if (latencies.length === total) resolve()
    })
  }
  const sendDue = () => {
    for (; sent < total && firstDue + (sent * 1000) / rate <= performance.now(); sent += 1) send(firstDue + (sent * 1000) / rate).catch(reject)
    if (sent < total) setTimeout(sendDue, Math.max(1, firstDue + (sent * 1000) / rate - performance.now()))
  }
  sendDue()
  await promise.finally(() => idle.forEach((connection) => connection.destroy()))
  return latencies
}
