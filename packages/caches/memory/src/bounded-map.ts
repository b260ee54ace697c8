import type { Clock } from '@tianjillm/core'

export interface BoundedMapOptions<T> {
  readonly maxBytes: number
  readonly clock: Clock
  /** Hears of every entry that leaves, for whatever reason. */
  readonly onRemoved?: (key: string, value: T) => void
}

interface Entry<T> {
  readonly value: T
  readonly bytes: number
  /** On the clock's monotonic scale. */
  readonly endsAt: number
}

/** Bytes that an entry costs beside its key and value (map slot, objects, buffer head); measured on V8, rounded up. */
const OVERHEAD = 256
/** The part of the bound that one value may take: larger ones would empty the map for themselves. */
const LARGEST_PART = 4

/** A map that forgets: by time, and the least recently used first when it is full. */
export class BoundedMap<T> {
  // A Map keeps the order of insertion; a read entry is inserted again, so the first is the one unused longest.
  readonly #entries = new Map<string, Entry<T>>()
  readonly #options: BoundedMapOptions<T>
  #bytes = 0

  constructor(options: BoundedMapOptions<T>) {
    this.#options = options
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.endsAt <= this.#options.clock.monotonic()) {
      this.delete(key)
      return undefined
    }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Whether an entry is there and its time is not over; it counts as no use. */
  has(key: string): boolean {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.endsAt > this.#options.clock.monotonic()
  }

  /** @param size bytes of the value. False: it is too large or its time is over, and nothing is kept, the older one neither. */
  set(key: string, value: T, size: number, ttlMs: number): boolean {
    this.delete(key)
    const { maxBytes, clock } = this.#options
    const bytes = key.length * 2 + size + OVERHEAD
    if (ttlMs <= 0 || bytes > maxBytes / LARGEST_PART) return false
    this.#entries.set(key, { value, bytes, endsAt: clock.monotonic() + ttlMs })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= maxBytes) break
      this.delete(oldest)
    }
    return true
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#bytes -= entry.bytes
    this.#options.onRemoved?.(key, entry.value)
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.delete(key)
  }
}
