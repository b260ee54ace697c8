import type { Cache, Clock } from '@tianjillm/core'
import { BoundedMap } from './bounded-map.ts'
import type { MemoryConfig } from './config.ts'
import { Partitions, type Placed, placedOf } from './similar.ts'

/** Names of answers and of similar entries in the one map, which has the one bound. */
const answerOf = (key: string): string => `a${key}`
const similarOf = (key: string): string => `s${key}`

/** Answers in this process. */
export function createMemoryCache({ max_bytes: maxBytes, namespace }: MemoryConfig, clock: Clock): Cache {
  const partitions = new Partitions()
  const kept = new BoundedMap<Uint8Array | Placed>({
    maxBytes, clock,
    onRemoved(_key, value) {
      if (!(value instanceof Uint8Array)) partitions.remove(value)
    },
  })

  return {
    get: (key) => kept.get(answerOf(namespace + key)) as Uint8Array | undefined,
    // A copy: the caller's bytes may be a window on a larger buffer, which would stay alive.
    set: (key, value, ttlMs) => void kept.set(answerOf(namespace + key), value.slice(), value.byteLength, ttlMs),
    delete(key) {
      kept.delete(answerOf(namespace + key))
      kept.delete(similarOf(namespace + key))
    },
    clear: () => kept.clear(),
    ping() {},
    similar: {
      nearest(partition, vector) {
        const found = partitions.nearest(partition, vector, ({ key }) => kept.has(similarOf(namespace + key)))
        if (found) kept.get(similarOf(namespace + found.key))
        return found
      },
      set(entry, ttlMs) {
        const placed = placedOf(entry)
        const size = placed.value.byteLength + placed.unit.byteLength + placed.partition.length * 2
        if (!kept.set(similarOf(namespace + entry.key), placed, size, ttlMs)) return
        const oldest = partitions.add(placed)
        if (oldest) kept.delete(similarOf(namespace + oldest.key))
      },
    },
    close: () => kept.clear(),
  }
}
