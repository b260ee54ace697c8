import type { CallRecord } from '@tianjillm/core'
import { statusOf } from '../stages/settle.ts'
import { type KeptCall, NEVER } from './kept-call.ts'
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

/** What is told of a call. */
export function traceOf(kept: KeptCall): CallTrace {
  const { group, candidate, strategy } = kept
  const after = (ms: number): number | null => (ms === NEVER ? null : ms)
  return {
    id: kept.id,
    request_id: kept.uniqueId,
    started_at: kept.startedAt,
    operation: kept.operation,
    stream: kept.stream,
    status: statusOf(kept),
    error: kept.error?.code ?? null,
    model: kept.model,
    model_group: group?.name ?? null,
    stand_in: kept.standIn ?? null,
    deployment: candidate ? { id: candidate.deployment.id, provider: candidate.deployment.providerName, model: candidate.model } : null,
    choice: strategy === undefined ? null : { strategy, considered: group?.candidates.length ?? 0, skipped: kept.skipped },
    attempts: kept.attempts,
    retries: kept.retries,
    fallbacks: kept.fallbacks,
    cache: kept.cacheOutcome ?? null,
    guardrails: kept.guardrails.map(({ name, on, outcome }) => ({ name, on, outcome })),
    dropped_params: kept.dropped,
    timings: { upstream_started: after(kept.upstreamStartedMs), upstream_head: after(kept.upstreamHeadMs), first_byte: after(kept.firstByteMs), end: kept.endMs },
    tokens: kept.inputTokens === NEVER ? null : { input: kept.inputTokens, output: kept.outputTokens },
    steps: kept.steps,
  }
}
