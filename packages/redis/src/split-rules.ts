import { type LimitRule, limitAt, share, type Amount } from '@tianjillm/limits'

/** What the scripts call a rule: budget, calls in flight, or a rate. */
export type Kind = 'b' | 'p' | 'r'

export function kindOf({ counted }: LimitRule): Kind {
  return counted === 'budget' ? 'b' : counted === 'parallel' ? 'p' : 'r'
}

/** A call's rules, parted once: those that all replicas must count together, and those that refuse and tell nothing. */
export interface SplitRules {
  readonly rules: readonly LimitRule[]
  readonly shared: readonly LimitRule[]
  /** The shared rules' keys. */
  readonly counters: readonly string[]
  /** Keys of the reserve script. */
  readonly keys: readonly string[]
  /** Without a limit: the ledger has their spend, no round trip is due. */
  readonly unlimited: readonly LimitRule[]
  /** The first budget that refuses. */
  readonly hard: LimitRule | undefined
}

/** Parts lists of rules, each list once. @param fixed keys before those of the counters */
export function ruleSplitter(fixed: readonly string[], counter: (id: string) => string): (rules: readonly LimitRule[]) => SplitRules {
  const known = new WeakMap<readonly LimitRule[], SplitRules>()
  return (rules) => {
    let split = known.get(rules)
    if (!split) {
      const shared = rules.filter((rule) => !isUnlimited(rule))
      const counters = shared.map(({ id }) => counter(id))
      split = {
        rules, shared, counters,
        keys: [...fixed, ...counters],
        unlimited: rules.filter(isUnlimited),
        hard: shared.find(({ counted, limit }) => counted === 'budget' && limit !== Number.POSITIVE_INFINITY),
      }
      known.set(rules, split)
    }
    return split
  }
}

export function isUnlimited({ limit, soft }: LimitRule): boolean {
  return limit === Number.POSITIVE_INFINITY && soft === undefined
}

/** More than anybody counts, and a number to Lua. */
const NO_LIMIT = 1e300

/** The reserve script's four words on each rule, after `first`. */
export function reserveArguments(first: readonly (string | number)[], rules: readonly LimitRule[], estimate: Amount, now: number): (string | number)[] {
  const args = [...first]
  for (const rule of rules) args.push(kindOf(rule), rule.period(now).start, Math.min(limitAt(rule, now), NO_LIMIT), whole(share(rule, estimate)))
  return args
}

/** Redis counts in whole numbers; a part of one is one. */
export function whole(value: number): number {
  return Math.ceil(Math.min(value, Number.MAX_SAFE_INTEGER))
}
