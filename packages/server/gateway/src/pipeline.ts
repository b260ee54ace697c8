import { asGatewayError } from '@tianjillm/core'
import { callUpstream } from './attempts/call-upstream.ts'
import { bindToPrevious, inOwnWords, openPrevious } from './responses/conversation.ts'
import { heedWishes } from './attempts/deadline.ts'
import type { AnyContext, RequestContext } from './context.ts'
import type { Settings } from './settings.ts'
import { throughCache } from './stages/cache.ts'
import { guardInput } from './stages/guard.ts'
import { admit } from './stages/limits.ts'
import { identify } from './stages/parties.ts'
import { sessionOf } from './request/session.ts'
import { parseRequest } from './stages/read-request.ts'
import { findGroup } from './stages/find-group.ts'

/**
 * The life of a call behind the door: parse, identify, limit, guard, look up, route, call, answer. Each stage continues
 * or throws. Waits only for what is in use: without guardrails, cache, newcomers and shared limits the upstream is called
 * in the same turn in which the body arrived.
 */
export function runCall(ctx: RequestContext, settings: Settings, bytes: Buffer): Promise<void> | undefined {
  parseRequest(ctx, bytes)
  heedWishes(ctx, settings)
  if (settings.affinity) ctx.session = sessionOf(ctx, settings.affinity)
  const identified = identify(ctx, settings)
  return identified ? identified.then(() => admitAndCall(ctx, settings)) : admitAndCall(ctx, settings)
}

function admitAndCall(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const responds = ctx.route.operation === 'responses'
  if (responds) openPrevious(ctx, settings)
  findGroup(ctx, settings)
  if (responds) bindToPrevious(ctx, settings)
  const admitted = admit(ctx, settings)
  if (admitted || settings.cache || settings.guardrails.length > 0 || ctx.body['guardrails'] !== undefined) return prepareAndCall(ctx, settings, admitted)
  return callUpstream(ctx, settings)
}

async function prepareAndCall(ctx: RequestContext, settings: Settings, admitted: Promise<void> | undefined): Promise<void> {
  await admitted
  await guardInput(ctx, settings)
  await (settings.cache ? throughCache(ctx, settings, callUpstream) : callUpstream(ctx, settings))
}

/** Notes a failure on the context. */
export function fail(ctx: AnyContext, thrown: unknown): void {
  const error = inOwnWords(ctx, asGatewayError(thrown))
  ctx.error = error
  ctx.status = error.status
}
