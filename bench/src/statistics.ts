/** The value below which the share `p` (0 to 1) of the values lies: nearest rank. NaN for no values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

/** The middle value, or the mean of the two in the middle. NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/**
 * Compares two series that were measured in turns: `combine` sees what stood in the same round,
 * so that a slow minute of the machine weighs on both. Median over the rounds.
 */
export function paired(values: readonly number[], base: readonly number[], combine: (value: number, base: number) => number): number {
  if (values.length !== base.length) throw new Error(`unpaired series: ${values.length} and ${base.length} rounds`)
  return median(values.map((value, round) => combine(value, base[round] as number)))
}

/** `value` in terms of `base`. */
export const ratio = (value: number, base: number): number => value / base

/** What `value` adds to `base`. */
export const added = (value: number, base: number): number => value - base
