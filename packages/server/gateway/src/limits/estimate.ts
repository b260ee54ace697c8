import { GatewayError } from '@tianjillm/core'
import type { Amount } from '@tianjillm/limits'
import type { ModelGroup } from '@tianjillm/router'
import type { Prices } from '@tianjillm/spend'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { RuleSet } from './limiter.ts'

/** Output tokens assumed for a request that sets no maximum. */
const DEFAULT_OUTPUT = 1024
/** Bytes of request that make one token, on the safe side: English text has more than four, most scripts about three. */
const BYTES_PER_TOKEN = 3
/** No request has more input: a long body is images, which are billed by size and not by bytes. */
const MAX_INPUT = 200_000

/** The dearest that a group of deployments can be; undefined when some price is not known. */
interface Dearest {
  readonly input: number
  readonly output: number
  readonly perRequest: number
}

const groups = new WeakMap<ModelGroup<Deployment>, Dearest | 'unpriced'>()
const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })

/**
 * What a call may use at most, as far as its limits need to know.
 * @throws `unpriced_model` when a hard budget meets a model without a price
 */
export function estimate(ctx: RequestContext, { hardBudget, tokens }: RuleSet, allowUnpriced: boolean): Amount {
  if (!hardBudget && !tokens) return nothing
  const inputTokens = Math.min(MAX_INPUT, Math.ceil(ctx.bytes.length / BYTES_PER_TOKEN))
  const { operation } = ctx.route
  const most = operation === 'chat' || operation === 'completions' ? mostOutput(ctx.body) : 0
  const nanoUsd = hardBudget ? costAtMost(ctx.group!, inputTokens, most ?? DEFAULT_OUTPUT, allowUnpriced) : 0
  // A rate limit counts what the caller asked for; where it asked for nothing, settlement adds what came.
  return { nanoUsd, inputTokens, outputTokens: most ?? 0 }
}

/** `max_tokens` under its names, for every choice and prompt asked for; undefined when the request sets none. */
function mostOutput(body: Record<string, unknown>): number | undefined {
  const one = body['max_completion_tokens'] ?? body['max_tokens']
  if (typeof one !== 'number') return undefined
  const prompts = Array.isArray(body['prompt']) && typeof body['prompt'][0] !== 'number' ? body['prompt'].length : 1
  return one * prompts * Math.max(count(body['n']), count(body['best_of']))
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 1 ? value : 1
}

function costAtMost(group: ModelGroup<Deployment>, input: number, output: number, allowUnpriced: boolean): number {
  let dearest = groups.get(group)
  if (dearest === undefined) groups.set(group, (dearest = dearestOf(group)))
  if (dearest !== 'unpriced') return Math.ceil(input * dearest.input + output * dearest.output + dearest.perRequest)
  if (allowUnpriced) return 0
  throw new GatewayError('unpriced_model', `The API key has a hard budget, and no price is known for the model ${JSON.stringify(group.name)}. Ask the operator to set its prices.`, { param: 'model' })
}

function dearestOf({ candidates }: ModelGroup<Deployment>): Dearest | 'unpriced' {
  const dearest = { input: 0, output: 0, perRequest: 0 }
  for (const { deployment: { prices, mockResponse } } of candidates) {
    if (!prices && mockResponse === undefined) return 'unpriced'
    if (!prices) continue
    dearest.input = Math.max(dearest.input, ...inputPrices(prices))
    dearest.output = Math.max(dearest.output, prices.output, prices.reasoning ?? 0, prices.outputAudio ?? 0, prices.outputImage ?? 0)
    dearest.perRequest = Math.max(dearest.perRequest, prices.perRequest ?? 0)
  }
  return dearest
}

function inputPrices(prices: Prices): number[] {
  return [prices.input, prices.cacheRead ?? 0, prices.cacheWrite5m ?? 0, prices.cacheWrite1h ?? 0, prices.inputAudio ?? 0, prices.inputImage ?? 0]
}
