import type { Usage } from '@tianjillm/core'
import type { Prices } from './prices.ts'

/**
 * What a call costs, in whole nano-USD, rounded half up once at the end. Classes without a price of
 * their own cost what their parent class costs (cached input as input, reasoning as output).
 */
export function costOf(usage: Usage, prices: Prices): number {
  const write5m = prices.cacheWrite5m ?? prices.input
  return Math.round(
    usage.input * prices.input +
      usage.cacheRead * (prices.cacheRead ?? prices.input) +
      usage.cacheWrite5m * write5m +
      usage.cacheWrite1h * (prices.cacheWrite1h ?? write5m) +
      usage.inputAudio * (prices.inputAudio ?? prices.input) +
      usage.inputImage * (prices.inputImage ?? prices.input) +
      usage.output * prices.output +
      usage.reasoning * (prices.reasoning ?? prices.output) +
      usage.outputAudio * (prices.outputAudio ?? prices.output) +
      usage.outputImage * (prices.outputImage ?? prices.output) +
      (prices.perRequest ?? 0),
  )
}
