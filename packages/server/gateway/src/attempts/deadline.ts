import type { Clock, HttpTimeouts } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { readWishes } from '../request/wishes.ts'
import type { Settings } from '../settings.ts'

/** Reads what the request says of attempts, and sets the moment by which they must have ended. @throws `invalid_request` */
export function heedWishes(ctx: RequestContext, { resilience }: Settings): void {
  ctx.wishes = readWishes(ctx)
  const most = Math.min(resilience?.deadlineMs ?? Number.POSITIVE_INFINITY, ctx.wishes.deadlineMs ?? Number.POSITIVE_INFINITY)
  ctx.deadlineAt = ctx.startedAt + most
}

/** What an attempt may take: the deployment's limits, and no more than is left of the call's time. */
export function timeoutsOf(ctx: RequestContext, { timeouts, streamTimeouts }: Deployment, clock: Clock): HttpTimeouts {
  const { chunkMs } = ctx.wishes
  let own = ctx.stream ? streamTimeouts : timeouts
  if (chunkMs !== undefined) own = { ...own, headers: atMost(own.headers, chunkMs), firstByte: atMost(own.firstByte, chunkMs), idle: atMost(own.idle, chunkMs) }
  // A first attempt has all the time there is.
  if (ctx.attempts === 0 && own.total && own.total <= ctx.deadlineAt - ctx.startedAt) return own
  const left = Math.max(1, ctx.deadlineAt - clock.now())
  if (left === Number.POSITIVE_INFINITY) return own
  return { ...own, total: atMost(own.total, left), headers: atMost(own.headers, left) }
}

/** 0 is no limit. */
function atMost(limit: number | undefined, left: number): number {
  return limit === undefined || limit === 0 ? left : Math.min(limit, left)
}
