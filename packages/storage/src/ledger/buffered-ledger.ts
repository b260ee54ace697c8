import type { Clock, Log, Timer } from '@tianjillm/core'
import type { Ledger, LedgerEntry, LedgerStats } from '@tianjillm/spend'
import { InsertedSegments } from './inserted-segments.ts'
import type { Journal, Segment } from './journal.ts'
import { TurnWriter } from './turn-writer.ts'
import { apart, parse, type WrittenRows } from './written-rows.ts'

export interface BufferedLedgerOptions {
  /** Inserts rows, all or none; answers how many were not there yet. */
  readonly insert: (rows: readonly WrittenRows[]) => Promise<number>
  /** Whether the database refused what entries hold, and would again. */
  readonly isRefusal: (error: unknown) => boolean
  /** Absent: entries are in memory alone. */
  readonly journal?: Journal
  /** What was settled before this moment, on the clock that never jumps, is known to all who count together. Absent: nobody else counts. */
  readonly settledUpTo?: () => number
  /** Told of the entries that an earlier process left behind, once they are in the database. */
  readonly recovered?: (entries: readonly Recovered[]) => void
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds from an entry to its insert, at most. Default 500. */
  readonly intervalMs?: number
  /** Entries of one insert. */
  readonly batchSize?: number
  /** Entries in memory; further ones are in the journal alone until there is room. */
  readonly maxInMemory?: number
}

/** Whose call an entry was that an earlier process left behind. */
export type Recovered = Pick<LedgerEntry, 'keyId' | 'userId' | 'teamId' | 'organizationId' | 'endUser' | 'tags' | 'provider' | 'deploymentId'>

/** A batch costs the database a millisecond beside its rows: ten a second would be felt by one call in a hundred at 200 calls a second on a small machine. */
const INTERVAL_MS = 500
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** Entries that are written down together, at most. */
const MOST_A_TURN = 100

interface Waiting {
  readonly rows: WrittenRows
  readonly segment: Segment | undefined
  /** When they were accepted, on the clock that never jumps. */
  readonly at: number
}

/**
 * One ordered writer between the requests and the database: collects entries, inserts them in batches,
 * and tries again while the database is away. Memory is bounded; the rest waits in the journal.
 */
export class BufferedLedger implements Ledger {
  readonly #options: BufferedLedgerOptions
  readonly #batchSize: number
  readonly #maxInMemory: number
  readonly #intervalMs: number
  readonly #turn: TurnWriter
  readonly #insertedSegments: InsertedSegments | undefined
  #queue: Waiting[] = []
  /** Entries in the queue. */
  #queued = 0
  #inHand = 0
  #onDiskOnly = 0
  /** Entries that went through memory: how many came in, and how many are done with. */
  #accepted = 0
  #done = 0
  /** Resolves at the next batch, file or end of a run. */
  #progress = Promise.withResolvers<void>()
  #inserted = 0
  #dropped = 0
  #timer: Timer | undefined
  #writing: Promise<void> | undefined
  #away = false
  #closed = false
  readonly #givenUp = new AbortController()
  #wake: (() => void) | undefined

  constructor(options: BufferedLedgerOptions) {
    this.#options = options
    this.#batchSize = options.batchSize ?? 500
    this.#maxInMemory = options.maxInMemory ?? 20_000
    this.#intervalMs = options.intervalMs ?? INTERVAL_MS
    this.#turn = new TurnWriter(MOST_A_TURN, options.clock, (rows) => this.#accept(rows))
    if (options.journal) this.#insertedSegments = new InsertedSegments(options.journal, options.settledUpTo ?? (() => Number.POSITIVE_INFINITY))
    // What earlier processes left is written as soon as the database is there.
    if (options.journal) this.#arm()
  }

  append(entry: LedgerEntry, written?: () => void): void {
    if (this.#closed) {
      this.#drop(1, 'after the ledger was closed')
      written?.()
      return
    }
    this.#turn.add(entry, written)
    if (!written) this.#turn.end()
  }

  /** Takes the entries of a turn. */
  #accept(rows: WrittenRows): void {
    const segment = this.#options.journal?.append(rows)
    if (this.#queued + rows.count <= this.#maxInMemory) {
      if (segment) segment.waiting += 1
      this.#queue.push({ rows, segment, at: this.#options.clock.monotonic() })
      this.#queued += rows.count
      this.#accepted += rows.count
      if (this.#queued >= this.#batchSize) this.#write()
      else this.#arm()
    } else if (segment) {
      segment.onDiskOnly = true
      this.#onDiskOnly += rows.count
    } else this.#drop(rows.count, 'memory and journal are full')
  }

