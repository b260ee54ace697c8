import { GatewayError } from '@tianjillm/core'
import type { Amount } from '@tianjillm/limits'
import type { AnyContext } from '../context.ts'
import { type Asked, asked } from './asked.ts'
import { type GroupCosts, groupCosts } from './group-costs.ts'
import type { RuleSet } from './limiter.ts'

/** Output tokens of an answer whose model is not known to end, and of which no more is asked then. */
const UNKNOWN_OUTPUT = 4096
/** Bytes of request that make one token in rate limits: English text has more than four, most scripts about three. */
const BYTES_PER_TOKEN = 3
/** Rate limits count no more input than this: a long body is images, which are billed by size and not by bytes. */
const MAX_RATED_INPUT = 200_000
/** Tokens of the instructions that vendors add to a request with tools. Source: https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview#pricing */
const TOOL_OVERHEAD = 1000

const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })
/** Kinds of call whose answer is text of a length that nobody knows before. */
const answers: ReadonlySet<string> = new Set(['chat', 'completions', 'responses'])
const noAnswer: Asked = Object.freeze({ each: 0, answers: 1, media: false })

/** What a call may use at most. */
export interface Estimate {
  readonly amount: Amount
  /** How the cost came about; absent where no budget asks for it. */
  readonly bound?: CostBound
}

/** A call's cost at most, and what it hangs on. */
export interface CostBound {
  readonly costs: GroupCosts
  /** Most input tokens: one a byte of text, or the context window for media. */
  readonly input: number
  /** Whether counting could tell that the input is less. */
  readonly countable: boolean
  /** What of it the vendor adds. */
  readonly overhead: number
  readonly answers: number
  /** Most output tokens of one answer. */
  readonly each: number
  /** The request says how long an answer may be: then nobody else does. */
  readonly stated: boolean
  /** Nobody says where an answer ends, so the upstream must be told. */
  readonly open: boolean
}

/**
 * What a call may use at most, as far as its limits need to know.
 * @throws `unpriced_model` when a hard budget meets a model without a price
 */
export function estimate(ctx: AnyContext, { hardBudget, tokens }: RuleSet, allowUnpriced: boolean): Estimate {
  if (!hardBudget && !tokens) return { amount: nothing }
  const { operation } = ctx.route
  const wish = answers.has(operation) ? asked(ctx.body) : noAnswer
  const rated = { inputTokens: Math.min(MAX_RATED_INPUT, Math.ceil(ctx.bytes.length / BYTES_PER_TOKEN)), outputTokens: wish.each === undefined ? 0 : wish.each * wish.answers }
  const bound = hardBudget ? boundOf(ctx, wish, allowUnpriced) : undefined
  // A rate limit counts what the caller asked for; where it asked for nothing, settlement adds what came.
  if (!bound) return { amount: { nanoUsd: 0, ...rated } }
  return { amount: { nanoUsd: bound.costs.atMost(bound.input, bound.each * bound.answers), ...rated }, bound }
}

function boundOf(ctx: AnyContext, { each, answers, media }: Asked, allowUnpriced: boolean): CostBound | undefined {
  const group = ctx.group!
  const costs = groupCosts(group)
  if (costs === 'unpriced') {
    if (allowUnpriced) return undefined
    throw new GatewayError('unpriced_model', `The API key has a hard budget, and no price is known for the model ${JSON.stringify(group.name)}. Ask the operator to set its prices.`, { param: 'model' })
  }
  const longest = each ?? costs.longest
  const overhead = ctx.body['tools'] || ctx.body['functions'] || ctx.body['response_format'] ? TOOL_OVERHEAD : 0
  // What is predicted and not taken is billed as output.
  const predicted = ctx.body['prediction'] === undefined || ctx.body['prediction'] === null ? 0 : Buffer.byteLength(JSON.stringify(ctx.body['prediction']))
  return {
    costs,
    input: media ? costs.window : ctx.bytes.length + costs.added + overhead,
    countable: !media,
    overhead,
    answers: 'n' in ctx.body ? answers : answers * costs.choices,
    each: (longest ?? UNKNOWN_OUTPUT) + predicted,
    stated: each !== undefined,
    open: longest === undefined,
  }
}
