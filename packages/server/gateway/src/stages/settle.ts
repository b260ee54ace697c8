import type { CallRecord } from '@tianjillm/core'
import { clientAddress } from '../addresses/client-addresses.ts'
import { endAttempt } from '../attempts/end-attempt.ts'
import type { AnyContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { costOfCall, price } from './price.ts'
import { requestLine } from './request-line.ts'
import { tell } from './tell.ts'

/** The one way out: once per request, whatever happened. Tells the sinks and writes the log line. */
export function settle(ctx: AnyContext, settings: Settings): void {
  const endedAt = (ctx.endedAt ??= settings.clock.now())
  if (ctx.calling) endAttempt(ctx, settings, ctx.error)
  if (ctx.costNanoUsd === undefined) price(ctx, endedAt)
  settings.traces?.keep(ctx, endedAt)
  if (settings.callbacks.length > 0) tell(settings, toRecord(ctx, settings, endedAt))
  logCall(ctx, settings, endedAt)
}

/** The log line alone, for what is not a call of its own. */
export function logCall(ctx: AnyContext, settings: Settings, endedAt: number): void {
  // Only faults of ours carry a stack; others say all in their message.
  if (ctx.error?.code === 'internal') settings.log.error({ id: ctx.id, err: ctx.error.cause }, 'request failed')
  const line = requestLine(ctx, endedAt)
  if (settings.requestLog) settings.requestLog(line, endedAt)
  else settings.log.info(JSON.parse(`{${line}}`) as object, 'request')
}

function toRecord(ctx: AnyContext, settings: Settings, endedAt: number): CallRecord {
  const { error, candidate, wholeUsage: usage } = ctx
  const { tags, endUser } = ctx
  const metadata = metadataOf(ctx)
  const cost = costOfCall(ctx)
  const address = clientAddress(ctx.exchange, settings)
  const traceparent = ctx.exchange.header('traceparent')
  return {
    id: ctx.id,
    operation: ctx.route.operation,
    status: statusOf(ctx),
    stream: ctx.stream,
    startedAt: ctx.startedAt,
    ...(ctx.firstByteAt !== undefined && { firstByteAt: ctx.firstByteAt }),
    endedAt,
    model: ctx.model,
    ...(candidate && {
      deployment: {
        id: candidate.deployment.id,
        provider: candidate.deployment.providerName,
        model: candidate.model,
        ...(candidate.deployment.apiBase !== undefined && { apiBase: candidate.deployment.apiBase }),
      },
    }),
    caller: {
      ...ctx.principal?.facts,
      ...(endUser !== undefined && { endUser }),
      ...(address !== undefined && { ip: address }),
    },
    ...(usage && { usage }),
    ...(cost !== undefined && { costNanoUsd: cost }),
    cacheHit: ctx.cacheHit,
    ...(ctx.savedNanoUsd !== undefined && { savedNanoUsd: ctx.savedNanoUsd }),
    attempts: ctx.attempts,
    ...(error && { error: { code: error.code, status: error.status, message: error.message } }),
    ...(ctx.guardrails.length > 0 && { guardrails: ctx.guardrails }),
    ...(tags.length > 0 && { tags }),
    ...((metadata || traceparent !== undefined) && { metadata: { ...metadata, ...(traceparent !== undefined && { traceparent }) } }),
    ...(settings.captureText && { text: { request: ctx.body, ...(ctx.responseText !== undefined && { response: ctx.responseText }) } }),
  }
}

/** How a call ended, in the words of records and ledger. */
export function statusOf({ error }: Pick<AnyContext, 'error'>): CallRecord['status'] {
  if (!error) return 'success'
  if (error.code === 'client_closed') return 'cancelled'
  return error.code === 'guardrail_blocked' ? 'blocked' : 'failure'
}

/** Metadata that the request carries (LiteLLM's fields). */
export function metadataOf({ body }: AnyContext): Readonly<Record<string, unknown>> | undefined {
  const given = body['metadata'] ?? body['litellm_metadata']
  return isObject(given) ? given : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
