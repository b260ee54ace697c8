import { inputTokens, outputTokens, usage } from '@tianjillm/core'
import { type Amount, type LimitState, refusal, type SoftCrossing } from '@tianjillm/limits'
import { costOf, toUsd } from '@tianjillm/spend'
import type { AnyContext } from '../context.ts'
import { estimate } from '../limits/estimate.ts'
import type { Limiter, RuleSet } from '../limits/limiter.ts'
import { type Fitted, reserve } from '../limits/reserve.ts'
import type { Settings } from '../settings.ts'
import { alertBudget } from './alerts.ts'
import { price } from './price.ts'

const nothing: Amount = Object.freeze({ nanoUsd: 0, inputTokens: 0, outputTokens: 0 })

/** Tokens a second that a model may have written for a caller who left before they were counted. */
export const WRITTEN_A_SECOND = 200

/**
 * Reserves for the call under every limit that it meets; waits only where the store does, or where a budget is tight.
 * @throws `rate_limit_exceeded`, `too_many_parallel_requests`, `budget_exceeded`, `unpriced_model`
 */
export function admit(ctx: AnyContext, settings: Settings): Promise<void> | undefined {
  const { limiter } = settings
  if (!limiter) return undefined
  const set = limiter.rulesFor(ctx.principal, ctx.parties, ctx.model, ctx.group!.name)
  if (set.rules.length === 0) return undefined
  ctx.limitModel = set.model
  const fitted = reserveFor(ctx, limiter, set, ctx.uniqueId)
  if (fitted instanceof Promise) return fitted.then((answer) => take(ctx, settings, ctx.uniqueId, answer))
  take(ctx, settings, ctx.uniqueId, fitted)
  return undefined
}

/** Reserves what the call may cost under some rules. @throws `unpriced_model` */
export function reserveFor(ctx: AnyContext, limiter: Limiter, set: RuleSet, id: string): Fitted | Promise<Fitted> {
  const estimated = estimate(ctx, set, limiter.allowUnpriced || !set.needsPrice)
  ctx.outputStated = estimated.bound?.stated ?? true
  return reserve(ctx, limiter, set, estimated, id)
}

function take(ctx: AnyContext, settings: Settings, id: string, fitted: Fitted): void {
  const { reserved } = fitted
  if (!reserved.ok) {
    tellSpent(settings, reserved.refused, fitted.amount)
    throw refusal(reserved.refused, fitted.amount, settings.clock.now())
  }
  const at = reserved.at ?? settings.clock.now()
  // Admitted anew in another period of a budget, the call belongs to that one; unless the one before was charged already.
  if (ctx.admittedAt === undefined || (ctx.toldNanoUsd === 0 && begins(reserved.states, ctx.admittedAt, at))) ctx.admittedAt = at
  ctx.limits = reserved.states
  hold(ctx, id, fitted)
}

/** Whether a budget's period began after one moment and up to another. */
function begins(states: readonly LimitState[], after: number, to: number): boolean {
  return states.some(({ rule }) => rule.counted === 'budget' && rule.period(to).start > after)
}

/** Notes a reservation that must be settled, and how long an answer it pays for. */
export function hold(ctx: AnyContext, id: string, { amount, maxOutput }: Fitted): void {
  ctx.holds = ctx.holds === undefined ? [id] : [...ctx.holds, id]
  if (ctx.reserved === undefined || ctx.reserved.nanoUsd < amount.nanoUsd) ctx.reserved = amount
  if (maxOutput !== undefined) ctx.maxOutput = Math.min(maxOutput, ctx.maxOutput ?? maxOutput)
}

/**
 * Reserves anew for the model group that stands in: under its model's limits, and for what it may cost. What was held is
 * given back first; the call itself was counted already.
 * @throws as {@link admit}
 */
export async function readmit(ctx: AnyContext, settings: Settings): Promise<void> {
  const { limiter } = settings
  if (!limiter) return
  const before = ctx.limits ?? []
  const set = limiter.rulesFor(ctx.principal, ctx.parties, ctx.shownModel, ctx.group!.name)
  const counted = before.filter(({ rule }) => rule.counted === 'requests')
  const rules = set.rules.filter(({ id }) => !counted.some(({ rule }) => rule.id === id))
  giveBack(ctx, settings)
  ctx.limitModel = set.model
  if (set.rules.length === 0) return
  ctx.readmissions += 1
  const id = `${ctx.uniqueId}:again-${ctx.readmissions}`
  take(ctx, settings, id, await reserveFor(ctx, limiter, { ...set, rules }, id))
  ctx.limits = [...counted, ...ctx.limits!]
}

/** Ends all reservations; the budgets learn what attempts cost that failed. */
function giveBack(ctx: AnyContext, settings: Settings): void {
  const cost = ctx.sunkNanoUsd - ctx.toldNanoUsd
  const sunk = cost > 0 ? { ...nothing, nanoUsd: cost } : nothing
  if (ctx.holds) ctx.toldNanoUsd = ctx.sunkNanoUsd
  for (const id of ctx.holds ?? []) settleHold(ctx, settings, id, id === ctx.providerHold ? nothing : sunk)
  settleHedge(ctx, settings)
  ctx.holds = undefined
  ctx.reserved = undefined
  ctx.maxOutput = undefined
}

