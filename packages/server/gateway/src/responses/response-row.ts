import { createHash } from 'node:crypto'
import type { AdapterOf, Usage } from '@tianjillm/core'
import { type AnyContext, RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { InnerExchange } from '../exchange/inner-exchange.ts'
import type { Settings } from '../settings.ts'
import { failureOf } from './note-state.ts'
import { openCallOf, responsesCall } from './open-call.ts'
import type { ResponseState } from './response-view.ts'

/** Stands for a response, here and in every process. */
export function keyOf(deployment: string, id: string): string {
  return JSON.stringify([deployment, id])
}

/**
 * Names a call's row by the response that it made in the background, and puts it at the moment that the upstream says:
 * whoever writes it, and however often, it is one row.
 */
export function nameByResponse(ctx: AnyContext): void {
  const { background, candidate } = ctx
  if (!background || !candidate) return
  ctx.uniqueId = idOf(keyOf(candidate.deployment.id, background.id))
  if (background.createdAt !== undefined) ctx.admittedAt = background.createdAt * 1000
}

/** A UUID of RFC 9562, version 8: its bits are ours to choose. */
export function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The call that made a response, as far as somebody knows it who only saw its end. */
export function stranger({ principal, endUser }: AnyContext, settings: Settings, deployment: Deployment, state: ResponseState, key: string): AnyContext {
  const made = new RequestContext(undefined, idOf(key), new InnerExchange(), responsesCall, {}, state.createdAt! * 1000)
  made.principal = principal
  made.endUser = endUser
  made.model = deployment.modelName
  made.group = settings.router.single(deployment.id, principal?.team?.id)
  made.candidate = { deployment, model: deployment.model }
  made.attempts = 1
  made.upstreamStartedAt = made.startedAt
  made.endedAt = settings.clock.now()
  made.usage = usageOf(deployment, state)
  made.error = failureOf(state, deployment.providerName)
  made.background = state
  return made
}

/** Writes down a call that goes on without its caller, once: before the caller has the answer's end, as a row of the ledger is. */
export function keepOpen(ctx: AnyContext, { openCalls }: Settings): void {
  if (!openCalls || kept.has(ctx)) return
  kept.add(ctx)
  openCalls.keep(idOf(keyOf(ctx.candidate!.deployment.id, ctx.background!.id)), openCallOf(ctx))
}

const kept = new WeakSet<AnyContext>()

/** What a response says that it used. */
export function usageOf({ provider }: Deployment, { usage }: ResponseState): Usage | undefined {
  return (provider.adapters.responses as AdapterOf<'responses'>).usageOf({ usage })
}
