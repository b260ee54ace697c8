import type { StrategyCandidate } from '@tianjillm/core'

/**
 * One of the candidates whose `measure` is lowest, each of several with the same chance. Infinite measures are lowest only among themselves.
 * @param within how far above the lowest still counts as lowest: 0.1 is a tenth
 */
export function lowest(open: readonly StrategyCandidate[], measure: (candidate: StrategyCandidate) => number, random: () => number, within = 0): number {
  let least = Number.POSITIVE_INFINITY
  for (const candidate of open) least = Math.min(least, measure(candidate))
  const limit = least * (1 + within)
  let found = 0
  let at = 0
  for (let i = 0; i < open.length; i += 1) {
    // Of n candidates that fit, the n-th takes the place with a chance of 1/n: all have the same in the end.
    if (measure(open[i]!) <= limit && (found += 1, found === 1 || random() * found < 1)) at = i
  }
  return at
}
