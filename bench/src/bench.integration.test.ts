import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createBench, startMock } from './bench.ts'
import { closedLoop } from './load/closed-loop.ts'
import { openLoop } from './load/open-loop.ts'
import { countEvents, readStreams } from './load/streams.ts'
import { cpuSeconds, peakMemory } from './processes/accounting.ts'
import type { Running } from './processes/spawn.ts'
import { leavers } from './scenarios/leavers.ts'
import { eventsPerStream, plainAnswer } from './wire.ts'

describe.runIf(process.platform === 'linux')('the benchmark itself', () => {
  let mock: Running
  let bare: Running
  beforeAll(async () => {
    mock = await startMock()
    bare = await createBench(mock, { form: 'none', config: '', database: 'none', keys: false }, true).start('bare')
  })
  afterAll(() => Promise.all([mock?.stop(), bare?.stop()]))

  it('answers exactly 1 KB through the bare proxy', async () => {
    const answer = await fetch(`http://127.0.0.1:${bare.port}/v1/chat/completions`, { method: 'POST', body: '{"model":"bench-plain"}' })
    expect([answer.status, (await answer.arrayBuffer()).byteLength, plainAnswer.length]).toEqual([200, 1024, 1024])
  })

  it.each(['fast', 'paced'] as const)('passes every event of a %s stream', async (kind) => {
    expect(await countEvents(mock, kind)).toBe(eventsPerStream[kind])
    expect(await countEvents(bare, kind)).toBe(eventsPerStream[kind])
  })

  it('counts the requests of a closed loop, and the CPU time and memory that they took', async () => {
    const before = cpuSeconds(bare.pid)
    const { requests, seconds } = await closedLoop(bare, 8, 500)
    expect(requests).toBeGreaterThan(100)
    expect(seconds).toBeGreaterThanOrEqual(0.5)
    expect(cpuSeconds(bare.pid)).toBeGreaterThan(before)
    expect(peakMemory(bare.pid)).toBeGreaterThan(30)
  })

  it('has one latency for each request of an open loop', async () => {
    const latencies = await openLoop(bare, 200, 500)
    expect(latencies).toHaveLength(100)
    expect(Math.min(...latencies)).toBeGreaterThan(0)
  })

  it('reads all streams of all waves', async () => {
    expect(await readStreams(bare, 5, 'fast', 3)).toBe(15 * eventsPerStream.fast)
  })

  it('sees that the bare proxy aborts all 50 upstream requests of clients that leave', async () => {
    const [aborted] = await leavers(createBench(mock, { form: 'none', config: '', database: 'none', keys: false }, true))
    expect(aborted?.values.bare).toBe(50)
  })

  it('stops with the answer when a target refuses', async () => {
    const server = createServer((_, response) => response.writeHead(401, { 'content-length': 6 }).end('go off')).listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.close()
      server.closeAllConnections()
    })
    await once(server, 'listening')
    await expect(closedLoop({ port: (server.address() as AddressInfo).port }, 2, 500)).rejects.toThrow(/answered 401: .*go off/s)
  })
})
