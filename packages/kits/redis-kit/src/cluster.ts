import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Cluster } from 'ioredis'
import type { RedisAddress } from './address.ts'
import { type OwnServer, ownServer } from './own-server.ts'

/** Three masters, each with a third of the slots. */
export async function ownCluster(): Promise<{ readonly address: RedisAddress; stop(): Promise<void> }> {
  const servers: OwnServer[] = await Promise.all([0, 1, 2].map(() => ownServer('--cluster-enabled', 'yes')))
  const nodes = servers.map(({ port }) => ({ host: '127.0.0.1', port }))
  await promisify(execFile)('redis-cli', ['--cluster', 'create', ...nodes.map(({ host, port }) => `${host}:${port}`), '--cluster-yes'], { timeout: 20_000 })
  const probe = new Cluster(nodes, { clusterRetryStrategy: () => 20 })
  probe.on('error', () => undefined)
  // Every node must know that all slots are served.
  for (;;) {
    const ok = await Promise.all(probe.nodes('master').map(async (node) => (await node.cluster('INFO')).includes('cluster_state:ok'))).catch(() => [false])
    if (ok.length === 3 && ok.every(Boolean)) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  probe.disconnect()
  return {
    address: { cluster: nodes },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}
