import type { ArchivePart, ArchiveReader, ArchiveRecord, RowPlace } from './record.ts'

/** A row as it is archived. */
export interface ArchiveRow extends RowPlace {
  readonly costNanoUsd: number
  /** The row as one line of JSON. */
  readonly line: string
}

/** Who works on a record; nobody else may change it meanwhile. */
export interface Claim {
  readonly id: string
  /** A name that no other worker has. */
  readonly holder: string
}

/** Where rows are archived to. */
export interface Destination {
  readonly storageType: string
  readonly location: string
}

/**
 * The database's side of the archive: which ranges there are, their rows, and what was done with them. Every change
 * is made for a claim, and answers false when somebody else holds the record now.
 */
export interface ArchiveBook extends ArchiveReader {
  /** Makes a record for each range that ended before a moment, has rows, and has no record that is under way. */
  plan(before: number): Promise<void>
  /**
   * Gives the oldest record that is due to a holder, for so many milliseconds. Undefined: none is due.
   * @param due those whose next attempt is due at this moment
   */
  claim(holder: string, due: number, forMs: number): Promise<ArchiveRecord | undefined>
  /** Holds it for longer. */
  renew(claim: Claim, forMs: number): Promise<boolean>
  /** Begins from the first row: what was written counts no more. */
  restart(claim: Claim, to: Destination): Promise<boolean>
  /** Rows of the record's range after a place, in their order. */
  rows(record: ArchiveRecord, after: RowPlace | undefined, limit: number): Promise<readonly ArchiveRow[]>
  /** How many rows the record's range has, and the first and the last of them; undefined: there are none. */
  bounds(record: ArchiveRecord): Promise<{ readonly rows: number; readonly first: RowPlace; readonly last: RowPlace } | undefined>
  /**
   * Takes rows out of the database that are archived already, and off the sums that they were added to a second time.
   * @returns how many of them there were; undefined: somebody else holds the record
   */
  takeOut(claim: Claim, record: ArchiveRecord, places: readonly RowPlace[]): Promise<number | undefined>
  /** Notes a part that is written. */
  addPart(claim: Claim, part: ArchivePart): Promise<boolean>
  /** Notes that all parts and the manifest are written. */
  exported(claim: Claim): Promise<boolean>
  /**
   * Takes the rows out of the database and notes it, both or neither, if they are as many and cost as much as the
   * parts say. Where there are none, the record goes too. `grown`: there are others by now. `busy`: somebody reads them; try again.
   */
  finish(claim: Claim): Promise<'archived' | 'grown' | 'busy' | 'lost'>
  /** Notes a failure. @param retryAt undefined: nobody tries again until somebody replays it */
  failed(claim: Claim, error: string, retryAt: number | undefined): Promise<boolean>
  /** Gives a record back as it is. */
  release(claim: Claim): Promise<void>
  /** Lets a record that failed be tried again. False when it did not fail. */
  replay(id: string): Promise<boolean>
}
