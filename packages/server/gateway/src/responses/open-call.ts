import type { CallerFacts } from '@tianjillm/core'
import { type AnyContext, RequestContext } from '../context.ts'
import { InnerExchange } from '../exchange/inner-exchange.ts'
import type { CallRoute } from '../route.ts'
import { metadataOf } from '../stages/settle.ts'
import type { ResponseState } from './response-view.ts'

/** Where calls are written down whose answer goes on without the caller, for the next process to settle if this one is killed. */
export interface OpenCalls {
  /** Written down when it returns. */
  keep(id: string, call: object): void
  drop(id: string): void
  /** Those of processes that are gone. */
  left(): readonly { readonly id: string; readonly record: unknown }[]
}

/** What the row of such a call needs. No texts, no credentials. */
interface OpenCall {
  readonly deployment: string
  readonly response: Pick<ResponseState, 'id' | 'createdAt'>
  readonly callId: string
  readonly stream: boolean
  readonly startedAt: number
  readonly firstByteAt: number | undefined
  readonly model: string
  readonly group: string | undefined
  readonly limitModel: string | undefined
  readonly tenant: string
  readonly teamId: string | undefined
  readonly facts: CallerFacts
  readonly endUser: string | undefined
  readonly tags: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>> | undefined
  readonly attempts: number
}

export function openCallOf(ctx: AnyContext): OpenCall {
  const { id: callId, stream, startedAt, firstByteAt, model, group, limitModel, principal, endUser, tags, attempts } = ctx
  const { id, createdAt } = ctx.background!
  return {
    deployment: ctx.candidate!.deployment.id, response: { id, createdAt }, callId, stream, startedAt, firstByteAt, model, group: group?.name, limitModel,
    tenant: principal!.tenant, teamId: principal!.team?.id, facts: principal!.facts, endUser, tags, metadata: metadataOf(ctx), attempts,
  }
}

/** A call as an earlier process left it, but for its deployment; undefined for what is no such record. */
export function reopen(id: string, record: unknown): { readonly ctx: RequestContext; readonly deployment: string; readonly teamId: string | undefined; readonly response: string } | undefined {
  const call = record as Partial<OpenCall> | null
  if (typeof call?.deployment !== 'string' || typeof call.response?.id !== 'string' || typeof call.startedAt !== 'number' || typeof call.model !== 'string' || typeof call.facts !== 'object') return undefined
  const ctx = new RequestContext(call.callId, id, new InnerExchange(), responsesCall, {}, call.startedAt)
  ctx.principal = { tenant: call.tenant ?? '', role: 'internal_user', facts: call.facts }
  ctx.model = call.model
  ctx.stream = call.stream === true
  ctx.firstByteAt = call.firstByteAt
  ctx.group = call.group === undefined ? undefined : { name: call.group, accessGroups: [], candidates: [] }
  ctx.limitModel = call.limitModel
  ctx.endUser = call.endUser
  ctx.tags = call.tags ?? []
  ctx.body = call.metadata ? { metadata: call.metadata } : {}
  ctx.attempts = call.attempts ?? 1
  ctx.status = 200
  ctx.upstreamStartedAt = call.startedAt
  ctx.background = { id: call.response.id, createdAt: call.response.createdAt, status: undefined, background: true, usage: undefined, error: undefined }
  if (call.response.createdAt !== undefined) ctx.admittedAt = call.response.createdAt * 1000
  return { ctx, deployment: call.deployment, teamId: call.teamId, response: call.response.id }
}

/** What calls are that nobody's exchange carries. */
export const responsesCall = { kind: 'call', method: 'POST', paths: ['/v1/responses'], permission: 'inference', operation: 'responses' } as unknown as CallRoute
