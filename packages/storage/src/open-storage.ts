import { join } from 'node:path'
import type { ArchiveBook } from '@tianjillm/archive'
import type { Clock, Log } from '@tianjillm/core'
import type { Ledger, SpendReader } from '@tianjillm/spend'
import type { Directory } from '@tianjillm/auth'
import type { ConfigurationDirectory } from '@tianjillm/configuration'
import { createArchiveBook } from './archive/book.ts'
import { connect } from './connect.ts'
import { Changes } from './directory/changes.ts'
import { createConfiguration, createDirectory } from './directory/directory.ts'
import { createEmbeddedDatabase } from './embedded-database.ts'
import { BufferedLedger, type Recovered } from './ledger/buffered-ledger.ts'
import { createInsert, isRefusal } from './ledger/insert.ts'
import { Journal } from './ledger/journal.ts'
import { createPartitions, weekOf } from './ledger/partitions.ts'
import { Link } from './link.ts'
import { migrate } from './migrate.ts'
import { prepared } from './prepared.ts'
import { retention, type RetentionWishes } from './retention.ts'

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
  /** Where others count with this process: what was settled before this moment, on the clock that never jumps, is known to all. Entries stay in the journal until then. */
  readonly settledUpTo?: () => number
  /** Told whose entries an earlier process left in its journal, once they are in the database. */
  readonly recovered?: (entries: readonly Recovered[]) => void
}

export interface Storage {
  /** Takes entries at once, also before the database is there. */
  readonly ledger: Ledger
  readonly spend: SpendReader
  /** What of the ledger is archived, and how it gets there. Every call rejects while the database is away. */
  readonly archives: ArchiveBook
  /** Keys, teams and users. Every call rejects with `no_db_connection` while the database is away. */
  readonly directory: Directory
  /** What operators configure over the API; as {@link Storage.directory}, and told of on the same way. */
  readonly configuration: ConfigurationDirectory
  /** Whether the database answers, as far as is known. */
  state(): 'connecting' | 'connected'
  /** Resolves when the database is open and its schema up to date. Rejects when the storage was closed before. */
  readonly ready: Promise<void>
  /** Makes the ledger's partitions of this week and the next. */
  preparePartitions(): Promise<void>
  /** Applies the retention rule of every table. Answers what was done, by table. */
  tidy(wishes: RetentionWishes): Promise<Readonly<Record<string, readonly string[]>>>
  /** Flushes the ledger within the signal's time, and closes all. */
  close(signal: AbortSignal): Promise<void>
}

const DEFAULT_JOURNAL_BYTES = 1024 ** 3
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5000
const LOAD_AFTER_MS = 300
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
  const sql = connect(embedded, options.url, options.maxConnections)
  const closing = new AbortController()

  const open = async (): Promise<number> => {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        const applied = await migrate(sql)
        await preparePartitions()
        return applied
      } catch (error) {
        if (closing.signal.aborted) throw error
        link.notOpened()
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
  const opened = open()
  // Who needs it waits for it; without anybody the rejection of a closed storage is nobody's.
  opened.catch(() => {})

  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => {})
  const link = new Link({ ready: ready.promise, clock, log })
  const changes = new Changes({ sql, link, clock, log, listens: embedded === undefined })
  // drizzle takes longer to load than the proxy to start: it comes after that, while an embedded database is still opening.
  const code = Promise.race([opened, new Promise<void>((resolve) => clock.after(LOAD_AFTER_MS, resolve))])
    .then(() => Promise.all([import('drizzle-orm/postgres-js'), import('./ledger/spend-reader.ts'), import('./directory/stores.ts')]))
  const queries = opened.then(async (migrations) => {
    const [[{ drizzle }, { createSpendReader }, { createStores }]] = await Promise.all([code, changes.start()])
    log.info({ kind: embedded ? 'embedded' : 'server', migrations }, 'database connected')
    return { spend: createSpendReader(drizzle(sql), sql, clock), stores: createStores(drizzle(sql), drizzle(prepared(sql)), changes) }
  })
  code.catch(() => {})
  queries.then(() => ready.resolve(), ready.reject)
  const reader = queries.then(({ spend }) => spend)
  reader.catch(() => {})
  const stores = queries.then((made) => made.stores)
  stores.catch(() => {})
  const insert = createInsert(sql)
  const ledger = new BufferedLedger({
    clock,
    log,
    isRefusal,
    ...(options.recovered && { recovered: options.recovered }),
    ...(options.settledUpTo && { settledUpTo: options.settledUpTo }),
    journal: new Journal({ folder: join(options.dataDir, 'journal'), sync: options.journalSync ?? 'os', maxBytes: options.journalMaxBytes ?? DEFAULT_JOURNAL_BYTES, log }),
    async insert(entries) {
      await opened
      try {
        const added = await insert(entries)
        link.reached()
        return added
      } catch (error) {
        link.failed(error)
        throw error
      }
    },
  })
  return {
    ledger,
    spend: {
      page: async (...args) => (await reader).page(...args),
      count: async (...args) => (await reader).count(...args),
      usage: async (query) => (await reader).usage(query),
      async *usageSheets(query) {
        yield* (await reader).usageSheets(query)
      },
      usageDays: async (query) => (await reader).usageDays(query),
      errors: async (filter) => (await reader).errors(filter),
      sum: async (...args) => (await reader).sum(...args),
      spent: (query) => link.run(async (signal) => {
        // Also what earlier processes left in their journals.
        await ledger.flush(signal)
        return (await reader).spent(query)
      }),
    },
    archives: archivesOf(createArchiveBook(sql), link, opened),
    directory: createDirectory(link, stores, changes),
    configuration: createConfiguration(link, stores, changes),
    state: () => (link.connected ? 'connected' : 'connecting'),
    ready: ready.promise,
    preparePartitions: () => opened.then(preparePartitions),
    async tidy(wishes) {
      await opened
      const done: Record<string, readonly string[]> = {}
      for (const [table, { apply }] of Object.entries(retention)) {
        const what = (await apply?.(sql, clock.now(), wishes)) ?? []
        if (what.length > 0) done[table] = what
      }
      return done
    },
    async close(signal) {
      await ledger.close(signal)
      closing.abort()
      changes.close()
      await sql.end({ timeout: 1 })
      await embedded?.close()
    },
  }
}

/** Those who ask get an answer soon or none; the work itself takes its time. */
function archivesOf(book: ArchiveBook, link: Link, opened: Promise<unknown>): ArchiveBook {
  return {
    list: (page) => link.run(() => book.list(page)),
    get: (id) => link.run(() => book.get(id)),
    within: (range) => link.run(() => book.within(range)),
    replay: (id) => link.run(() => book.replay(id)),
    plan: async (before) => {
      await opened
      return book.plan(before)
    },
    claim: book.claim, renew: book.renew, restart: book.restart, rows: book.rows, bounds: book.bounds, takeOut: book.takeOut, addPart: book.addPart, exported: book.exported, finish: book.finish, failed: book.failed, release: book.release,
  }
}
