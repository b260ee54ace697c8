import type { Principal } from '@tianjillm/auth'
import { type CallRecord, inputTokens, outputTokens } from '@tianjillm/core'
import type { Skip } from '@tianjillm/router'
import type { AnyContext } from '../context.ts'
import type { TraceStep } from './steps.ts'

/** Stands for a moment that did not come, and a count that nobody has. */
export const NEVER = -1

const none: readonly never[] = Object.freeze([])

/**
 * What is kept of a call until somebody asks: references to what exists anyway, and nothing of what was said.
 *
 * One is used for call after call. Objects that are kept for thousands of calls are carried along by each garbage
 * collection until they are old, and then wait for a full one: it made a call a tenth dearer. So nothing that was made
 * for a call stays but its id, where it went well; times are small numbers, counted from its arrival.
 */
export class KeptCall {
  id = ''
  uniqueId = ''
  principal: Principal | undefined
  /** Epoch milliseconds. */
  startedAt = 0
  operation: CallRecord['operation'] = 'chat'
  stream = false
  error: AnyContext['error']
  model = ''
  standIn: string | undefined
  group: AnyContext['group']
  candidate: AnyContext['candidate']
  /** Who picked the deployment; undefined: none was looked for. */
  strategy: string | undefined
  skipped: readonly Skip[] = none
  attempts = 0
  retries = 0
  fallbacks = 0
  cacheOutcome: AnyContext['cacheOutcome']
  guardrails: Readonly<AnyContext['guardrails']> = none
  dropped: readonly string[] = none
  upstreamStartedMs = NEVER
  upstreamHeadMs = NEVER
  firstByteMs = NEVER
  endMs = 0
  inputTokens = NEVER
  outputTokens = NEVER
  steps: readonly TraceStep[] = none

  keep(ctx: AnyContext, endedAt: number): void {
    const { startedAt, choice, group, wholeUsage: usage, firstByteAt } = ctx
    this.id = ctx.id
    this.uniqueId = ctx.uniqueId
    this.principal = ctx.principal
    this.startedAt = startedAt
    this.operation = ctx.route.operation
    this.stream = ctx.stream
    this.error = ctx.error
    this.model = group?.name === ctx.model ? group.name : ctx.model
    this.standIn = ctx.standIn
    this.group = group
    this.candidate = ctx.candidate
    this.strategy = choice?.strategy
    this.skipped = choice?.skipped ?? none
    this.attempts = ctx.attempts
    this.retries = ctx.retries
    this.fallbacks = ctx.fallbacks
    this.cacheOutcome = ctx.cacheOutcome
    this.guardrails = orNone(ctx.guardrails)
    this.dropped = orNone(ctx.dropped)
    this.upstreamStartedMs = ctx.upstreamStartedAt === 0 ? NEVER : ctx.upstreamStartedAt - startedAt
    this.upstreamHeadMs = ctx.upstreamHeadAt === 0 ? NEVER : ctx.upstreamHeadAt - startedAt
    this.firstByteMs = firstByteAt === undefined ? NEVER : firstByteAt - startedAt
    this.endMs = endedAt - startedAt
    this.inputTokens = usage ? inputTokens(usage) : NEVER
    this.outputTokens = usage ? outputTokens(usage) : NEVER
    this.steps = ctx.steps ?? none
  }
}

function orNone<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list
}
