import { type Archive, GatewayError } from '@tianjillm/core'
import type { Destination } from './book.ts'
import { linesOf, placeOf, readPart } from './read-part.ts'
import type { ArchiveReader } from './record.ts'

/** Where reading back goes on. */
export interface ArchivePlace {
  /** The archive's id. */
  readonly archive: string
  /** Its part, and the line in there, both from 0 on. */
  readonly part: number
  readonly line: number
}

/** A row that is in a cold store. */
export interface ArchivedRow {
  readonly id: string
  readonly startedAt: number
  /** The row as one line of JSON. */
  readonly line: string
  /** The place behind it. */
  readonly next: ArchivePlace
}

/** Weeks that a range touches, with their generations, at most. */
const MOST = 1000

/**
 * Rows of a range that are archived, from the oldest archive on and in each by their start. One part is held at a time.
 *
 * @throws `no_archive` when they are in another store than this one, `upstream_not_found` when an object is gone
 */
export async function* readBack(reader: ArchiveReader, store: Archive, { storageType, location }: Destination, { from, to }: { readonly from: number; readonly to: number }, at: ArchivePlace | undefined, signal: AbortSignal): AsyncGenerator<ArchivedRow> {
  const { records } = await reader.list({ from, to, status: 'archived', limit: MOST })
  const begin = at === undefined ? 0 : records.findIndex(({ id }) => id === at.archive)
  for (const record of begin < 0 ? [] : records.slice(begin)) {
    if (record.storageType !== storageType || record.location !== location) throw new GatewayError('no_archive', `Calls of these days are archived in ${record.location}, which general_settings.spend_archive does not name.`)
    const [firstPart, firstLine] = record.id === at?.archive ? [at.part, at.line] : [0, 0]
    for (const [number, part] of record.parts.entries()) {
      if (number < firstPart || part.first.startedAt >= to || part.last.startedAt < from) continue
      const body = await readPart(part, store, signal)
      if (!body) throw new GatewayError('upstream_not_found', `${location} does not have ${part.name} any more.`)
      let passed = 0
      for await (const line of linesOf(body)) {
        passed += 1
        if (number === firstPart && passed <= firstLine) continue
        const place = placeOf(line)
        if (place.startedAt >= from && place.startedAt < to) yield { ...place, line, next: { archive: record.id, part: number, line: passed } }
      }
    }
  }
}
