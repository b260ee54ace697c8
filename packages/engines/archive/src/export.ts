import { type Archive, type ArchiveObject, GatewayError, type Log } from '@tianjillm/core'
import type { ArchiveBook, Claim, Destination } from './book.ts'
import { Lost } from './lost.ts'
import { manifestOf } from './manifest.ts'
import { manifestName, partName } from './names.ts'
import { type PartLimits, sha256, writePart } from './part.ts'
import { readPart } from './read-part.ts'
import type { ArchivePart, ArchiveRecord } from './record.ts'
import { takeOutArchived } from './take-out.ts'

/** What an export works with. */
export interface Place {
  readonly book: ArchiveBook
  readonly store: Archive
  readonly limits: PartLimits
  readonly destination: Destination
  readonly log: Log
}

/** Exports from the first row in one go, at most: rows that go on coming are waited for. */
const ROUNDS = 3
/** Looks whether the rows can be taken out of the database, in one go, at most. */
const LOOKS = 5

/**
 * Writes the parts of a record that are not written yet, reads all of them back, writes the manifest, and takes the
 * rows out of the database. Nothing is undone on the way: whatever it is interrupted by, the next one goes on from the
 * last part that was noted, under the same names. Rows that came meanwhile are noticed by their number, before anything
 * is taken out; then it begins from the first row. Parts only become more by that, so that none is left over.
 *
 * @returns undefined when the rows cannot be taken out now
 * @throws Lost, what the store throws
 */
export async function exportRecord(record: ArchiveRecord, claim: Claim, place: Place, signal: AbortSignal): Promise<{ readonly entries: number; readonly parts: number } | undefined> {
  const { book, store, destination } = place
  let current = record
  const restart = async (): Promise<void> => {
    await held(book.restart(claim, destination))
    current = { ...current, ...destination, parts: [], status: 'exporting' }
  }
  const late = record.generation > 1
  // Rows that came late are looked at all together: see `takeOutArchived`.
  const begun = late && record.status === 'exporting' && record.parts.length > 0
  if (begun || current.storageType !== destination.storageType || current.location !== destination.location) await restart()
  for (let round = 0; round < ROUNDS; round += 1) {
    if (current.status !== 'exported') {
      const parts = await writeParts(current, late ? await takeOutArchived(current, claim, place, signal) : Infinity, claim, place, signal)
      await verify(parts, store, signal)
      if (parts.length > 0) await put({ name: manifestName(current), contentType: 'application/json', body: Buffer.from(manifestOf(current, parts)) }, store, signal)
      await held(book.exported(claim))
      current = { ...current, parts, status: 'exported' }
    }
    const ended = await finish(claim, book, signal)
    if (ended === 'archived') return { entries: rowsIn(current.parts), parts: current.parts.length }
    if (ended === 'busy') return undefined
    await restart()
  }
  return undefined
}

/** @param most rows of all parts together */
async function writeParts(record: ArchiveRecord, most: number, claim: Claim, { book, store, limits }: Place, signal: AbortSignal): Promise<readonly ArchivePart[]> {
  const parts = [...record.parts]
  for (let left = most - rowsIn(parts); left > 0;) {
    signal.throwIfAborted()
    const name = partName(record, parts.length + 1)
    const written = await writePart(name, parts.at(-1)?.last, { ...limits, rows: Math.min(limits.rows, left) }, (after, limit) => {
      signal.throwIfAborted()
      return book.rows(record, after, limit)
    })
    if (!written) return parts
    signal.throwIfAborted()
    await put({ name, contentType: 'application/gzip', body: written.body }, store, signal)
    await held(book.addPart(claim, written.part))
    parts.push(written.part)
    left -= written.part.rows
  }
  return parts
}

/** A store that never lets an object be written again refuses what a run before this one wrote, which is as good. */
async function put(object: ArchiveObject, store: Archive, signal: AbortSignal): Promise<void> {
  try {
    await store.put(object, signal)
  } catch (error) {
    signal.throwIfAborted()
    const there = await store.get(object.name, signal).catch(() => undefined)
    if (!there || sha256(there) !== sha256(object.body)) throw error
  }
}

/** Nothing leaves the database that was not read back. */
async function verify(parts: readonly ArchivePart[], store: Archive, signal: AbortSignal): Promise<void> {
  for (const part of parts) if (!(await readPart(part, store, signal))) throw new GatewayError('upstream_malformed', `${store.location} took ${part.name} and does not have it.`)
}

async function finish(claim: Claim, book: ArchiveBook, signal: AbortSignal): Promise<'archived' | 'grown' | 'busy'> {
  for (let look = 0; look < LOOKS; look += 1) {
    signal.throwIfAborted()
    const ended = await book.finish(claim)
    if (ended === 'lost') throw new Lost()
    if (ended !== 'busy') return ended
  }
  return 'busy'
}

function rowsIn(parts: readonly ArchivePart[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0)
}

async function held(change: Promise<boolean>): Promise<void> {
  if (!(await change)) throw new Lost()
}
