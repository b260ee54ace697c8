import type { ArchivedRange, ArchivePart, ArchiveReader, ArchiveRecord, ArchiveStatus } from '@tianjillm/archive'
import type { Sql } from 'postgres'
import { dayOf } from '../ledger/days.ts'
import { clean } from '../text.ts'

/** A record as the database gives it: 8-byte numbers, among them epoch milliseconds, and days are text. */
export interface ArchiveTableRow {
  readonly id: string
  readonly date_from: string
  readonly date_to: string
  readonly generation: number
  readonly status: ArchiveStatus
  readonly storage_type: string
  readonly storage_location: string
  readonly entry_count: string
  readonly cost_nano_usd: string
  readonly parts: readonly ArchivePart[]
  readonly attempts: number
  readonly error: string | null
  readonly next_attempt_at: string | null
  readonly created_at: string
  readonly exported_at: string | null
}

/** What is selected of a record. */
export const archiveColumns = `id, date_from::text, date_to::text, generation, status, storage_type, storage_location, entry_count::text, cost_nano_usd::text, parts, attempts, error, ${['next_attempt_at', 'created_at', 'exported_at'].map((name) => `(extract(epoch from ${name}) * 1000)::bigint::text as ${name}`).join(', ')}`

export function toArchive(row: ArchiveTableRow): ArchiveRecord {
  return {
    id: row.id, from: Date.parse(row.date_from), to: Date.parse(row.date_to), generation: row.generation, status: row.status,
    storageType: row.storage_type, location: row.storage_location, entries: Number(row.entry_count), costNanoUsd: Number(row.cost_nano_usd), parts: row.parts,
    attempts: row.attempts, error: row.error ?? undefined, nextAttemptAt: momentOf(row.next_attempt_at), createdAt: Number(row.created_at), exportedAt: momentOf(row.exported_at),
  }
}

const momentOf = (text: string | null): number | undefined => (text === null ? undefined : Number(text))

/** Reads what was archived. */
export function createArchiveReader(sql: Sql): ArchiveReader {
  const columns = sql.unsafe(archiveColumns)
  return {
    async list({ status, from, to, skip = 0, limit }) {
      const where = sql`where true ${status === undefined ? sql`` : sql`and status = ${status}`} ${touching(sql, from, to)}`
      const [records, [all]] = await Promise.all([
        sql<ArchiveTableRow[]>`select ${columns} from spend_archives ${where} order by date_from, generation offset ${skip} limit ${limit}`,
        sql<{ total: number }[]>`select count(*)::int as total from spend_archives ${where}`,
      ])
      return { records: records.map(toArchive), total: all!.total }
    },
    async get(id) {
      const [row] = await sql<ArchiveTableRow[]>`select ${columns} from spend_archives where id = ${clean(id)}`
      return row && toArchive(row)
    },
    async within({ from, to }) {
      const rows = await sql<ArchiveTableRow[]>`select ${columns} from spend_archives where status in ('archived', 'dropped') ${touching(sql, from, to)} order by date_from, generation`
      return rows.map((row) => toArchive(row) as ArchivedRange)
    },
  }
}

/** Ranges that have a moment in common with this one, whose end is exclusive. */
function touching(sql: Sql, from: number | undefined, to: number | undefined) {
  return sql`${from === undefined ? sql`` : sql`and date_to > ${dayOf(from)}::text::date`} ${to === undefined ? sql`` : sql`and date_from < ${dayOf(to + LAST_OF_DAY_MS)}::text::date`}`
}

/** A range that ends within a day touches that day. */
const LAST_OF_DAY_MS = 86_400_000 - 1
