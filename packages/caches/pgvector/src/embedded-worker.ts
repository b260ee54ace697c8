import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { parentPort, workerData } from 'node:worker_threads'
import type { Reply, Request } from './embedded.ts'

// The embedded PostgreSQL of the cache. Requests are answered in their order.

const { folder } = workerData as { folder: string }
const opening = PGlite.create(folder, { extensions: { vector } })

async function answer(request: Exclude<Request, 'close'>): Promise<Reply> {
  const { id, text, values } = request
  try {
    const database = await opening
    if (!values) {
      await database.exec(text)
      return { id, rows: [] }
    }
    const { rows } = await database.query<Record<string, unknown>>(text, [...values])
    return { id, rows }
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }
    return { id, error: { message, ...(code !== undefined && { code }) } }
  }
}

parentPort!.on('message', (request: Request) => {
  if (request !== 'close') {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    void answer(request).then((reply) => parentPort!.postMessage(reply))
    return
  }
  void opening.then((database) => database.close()).finally(() => process.exit(0))
})
