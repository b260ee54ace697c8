import { inputTokens, outputTokens } from '@tianjillm/core'
import { type Amount, type LimitState, type Reserved, refusal, type SoftCrossing } from '@tianjillm/limits'
import type { RequestContext } from '../context.ts'
import { estimate } from '../limits/estimate.ts'
import type { Limiter, RuleSet } from '../limits/limiter.ts'
import type { Settings } from '../settings.ts'
import { alertBudget } from './alerts.ts'
import { price } from './settle.ts'

/**
 * Reserves for the call under every limit that it meets; waits only where the store does.
 * @throws `rate_limit_exceeded`, `too_many_parallel_requests`, `budget_exceeded`, `unpriced_model`
 */
export function admit(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const { limiter } = settings
  if (!limiter) return undefined
  const set = limiter.rulesFor(ctx.principal, ctx.parties, ctx.model, ctx.group!.name)
  if (set.rules.length === 0) return undefined
  ctx.limitModel = set.model
  const amount = amountOf(ctx, set, limiter)
  const reserved = limiter.store.reserve({ id: ctx.uniqueId, rules: set.rules, estimate: amount })
  if (reserved instanceof Promise) return reserved.then((answer) => take(ctx, settings, amount, answer))
  take(ctx, settings, amount, reserved)
  return undefined
}

export function amountOf(ctx: RequestContext, set: RuleSet, { allowUnpriced }: Limiter): Amount {
  return estimate(ctx, set, allowUnpriced || !set.needsPrice)
}

function take(ctx: RequestContext, settings: Settings, amount: Amount, reserved: Reserved): void {
  if (!reserved.ok) {
    tellSpent(settings, reserved.refused, amount)
    throw refusal(reserved.refused, amount, settings.clock.now())
  }
  ctx.limits = reserved.states
  ctx.admittedAt = reserved.at ?? settings.clock.now()
  hold(ctx, ctx.uniqueId, amount)
}

/** Notes a reservation that must be settled. */
export function hold(ctx: RequestContext, id: string, amount: Amount): void {
  ctx.holds = ctx.holds === undefined ? [id] : [...ctx.holds, id]
  if (ctx.reserved === undefined || ctx.reserved.nanoUsd < amount.nanoUsd) ctx.reserved = amount
}

/** Tells of a budget that is spent; one that only waits for calls in flight is not. */
export function tellSpent(settings: Settings, { rule, used, limit }: LimitState, { nanoUsd }: Amount): void {
  if (rule.counted === 'budget' && used + nanoUsd > limit) alertBudget(settings, 'budget_crossed', rule, used, limit)
}

/** Settles the call's reservations with what it used: once for each call, whatever became of it. Must run before the call is recorded. */
export function releaseLimits(ctx: RequestContext, settings: Settings): void {
  const { limiter } = settings
  const { reserved, holds } = ctx
  if (!limiter || !reserved || !holds) return
  ctx.holds = undefined
  if (ctx.costNanoUsd === undefined) price(ctx)
  // A provider was at work and its count never came, because the caller left or the stream broke: such a call is not free.
  const { error } = ctx
  const worked = ctx.upstreamStartedAt > 0 && (error === undefined || error.code === 'client_closed' || ctx.firstByteAt !== undefined)
  if (ctx.costNanoUsd === undefined && worked && ctx.usage === undefined && reserved.nanoUsd > 0) {
    ctx.costNanoUsd = reserved.nanoUsd
    ctx.costEstimated = true
  }
  const { usage } = ctx
  const tell = (crossings: readonly SoftCrossing[]): void => {
    for (const { rule, spent } of crossings) alertBudget(settings, 'soft_budget_crossed', rule, spent, rule.soft!)
  }
  const actual: Amount = { nanoUsd: ctx.costNanoUsd ?? 0, inputTokens: usage && !ctx.cacheHit ? inputTokens(usage) : 0, outputTokens: usage && !ctx.cacheHit ? outputTokens(usage) : 0 }
  for (const id of holds) {
    const settled = limiter.store.settle(id, actual)
    if (!(settled instanceof Promise)) tell(settled)
    else settled.then(tell, (failure: unknown) => settings.log.error({ id: ctx.id, err: failure }, 'a reservation could not be settled; its lease will end it'))
  }
}
