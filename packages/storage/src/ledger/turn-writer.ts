import { Burst, type Clock } from '@tianjillm/core'
import { FrameWriter } from './frame.ts'
import { type Week, weekOf } from './partitions.ts'
import type { WrittenRows } from './written-row.ts'

/**
 * Gathers the rows of one turn of the event loop, so that the calls whose answers arrive together cost one write
 * to the journal and not one each. A row that comes alone is written at once.
 */
export class TurnWriter {
  readonly #most: number
  readonly #accept: (rows: WrittenRows) => void
  readonly #frames = new FrameWriter()
  readonly #burst: Burst
  #texts: string[] = []
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
    return this.#texts.length
  }

  /** Takes a row. @param written called when it is written down, now, at the end of the turn or with {@link end} */
  add(text: string, startedAt: number, written: (() => void) | undefined): void {
    this.#texts.push(text)
    const week = weekOf(startedAt)
    if (week !== this.#week) {
      this.#week = week
      this.#moments.push(startedAt)
    }
    if (written) this.#waiting.push(written)
    if (!this.#burst.follows() || this.#texts.length >= this.#most) this.end()
    else this.#immediate ??= setImmediate(this.#atTurnsEnd)
  }

  /** Writes down what was gathered, and tells those who wait. */
  end(): void {
    if (this.#immediate) clearImmediate(this.#immediate)
    this.#immediate = undefined
    const texts = this.#texts
    if (texts.length === 0) return
    const waiting = this.#waiting
    const moments = this.#moments
    this.#texts = []
    this.#waiting = []
    this.#moments = []
    this.#week = undefined
    this.#accept({ frame: this.#frames.write(texts.length === 1 ? texts[0]! : texts.join(',')), count: texts.length, moments })
    for (const tell of waiting) tell()
  }
}
