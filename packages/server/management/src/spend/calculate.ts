import { GatewayError, usage, type Usage, usageFromOpenAI } from '@tianjillm/core'
import { countInput, type Gateway } from '@tianjillm/gateway'
import { costOf, type Prices, toUsd } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { patch } from '../fields.ts'
import { estimateRoutes } from './estimate.ts'
import { type CalculateOptions, modelNamed, pricesOf } from './known-model.ts'

const calculateBody = v.strictObject({
  model: patch(v.pipe(v.string(), v.nonEmpty('must name a model'))),
  messages: patch(v.array(v.record(v.string(), v.unknown()), 'must be a list of messages')),
  completion_response: patch(v.record(v.string(), v.unknown(), 'must be an answer of a model, as an object')),
})

/**
 * `POST /spend/calculate`: what a request's input (`model`, `messages`), or an answer (`completion_response`), costs.
 * Source: https://docs.litellm.ai/docs/proxy/cost_tracking#calculate-costs
 * And `POST /cost/estimate`.
 */
export function calculateRoutes(options: CalculateOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'POST', paths: ['/spend/calculate'], permission: 'spend:read', tag: 'Spend', summary: 'What a request\'s input, or an answer, costs in USD.', body: calculateBody,
      example: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] },
      answer: v.object({ cost: v.number() }),
      handle: async ({ body }) => ({ cost: await calculate(options, body) }),
    }),
    ...estimateRoutes(options),
  ]
}

/** USD. @throws `invalid_request`, `unknown_model`, `unpriced_model` naming the field */
async function calculate(options: CalculateOptions, { model, messages, completion_response: answer }: v.InferOutput<typeof calculateBody>): Promise<number> {
  const { gateway, countTokens } = options
  if (answer !== undefined && answer !== null) {
    const named = model ?? answer['model']
    if (typeof named !== 'string' || named === '') throw wrong('completion_response.model', 'must name the model')
    const used = usageFromOpenAI(answer['usage'])
    if (!used) throw wrong('completion_response.usage', 'must tell `prompt_tokens` and `completion_tokens`')
    const param = typeof model === 'string' ? 'model' : 'completion_response.model'
    return usd(used, pricesOf(await modelNamed(options, named), named, param), gateway)
  }
  if (!model) throw wrong('model', 'must name a model, unless `completion_response` is sent')
  if (!messages) throw wrong('messages', 'must be a list of messages, unless `completion_response` is sent')
  const found = await modelNamed(options, model)
  const prices = pricesOf(found, model, 'model')
  const count = await countTokens(found?.facts?.tokens?.encoding ?? 'o200k_base')
  return usd(usage({ input: countInput({ messages }, count) }), prices, gateway)
}

function usd(used: Usage, prices: Prices, gateway: Gateway): number {
  return toUsd(costOf(used, prices, { at: gateway.settings.clock.now() }))
}

function wrong(param: string, what: string): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` ${what}.`, { param })
}
