import type { CallRecord } from '@tianjillm/core'
import { inputTokens, outputTokens } from '@tianjillm/core'
import type { AnyContext } from '../context.ts'
import { statusOf } from '../stages/settle.ts'
import type { TraceStep } from './steps.ts'

/** How one call was decided and what became of it, as it is told to those who ask. Times are milliseconds, from its arrival where nothing else is said. */
export interface CallTrace {
  /** The id that the caller knows. */
  readonly id: string
  /** Ours, which the ledger uses. */
  readonly request_id: string
  /** Epoch milliseconds. */
  readonly started_at: number
  readonly operation: string
  readonly stream: boolean
  readonly status: CallRecord['status']
  readonly error: string | null
  /** The model that was asked for. */
  readonly model: string
  /** The model group that answered, or failed last. */
  readonly model_group: string | null
  readonly stand_in: string | null
  readonly deployment: { readonly id: string; readonly provider: string; readonly model: string | null } | null
  /** Who picked the deployment, out of how many, and which ones were left out. */
  readonly choice: { readonly strategy: string; readonly considered: number; readonly skipped: readonly { readonly id: string; readonly reason: string }[] } | null
  readonly attempts: number
  readonly retries: number | null
  readonly fallbacks: number | null
  readonly cache: string | null
  readonly guardrails: readonly { readonly name: string; readonly on: string; readonly outcome: string }[]
  readonly dropped_params: readonly string[]
  readonly timings: { readonly upstream_started: number | null; readonly upstream_head: number | null; readonly first_byte: number | null; readonly end: number }
  readonly tokens: { readonly input: number; readonly output: number } | null
  /** What came before the answer, in order. */
  readonly steps: readonly TraceStep[]
}

const none: readonly never[] = Object.freeze([])

/** What is kept of a call until somebody asks: references to what exists anyway, and nothing of what was said. */
export interface KeptCall extends Pick<AnyContext, 'id' | 'uniqueId' | 'startedAt' | 'stream' | 'model' | 'standIn' | 'group' | 'choice' | 'candidate' | 'attempts' | 'retries' | 'fallbacks' | 'cacheOutcome' | 'guardrails' | 'dropped' | 'upstreamStartedAt' | 'upstreamHeadAt' | 'firstByteAt' | 'steps'> {
  readonly principal: AnyContext['principal']
  readonly operation: CallRecord['operation']
  readonly error: AnyContext['error']
  readonly usage: AnyContext['usage']
  readonly endedAt: number
}

/** One shape for all calls: it is made for each. */
export function keptCall(ctx: AnyContext, endedAt: number): KeptCall {
  return {
    id: ctx.id, uniqueId: ctx.uniqueId, principal: ctx.principal, startedAt: ctx.startedAt, operation: ctx.route.operation, stream: ctx.stream, error: ctx.error, model: ctx.model,
    standIn: ctx.standIn, group: ctx.group, choice: ctx.choice, candidate: ctx.candidate, attempts: ctx.attempts, retries: ctx.retries, fallbacks: ctx.fallbacks, cacheOutcome: ctx.cacheOutcome,
    guardrails: ctx.guardrails, dropped: ctx.dropped, upstreamStartedAt: ctx.upstreamStartedAt, upstreamHeadAt: ctx.upstreamHeadAt, firstByteAt: ctx.firstByteAt, usage: ctx.wholeUsage, steps: ctx.steps, endedAt,
  }
}

/** What is told of a call. */
export function traceOf(kept: KeptCall): CallTrace {
  const { startedAt, group, choice, candidate, usage, endedAt } = kept
  const since = (at: number | undefined): number | null => (at === undefined || at === 0 ? null : at - startedAt)
  return {
    id: kept.id,
    request_id: kept.uniqueId,
    started_at: startedAt,
    operation: kept.operation,
    stream: kept.stream,
    status: statusOf(kept),
    error: kept.error?.code ?? null,
    model: kept.model,
    model_group: group?.name ?? null,
    stand_in: kept.standIn ?? null,
    deployment: candidate ? { id: candidate.deployment.id, provider: candidate.deployment.providerName, model: candidate.model } : null,
    choice: choice ? { strategy: choice.strategy, considered: group?.candidates.length ?? 0, skipped: choice.skipped } : null,
    attempts: kept.attempts,
    retries: kept.retries,
    fallbacks: kept.fallbacks,
    cache: kept.cacheOutcome ?? null,
    guardrails: kept.guardrails.map(({ name, on, outcome }) => ({ name, on, outcome })),
    dropped_params: kept.dropped,
    timings: { upstream_started: since(kept.upstreamStartedAt), upstream_head: since(kept.upstreamHeadAt), first_byte: since(kept.firstByteAt), end: endedAt - startedAt },
    tokens: usage ? { input: inputTokens(usage), output: outputTokens(usage) } : null,
    steps: kept.steps ?? none,
  }
}
