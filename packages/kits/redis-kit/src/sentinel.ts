import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import type { RedisAddress } from './address.ts'
import { freePort, ownServer } from './own-server.ts'

/** A master that one Sentinel watches. */
export async function ownSentinel(): Promise<{ readonly address: RedisAddress; stop(): Promise<void> }> {
  const master = await ownServer()
  const port = await freePort()
  const file = join(mkdtempSync(join(tmpdir(), 'sentinel-')), 'sentinel.conf')
  writeFileSync(file, `port ${port}\nbind 127.0.0.1\nsentinel monitor limits 127.0.0.1 ${master.port} 1\n`)
  const child = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' })
  const probe = new Redis({ port, retryStrategy: () => 5, maxRetriesPerRequest: null })
  probe.on('error', () => undefined)
  await probe.ping()
  probe.disconnect()
  return {
    address: { sentinels: [{ host: '127.0.0.1', port }], sentinelName: 'limits' },
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGKILL')
      await ended
      await master.stop()
    },
  }
}
