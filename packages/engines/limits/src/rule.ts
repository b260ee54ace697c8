import type { PeriodOf } from './period.ts'

/** Whose limit it is. */
export type Scope = 'key' | 'team' | 'user' | 'member' | 'end_user' | 'organization' | 'tag' | 'provider' | 'deployment' | 'proxy'

/** What is counted. `budget` counts nano-USD; `parallel` counts calls in flight, and has no period. */
export type Counted = 'requests' | 'tokens' | 'input_tokens' | 'output_tokens' | 'parallel' | 'budget'

/** One limit of one owner, compiled. Immutable. Rules with the same `id` share a counter. */
export interface LimitRule {
  readonly id: string
  readonly scope: Scope
  /** The owner's stable id. */
  readonly owner: string
  /** How the owner is called in messages: an alias, never a credential. */
  readonly name: string
  readonly counted: Counted
  /** Counted for this model only. */
  readonly model?: string
  /** `Infinity` only keeps count. */
  readonly limit: number
  /** Reported once a period when it is reached; refuses nothing. */
  readonly soft?: number
  /** Added to the limit until `increaseUntil`. */
  readonly increase?: number
  readonly increaseUntil?: number
  /** The window as the owner wrote it: `1m`, `30d`; `total` for one that never resets. */
  readonly window: string
  readonly period: PeriodOf
  /** Spend before `at` (epoch ms) counts as `to` (nano-USD), whatever it was, in the period that `at` lies in. */
  readonly reset?: { readonly at: number; readonly to: number }
  /** Whose word the limit is: `own`, or a budget object or default behind it. */
  readonly source?: string
}

/** The limit as it stands at a moment. */
export function limitAt(rule: LimitRule, now: number): number {
  return rule.increase !== undefined && now < rule.increaseUntil! ? rule.limit + rule.increase : rule.limit
}
