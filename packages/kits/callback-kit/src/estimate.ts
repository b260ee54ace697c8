const NODE_LIMIT = 20_000

/**
 * About how many bytes `value` takes as JSON, without serialising it: string lengths are read, not
 * copied, and an array of numbers (an embedding) counts by its length. At most 20,000 values are
 * visited, so the cost is bounded; what lies beyond counts as nothing.
 */
export function estimateBytes(value: unknown): number {
  const pending: unknown[] = [value]
  let bytes = 0
  for (let visited = 0; pending.length > 0 && visited < NODE_LIMIT; visited++) {
    const next = pending.pop()
    if (typeof next === 'string') bytes += next.length + 2
    else if (next instanceof Uint8Array) bytes += next.length
    else if (Array.isArray(next)) bytes += 2 + estimateArray(next, pending)
    else if (typeof next === 'object' && next !== null) {
      bytes += 2
      for (const key in next) {
        bytes += key.length + 4
        pending.push((next as Record<string, unknown>)[key])
      }
    } else bytes += 8
  }
  return bytes
}

function estimateArray(array: readonly unknown[], pending: unknown[]): number {
  if (typeof array[0] === 'number') return array.length * 12
  for (const item of array) pending.push(item)
  return array.length
}
