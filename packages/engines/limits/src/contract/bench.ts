import type { Period } from '../period.ts'
import type { LimitRule } from '../rule.ts'
import type { Amount, LimitStore, Reserved, SoftCrossing } from '../store.ts'
import { amount } from './words.ts'

/** What a store under test is opened with. */
export interface OpenOptions {
  readonly leaseMs?: number
  readonly spent?: (rule: LimitRule, period: Period) => number | Promise<number>
}

/** A place where a store's counts are kept, empty, on a clock that the check moves. Begins on 2026-06-10 at noon UTC. */
export interface LimitBench {
  readonly clock: {
    now(): number
    /** Moves time on. */
    advance(ms: number): void
    /** Moves wall time alone. */
    jump(ms: number): void
  }
  /** A replica's store; a store of one process gives the same one each time. */
  open(options?: OpenOptions): LimitStore
}

/** One thing that every store must do; `run` throws when it does not. */
export interface LimitCheck {
  readonly name: string
  run(bench: LimitBench): Promise<void>
}

/** A store driven by short words. */
export interface Driver {
  readonly store: LimitStore
  reserve(rules: readonly LimitRule[], estimate?: Amount): Promise<{ readonly id: string; readonly answer: Reserved }>
  /** Whether a call passes. */
  passes(rules: readonly LimitRule[], estimate?: Amount): Promise<boolean>
  settle(id: string, actual: Amount): Promise<readonly SoftCrossing[]>
  /** A whole call. */
  spend(rules: readonly LimitRule[], actual: Amount, estimate?: Amount): Promise<readonly SoftCrossing[]>
  used(rules: readonly LimitRule[]): Promise<number[]>
  held(rules: readonly LimitRule[]): Promise<number[]>
}

let made = 0

export function drive(store: LimitStore): Driver {
  const reserve: Driver['reserve'] = async (rules, estimate = amount(0)) => {
    made += 1
    const id = `call-${made}`
    return { id, answer: await store.reserve({ id, rules, estimate }) }
  }
  const settle: Driver['settle'] = async (id, actual) => store.settle(id, actual)
  return {
    store,
    reserve,
    settle,
    passes: async (rules, estimate) => (await reserve(rules, estimate)).answer.ok,
    spend: async (rules, actual, estimate) => settle((await reserve(rules, estimate)).id, actual),
    used: async (rules) => (await store.read(rules)).map(({ used }) => used),
    held: async (rules) => (await store.read(rules)).map(({ held }) => held),
  }
}
