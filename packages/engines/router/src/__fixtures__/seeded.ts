/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Pearson's statistic of counts against expected shares. With k classes it stays below k - 1 + 4 * sqrt(2k) but once in some ten thousand. */
export function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  return counts.reduce((sum, count, i) => {
    const expected = (total * shares[i]!) / whole
    return expected === 0 ? sum + (count === 0 ? 0 : Number.POSITIVE_INFINITY) : sum + (count - expected) ** 2 / expected
  }, 0)
}
