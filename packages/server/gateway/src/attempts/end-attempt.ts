import { type GatewayError, inputTokens, outputTokens } from '@tianjillm/core'
import { errorClass, type Outcome } from '@tianjillm/router'
import type { AnyContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { releaseHold } from '../stages/limits.ts'
import { price } from '../stages/price.ts'

/** Tells the router that a call to a deployment goes out. */
export function beginAttempt(ctx: AnyContext, settings: Settings): void {
  ctx.attempts += 1
  ctx.upstreamStartedAt = settings.clock.now()
  ctx.upstreamHeadAt = 0
  ctx.calling = true
  settings.router.state.began(ctx.candidate!.deployment.id)
}

/**
 * An attempt is over: the router learns how the deployment did, once. A failed one is written into the trace, and the
 * deployment is not asked again before the others.
 */
export function endAttempt(ctx: AnyContext, settings: Settings, error: GatewayError | undefined): void {
  const { candidate, calling } = ctx
  if (calling) {
    ctx.calling = false
    settings.router.state.ended(candidate!.deployment.id, outcomeOf(ctx, error, ctx.endedAt ?? settings.clock.now()))
  }
  if (!error || ctx.exchange.started) return
  noteFailure(ctx, settings, error)
  if (candidate) (ctx.tried ??= new Set()).add(candidate.deployment.id)
}

/** A failed attempt is given up for another one: what it cost all the same stays with the call, and what it wrote was never sent. */
export function abandonAttempt(ctx: AnyContext, settings: Settings): void {
  if (ctx.usage) price(ctx, settings.clock.now())
  const spent = Math.max(0, (ctx.costNanoUsd ?? 0) - ctx.sunkNanoUsd)
  ctx.sunkNanoUsd += spent
  ctx.costNanoUsd = undefined
  ctx.usage = undefined
  ctx.responseText = undefined
  releaseHold(ctx, settings, spent)
  ctx.continuation?.sink?.close()
  ctx.continuation = undefined
  ctx.dropped = []
  // Nobody is at work for the caller until the next attempt goes out.
  ctx.upstreamStartedAt = 0
}

/** How a deployment did, in the router's words. */
export function outcomeOf(ctx: AnyContext, error: GatewayError | undefined, now: number): Outcome {
  const { usage, upstreamStartedAt: began, firstByteAt } = ctx
  const latencyMs = now - began
  // A whole answer comes at once: its first byte says nothing of streams.
  const firstByteMs = ctx.stream && firstByteAt !== undefined ? firstByteAt - began : undefined
  const input = usage && inputTokens(usage)
  const output = usage && outputTokens(usage)
  if (!error) return { ok: true, latencyMs, firstByteMs, inputTokens: input, outputTokens: output }
  const failed = errorClass(error)
  // Neither the caller's leaving nor a fault of the request says anything of the deployment.
  if (failed === undefined) return { ok: false, cancelled: true, latencyMs, firstByteMs, inputTokens: input, outputTokens: output }
  return { ok: false, latencyMs, firstByteMs, inputTokens: input, outputTokens: output, error: { class: failed, status: error.status, ...(error.retryAfter !== undefined && { retryAfterMs: error.retryAfter * 1000 }) } }
}

/** Of a call that was ended because another one answered: it says nothing. */
export function outcomeOfLoser(latencyMs: number): Outcome {
  return { ok: false, cancelled: true, latencyMs }
}

function noteFailure(ctx: AnyContext, settings: Settings, error: GatewayError): void {
  const { candidate, group, choice } = ctx
  const at = settings.clock.now() - ctx.startedAt
  const considered = group?.candidates.length ?? 0
  const skipped = choice && choice.skipped.length > 0 ? { skipped: choice.skipped } : {}
  if (!candidate) {
    if (group) ctx.note({ step: 'none', at, group: group.name, considered, reason: choice?.reason ?? error.code, ...skipped })
    return
  }
  const { deployment, model } = candidate
  ctx.note({
    step: 'attempt', at, group: group!.name, deployment: deployment.id, provider: deployment.providerName, model, considered, ...skipped,
    ...(choice && { strategy: choice.strategy }),
    ms: ctx.upstreamStartedAt > 0 ? settings.clock.now() - ctx.upstreamStartedAt : 0, outcome: error.code, status: error.status, message: error.message,
  })
}
