import { hash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock, Log } from '@tianjillm/core'
import { type HeldLock, takeLock } from './folder-lock.ts'

/** A PostgreSQL in a folder, shared by all processes of this machine that name the folder. */
export interface EmbeddedDatabase {
  /**
   * A connection to it. The first process that asks runs the database, in a thread; others are led to that
   * one, and the next takes over when it ends.
   * @throws when the folder is held by a process that does not answer
   */
  connect(): Promise<Socket>
  close(): Promise<void>
}

/** A unix socket's path has room for this many bytes. */
const LONGEST_PATH = 100

/** Between two attempts to reach the process that runs the database. */
const RETRY_MS = 50

export interface EmbeddedOptions {
  /** The folder; made when it does not exist. */
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds that the process that runs the database may take to answer: making a new one takes seconds. Default 15,000. */
  readonly patienceMs?: number
}

export function createEmbeddedDatabase({ dataDir, clock, log, patienceMs = 15_000 }: EmbeddedOptions): EmbeddedDatabase {
  const home = join(resolve(dataDir), 'database')
  let host: { readonly worker: Worker; readonly lock: HeldLock } | undefined
  let starting: Promise<void> | undefined
  let closed = false

  const start = (lock: HeldLock, path: string): Promise<void> =>
    new Promise((started, failed) => {
      const file = import.meta.url.endsWith('.ts') ? './embedded-worker.ts' : './embedded-worker.js'
      const worker = new Worker(new URL(file, import.meta.url), { workerData: { folder: join(home, 'pg'), path }, name: 'database' })
      host = { worker, lock }
      worker.once('message', () => {
        // From now on it is for its users' connections to keep the process alive.
        worker.unref()
        started()
      })
      worker.once('error', (error) => {
        log.error({ err: error }, 'the embedded database broke off')
        failed(error)
      })
      worker.once('exit', () => {
        host = undefined
        lock.release()
        failed(new Error('The embedded database ended before it was ready.'))
      })
    })

  const ensureRunning = async (path: string): Promise<void> => {
    if (closed) throw new Error('The embedded database is closed.')
    if (host === undefined) {
      const lock = takeLock(join(home, 'lock'))
      if (lock) starting = start(lock, path)
    }
    await starting
  }

  return {
    async connect() {
      const path = socketPath(home)
      const until = clock.monotonic() + patienceMs
      for (;;) {
        await ensureRunning(path)
        try {
          return await dial(path)
        } catch (cause) {
          if (clock.monotonic() >= until) throw new Error(`The data folder ${dataDir} is in use by another process whose database does not answer on ${path}. Stop it, or give this one another --data-dir.`, { cause })
          await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve))
        }
      }
    },
    async close() {
      closed = true
      if (host === undefined) return
      const { worker } = host
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
      worker.postMessage('close')
      worker.ref()
      await ended
    },
  }
}

function dial(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.removeListener('error', reject)
      resolve(socket)
    })
  })
}

/** Where the database listens: only the folder's owner may enter there. */
function socketPath(home: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\tianjillm-${hash('sha256', home).slice(0, 32)}`
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const near = join(home, 'socket')
  if (Buffer.byteLength(near) <= LONGEST_PATH) return near
  const far = join(tmpdir(), `tianjillm-${hash('sha256', home).slice(0, 16)}`)
  mkdirSync(far, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(far)
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) throw new Error(`${far} is not this user's alone; remove it, or choose a shorter --data-dir.`)
  return join(far, 'socket')
}