  async flush(signal: AbortSignal): Promise<void> {
    const late = aborted(signal)
    this.#turn.end()
    // What arrives while it writes need not be waited for: under load there is always more.
    const upTo = this.#accepted
    do {
      const progress = this.#progress.promise
      this.#write()
      this.#wake?.()
      await Promise.race([progress, late])
    } while (!signal.aborted && !this.#givenUp.signal.aborted && (this.#done < upTo || this.#options.journal?.hasFiles === true))
  }

  async close(signal: AbortSignal): Promise<void> {
    if (this.#closed) return
    this.#turn.end()
    this.#closed = true
    // Also what earlier processes left.
    this.#write()
    await Promise.race([this.#writing, aborted(signal)])
    this.#insertedSegments?.release()
    this.#givenUp.abort()
    this.#timer?.cancel()
    this.#wake?.()
    const left = this.stats().queued
    if (left > 0 && this.#options.journal) this.#options.log.warn({ entries: left }, 'spend entries wait in the journal for the next start')
    else if (left > 0) this.#drop(left, 'the database did not answer before the shutdown')
    this.#options.journal?.close()
  }

  stats(): LedgerStats {
    return { queued: this.#turn.count + this.#queued + this.#inHand + this.#onDiskOnly, inserted: this.#inserted, dropped: this.#dropped }
  }

  #arm(): void {
    this.#timer ??= this.#options.clock.after(this.#intervalMs, () => this.#write())
  }

  #write(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#writing ??= this.#run().finally(() => {
      this.#writing = undefined
      this.#tellProgress()
      if ((this.#queue.length > 0 || this.#insertedSegments?.empty === false) && !this.#givenUp.signal.aborted) this.#arm()
    })
  }

  async #run(): Promise<void> {
    for (;;) {
      const batch = this.#take()
      if (batch.length > 0) {
        const count = entriesIn(batch)
        this.#inHand = count
        this.#queued -= count
        if (!(await this.#deliver(batch.map(({ rows }) => rows)))) {
          this.#queue.unshift(...batch)
          this.#queued += count
          this.#inHand = 0
          return
        }
        this.#inHand = 0
        this.#done += count
        for (const { segment, at } of batch) if (segment) this.#insertedSegments?.add(segment, at)
      }
      this.#insertedSegments?.release()
      // A file a batch: what waits on disk gets its turn while new entries keep coming.
      const file = this.#options.journal?.nextFile()
      if (file) {
        for (let from = 0; from < file.rows.length; from += this.#batchSize) {
          if (!(await this.#deliver(file.rows.slice(from, from + this.#batchSize)))) return
        }
        // Also of those that were there already: it may not have told what they cost.
        if (file.left && file.rows.length > 0) this.#options.recovered?.(file.rows.flatMap(({ frame }) => parse(frame).map(recoveredOf)))
        file.done()
        if (this.#options.journal?.hasFiles === false) this.#onDiskOnly = 0
      } else if (batch.length === 0 || !this.#full) return
      this.#tellProgress()
    }
  }

  /** Whether the next batch need not wait for more: a small one costs the database nearly as much as a large one. */
  get #full(): boolean {
    return this.#queued >= this.#batchSize || this.#closed
  }

  /** The next batch out of the queue. */
  #take(): readonly Waiting[] {
    let end = 0
    for (let count = 0; end < this.#queue.length; end += 1) {
      count += this.#queue[end]!.rows.count
      if (end > 0 && count > this.#batchSize) break
    }
    return this.#queue.splice(0, end)
  }

  #tellProgress(): void {
    this.#progress.resolve()
    this.#progress = Promise.withResolvers<void>()
  }

  /** Inserts, however long it takes. False when the ledger was closed before. */
  async #deliver(rows: readonly WrittenRows[]): Promise<boolean> {
    for (let wait = FIRST_WAIT_MS; !this.#givenUp.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        const added = await this.#options.insert(rows)
        this.#inserted += added
        if (this.#away) this.#options.log.info({ queued: this.stats().queued }, 'the database is back: spend is written again')
        this.#away = false
        return true
      } catch (error) {
        if (this.#options.isRefusal(error)) return this.#deliverApart(rows, error)
        if (!this.#away) this.#options.log.error({ err: error, queued: this.stats().queued }, 'spend cannot be written to the database; trying again')
        this.#away = true
        await this.#sleep(wait)
      }
    }
    return false
  }

  /** One entry that the database refuses must not keep the others out. */
  async #deliverApart(together: readonly WrittenRows[], error: unknown): Promise<boolean> {
    const rows = together.length === 1 && together[0]!.count > 1 ? apart(together[0]!) : together
    if (rows.length > 1) {
      const middle = rows.length >> 1
      return (await this.#deliver(rows.slice(0, middle))) && this.#deliver(rows.slice(middle))
    }
    const { request_id: id, status = 'success', cost_nano_usd: costNanoUsd } = parse(rows[0]!.frame)[0]!
    this.#options.log.error({ err: error, id, status, costNanoUsd }, 'the database refused a spend entry, which is lost')
    this.#dropped += 1
    return true
  }

  #drop(count: number, why: string): void {
    // The first of a row says it; the count says the rest.
    if (this.#dropped === 0) this.#options.log.error({ entries: count }, `spend entries are lost: ${why}`)
    this.#dropped += count
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.after(ms, () => this.#wake?.())
      this.#wake = () => {
        this.#wake = undefined
        timer.cancel()
        resolve()
      }
    })
  }
}

function recoveredOf(row: Readonly<Record<string, unknown>>): Recovered {
  const { key_id: keyId, user_id: userId, team_id: teamId, organization_id: organizationId, end_user: endUser, tags, provider, deployment_id: deploymentId } = row
  return { keyId, userId, teamId, organizationId, endUser, tags, provider, deploymentId } as Recovered
}

function entriesIn(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { rows }) => sum + rows.count, 0)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
