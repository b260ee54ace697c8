import type { Journal, Segment } from './journal.ts'

/**
 * Files of the journal whose entries are in the database. Each stays until what its calls cost is known to those who count
 * together, too: if this process is killed before, the next one finds in it whose budgets are to be asked for again.
 */
export class InsertedSegments {
  readonly #journal: Journal
  readonly #settledUpTo: () => number
  /** How many frames were inserted, and when the last of them was accepted. */
  readonly #kept = new Map<Segment, { frames: number; at: number }>()

  /** @param settledUpTo what was settled before this moment, on the clock that never jumps, is known to all */
  constructor(journal: Journal, settledUpTo: () => number) {
    this.#journal = journal
    this.#settledUpTo = settledUpTo
  }

  get empty(): boolean {
    return this.#kept.size === 0
  }

  /** A frame was inserted. @param at when its entries were accepted */
  add(segment: Segment, at: number): void {
    const known = this.#kept.get(segment)
    this.#kept.set(segment, { frames: (known?.frames ?? 0) + 1, at: Math.max(at, known?.at ?? at) })
  }

  /** Lets go of what is settled. What is not makes room when the journal is half full, and does not keep entries waiting that are on disk alone. */
  release(): void {
    if (this.#kept.size === 0) return
    const upTo = this.#settledUpTo()
    for (const [segment, { frames, at }] of this.#kept) {
      if (at >= upTo && !segment.onDiskOnly && !this.#journal.halfFull) continue
      this.#kept.delete(segment)
      for (let i = 0; i < frames; i += 1) this.#journal.inserted(segment)
    }
  }
}