/** Reserves for a further call beside the first (a hedge, or one that goes on with a stream), under the caller's budgets. False: they do not cover it. */
export async function holdHedge(ctx: AnyContext, settings: Settings): Promise<boolean> {
  const { limiter } = settings
  if (!limiter || !ctx.reserved || ctx.reserved.nanoUsd === 0) return true
  const set = limiter.rulesFor(ctx.principal, ctx.parties, ctx.shownModel, ctx.group!.name)
  const rules = set.rules.filter(({ counted }) => counted === 'budget')
  const id = `${ctx.uniqueId}:hedge-${ctx.attempts}`
  const reserved = await limiter.store.reserve({ id, rules, estimate: { ...nothing, nanoUsd: ctx.reserved.nanoUsd } })
  if (reserved.ok) (ctx.hedgeHolds ??= []).push(id)
  return reserved.ok
}

/** Ends what was held for second calls: what they cost is settled with the call itself. */
export function settleHedge(ctx: AnyContext, settings: Settings): void {
  const held = ctx.hedgeHolds
  ctx.hedgeHolds = undefined
  for (const id of held ?? []) settleHold(ctx, settings, id, nothing)
}

/** Ends what was reserved with the provider of an attempt that failed. */
export function releaseHold(ctx: AnyContext, settings: Settings, nanoUsd: number): void {
  const id = ctx.providerHold
  if (id === undefined) return
  ctx.providerHold = undefined
  ctx.holds = ctx.holds?.filter((held) => held !== id)
  settleHold(ctx, settings, id, { ...nothing, nanoUsd })
}

/** Tells of a budget that is spent; one that only waits for calls in flight is not. */
export function tellSpent(settings: Settings, { rule, used, limit }: LimitState, { nanoUsd }: Amount): void {
  if (rule.counted === 'budget' && used + nanoUsd > limit) alertBudget(settings, 'budget_crossed', rule, used, limit)
}

/** Settles the call's reservations with what it used: once for each call, whatever became of it. Must run before the call is recorded. */
export function releaseLimits(ctx: AnyContext, settings: Settings): void {
  const { limiter } = settings
  const { reserved, holds } = ctx
  if (!limiter || !reserved || !holds) return
  if (ctx.hedgeHolds) settleHedge(ctx, settings)
  ctx.holds = undefined
  const now = ctx.endedAt ?? settings.clock.now()
  if (ctx.costNanoUsd === undefined) price(ctx, now)
  // A provider was at work and its count never came, because the caller left or the stream broke: such a call is not free.
  const { error } = ctx
  const worked = ctx.upstreamStartedAt > 0 && (error === undefined || error.code === 'client_closed' || ctx.firstByteAt !== undefined)
  if (ctx.costNanoUsd === undefined && worked && ctx.usage === undefined && reserved.nanoUsd > 0) {
    ctx.costNanoUsd = ctx.sunkNanoUsd + (ctx.outputStated ? reserved.nanoUsd : Math.min(reserved.nanoUsd, likelyCost(ctx, reserved.inputTokens, now)))
    ctx.costEstimated = true
  }
  if (reserved.nanoUsd > 0 && (ctx.costNanoUsd ?? 0) > reserved.nanoUsd) {
    settings.log.warn({ id: ctx.id, deployment: ctx.candidate?.deployment.id, reserved: toUsd(reserved.nanoUsd), cost: toUsd(ctx.costNanoUsd!) }, 'a call cost more than was reserved: the provider did not keep to the maximum, or what is known of the model is wrong')
  }
  const counted = ctx.cacheHit ? undefined : ctx.wholeUsage
  const actual: Amount = { nanoUsd: Math.max(0, (ctx.costNanoUsd ?? ctx.sunkNanoUsd) - ctx.toldNanoUsd), inputTokens: counted ? inputTokens(counted) : 0, outputTokens: counted ? outputTokens(counted) : 0 }
  // Attempts before were settled with their own providers.
  const ofProvider = ctx.sunkNanoUsd === 0 ? actual : { ...actual, nanoUsd: Math.max(0, (ctx.costNanoUsd ?? 0) - ctx.sunkNanoUsd) }
  for (const id of holds) settleHold(ctx, settings, id, id === ctx.providerHold ? ofProvider : actual)
}

function settleHold(ctx: AnyContext, settings: Settings, id: string, actual: Amount): void {
  const tell = (crossings: readonly SoftCrossing[]): void => {
    for (const { rule, spent } of crossings) alertBudget(settings, 'soft_budget_crossed', rule, spent, rule.soft!)
  }
  const settled = settings.limiter!.store.settle(id, actual)
  if (!(settled instanceof Promise)) {
    if (settled.length > 0) tell(settled)
  } else settled.then(tell, (failure: unknown) => settings.log.error({ id: ctx.id, err: failure }, 'a reservation could not be settled; its lease will end it'))
}

/** What an uncounted answer may have cost by the time that it took. Where nobody stated a length, the reservation may be for hours of text. */
function likelyCost(ctx: AnyContext, input: number, now: number): number {
  const prices = ctx.candidate?.deployment.prices
  if (!prices) return Number.POSITIVE_INFINITY
  const seconds = Math.max(1, Math.ceil((now - ctx.upstreamStartedAt) / 1000))
  return costOf(usage({ input, output: seconds * WRITTEN_A_SECOND }), prices, { at: ctx.startedAt, seconds })
}
