import type { Cache, Clock } from '@tianjillm/core'
import type { MemoryConfig } from './config.ts'

interface Entry {
  readonly value: Uint8Array
  readonly bytes: number
  /** On the clock's monotonic scale. */
  readonly endsAt: number
}

/** Bytes that an entry costs beside its key and value (map slot, objects, buffer head); measured on V8, rounded up. */
const OVERHEAD = 256
/** The part of the bound that one value may take: larger ones would empty the cache for themselves. */
const LARGEST_PART = 4

/** A map that forgets: by time, and the least recently used first when it is full. */
export function createMemoryCache({ max_bytes: maxBytes, namespace }: MemoryConfig, clock: Clock): Cache {
  // A Map keeps the order of insertion; a read entry is inserted again, so the first is the one unused longest.
  const entries = new Map<string, Entry>()
  let bytes = 0

  const remove = (key: string): void => {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    bytes -= entry.bytes
  }

  return {
    get(name) {
      const key = namespace + name
      const entry = entries.get(key)
      if (!entry) return undefined
      if (entry.endsAt <= clock.monotonic()) {
        remove(key)
        return undefined
      }
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(name, value, ttlMs) {
      const key = namespace + name
      remove(key)
      const size = key.length * 2 + value.byteLength + OVERHEAD
      if (ttlMs <= 0 || size > maxBytes / LARGEST_PART) return
      // A copy: the caller's bytes may be a window on a larger buffer, which would stay alive.
      entries.set(key, { value: value.slice(), bytes: size, endsAt: clock.monotonic() + ttlMs })
      bytes += size
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break
        remove(oldest)
      }
    },
    delete: (name) => remove(namespace + name),
    clear() {
      entries.clear()
      bytes = 0
    },
    ping() {},
    close() {
      entries.clear()
      bytes = 0
    },
  }
}
