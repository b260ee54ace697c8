/** Nano-USD in one USD. Money is integer nano-USD inside, decimal USD at the edges. */
export const NANO = 1_000_000_000

/**
 * Price of one token in each class, in nano-USD (may be fractional: 0.15 USD per million tokens is
 * 150 nano-USD a token, 0.02 USD per million is 20).
 */
export interface Prices {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  readonly cacheWrite5m?: number
  readonly cacheWrite1h?: number
  readonly inputAudio?: number
  readonly inputImage?: number
  readonly reasoning?: number
  readonly outputAudio?: number
  readonly outputImage?: number
  /** Added once per call. */
  readonly perRequest?: number
}

/** USD per token, as configs write it, in nano-USD per token. Rounded to 1e-6 nano-USD, which removes float noise. */
export function nanoPerToken(usdPerToken: number): number {
  return Math.round(usdPerToken * NANO * 1e6) / 1e6
}

/** Nano-USD as decimal USD. */
export function toUsd(nano: number): number {
  return nano / NANO
}
