/**
 * What becomes of the rows of a range:
 *
 * - `exporting`: parts are being written; the rows are in the database.
 * - `exported`: parts and manifest are written and were read back; the rows are in the database still.
 * - `archived`: the rows are in the cold store alone.
 * - `failed`: it was tried too often, and waits for somebody to replay it; the rows are in the database.
 * - `dropped`: the rows were dropped without having been archived, by a retention period.
 */
export type ArchiveStatus = 'exporting' | 'exported' | 'archived' | 'failed' | 'dropped'

/** Where a row stands in the order of the export: by its start, rows of one moment by their id. */
export interface RowPlace {
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly id: string
}

/** A part of an archive: one object of the cold store. */
export interface ArchivePart {
  readonly name: string
  readonly rows: number
  readonly costNanoUsd: number
  /** Bytes of the object, and of what it holds. */
  readonly bytes: number
  readonly rawBytes: number
  /** Of the object's bytes, in hex. */
  readonly sha256: string
  readonly first: RowPlace
  readonly last: RowPlace
}

/** The rows of a range of days, and where they are. Times are milliseconds since the epoch. */
export interface ArchiveRecord {
  readonly id: string
  /** Start of the first day (UTC), and start of the day after the last. */
  readonly from: number
  readonly to: number
  /** From 1 on; rows that came after an archive was made make a further one of the same range. */
  readonly generation: number
  readonly status: ArchiveStatus
  /** The cold store's plugin, and its address; `''` where nothing was archived. */
  readonly storageType: string
  readonly location: string
  /** Rows and their cost, as far as they are exported. */
  readonly entries: number
  readonly costNanoUsd: number
  readonly parts: readonly ArchivePart[]
  /** Failures in a row. */
  readonly attempts: number
  /** Why the last one failed. */
  readonly error: string | undefined
  /** When it is tried again. */
  readonly nextAttemptAt: number | undefined
  readonly createdAt: number
  /** When the rows left the database. */
  readonly exportedAt: number | undefined
}

/** A range whose rows are not in the database any more. */
export interface ArchivedRange extends Pick<ArchiveRecord, 'id' | 'from' | 'to' | 'generation' | 'storageType' | 'location' | 'entries'> {
  readonly status: 'archived' | 'dropped'
}

/** Which records to read, the oldest range first. */
export interface ArchivePage {
  readonly status?: ArchiveStatus | undefined
  /** Ranges that touch these days. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly skip?: number
  readonly limit: number
}

/** Reads what was archived. */
export interface ArchiveReader {
  list(page: ArchivePage): Promise<{ readonly records: readonly ArchiveRecord[]; readonly total: number }>
  get(id: string): Promise<ArchiveRecord | undefined>
  /** Ranges that a question reaches into and whose rows are gone, the oldest first. */
  within(range: { readonly from?: number | undefined; readonly to?: number | undefined }): Promise<readonly ArchivedRange[]>
}
