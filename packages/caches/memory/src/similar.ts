import type { Similar, SimilarEntry } from '@tianjillm/core'

/** An entry that is found by likeness. */
export interface Placed {
  readonly key: string
  readonly partition: string
  /** Of length 1, so that a product is a cosine. */
  readonly unit: Float32Array
  readonly value: Uint8Array
}

/** Entries of a partition, at most: each look-up compares with all of them, and holds up everybody else meanwhile. */
const MOST = 1000

/** Which entries are in which partition. What they hold is somebody else's to keep and to forget. */
export class Partitions {
  readonly #partitions = new Map<string, Set<Placed>>()

  /** The entry that must leave to make room, if there is one: the oldest. */
  add(placed: Placed): Placed | undefined {
    let members = this.#partitions.get(placed.partition)
    if (!members) this.#partitions.set(placed.partition, (members = new Set()))
    members.add(placed)
    return members.size > MOST ? members.values().next().value : undefined
  }

  remove(placed: Placed): void {
    const members = this.#partitions.get(placed.partition)
    if (members?.delete(placed) && members.size === 0) this.#partitions.delete(placed.partition)
  }

  /** The nearest entry that is still `alive`. */
  nearest(partition: string, vector: Float32Array, alive: (placed: Placed) => boolean): Similar | undefined {
    const unit = unitOf(vector)
    let nearest: Placed | undefined
    let similarity = -Infinity
    for (const placed of this.#partitions.get(partition) ?? []) {
      if (!alive(placed)) continue
      const cosine = product(unit, placed.unit)
      if (cosine <= similarity) continue
      nearest = placed
      similarity = cosine
    }
    return nearest && { key: nearest.key, value: nearest.value, similarity }
  }
}

/** A copy: the caller's bytes may be a window on a larger buffer, which would stay alive. */
export function placedOf({ key, partition, vector, value }: SimilarEntry): Placed {
  return { key, partition, unit: unitOf(vector), value: value.slice() }
}

function unitOf(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector))
  return length > 0 ? vector.map((value) => value / length) : vector.slice()
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!
  return sum
}
