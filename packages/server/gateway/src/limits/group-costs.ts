import type { ModelGroup } from '@tianjillm/router'
import { type Dearest, dearestOf, type TokenCount } from '@tianjillm/spend'
import type { Deployment } from '../deployment.ts'

/** Input tokens of a request with media to a model whose context window is not known. */
const UNKNOWN_WINDOW = 200_000
/** Where no model says how texts are counted: any tokenizer, with room for another vendor's. */
const ANY_TOKENIZER: TokenCount = { encoding: 'o200k_base', margin: 2 }

/** What a call to any deployment of a group can cost at most. Compiled once for each group. */
export interface GroupCosts {
  /** Largest answer that some deployment gives where the request sets no maximum; undefined: one of them is not known to end. */
  readonly longest: number | undefined
  /** Largest maximum that every deployment takes; undefined: not known. */
  readonly takes: number | undefined
  /** The context window. */
  readonly window: number
  /** Bytes that the deployments' own defaults add to a request. */
  readonly added: number
  /** Answers that a deployment makes where the request says nothing. */
  readonly choices: number
  readonly tokens: TokenCount
  /** Nano-USD that a call costs at most. */
  atMost(input: number, output: number): number
  /** Output tokens that `nanoUsd` pays for beside the input; negative when it does not pay for that. */
  affords(nanoUsd: number, input: number): number
}

const compiled = new WeakMap<ModelGroup<Deployment>, GroupCosts | 'unpriced'>()

/** 'unpriced' when the price of some deployment is not known. */
export function groupCosts(group: ModelGroup<Deployment>): GroupCosts | 'unpriced' {
  let costs = compiled.get(group)
  if (costs === undefined) compiled.set(group, (costs = compile(group)))
  return costs
}

function compile({ candidates }: ModelGroup<Deployment>): GroupCosts | 'unpriced' {
  const deployments = candidates.map(({ deployment }) => deployment)
  if (deployments.some(({ prices, mockResponse }) => !prices && mockResponse === undefined)) return 'unpriced'
  const priced = deployments.filter(({ prices }) => prices)
  const starts = [...new Set(priced.flatMap(({ prices }) => [prices!, ...(prices!.periods ?? [])].flatMap(({ tiers = [] }) => tiers.map(({ above }) => above))))].sort((a, b) => a - b)
  // A step for each stretch of input between two thresholds; within one the dearest rates are the same.
  const steps = [-1, ...starts].map((above) => ({ above, rates: most(priced, above + 1) }))
  const ratesFor = (input: number): Dearest & { readonly fixed: number } => steps.findLast(({ above }) => input > above)!.rates
  const longest = priced.map(longestOf)
  const taken = priced.map(({ facts }) => facts?.maxOutputTokens)
  const counts = priced.map(({ facts }) => facts?.tokens)
  return {
    longest: longest.includes(undefined) ? undefined : Math.max(0, ...(longest as number[])),
    takes: taken.includes(undefined) ? undefined : Math.min(...(taken as number[])),
    window: Math.max(0, ...priced.map(({ facts }) => facts?.maxInputTokens ?? UNKNOWN_WINDOW)),
    added: Math.max(0, ...priced.map(({ defaults }) => (defaults ? Buffer.byteLength(JSON.stringify(defaults)) : 0))),
    choices: Math.max(1, ...priced.map(({ defaults }) => Number(defaults?.['n']) || 1)),
    tokens: counts.every((count) => count?.encoding === counts[0]?.encoding && count !== undefined) && counts[0] ? { ...counts[0], margin: Math.max(...counts.map((count) => count!.margin)) } : ANY_TOKENIZER,
    atMost(input, output) {
      const rates = ratesFor(input)
      return Math.ceil(input * rates.input + output * rates.output + rates.fixed)
    },
    affords(nanoUsd, input) {
      const rates = ratesFor(input)
      const left = nanoUsd - Math.ceil(input * rates.input + rates.fixed)
      return rates.output === 0 ? (left < 0 ? -1 : Number.POSITIVE_INFINITY) : Math.floor(left / rates.output)
    },
  }
}

function most(deployments: readonly Deployment[], input: number): Dearest & { readonly fixed: number } {
  const each = deployments.map((deployment) => ({ deployment, rates: dearestOf(deployment.prices!, input) }))
  const max = (of: (one: (typeof each)[number]) => number): number => Math.max(0, ...each.map(of))
  const perSecond = (deployment: Deployment, rate: number): number => (rate === 0 ? 0 : (rate * (Math.max(deployment.timeouts.total ?? 0, deployment.streamTimeouts.total ?? 0))) / 1000)
  return {
    input: max(({ rates }) => rates.input), output: max(({ rates }) => rates.output), perRequest: max(({ rates }) => rates.perRequest), perSecond: max(({ rates }) => rates.perSecond),
    fixed: max(({ deployment, rates }) => rates.perRequest + perSecond(deployment, rates.perSecond)),
  }
}

/** An answer is never longer than the context window that it is written in. */
function longestOf({ defaults, facts }: Deployment): number | undefined {
  const set = defaults?.['max_completion_tokens'] ?? defaults?.['max_tokens']
  return typeof set === 'number' ? set : (facts?.maxOutputTokens ?? facts?.maxInputTokens)
}
