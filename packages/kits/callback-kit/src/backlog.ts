import type { CallRecord } from '@tianjillm/core'
import { estimateBytes } from './estimate.ts'
import { Fifo } from './fifo.ts'

/** A record that waits for its batch. */
export interface Entry<Item> {
  readonly record: CallRecord
  /** Counts records; the first is 1. */
  readonly sequence: number
  /** Monotonic milliseconds. */
  readonly since: number
  readonly bytes: number
  /** Set once mapped, when the item did not fit into the batch before. */
  item?: Item
}

/** Items that leave together. */
export interface Batch<Item> {
  readonly items: readonly Item[]
  /** Sequence of the first record. */
  readonly first: number
  /** What its records count for in the backlog, until released. */
  readonly bytes: number
}

export interface BacklogLimits {
  /** Per batch. */
  readonly maxItems: number
  readonly maxBytes: number
  /** In all, batches under way included. */
  readonly queueLimit: number
  readonly queueBytes: number
}

/** A record's names, times and counts; texts and metadata come on top. */
const RECORD_BYTES = 1024

/**
 * The records that a sink holds: those waiting, and the count and size of those under way. When
 * full, the oldest waiting record makes room; what is under way stays, and if nothing waits, the
 * new record is the one lost.
 */
export class Backlog<Item> {
  readonly #limits: BacklogLimits
  readonly #waiting = new Fifo<Entry<Item>>()
  #waitingBytes = 0
  #heldBytes = 0
  /** Records waiting or under way. */
  held = 0
  /** The last record's. */
  sequence = 0

  constructor(limits: BacklogLimits) {
    this.#limits = limits
  }

  get head(): Entry<Item> | undefined {
    return this.#waiting.peek()
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Whether a batch can be filled. */
  get fillsBatch(): boolean {
    return this.#waiting.length >= this.#limits.maxItems || this.#waitingBytes >= this.#limits.maxBytes
  }

  /** Stores a record; returns how many records were lost for it (itself included). */
  add(record: CallRecord, now: number): number {
    const bytes = RECORD_BYTES + (record.text ? estimateBytes(record.text) : 0) + (record.metadata ? estimateBytes(record.metadata) : 0)
    if (bytes > this.#limits.queueBytes) return 1
    let lost = 0
    while (this.#overflows(bytes)) {
      lost++
      if (!this.dropOldest()) return lost
    }
    this.#waiting.push({ record, sequence: ++this.sequence, since: now, bytes })
    this.held++
    this.#heldBytes += bytes
    this.#waitingBytes += bytes
    return lost
  }

  #overflows(bytes: number): boolean {
    return this.held >= this.#limits.queueLimit || this.#heldBytes + bytes > this.#limits.queueBytes
  }

  dropOldest(): boolean {
    const entry = this.#shift()
    if (entry) this.release(1, entry.bytes)
    return entry !== undefined
  }

  /** A batch from the head of the queue; it is held until released. `map` answers undefined for a record that does not go out. */
  take(map: (record: CallRecord) => Item | undefined): Batch<Item> {
    const { maxItems, maxBytes } = this.#limits
    const items: Item[] = []
    let [first, bytes, itemBytes] = [0, 0, 0]
    for (let entry = this.head; entry !== undefined && items.length < maxItems; entry = this.head) {
      const item = entry.item ?? map(entry.record)
      if (item === undefined) {
        this.dropOldest()
        continue
      }
      const size = maxBytes === Infinity ? 0 : estimateBytes(item)
      if (items.length > 0 && itemBytes + size > maxBytes) {
        entry.item = item
        break
      }
      this.#shift()
      if (items.length === 0) first = entry.sequence
      items.push(item)
      bytes += entry.bytes
      itemBytes += size
    }
    return { items, first, bytes }
  }

  release(items: number, bytes: number): void {
    this.held -= items
    this.#heldBytes -= bytes
  }

  #shift(): Entry<Item> | undefined {
    const entry = this.#waiting.shift()
    if (entry) this.#waitingBytes -= entry.bytes
    return entry
  }
}
