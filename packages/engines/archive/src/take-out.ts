import type { Claim } from './book.ts'
import type { Place } from './export.ts'
import { Lost } from './lost.ts'
import { linesOf, placeOf, readPart } from './read-part.ts'
import type { ArchiveRecord, RowPlace } from './record.ts'

/** Rows that are taken out at once. */
const BATCH = 1000

/**
 * Rows that came after their week was archived may be archived already: a replica that was killed inserts once more
 * what its journal holds, and the database cannot tell any more that it had them. So the parts that may hold them are
 * read, and what is there is neither archived nor counted a second time.
 *
 * @returns rows that were looked at and are to be archived, at most: what comes meanwhile was not looked at
 */
export async function takeOutArchived(record: ArchiveRecord, claim: Claim, { book, store, destination, log }: Place, signal: AbortSignal): Promise<number> {
  const bounds = await book.bounds(record)
  if (!bounds) return 0
  const { records } = await book.list({ status: 'archived', from: record.from, to: record.to, limit: record.generation })
  let gone = 0
  for (const { storageType, location, parts } of records) {
    const near = parts.filter(({ first, last }) => first.startedAt <= bounds.last.startedAt && last.startedAt >= bounds.first.startedAt)
    for (const part of near) {
      signal.throwIfAborted()
      const body = storageType === destination.storageType && location === destination.location ? await readPart(part, store, signal) : undefined
      if (!body) {
        log.warn({ archive: record.id, location, object: part.name }, 'an earlier archive of the same week cannot be read: calls that came late are archived without a look whether they are there already')
        continue
      }
      for await (const places of placesOf(body)) gone += await takeOut(places)
    }
  }
  if (gone > 0) log.info({ archive: record.id, entries: gone }, 'calls that were archived already came once more, and were taken out again')
  return Math.max(0, bounds.rows - gone)

  async function takeOut(places: readonly RowPlace[]): Promise<number> {
    signal.throwIfAborted()
    const taken = await book.takeOut(claim, record, places)
    if (taken === undefined) throw new Lost()
    return taken
  }
}

/** Where the rows of a part stand, some at a time. */
async function* placesOf(body: Uint8Array): AsyncGenerator<readonly RowPlace[]> {
  let places: RowPlace[] = []
  for await (const line of linesOf(body)) {
    places.push(placeOf(line))
    if (places.length < BATCH) continue
    yield places
    places = []
  }
  if (places.length > 0) yield places
}
