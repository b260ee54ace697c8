/** Nano-USD in one USD. Money is integer nano-USD inside, decimal USD at the edges. */
export const NANO = 1_000_000_000

/**
 * Price of one token in each class, in nano-USD (may be fractional: 0.15 USD per million tokens is
 * 150 nano-USD a token, 0.0001 USD per million is 0.1).
 */
export interface Rates {
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
  /** For each second that the upstream worked. */
  readonly perSecond?: number
}

/** Rates that hold for the whole call when its input is longer than `above` tokens. */
export interface Tier {
  readonly above: number
  readonly rates: Rates
}

/** Rates, and those for long input, lowest threshold first. */
export interface RateCard extends Rates {
  readonly tiers?: readonly Tier[]
}

/** Rates that hold at certain times in place of the usual ones. */
export interface Period extends RateCard {
  /** From this moment on, in epoch milliseconds. */
  readonly from?: number
  /** Each day (UTC), in milliseconds since midnight; `end` is exclusive, and may lie before `start`, over midnight. */
  readonly daily?: { readonly start: number; readonly end: number }
}

/** What a model costs. */
export interface Prices extends RateCard {
  /** The last one that holds at the time of a call wins. */
  readonly periods?: readonly Period[]
  /** Where the prices are from: kept with every call that they are used for. */
  readonly version?: string
}

/** USD per token, as configs write it, in nano-USD per token. Rounded to 1e-6 nano-USD, which removes float noise. */
export function nanoPerToken(usdPerToken: number): number {
  return Math.round(usdPerToken * NANO * 1e6) / 1e6
}

/** Nano-USD as decimal USD. */
export function toUsd(nano: number): number {
  return nano / NANO
}
