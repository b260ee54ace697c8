import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createFakeClock } from '@tianjillm/test-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { endIdleConnections } from './idle-connections.ts'

const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

async function start() {
  const clock = createFakeClock()
  const answers: ServerResponse[] = []
  const server = createServer((_, outgoing) => void answers.push(outgoing))
  endIdleConnections(server, 75_000, clock)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { clock, answers, server, port: (server.address() as AddressInfo).port }
}

/** A client's connection, and whether the server has ended it. */
async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  stops.push(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

async function ask(socket: Socket, answers: ServerResponse[]): Promise<ServerResponse> {
  const before = answers.length
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  while (answers.length === before) await new Promise(setImmediate)
  return answers.at(-1)!
}

async function answer(socket: Socket, outgoing: ServerResponse): Promise<void> {
  outgoing.end('ok')
  await Promise.all([once(socket, 'data'), once(outgoing, 'close')])
}

describe('endIdleConnections', () => {
  it('ends a connection that was not used for so long, and no other', async () => {
    const { clock, answers, port } = await start()
    const [used, unused] = [await open(port), await open(port)]
    await answer(used, await ask(used, answers))
    await answer(unused, await ask(unused, answers))
    clock.advance(60_000)
    await answer(used, await ask(used, answers))
    const ended = once(unused, 'close')
    unused.resume()
    clock.advance(20_000)
    await ended
    await answer(used, await ask(used, answers))
    expect(used.destroyed).toBe(false)
  })

  it('leaves one alone whose answer is long in coming, and counts from its end', async () => {
    const { clock, answers, port } = await start()
    const socket = await open(port)
    const slow = await ask(socket, answers)
    clock.advance(600_000)
    await answer(socket, slow)
    clock.advance(70_000)
    await answer(socket, await ask(socket, answers))
    expect(socket.destroyed).toBe(false)
  })

  it('ends one that never asked anything', async () => {
    const { clock, port, server } = await start()
    const socket = await open(port)
    while ((await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)))) === 0) await new Promise(setImmediate)
    const ended = once(socket, 'close')
    socket.resume()
    clock.advance(80_000)
    await ended
    expect(socket.bytesRead).toBe(0)
  })
})
