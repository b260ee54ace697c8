import { PGlite } from '@electric-sql/pglite'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { WireBridge } from './wire-bridge.ts'

// The embedded PostgreSQL lives in a thread of its own: its WebAssembly never holds up the proxy's
// event loop. It speaks PostgreSQL's protocol on a local socket. Whoever starts it holds the folder's lock.

const { folder, path } = workerData as { folder: string; path: string }
const database = await PGlite.create(folder)
const bridge = new WireBridge(
  { exec: (message, onReply) => database.execProtocolRawStream(message, { onRawData: onReply }) },
  // A broken WebAssembly instance does not heal; the folder is opened anew by the next one.
  (error) => {
    throw error
  },
)
const server = createServer((socket) => bridge.accept(socket))
// Left by a process that was killed: the lock is ours, so nobody listens there.
if (process.platform !== 'win32') rmSync(path, { force: true })
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
server.listen(path, () => parentPort?.postMessage('ready'))

parentPort?.on('message', () => {
  server.close()
  bridge.close()
  void database.close().finally(() => process.exit(0))
})
