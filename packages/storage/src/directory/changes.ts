import type { DirectoryChange } from '@tianjillm/auth'
import type { Clock, Log, Timer } from '@tianjillm/core'
import type { Sql } from 'postgres'
import type { Link } from '../link.ts'

/** Key of the advisory lock under which changes are numbered. */
export const CHANGE_LOCK = 7_184_203
/** Where replicas are told to look at once. */
export const CHANNEL = 'tianjillm_directory'

/** Milliseconds between two looks: what is not heard is seen after this time. */
const LOOK_MS = 500
/** Changes that are read at once. */
const MANY = 1000
/** Milliseconds without a look after which changes may have been missed: the machine slept. */
const ASLEEP_MS = 3_600_000

export interface ChangesOptions {
  readonly sql: Sql
  readonly link: Link
  readonly clock: Clock
  readonly log: Log
  /** Whether the database can call its clients (a session of one's own). */
  readonly listens: boolean
}

/**
 * Tells what changed in the directory. Writers number their change in their own transaction; every replica
 * reads on from where it is: when it is called (`NOTIFY`), and twice a second, because a call can get lost with
 * its connection or behind a pooler. After the database was away it tells that anything may have changed.
 */
export class Changes {
  readonly #options: ChangesOptions
  readonly #listeners = new Set<(change: DirectoryChange) => void>()
  /** Numbers of own changes, which were told when they were made. */
  readonly #own = new Set<number>()
  #seen: number | undefined
  #lookedAt = 0
  #missed = false
  #looking: Promise<void> | undefined
  #again = false
  #timer: Timer | undefined
  #closed = false

  constructor(options: ChangesOptions) {
    this.#options = options
  }

  subscribe(listener: (change: DirectoryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Begins to look. What is read from the directory after this resolved is told of when it changes. */
  async start(): Promise<void> {
    const { sql, clock, listens, log } = this.#options
    for (;;) {
      await this.look()
      if (this.#seen !== undefined || this.#closed) break
      await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve))
    }
    if (listens) sql.listen(CHANNEL, () => void this.look()).catch((error: unknown) => log.warn({ err: error }, 'changes by other replicas are not heard at once, but seen within a second'))
  }

  /** Tells a change that was made here. @param number its number */
  made(change: DirectoryChange, number: number): void {
    if (number > (this.#seen ?? 0)) this.#own.add(number)
    this.#tell(change)
  }

  /** Looks for changes now. Resolves when everything is told that was there at the call. */
  look(): Promise<void> {
    if (this.#looking) {
      // What is asked for now may be younger than what the running look sees.
      this.#again = true
      return this.#looking
    }
    this.#timer?.cancel()
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined
      if (this.#closed) return
      this.#timer = this.#options.clock.after(LOOK_MS, () => void this.look())
    })
    return this.#looking
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
  }

  async #look(): Promise<void> {
    do {
      this.#again = false
      try {
        await this.#read()
      } catch {
        // The link has noted it; whoever asked is not the one to deal with it.
        this.#missed = true
      }
    } while (this.#again && !this.#closed)
  }

  async #read(): Promise<void> {
    const { sql, link, clock } = this.#options
    if (this.#closed) return
    if (clock.now() - this.#lookedAt > ASLEEP_MS) this.#missed = true
    const after = this.#seen
    if (after === undefined || this.#missed) {
      // From the database as it is now, which may have been put back to an earlier state.
      const [row] = await link.probe(async () => sql<{ last: string }[]>`select coalesce(max(number), 0) as last from directory_change`)
      this.#seen = Number(row!.last)
      this.#missed = false
      this.#own.clear()
      if (after !== undefined) this.#tell({ kind: 'all' })
    } else {
      const rows = await link.probe(async () => sql<{ number: string; kind: string; id: string }[]>`select number, kind, id from directory_change where number > ${after} order by number limit ${MANY}`)
      if (rows.length > 0) this.#seen = Number(rows.at(-1)!.number)
      if (rows.length === MANY) this.#again = true
      for (const { number, kind, id } of rows) if (!this.#own.delete(Number(number))) this.#tell({ kind, id } as DirectoryChange)
    }
    this.#lookedAt = clock.now()
  }

  #tell(change: DirectoryChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}
