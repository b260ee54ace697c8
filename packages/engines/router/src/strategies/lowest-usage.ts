import type { Strategy, StrategyCandidate } from '@tianjillm/core'
import { lowest } from './lowest.ts'

/**
 * The deployment with most room under its `rpm` and `tpm` in this minute. Where one has no limit the shares cannot be
 * compared: then it is the one that served fewest tokens, and of these the one with the fewest requests.
 */
export const lowestUsage: Strategy = {
  holdsLimits: true,
  pick: (open, _ask, random) => lowest(open, open.every(({ rpm, tpm }) => rpm !== undefined || tpm !== undefined) ? shareUsed : served, random),
}

function shareUsed({ rpm, tpm, requests, tokens }: StrategyCandidate): number {
  return Math.max(rpm === undefined ? 0 : requests / rpm, tpm === undefined ? 0 : tokens / tpm)
}

/** Tokens decide; below one of them, requests do. */
function served({ requests, tokens }: StrategyCandidate): number {
  return tokens + requests / (requests + 1)
}
