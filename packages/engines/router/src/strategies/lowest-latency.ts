import type { Strategy, StrategyCandidate } from '@tianjillm/core'
import { lowest } from './lowest.ts'

export interface LowestLatencyOptions {
  /** Milliseconds after which a measurement is forgotten. */
  readonly ttlMs: number
  /** How much slower than the fastest still counts as fast: 0.5 is half as slow again. */
  readonly buffer: number
}

type Measure = 'firstByteMs' | 'tokenMs' | 'latencyMs'

/**
 * The fastest deployment: by the time to the first byte for streams; for whole answers by the time for each output token,
 * so that long answers do not make a deployment look slow. One that nothing is known of is tried, by one call at a time.
 */
export function lowestLatency({ ttlMs, buffer }: LowestLatencyOptions): Strategy {
  return {
    holdsLimits: true,
    pick(open, { stream, at }, random) {
      const known = (candidate: StrategyCandidate): boolean => candidate.measuredAt !== undefined && at - candidate.measuredAt <= ttlMs
      let measure: Measure = stream ? 'firstByteMs' : 'tokenMs'
      for (const candidate of open) if (known(candidate) && candidate[measure] === undefined) measure = 'latencyMs'
      const unknown = (candidate: StrategyCandidate): boolean => !known(candidate) || candidate[measure] === undefined
      const explored = lowest(open, (candidate) => (unknown(candidate) ? candidate.inFlight : Number.POSITIVE_INFINITY), random)
      if (unknown(open[explored]!) && (open[explored]!.inFlight === 0 || open.every(unknown))) return explored
      return lowest(open, (candidate) => (unknown(candidate) ? Number.POSITIVE_INFINITY : candidate[measure]!), random, buffer)
    },
  }
}
