import { type GatewayError, usage } from '@tianjillm/core'
import { costOf } from '@tianjillm/spend'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { holdHedge, releaseHold } from '../stages/limits.ts'
import { price } from '../stages/price.ts'

/**
 * Makes a call whose stream broke ready to be continued: what the broken attempt used is kept with the call, the next one
 * is reserved beside it, and the request asks for the rest. False: the budget does not cover it.
 */
export async function prepareToGoOn(ctx: RequestContext, settings: Settings, error: GatewayError): Promise<boolean> {
  const continuation = ctx.continuation!
  const { deployment } = ctx.candidate!
  ctx.note({ step: 'continue', at: settings.clock.now() - ctx.startedAt, deployment: deployment.id, outcome: error.code, message: error.message, chars: continuation.chars })
  ;(ctx.tried ??= new Set()).add(deployment.id)
  sinkBroken(ctx, settings)
  if (!(await holdHedge(ctx, settings))) return false
  ctx.rewrite(continuation.next())
  ctx.dropped = []
  return true
}

/** The broken attempt's cost: by its own count, else by what arrived. */
function sinkBroken(ctx: RequestContext, settings: Settings): void {
  const { deployment: { prices } } = ctx.candidate!
  const now = settings.clock.now()
  const counted = ctx.usage
  const used = counted ?? usage({ input: ctx.inputTokens(), output: ctx.continuation!.tokens - ctx.continuedTokens })
  ctx.continuedTokens = ctx.continuation!.tokens
  ctx.sunkUsage = [...(ctx.sunkUsage ?? []), used]
  if (counted) price(ctx, now)
  else {
    ctx.costEstimated = true
    ctx.costNanoUsd = ctx.sunkNanoUsd + (prices ? costOf(used, prices, { at: ctx.startedAt, seconds: (now - ctx.upstreamStartedAt) / 1000 }) : 0)
  }
  const own = (ctx.costNanoUsd ?? ctx.sunkNanoUsd) - ctx.sunkNanoUsd
  ctx.sunkNanoUsd += own
  ctx.costNanoUsd = undefined
  ctx.usage = undefined
  releaseHold(ctx, settings, own)
}
