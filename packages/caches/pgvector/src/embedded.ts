import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { type Database, plainError, type Value } from './database.ts'

/** What goes to the thread. */
export type Request = { readonly id: number; readonly text: string; readonly values?: readonly Value[] } | 'close'
/** What comes back. */
export type Reply = { readonly id: number; readonly rows: readonly Readonly<Record<string, unknown>>[] } | { readonly id: number; readonly error: { readonly message: string; readonly code?: string } }

interface Waiting {
  resolve(rows: readonly Readonly<Record<string, unknown>>[]): void
  reject(error: Error): void
}

/** A PostgreSQL in a folder, in a thread of its own: its WebAssembly never holds up the event loop. Started by the first query. */
export function embedDatabase(dataDir: string): Database {
  let thread: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined
  let next = 0

  const start = (): NonNullable<typeof thread> => {
    const folder = resolve(dataDir)
    const lock = lockFolder(folder)
    const file = import.meta.url.endsWith('.ts') ? './embedded-worker.ts' : './embedded-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { folder: join(folder, 'pg') }, name: 'cache-database' })
    const waiting = new Map<number, Waiting>()
    const end = (error: Error): void => {
      if (thread?.worker === worker) thread = undefined
      lock.close()
      for (const one of waiting.values()) one.reject(error)
      waiting.clear()
    }
    worker.on('message', (reply: Reply) => {
      const one = waiting.get(reply.id)
      waiting.delete(reply.id)
      // It is for those who wait to keep the process alive.
      if (waiting.size === 0) worker.unref()
      if ('error' in reply) one?.reject(plainError(reply.error))
      else one?.resolve(reply.rows)
    })
    worker.once('error', (error) => end(plainError(error)))
    worker.once('exit', () => end(new Error('The embedded database has ended.')))
    return { worker, waiting }
  }

  const send = (text: string, values?: readonly Value[]): Promise<readonly Readonly<Record<string, unknown>>[]> => new Promise((resolve, reject) => {
    const { worker, waiting } = (thread ??= start())
    const id = (next += 1)
    waiting.set(id, { resolve, reject })
    worker.ref()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    worker.postMessage({ id, text, ...(values && { values }) } satisfies Request)
  })

  return {
    query: send,
    script: async (text) => void (await send(text)),
    async close() {
      if (!thread) return
      const { worker } = thread
      const ended = new Promise<void>((done) => worker.once('exit', () => done()))
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- as above
      worker.postMessage('close' satisfies Request)
      await ended
    },
  }
}

/** A lock that the kernel gives back when the process ends, however it ends: a transaction of SQLite. @throws when another process has it */
function lockFolder(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(folder, 'lock'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock.close()
    throw new Error(`The folder ${folder} is used by another process. Give each its own data_dir, or let them share a server with url.`, { cause })
  }
}
