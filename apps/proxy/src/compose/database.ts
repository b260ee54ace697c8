import { join } from 'node:path'
import type { Clock, Log } from '@tianjillm/core'
import { createScheduler } from '@tianjillm/scheduler'
import type { ProcessRecords, Storage } from '@tianjillm/storage'
import { durationOf, spendLogRetention } from '../config/period.ts'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { Environment } from './configure-plugin.ts'
import type { Recoveries } from './recoveries.ts'

/** What the command line says about the database. */
export interface DatabaseOptions {
  /** `none`, `embedded`, or a URL; undefined: what config and environment say, else embedded. */
  readonly choice: string | undefined
  /** Folder of the embedded database and of the ledger's journal. */
  readonly dataDir: string
}

/** A database in place, with the jobs that keep it in shape. */
export interface Database {
  readonly storage: Storage
  /** Calls that go on without their callers. */
  readonly openCalls: ProcessRecords
  close(signal: AbortSignal): Promise<void>
}

const HOUR_MS = 3_600_000

/** Opens the database that was chosen; undefined when it is none. Problems are noted, not thrown. */
export async function createDatabase({ choice, dataDir }: DatabaseOptions, general: Config['general_settings'], env: Environment, clock: Clock, log: Log, problems: Problems, recoveries: Recoveries): Promise<Database | undefined> {
  const { maximum_audit_logs_retention_period: auditLogs, spend_archive: archived } = general
  const spendLogMs = spendLogRetention(general)
  // What is to be archived is never dropped: it leaves with its archive, or stays.
  const wishes = { ...(spendLogMs !== undefined && !archived && { spendLogMs }), ...(auditLogs !== undefined && { auditLogMs: durationOf(auditLogs) }) }
  const chosen = choice ?? general.database_url ?? (env['DATABASE_URL'] || undefined) ?? 'embedded'
  if (chosen === 'none' || problems.errors.length > 0) return undefined
  // Loaded only where there is a database.
  const { openProcessRecords, openStorage } = await import('@tianjillm/storage')
  let storage: Storage
  let openCalls: ProcessRecords
  try {
    storage = openStorage({
      ...(chosen !== 'embedded' && { url: chosen }),
      dataDir,
      clock,
      log,
      recovered: recoveries.note,
      settledUpTo: recoveries.settledUpTo,
      ...(general.database_connection_pool_limit !== undefined && { maxConnections: general.database_connection_pool_limit }),
      ...(general.spend_journal_sync !== undefined && { journalSync: general.spend_journal_sync }),
    })
    openCalls = openProcessRecords({ folder: join(dataDir, 'open-calls'), log })
  } catch (error) {
    problems.error(choice === undefined ? 'general_settings.database_url' : '--database', error instanceof Error ? error.message : String(error))
    return undefined
  }
  const scheduler = createScheduler({ clock, log })
  scheduler.every({ name: 'spend partitions', everyMs: 6 * HOUR_MS, run: () => storage.preparePartitions() })
  const tidy = async (): Promise<void> => {
    for (const [table, done] of Object.entries(await storage.tidy(wishes))) log.info({ table, done }, 'what was past its retention is gone')
  }
  scheduler.every({ name: 'retention', everyMs: HOUR_MS, run: tidy })
  // Also at once: a proxy that restarts every day would never come to the hour.
  void storage.ready.then(tidy).catch((error: unknown) => log.warn({ err: error }, 'retention was not applied; trying again in an hour'))
  return {
    storage,
    openCalls,
    async close(signal) {
      await scheduler.stop(signal)
      await storage.close(signal)
      openCalls.close()
    },
  }
}
