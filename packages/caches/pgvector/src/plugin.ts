import type { CachePlugin, Host } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { pgvectorConfig, type PgvectorConfig } from './config.ts'
import { embedDatabase } from './embedded.ts'
import { createPgvectorCache } from './pgvector-cache.ts'
import { connectServer } from './server.ts'

/** Keeps answers in PostgreSQL. */
export const pgvectorPlugin: CachePlugin<PgvectorConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'cache',
  name: 'pgvector',
  aliases: ['pgvector-semantic'],
  version: manifest.version,
  config: pgvectorConfig,
  create({ url, data_dir, table, namespace, max_connections }: PgvectorConfig, { clock }: Host) {
    const database = url === undefined ? embedDatabase(data_dir!) : connectServer(url, max_connections)
    return createPgvectorCache({ database, clock, table, namespace })
  },
})
