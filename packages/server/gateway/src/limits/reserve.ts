import type { Amount, LimitState, LimitStore, Reserved } from '@tianjillm/limits'
import type { AnyContext } from '../context.ts'
import { countInput } from './count-input.ts'
import type { CostBound, Estimate } from './estimate.ts'
import type { CountTokens, Limiter, RuleSet } from './limiter.ts'

/** What came of reserving: as the store says it, with what was held and the answer's length that it pays for. */
export interface Fitted {
  readonly reserved: Reserved
  readonly amount: Amount
  /** Output tokens of one answer that the upstream must be held to; undefined: none. */
  readonly maxOutput?: number
}

/** Shortest answer that is worth a call. */
const LEAST_ANSWER = 256
/** Answers up to this length are paid for from what remains, however little that is. */
const COMMON_ANSWER = 4096
/** Longer ones take at most this part of what remains, so that calls at the same time find something too. */
const SHARE = 4
/** Largest maximum that is sent to a model whose own is not known: more might be refused. */
const LARGEST_UNKNOWN = 16_384
/** Times that a smaller reservation is tried when others come in between. */
const TRIES = 4
/** Bytes of text below which counting tokens gains next to nothing, and beyond which it takes too long. */
const MIN_COUNTED = 2048
const MAX_COUNTED = 1024 * 1024
/** Tokens that a chat template adds on its own: a date, a word on who the model is. */
const TEMPLATE = 20
/** No text has fewer tokens than one for this many bytes, nearly: below that nothing is counted. */
const MOST_BYTES_PER_TOKEN = 12

/**
 * Reserves what a call may cost at most. Where a budget does not cover that, the input is looked at more closely
 * (its texts' bytes, then their tokens), and an answer whose length nobody stated is held to what remains. Waits only where the store does,
 * or for that counting.
 */
export function reserve(ctx: AnyContext, { store, countTokens }: Limiter, set: RuleSet, { amount, bound }: Estimate, id: string): Fitted | Promise<Fitted> {
  const first = store.reserve({ id, rules: set.rules, estimate: amount })
  if (!bound) return first instanceof Promise ? first.then((reserved) => ({ reserved, amount })) : { reserved: first, amount }
  const decide = (reserved: Reserved): Fitted | Promise<Fitted> => {
    if (reserved.ok) return { reserved, amount, ...(bound.open && { maxOutput: bound.each }) }
    if (reserved.refused.rule.counted !== 'budget') return { reserved, amount }
    return tighten(ctx, { store, countTokens, id }, set, bound, { reserved, amount })
  }
  return first instanceof Promise ? first.then(decide) : decide(first)
}

interface Means {
  readonly store: LimitStore
  readonly countTokens: CountTokens | undefined
  /** The reservation's. */
  readonly id: string
}

async function tighten(ctx: AnyContext, { store, countTokens, id }: Means, set: RuleSet, bound: CostBound, refused: Fitted): Promise<Fitted> {
  const budgets = set.rules.filter(({ counted, limit }) => counted === 'budget' && limit !== Number.POSITIVE_INFINITY)
  const least = Math.min(bound.each, bound.stated ? bound.each : LEAST_ANSWER)
  let { input } = bound
  let room = roomOf(await store.read(budgets))
  if (bound.countable) {
    const bytes = countInput(ctx.body, Buffer.byteLength)
    input = Math.min(input, bytes + bound.costs.added + bound.overhead + TEMPLATE)
    const short = bound.costs.affords(room, input) < (bound.stated ? bound.each : Math.min(bound.each, COMMON_ANSWER)) * bound.answers
    // The tokenizer is loaded for what it can save: the texts' tokens are fewer than their bytes, but not without end.
    if (countTokens && short && bytes >= MIN_COUNTED && bytes <= MAX_COUNTED && bound.costs.atMost(bytes / MOST_BYTES_PER_TOKEN, least * bound.answers) <= room) {
      input = Math.min(input, await counted(ctx, countTokens, bound))
      room = roomOf(await store.read(budgets))
    }
  }
  let last = refused
  for (let i = 0; i < TRIES; i += 1) {
    const affordable = Math.floor(bound.costs.affords(room, input) / bound.answers)
    if (affordable < least) break
    const each = bound.stated ? bound.each : within(bound, affordable, Math.floor(bound.costs.affords(room / SHARE, input) / bound.answers))
    const amount = { ...refused.amount, nanoUsd: bound.costs.atMost(input, each * bound.answers) }
    // Nothing less can be held: the budget is used up, or others hold it.
    if (i === 0 && amount.nanoUsd >= refused.amount.nanoUsd) break
    const reserved = await store.reserve({ id, rules: set.rules, estimate: amount })
    last = { reserved, amount, ...(!bound.stated && (each < bound.each || bound.open) && { maxOutput: each }) }
    if (reserved.ok || reserved.refused.rule.counted !== 'budget') return last
    room = roomOf(await store.read(budgets))
  }
  // Told with the least that would have passed, which is what the caller has to find room for.
  return { reserved: last.reserved, amount: { ...refused.amount, nanoUsd: bound.costs.atMost(input, least * bound.answers) } }
}

/** How long an answer may be: as long as the model answers, else a common length, else what is there. */
function within({ costs, each }: CostBound, affordable: number, share: number): number {
  const length = Math.min(each, Math.max(COMMON_ANSWER, share), affordable)
  return length < each ? Math.min(length, costs.takes ?? LARGEST_UNKNOWN) : length
}

/** Nano-USD that every budget still has. */
function roomOf(states: readonly LimitState[]): number {
  return Math.min(...states.map(({ limit, used, held }) => limit - used - held))
}

/** Tokens of what the model reads, with room for a tokenizer that is not the vendor's. */
async function counted(ctx: AnyContext, countTokens: CountTokens, { costs, overhead }: CostBound): Promise<number> {
  const { encoding, margin } = costs.tokens
  const count = await countTokens(encoding)
  return Math.ceil((countInput(ctx.body, count) + costs.added) * margin) + overhead + TEMPLATE
}
