import { GatewayError, inputTokens, usage } from '@tianjillm/core'
import { costOf, ratesAt, type Rates, toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { numberOrNone, textOrNone } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { type CalculateOptions, modelNamed, pricesOf } from './known-model.ts'

/** Larger numbers of tokens and calls are nobody's, and would not be exact. */
const MOST = 1_000_000_000
const count = (description: string) => v.pipe(v.number('must be a whole number'), v.integer('must be a whole number'), v.minValue(0, 'must not be negative'), v.maxValue(MOST, `must be ${MOST} at most`), v.description(description))
const orNone = (description: string) => v.optional(v.nullable(count(description)))
const orZero = (description: string) => v.optional(count(description), 0)

const estimateBody = v.strictObject({
  model: v.pipe(v.string(), v.nonEmpty('must name a model')),
  input_tokens: count('Tokens that a call sends, cached ones among them.'), output_tokens: count('Tokens that it is answered with, those of reasoning among them.'),
  cache_read_input_tokens: orZero('Of the input: read from the cache.'), cache_creation_input_tokens: orZero('Of the input: written to the cache, for five minutes.'), reasoning_tokens: orZero('Of the output: reasoning.'),
  num_requests_per_day: orNone('Calls of a day.'), num_requests_per_month: orNone('Calls of a month.'),
})

/** The parts of a cost, in nano-USD: of the input also its cached parts, of the output its reasoning. LiteLLM's names, in order. */
const lines = ['cost', 'input_cost', 'output_cost', 'margin_cost', 'cache_read_cost', 'cache_creation_cost', 'reasoning_cost'] as const
type Lines = Readonly<Record<(typeof lines)[number], number>>

const named = <const Names extends readonly string[], Schema extends v.GenericSchema>(names: Names, schema: Schema) => Object.fromEntries(names.map((name) => [name, schema])) as Record<Names[number], Schema>

const estimate = v.object({
  model: v.string(), ...named(['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens', 'reasoning_tokens'], v.number()),
  num_requests_per_day: numberOrNone, num_requests_per_month: numberOrNone,
  ...named(['cost_per_request', 'input_cost_per_request', 'output_cost_per_request', 'margin_cost_per_request', 'cache_read_cost_per_request', 'cache_creation_cost_per_request', 'reasoning_cost_per_request'], v.number()),
  ...named(['daily_cost', 'daily_input_cost', 'daily_output_cost', 'daily_margin_cost', 'daily_cache_read_cost', 'daily_cache_creation_cost', 'daily_reasoning_cost'], numberOrNone),
  ...named(['monthly_cost', 'monthly_input_cost', 'monthly_output_cost', 'monthly_margin_cost', 'monthly_cache_read_cost', 'monthly_cache_creation_cost', 'monthly_reasoning_cost'], numberOrNone),
  ...named(['input_cost_per_token', 'output_cost_per_token', 'cache_read_input_token_cost', 'cache_creation_input_token_cost', 'output_cost_per_reasoning_token'], v.number()),
  provider: textOrNone,
})

/**
 * `POST /cost/estimate`: what calls of so many tokens cost, each and in a day and month, at the prices that calls are
 * charged with now. Source: `estimate_cost` of LiteLLM's `cost_tracking_settings.py`. There is no margin here: its lines are 0.
 */
export function estimateRoutes(options: CalculateOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'POST', paths: ['/cost/estimate'], permission: 'spend:read', tag: 'Spend', summary: 'What calls of so many tokens cost in USD: one, and those of a day and a month.', body: estimateBody,
      example: { model: 'gpt-4o', input_tokens: 1000, output_tokens: 500, num_requests_per_day: 100 }, answer: estimate,
      async handle({ body }) {
        const { model, num_requests_per_day: perDay = null, num_requests_per_month: perMonth = null, ...tokens } = body
        const found = await modelNamed(options, model)
        const { nano, rates } = costLines(body, pricesOf(found, model, 'model'), options.gateway.settings.clock.now())
        return {
          model, ...tokens, num_requests_per_day: perDay, num_requests_per_month: perMonth,
          ...told(nano, (line) => `${line}_per_request`, 1), ...told(nano, (line) => `daily_${line}`, perDay), ...told(nano, (line) => `monthly_${line}`, perMonth),
          input_cost_per_token: toUsd(rates.input), output_cost_per_token: toUsd(rates.output), cache_read_input_token_cost: toUsd(rates.cacheRead ?? rates.input),
          cache_creation_input_token_cost: toUsd(rates.cacheWrite5m ?? rates.input), output_cost_per_reasoning_token: toUsd(rates.reasoning ?? rates.output),
          provider: found?.providerName ?? null,
        } as v.InferOutput<typeof estimate>
      },
    }),
  ]
}

/** @throws `invalid_request` for parts that are more than the whole */
function costLines(body: v.InferOutput<typeof estimateBody>, prices: Parameters<typeof costOf>[1], at: number): { readonly nano: Lines; readonly rates: Rates } {
  const { input_tokens: sent, output_tokens: answered, cache_read_input_tokens: read, cache_creation_input_tokens: written, reasoning_tokens: reasoning } = body
  if (read + written > sent) throw new GatewayError('invalid_request', '`cache_read_input_tokens` and `cache_creation_input_tokens` are part of `input_tokens` and must not be more.', { param: 'input_tokens' })
  if (reasoning > answered) throw new GatewayError('invalid_request', '`reasoning_tokens` are part of `output_tokens` and must not be more.', { param: 'reasoning_tokens' })
  const used = usage({ input: sent - read - written, cacheRead: read, cacheWrite5m: written, output: answered - reasoning, reasoning })
  const rates = ratesAt(prices, inputTokens(used), at)
  const readCost = read * (rates.cacheRead ?? rates.input)
  const writtenCost = written * (rates.cacheWrite5m ?? rates.input)
  const reasoningCost = reasoning * (rates.reasoning ?? rates.output)
  const nano = {
    // As it is charged: also what a call costs beside its tokens.
    cost: costOf(used, prices, { at }),
    input_cost: used.input * rates.input + readCost + writtenCost, output_cost: used.output * rates.output + reasoningCost, margin_cost: 0,
    cache_read_cost: readCost, cache_creation_cost: writtenCost, reasoning_cost: reasoningCost,
  }
  return { nano, rates }
}

/** LiteLLM tells nothing of no calls. */
function told(nano: Lines, nameOf: (line: string) => string, times: number | null): Readonly<Record<string, number | null>> {
  return Object.fromEntries(lines.map((line) => [nameOf(line), times ? toUsd(Math.round(nano[line] * times)) : null]))
}
