import type { Prices } from './prices.ts'

/** How many tokens a text has, for estimates. */
export interface TokenCount {
  readonly encoding: 'o200k_base' | 'cl100k_base'
  /** The count is multiplied by this to be on the safe side: 1.1 where the encoding is the vendor's own, more where it is not. */
  readonly margin: number
}

/** What is known of a model beside its prices. */
export interface ModelFacts {
  /** The context window: most tokens that a call may send. */
  readonly maxInputTokens?: number
  /** Most tokens that one answer may have. */
  readonly maxOutputTokens?: number
  readonly tokens?: TokenCount
}

/** Prices and facts of a model. */
export interface KnownModel {
  readonly prices?: Prices
  readonly facts?: ModelFacts
}
