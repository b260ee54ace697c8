import { Burst, type Clock } from '@tianjillm/core'
import type { LedgerEntry } from '@tianjillm/spend'
import { FrameWriter } from './frame.ts'
import { type Week, weekOf } from './partitions.ts'
import { callRow, written } from './row-text.ts'
import { SharedMembers } from './shared-members.ts'
import { groupOf, type WrittenRows } from './written-rows.ts'

/**
 * Gathers the rows of one turn of the event loop, so that the calls whose answers arrive together cost one write
 * to the journal and not one each, and say once what they share. A row that comes alone is written at once.
 */
export class TurnWriter {
  readonly #most: number
  readonly #accept: (rows: WrittenRows) => void
  readonly #frames = new FrameWriter()
  readonly #shared = new SharedMembers()
  readonly #burst: Burst
  /** Shared members -> calls. A new one for each turn: a table that is emptied again and again keeps what was in it for longer. */
  #groups = new Map<string, string>()
  #count = 0
  #moments: number[] = []
  #week: Week | undefined
  #waiting: (() => void)[] = []
  #immediate: NodeJS.Immediate | undefined
  readonly #atTurnsEnd = (): void => this.end()

  /**
   * @param most rows that are gathered before they are written down
   * @param accept writes rows down
   */
  constructor(most: number, clock: Clock, accept: (rows: WrittenRows) => void) {
    this.#burst = new Burst(() => clock.monotonic())
    this.#most = most
    this.#accept = accept
  }

  /** Rows that were gathered and not yet written down. */
  get count(): number {
    return this.#count
  }

  /** Takes an entry. @param tell called when it is written down, now, at the end of the turn or with {@link end} */
  add(entry: LedgerEntry, tell: (() => void) | undefined): void {
    const shared = this.#shared.of(entry)
    const call = written(callRow(entry))
    const before = this.#groups.get(shared)
    this.#groups.set(shared, before === undefined ? call : `${before},${call}`)
    this.#count += 1
    const week = weekOf(entry.startedAt)
    if (week !== this.#week) {
      this.#week = week
      this.#moments.push(entry.startedAt)
    }
    if (tell) this.#waiting.push(tell)
    if (!this.#burst.follows() || this.#count >= this.#most) this.end()
    else this.#immediate ??= setImmediate(this.#atTurnsEnd)
  }

  /** Writes down what was gathered, and tells those who wait. */
  end(): void {
    if (this.#immediate) clearImmediate(this.#immediate)
    this.#immediate = undefined
    if (this.#count === 0) return
    let text = ''
    for (const [shared, calls] of this.#groups) text += (text === '' ? '' : ',') + groupOf(shared, calls)
    const rows: WrittenRows = { frame: this.#frames.write(text), count: this.#count, moments: this.#moments }
    const waiting = this.#waiting
    this.#groups = new Map()
    this.#count = 0
    this.#waiting = []
    this.#moments = []
    this.#week = undefined
    this.#accept(rows)
    for (const tell of waiting) tell()
  }
}
