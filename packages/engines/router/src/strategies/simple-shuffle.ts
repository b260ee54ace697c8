import type { Strategy, StrategyCandidate } from '@tianjillm/core'

/** Shares by `weight`; where no deployment has one, by `rpm`; where none has that, by `tpm`; else evenly. */
export const simpleShuffle: Strategy = {
  pick(open, _ask, random) {
    const by = open.some(({ weight }) => weight !== undefined) ? 'weight' : open.some(({ rpm }) => rpm !== undefined) ? 'rpm' : 'tpm'
    return weighted(open, by, random())
  },
}

/** The candidate at `point` (in [0, 1)) of the weights laid end to end; an absent weight is 1. */
export function weighted(open: readonly StrategyCandidate[], by: 'weight' | 'rpm' | 'tpm', point: number): number {
  let total = 0
  for (const candidate of open) total += candidate[by] ?? 1
  if (!(total > 0)) return Math.floor(point * open.length)
  let left = point * total
  for (let i = 0; i < open.length; i += 1) {
    left -= open[i]![by] ?? 1
    if (left < 0) return i
  }
  return open.length - 1
}
