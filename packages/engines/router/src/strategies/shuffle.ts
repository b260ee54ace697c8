import type { Strategy, StrategyCandidate } from '@tianjillm/core'

type Share = 'weight' | 'rpm' | 'tpm'

/** Shares by `weight`; where no deployment has one, by `rpm`; where none has that either, by `tpm`; else evenly. */
export const simpleShuffle: Strategy = {
  pick(open, _ask, random) {
    const by = shareOf(open)
    return by === undefined ? Math.floor(random() * open.length) : weighted(open, by, random())
  },
}

function shareOf(open: readonly StrategyCandidate[]): Share | undefined {
  let by: Share | undefined
  for (const { weight, rpm, tpm } of open) {
    if (weight !== undefined) return 'weight'
    if (rpm !== undefined) by = 'rpm'
    else if (tpm !== undefined) by ??= 'tpm'
  }
  return by
}

/** The candidate at `point` (in [0, 1)) of the shares laid end to end. Who has none counts as 1 of weight, or as the mean of the others' limits. */
function weighted(open: readonly StrategyCandidate[], by: Share, point: number): number {
  let total = 0
  let known = 0
  for (const candidate of open) {
    const share = candidate[by]
    if (share === undefined) continue
    total += share
    known += 1
  }
  const absent = by === 'weight' ? 1 : total / known
  total += absent * (open.length - known)
  if (!(total > 0)) return Math.floor(point * open.length)
  let left = point * total
  let last = 0
  for (let i = 0; i < open.length; i += 1) {
    const share = open[i]![by] ?? absent
    if (share <= 0) continue
    last = i
    left -= share
    if (left < 0) return i
  }
  return last
}
