import { inputTokens, outputTokens } from '@tianjillm/core'
import { type Amount, type Reserved, refusal, type SoftCrossing } from '@tianjillm/limits'
import { toUsd } from '@tianjillm/spend'
import type { RequestContext } from '../context.ts'
import { estimate } from '../limits/estimate.ts'
import type { Settings } from '../settings.ts'
import { price } from './settle.ts'

/**
 * Reserves for the call under every limit of its caller; waits only where the store does.
 * @throws `rate_limit_exceeded`, `too_many_parallel_requests`, `budget_exceeded`, `unpriced_model`
 */
export function admit(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const { limiter } = settings
  if (!limiter || !ctx.principal?.key) return undefined
  const set = limiter.rulesFor(ctx.principal, ctx.model, ctx.group!.name)
  ctx.limitModel = set.model
  const amount = estimate(ctx, set, limiter.allowUnpriced)
  const reserved = limiter.store.reserve({ id: ctx.uniqueId, rules: set.rules, estimate: amount })
  if (reserved instanceof Promise) return reserved.then((answer) => take(ctx, settings, amount, answer))
  take(ctx, settings, amount, reserved)
  return undefined
}

function take(ctx: RequestContext, settings: Settings, amount: Amount, reserved: Reserved): void {
  if (!reserved.ok) throw refusal(reserved.refused, amount, settings.clock.now())
  ctx.limits = reserved.states
  ctx.admittedAt = reserved.at ?? settings.clock.now()
  ctx.reserved = amount
}

/** Settles the reservation with what the call used: once for each call, whatever became of it. Must run before the call is recorded. */
export function releaseLimits(ctx: RequestContext, settings: Settings): void {
  const { limiter } = settings
  const { reserved } = ctx
  if (!limiter || !reserved) return
  ctx.reserved = undefined
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
    for (const { rule, spent } of crossings) settings.log.warn({ scope: rule.scope, owner: rule.owner, name: rule.name, soft_budget: toUsd(rule.soft!), spend: toUsd(spent), window: rule.window }, 'soft budget reached')
  }
  const settled = limiter.store.settle(ctx.uniqueId, { nanoUsd: ctx.costNanoUsd ?? 0, inputTokens: usage && !ctx.cacheHit ? inputTokens(usage) : 0, outputTokens: usage && !ctx.cacheHit ? outputTokens(usage) : 0 })
  if (!(settled instanceof Promise)) tell(settled)
  else settled.then(tell, (error: unknown) => settings.log.error({ id: ctx.id, err: error }, 'a reservation could not be settled; its lease will end it'))
}
