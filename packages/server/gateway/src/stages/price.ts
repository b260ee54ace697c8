import { costOf } from '@tianjillm/spend'
import type { AnyContext } from '../context.ts'

/** Cost of the usage so far, from the deployment's prices, and of what attempts cost before; undefined when it is unknown. A cached answer costs nothing. */
export function price(ctx: AnyContext, now: number): void {
  if (ctx.cacheHit) {
    ctx.costNanoUsd = 0
    return
  }
  const prices = ctx.candidate?.deployment.prices
  if (ctx.usage && prices) ctx.costNanoUsd = ctx.sunkNanoUsd + costOf(ctx.usage, prices, { at: ctx.startedAt, seconds: (now - ctx.upstreamStartedAt) / 1000 })
}

/** What a call cost with all its attempts, in nano-USD; undefined: not known. One that failed before it used anything cost what the attempts before did, with or without prices. */
export function costOfCall({ costNanoUsd, error, wholeUsage, sunkNanoUsd }: AnyContext): number | undefined {
  return costNanoUsd ?? (error && !wholeUsage ? sunkNanoUsd : undefined)
}
