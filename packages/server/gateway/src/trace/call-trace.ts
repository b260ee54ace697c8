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
export class KeptCall {
  readonly id: string
  readonly uniqueId: string
  /** Who may ask for it. */
  readonly tenant: string | undefined
  readonly userId: string | undefined
  readonly #startedAt: number
  readonly #operation: string
  readonly #stream: boolean
  readonly #status: CallRecord['status']
  readonly #error: string | undefined
  readonly #model: string
  readonly #standIn: string | undefined
  readonly #group: AnyContext['group']
  readonly #choice: AnyContext['choice']
  readonly #candidate: AnyContext['candidate']
  readonly #counts: readonly [attempts: number, retries: number, fallbacks: number]
  readonly #cache: string | undefined
  readonly #guardrails: AnyContext['guardrails']
  readonly #dropped: readonly string[]
  readonly #times: readonly [began: number, head: number, firstByte: number | undefined, end: number]
  readonly #usage: AnyContext['usage']
  readonly #steps: readonly TraceStep[] | undefined

  constructor(ctx: AnyContext, endedAt: number) {
    this.id = ctx.id
    this.uniqueId = ctx.uniqueId
    this.tenant = ctx.principal?.tenant
    this.userId = ctx.principal?.facts.userId
    this.#startedAt = ctx.startedAt
    this.#operation = ctx.route.operation
    this.#stream = ctx.stream
    this.#status = statusOf(ctx)
    this.#error = ctx.error?.code
    this.#model = ctx.model
    this.#standIn = ctx.standIn
    this.#group = ctx.group
    this.#choice = ctx.choice
    this.#candidate = ctx.candidate
    this.#counts = [ctx.attempts, ctx.retries, ctx.fallbacks]
    this.#cache = ctx.cacheOutcome
    this.#guardrails = ctx.guardrails
    this.#dropped = ctx.dropped
    this.#times = [ctx.upstreamStartedAt, ctx.upstreamHeadAt, ctx.firstByteAt, endedAt]
    this.#usage = ctx.usage
    this.#steps = ctx.steps
  }

  trace(): CallTrace {
    const [attempts, retries, fallbacks] = this.#counts
    const [began, head, firstByte, end] = this.#times
    const since = (at: number | undefined): number | null => (at === undefined || at === 0 ? null : at - this.#startedAt)
    const deployment = this.#candidate?.deployment
    return {
      id: this.id,
      request_id: this.uniqueId,
      started_at: this.#startedAt,
      operation: this.#operation,
      stream: this.#stream,
      status: this.#status,
      error: this.#error ?? null,
      model: this.#model,
      model_group: this.#group?.name ?? null,
      stand_in: this.#standIn ?? null,
      deployment: deployment ? { id: deployment.id, provider: deployment.providerName, model: this.#candidate!.model } : null,
      choice: this.#choice ? { strategy: this.#choice.strategy, considered: this.#group?.candidates.length ?? 0, skipped: this.#choice.skipped } : null,
      attempts, retries, fallbacks,
      cache: this.#cache ?? null,
      guardrails: this.#guardrails.map(({ name, on, outcome }) => ({ name, on, outcome })),
      dropped_params: this.#dropped,
      timings: { upstream_started: since(began), upstream_head: since(head), first_byte: since(firstByte), end: end - this.#startedAt },
      tokens: this.#usage ? { input: inputTokens(this.#usage), output: outputTokens(this.#usage) } : null,
      steps: this.#steps ?? none,
    }
  }
}
