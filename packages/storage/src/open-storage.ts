import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Clock, Log } from '@tianjillm/core'
import type { Ledger, SpendReader } from '@tianjillm/spend'
import postgres, { type Sql } from 'postgres'
import { createEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.ts'
import { BufferedLedger } from './ledger/buffered-ledger.ts'
import { createInsert, isRefusal } from './ledger/insert.ts'
import { Journal } from './ledger/journal.ts'
import { createPartitions, dropPartitions, weekOf } from './ledger/partitions.ts'
import { migrate } from './migrate.ts'
import { readServerAddress } from './server-address.ts'

export interface StorageOptions {
  /** A PostgreSQL server; absent: the embedded one in {@link dataDir}. */
  readonly url?: string
  /** The folder of the embedded database, and of the ledger's journal. */
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  /** Connections to the database, at most. Default 5, or the URL's `connection_limit`. */
  readonly maxConnections?: number
  /** How safe the ledger's journal is; see `JournalOptions.sync`. Default `os`. */
  readonly journalSync?: 'os' | 'fsync'
  /** Bytes of the ledger's journal, at most. Default 1 GiB. */
  readonly journalMaxBytes?: number
}

export interface Storage {
  /** Takes entries at once, also before the database is there. */
  readonly ledger: Ledger
  readonly spend: SpendReader
  /** Whether the database answers, as far as is known. */
  state(): 'connecting' | 'connected'
  /** Resolves when the database is open and its schema up to date. Rejects when the storage was closed before. */
  readonly ready: Promise<void>
  /** Makes the ledger's partitions of this week and the next. */
  preparePartitions(): Promise<void>
  /** Drops whole weeks of the ledger that are older than this. Answers their tables. */
  dropOldSpend(olderThanMs: number): Promise<readonly string[]>
  /** Flushes the ledger within the signal's time, and closes all. */
  close(signal: AbortSignal): Promise<void>
}

const DEFAULT_CONNECTIONS = 5
const DEFAULT_JOURNAL_BYTES = 1024 ** 3
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5000
const WEEK_MS = 7 * 86_400_000

/**
 * Opens a database. Returns at once: the database is opened, brought up to date and, while it is away, tried
 * again behind the scenes; see {@link Storage.ready}.
 *
 * @throws Error for a URL that cannot be read, or a data folder that cannot be written
 */
export function openStorage(options: StorageOptions): Storage {
  const { clock, log } = options
  const embedded = options.url === undefined ? createEmbeddedDatabase({ dataDir: options.dataDir, clock, log }) : undefined
  const sql = connect(options, embedded)
  const closing = new AbortController()
  let state: ReturnType<Storage['state']> = 'connecting'

  const open = async (): Promise<void> => {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        const applied = await migrate(sql)
        await preparePartitions()
        state = 'connected'
        log.info({ kind: embedded ? 'embedded' : 'server', migrations: applied }, 'database connected')
        return
      } catch (error) {
        if (closing.signal.aborted) throw error
        log.error({ err: error }, 'the database cannot be opened; trying again')
        await new Promise<void>((resolve) => {
          clock.after(wait, resolve)
          closing.signal.addEventListener('abort', () => resolve(), { once: true })
        })
        if (closing.signal.aborted) throw error
      }
    }
  }
  const preparePartitions = (): Promise<void> => createPartitions(sql, [weekOf(clock.now()), weekOf(clock.now() + WEEK_MS)])
  const ready = open()
  // Who needs it waits for it; without anybody the rejection of a closed storage is nobody's.
  ready.catch(() => {})

  // drizzle takes longer to load than the proxy to start: it comes when the database is there.
  const reader = ready.then(async () => (await import('./ledger/spend-reader.ts')).createSpendReader(sql))
  reader.catch(() => {})
  const insert = createInsert(sql)
  const ledger = new BufferedLedger({
    clock,
    log,
    isRefusal,
    journal: new Journal({ folder: join(options.dataDir, 'journal'), sync: options.journalSync ?? 'os', maxBytes: options.journalMaxBytes ?? DEFAULT_JOURNAL_BYTES, log }),
    async insert(entries) {
      await ready
      try {
        const added = await insert(entries)
        state = 'connected'
        return added
      } catch (error) {
        if (!isRefusal(error)) state = 'connecting'
        throw error
      }
    },
  })
  return {
    ledger,
    spend: {
      page: async (...args) => (await reader).page(...args),
      days: async (...args) => (await reader).days(...args),
      sum: async (...args) => (await reader).sum(...args),
    },
    state: () => state,
    ready,
    preparePartitions: () => ready.then(preparePartitions),
    dropOldSpend: (olderThanMs) => ready.then(() => dropPartitions(sql, clock.now() - olderThanMs)),
    async close(signal) {
      await ledger.close(signal)
      closing.abort()
      await sql.end({ timeout: 1 })
      await embedded?.close()
    },
  }
}

function connect(options: StorageOptions, embedded: EmbeddedDatabase | undefined): Sql {
  const common = { onnotice: () => {}, fetch_types: false } as const
  if (embedded) {
    // One session answers everybody: more connections bring nothing but one that reads while another writes.
    // postgres.js calls `socket` for each connection; its types do not say so.
    const options: postgres.Options<Record<string, never>> & { socket: () => Promise<Socket> } = { ...common, max: 3, socket: () => embedded.connect().catch(broken) }
    return postgres(options)
  }
  const { url, maxConnections, schema, connectTimeout } = readServerAddress(options.url!)
  return postgres(url, {
    ...common,
    max: maxConnections ?? options.maxConnections ?? DEFAULT_CONNECTIONS,
    connect_timeout: connectTimeout ?? 10,
    connection: { application_name: 'tianjillm', ...(schema !== undefined && { search_path: schema }) },
  })
}

/** A connection that fails: postgres.js never uses a connection again whose `socket` rejected, but copes with this. */
function broken(error: Error): Socket {
  const socket = new Socket()
  setImmediate(() => socket.destroy(error))
  return socket
}
