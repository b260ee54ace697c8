import type { ErrorCode } from '../error-table.ts'
import type { Usage } from '../usage.ts'
import type { Operation } from './provider.ts'
import type { PluginBase } from './base.ts'

/** A callback is a sink: it is told of each finished call, and delivers at its own pace. */
export type CallbackPlugin<Config = unknown> = PluginBase<'callback', Callback, Config>

/** What a callback reads beyond names, times and status. What nobody needs is never collected. */
export interface CallbackNeeds {
  /** Request and response texts (switched off by `turn_off_message_logging`). */
  readonly text?: boolean
}

export interface Callback {
  readonly needs: CallbackNeeds
  /** Queues the record and returns; never throws, never waits. */
  record(call: CallRecord): void
  /** Hears of a budget that was reached, once in its period; never throws, never waits. */
  alert?(alert: BudgetAlert): void
  /** Delivers what is queued, or gives up when the signal fires. */
  flush(signal: AbortSignal): Promise<void>
  /** Flushes and releases everything. No `record` after it. */
  close(signal: AbortSignal): Promise<void>
  stats(): CallbackStats
}

export interface CallbackStats {
  readonly queued: number
  readonly sent: number
  /** Lost because the queue was full, the target refused them, or time ran out. */
  readonly dropped: number
}

/** One finished call. Immutable, shared by all sinks. Times are milliseconds since the epoch. */
export interface CallRecord {
  readonly id: string
  /** `pass_through`: a path of the operator's own, whose calls go to another service as they are. */
  readonly operation: Operation | 'pass_through'
  readonly status: 'success' | 'failure' | 'cancelled' | 'blocked'
  readonly stream: boolean
  readonly startedAt: number
  /** When the first byte of the answer went out. */
  readonly firstByteAt?: number
  readonly endedAt: number
  /** The model that the caller named. */
  readonly model: string
  /** Who served it; absent when no deployment was called. */
  readonly deployment?: { readonly id: string; readonly provider: string; readonly model: string; readonly apiBase?: string }
  readonly caller: CallerFacts
  readonly usage?: Usage
  /** Integer nano-USD; absent when no price is known. */
  readonly costNanoUsd?: number
  readonly cacheHit: boolean
  /** What an answer from the cache cost its first asker: integer nano-USD. */
  readonly savedNanoUsd?: number
  readonly attempts: number
  readonly error?: { readonly code: ErrorCode; readonly status: number; readonly message: string }
  /** Guardrails that ran, in order. */
  readonly guardrails?: readonly { readonly name: string; readonly on: 'input' | 'output'; readonly outcome: 'pass' | 'flag' | 'rewrite' | 'error'; readonly durationMs: number }[]
  readonly tags?: readonly string[]
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Only when a sink `needs.text`: the request body and the answer, in our chat form. */
  readonly text?: { readonly request: unknown; readonly response?: unknown }
}

/** A budget that was reached. Immutable, shared by all sinks. */
export interface BudgetAlert {
  /** LiteLLM's names: `soft_budget_crossed` refuses nothing, `budget_crossed` refused a call. */
  readonly event: 'soft_budget_crossed' | 'budget_crossed'
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Whose budget: `key`, `team`, `user`, `member`, `organization`, `end_user`, `tag`, `provider`, `proxy`. */
  readonly scope: string
  readonly owner: string
  /** How the owner is called, for people. */
  readonly name: string
  /** The budget is for this model only. */
  readonly model?: string
  readonly spentNanoUsd: number
  readonly limitNanoUsd: number
  /** `30d`; `total` for a budget that never resets. */
  readonly window: string
  readonly resetsAt?: number
}

/** Who called. No field is a credential. */
export interface CallerFacts {
  readonly keyAlias?: string
  readonly keyHash?: string
  /** Stays when the key is regenerated. */
  readonly keyId?: string
  readonly userId?: string
  readonly teamId?: string
  readonly organizationId?: string
  readonly endUser?: string
  readonly ip?: string
}
