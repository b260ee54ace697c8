import { inputTokens, outputTokens, usage } from '@tianjillm/core'
import { refusal, type SoftCrossing } from '@tianjillm/limits'
import { costOf, toUsd } from '@tianjillm/spend'
import type { RequestContext } from '../context.ts'
import { estimate } from '../limits/estimate.ts'
import { type Fitted, reserve } from '../limits/reserve.ts'
import type { Settings } from '../settings.ts'
import { price } from './settle.ts'

/** Tokens a second that a model may have written for a caller who left before they were counted. */
const WRITTEN_A_SECOND = 200

/**
 * Reserves for the call under every limit of its caller; waits only where the store does, or where a budget is tight.
 * @throws `rate_limit_exceeded`, `too_many_parallel_requests`, `budget_exceeded`, `unpriced_model`
 */
export function admit(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const { limiter } = settings
  if (!limiter || !ctx.principal?.key) return undefined
  const set = limiter.rulesFor(ctx.principal, ctx.model, ctx.group!.name)
  ctx.limitModel = set.model
  const estimated = estimate(ctx, set, limiter.allowUnpriced)
  ctx.outputStated = estimated.bound?.stated ?? true
  const fitted = reserve(ctx, limiter, set, estimated)
  if (fitted instanceof Promise) return fitted.then((answer) => take(ctx, settings, answer))
  take(ctx, settings, fitted)
  return undefined
}

function take(ctx: RequestContext, settings: Settings, { reserved, amount, maxOutput }: Fitted): void {
  if (!reserved.ok) throw refusal(reserved.refused, amount, settings.clock.now())
  ctx.limits = reserved.states
  ctx.admittedAt = reserved.at ?? settings.clock.now()
  ctx.reserved = amount
  ctx.maxOutput = maxOutput
}

/** Settles the reservation with what the call used: once for each call, whatever became of it. Must run before the call is recorded. */
export function releaseLimits(ctx: RequestContext, settings: Settings): void {
  const { limiter } = settings
  const { reserved } = ctx
  if (!limiter || !reserved) return
  ctx.reserved = undefined
  const now = ctx.endedAt ?? settings.clock.now()
  if (ctx.costNanoUsd === undefined) price(ctx, now)
  // A provider was at work and its count never came, because the caller left or the stream broke: such a call is not free.
  const { error } = ctx
  const worked = ctx.upstreamStartedAt > 0 && (error === undefined || error.code === 'client_closed' || ctx.firstByteAt !== undefined)
  if (ctx.costNanoUsd === undefined && worked && ctx.usage === undefined && reserved.nanoUsd > 0) {
    ctx.costNanoUsd = ctx.outputStated ? reserved.nanoUsd : Math.min(reserved.nanoUsd, likelyCost(ctx, reserved.inputTokens, now))
    ctx.costEstimated = true
  }
  const { usage } = ctx
  if (reserved.nanoUsd > 0 && (ctx.costNanoUsd ?? 0) > reserved.nanoUsd) {
    settings.log.warn({ id: ctx.id, deployment: ctx.candidate?.deployment.id, reserved: toUsd(reserved.nanoUsd), cost: toUsd(ctx.costNanoUsd!) }, 'a call cost more than was reserved: the provider did not keep to the maximum, or what is known of the model is wrong')
  }
  const tell = (crossings: readonly SoftCrossing[]): void => {
    for (const { rule, spent } of crossings) settings.log.warn({ scope: rule.scope, owner: rule.owner, name: rule.name, soft_budget: toUsd(rule.soft!), spend: toUsd(spent), window: rule.window }, 'soft budget reached')
  }
  const settled = limiter.store.settle(ctx.uniqueId, { nanoUsd: ctx.costNanoUsd ?? 0, inputTokens: usage && !ctx.cacheHit ? inputTokens(usage) : 0, outputTokens: usage && !ctx.cacheHit ? outputTokens(usage) : 0 })
  if (!(settled instanceof Promise)) tell(settled)
  else settled.then(tell, (error: unknown) => settings.log.error({ id: ctx.id, err: error }, 'a reservation could not be settled; its lease will end it'))
}

/** What an uncounted answer may have cost by the time that it took. Where nobody stated a length, the reservation may be for hours of text. */
function likelyCost(ctx: RequestContext, input: number, now: number): number {
  const prices = ctx.candidate?.deployment.prices
  if (!prices) return Number.POSITIVE_INFINITY
  const seconds = Math.max(1, Math.ceil((now - ctx.upstreamStartedAt) / 1000))
  return costOf(usage({ input, output: seconds * WRITTEN_A_SECOND }), prices, { at: ctx.startedAt, seconds })
}
