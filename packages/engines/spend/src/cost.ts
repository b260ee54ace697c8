import { inputTokens, type Usage } from '@tianjillm/core'
import type { Prices } from './prices.ts'
import { ratesAt } from './rates-at.ts'

/** What a price may depend on beside usage. */
export interface Occasion {
  /** When the call began, in epoch milliseconds. Default: the epoch, before any dated price. */
  readonly at?: number
  /** Seconds that the upstream worked. Default 0. */
  readonly seconds?: number
}

const never: Occasion = Object.freeze({})

/**
 * What a call costs, in whole nano-USD: rounded half up once at the end, and never down to nothing. Classes
 * without a price of their own cost what their parent class costs (cached input as input, reasoning as output).
 */
export function costOf(usage: Usage, prices: Prices, { at = 0, seconds = 0 }: Occasion = never): number {
  const rates = ratesAt(prices, prices.tiers === undefined && prices.periods === undefined ? 0 : inputTokens(usage), at)
  const write5m = rates.cacheWrite5m ?? rates.input
  const exact =
    usage.input * rates.input +
    usage.cacheRead * (rates.cacheRead ?? rates.input) +
    usage.cacheWrite5m * write5m +
    usage.cacheWrite1h * (rates.cacheWrite1h ?? write5m) +
    usage.inputAudio * (rates.inputAudio ?? rates.input) +
    usage.inputImage * (rates.inputImage ?? rates.input) +
    usage.output * rates.output +
    usage.reasoning * (rates.reasoning ?? rates.output) +
    usage.outputAudio * (rates.outputAudio ?? rates.output) +
    usage.outputImage * (rates.outputImage ?? rates.output) +
    (rates.perRequest ?? 0) +
    seconds * (rates.perSecond ?? 0)
  return exact > 0 && exact < 1 ? 1 : Math.round(exact)
}
