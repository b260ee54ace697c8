import { type Archive, asGatewayError, type Clock, isGatewayError, type Log } from '@tianjillm/core'
import type { ArchiveBook, Claim } from './book.ts'
import { exportRecord, type Place } from './export.ts'
import { Lost } from './lost.ts'
import type { PartLimits } from './part.ts'
import { type ArchivedRow, type ArchivePlace, readBack } from './read-back.ts'
import type { ArchiveRecord } from './record.ts'

export interface ArchiverOptions {
  readonly book: ArchiveBook
  readonly store: Archive
  /** The cold store's plugin. */
  readonly storageType: string
  /** Milliseconds: rows of weeks that ended so long ago are archived. */
  readonly afterMs: number
  /** Failures in a row after which a record is left to an operator. */
  readonly maxAttempts: number
  readonly clock: Clock
  readonly log: Log
  readonly limits?: PartLimits
}

/** What a run did. */
export interface ArchiveRun {
  readonly archived: number
  readonly failed: number
}

/** Moves old rows of the spend log to a cold store. */
export interface Archiver {
  /**
   * Archives what is due, range after range. One run at a time: a call during a run waits for that one. Several
   * processes may run at once; each range is worked on by one of them.
   *
   * @param hasty also what waits for its next attempt
   */
  run(hasty?: boolean): Promise<ArchiveRun>
  /** Lets a record that failed be tried again. False when it did not fail. */
  replay(id: string): Promise<boolean>
  /** Rows of a range that are in the cold store, from a place on; see `readBack`. */
  rows(range: { readonly from: number; readonly to: number }, at: ArchivePlace | undefined, signal: AbortSignal): AsyncIterable<ArchivedRow>
  /** Ends a run under way, which gives back what it had not finished, and waits for that until the signal fires. */
  stop(signal: AbortSignal): Promise<void>
}

/** How long a record is held; a process that ended is missed after that time. */
const HELD_MS = 30_000
const RENEWED_MS = 10_000
/** 100,000 rows are some 50 MB, and 5 MB compressed. Larger parts would be fewer: of a week that is written again, old ones would be left over. */
const USUAL_LIMITS: PartLimits = { rows: 100_000, bytes: 64 * 1024 ** 2 }
const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 3_600_000

export function createArchiver({ book, store, storageType, afterMs, maxAttempts, clock, log, limits = USUAL_LIMITS }: ArchiverOptions): Archiver {
  const holder = crypto.randomUUID()
  const stopping = new AbortController()
  let current: Promise<ArchiveRun> | undefined

  const run = async (hasty: boolean): Promise<ArchiveRun> => {
    let [archived, failed] = [0, 0]
    // A record fails once in a run, however hasty.
    const seen = new Set<string>()
    await book.plan(clock.now() - afterMs)
    while (!stopping.signal.aborted) {
      const record = await book.claim(holder, hasty ? Number.MAX_SAFE_INTEGER : clock.now(), HELD_MS)
      if (!record) break
      const claim = { id: record.id, holder }
      if (seen.has(record.id)) {
        await book.release(claim)
        break
      }
      seen.add(record.id)
      const outcome = await work(record, claim)
      if (outcome === 'archived') archived += 1
      if (outcome === 'failed') failed += 1
    }
    return { archived, failed }
  }

  const work = async (record: ArchiveRecord, claim: Claim): Promise<'archived' | 'failed' | 'left'> => {
    const held = hold(claim)
    const place: Place = { book, store, limits, destination: { storageType, location: store.location }, log }
    try {
      const ended = await exportRecord(record, claim, place, AbortSignal.any([stopping.signal, held.signal]))
      if (!ended) {
        await book.release(claim)
        return 'left'
      }
      log.info({ archive: record.id, ...daysOf(record), entries: ended.entries, parts: ended.parts, location: store.location }, 'spend logs archived')
      return 'archived'
    } catch (error) {
      if (stopping.signal.aborted) {
        await book.release(claim)
        return 'left'
      }
      // Whoever holds it now goes on.
      if (held.signal.aborted || error instanceof Lost) return 'left'
      await note(record, claim, error)
      return 'failed'
    } finally {
      held.end()
    }
  }

  /** Keeps a record held; the signal tells that it is not any more. */
  const hold = (claim: Claim): { readonly signal: AbortSignal; end(): void } => {
    const lost = new AbortController()
    let timer = clock.after(RENEWED_MS, renew)
    let ended = false
    let heldUntil = clock.monotonic() + HELD_MS
    function renew(): void {
      const from = clock.monotonic()
      book.renew(claim, HELD_MS).then((held) => {
        if (held) heldUntil = from + HELD_MS
        else lost.abort(new Lost())
      }, (error: unknown) => {
        log.warn({ archive: claim.id, err: error }, 'the hold on an archive could not be renewed')
      }).finally(() => {
        if (ended || lost.signal.aborted) return
        if (clock.monotonic() + RENEWED_MS >= heldUntil) lost.abort(new Lost())
        else timer = clock.after(RENEWED_MS, renew)
      })
    }
    return {
      signal: lost.signal,
      end() {
        ended = true
        timer.cancel()
      },
    }
  }

  const note = async (record: ArchiveRecord, claim: Claim, error: unknown): Promise<void> => {
    const attempts = record.attempts + 1
    const dead = attempts >= maxAttempts
    const wait = Math.min(FIRST_WAIT_MS * 2 ** record.attempts, LONGEST_WAIT_MS)
    // Words that are not ours may hold anything.
    const words = isGatewayError(error) ? error.message : `The gateway failed: ${asGatewayError(error).code}; its log tells why.`
    await book.failed(claim, words.slice(0, 1000), dead ? undefined : clock.now() + wait)
    const fields = { archive: record.id, ...daysOf(record), attempts, err: error }
    if (dead) log.error(fields, 'spend logs could not be archived and are left in the database: replay the archive when the cause is gone')
    else log.warn({ ...fields, retryInMs: wait }, 'spend logs could not be archived; trying again')
  }

  return {
    replay: (id) => book.replay(id),
    rows: (range, at, signal) => readBack(book, store, { storageType, location: store.location }, range, at, signal),
    run(hasty = false) {
      return current ??= run(hasty).finally(() => {
        current = undefined
      })
    },
    async stop(signal) {
      stopping.abort()
      await Promise.race([current?.catch(() => {}), new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })])
    },
  }
}

const daysOf = ({ from, to, generation }: ArchiveRecord) => ({ from: dayOf(from), to: dayOf(to), generation })
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)
