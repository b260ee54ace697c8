import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A Redis server of a test's own, which it may stop. Keeps nothing on disk. */
export interface OwnServer {
  readonly port: number
  start(): Promise<void>
  /** `SIGKILL` ends it with its data; `SIGSTOP` lets it hang until `SIGCONT`. */
  signal(signal: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

export async function ownServer(...args: readonly string[]): Promise<OwnServer> {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'redis-'))
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir, ...args], { stdio: 'ignore' })
    await answers(port)
  }
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    const ended = name === 'SIGKILL' ? new Promise((resolve) => child!.once('close', resolve)) : undefined
    child!.kill(name)
    await ended
  }
  await start()
  return {
    port, start, signal,
    async stop() {
      if (child?.exitCode === null && child.signalCode === null) await signal('SIGKILL')
    },
  }
}

/** Resolves when a Redis on this port takes commands. */
async function answers(port: number): Promise<void> {
  const client = new Redis({ port, retryStrategy: () => 5, maxRetriesPerRequest: null })
  client.on('error', () => undefined)
  await client.ping()
  client.disconnect()
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
