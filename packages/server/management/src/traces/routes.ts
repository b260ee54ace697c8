import type { ArchiveReader } from '@tianjillm/archive'
import { GatewayError, inputTokens, outputTokens } from '@tianjillm/core'
import { type CallTrace, DECISIONS, type Gateway } from '@tianjillm/gateway'
import type { LedgerEntry, SpendReader } from '@tianjillm/spend'
import * as v from 'valibot'
import { seesAll } from '../access.ts'
import { numberOrNone, openRecord, textOrNone, words } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { missingFrom, wordsOf } from '../spend/archived.ts'
import { reaching } from '../spend/query.ts'
import { ownReach } from '../spend/reach.ts'

export interface TraceOptions {
  readonly gateway: Gateway
  /** Knows calls that this process did not answer, or has forgotten. */
  readonly spend?: SpendReader
  /** Knows which calls are not in the ledger any more. */
  readonly archives?: ArchiveReader
}

const answer = v.object({
  id: v.string(),
  request_id: v.string(),
  started_at: v.number(),
  operation: v.string(),
  stream: v.boolean(),
  status: v.string(),
  error: textOrNone,
  model: v.string(),
  model_group: textOrNone,
  stand_in: v.pipe(textOrNone, v.description('The model that answered in place of the one that was asked for.')),
  deployment: v.nullable(v.object({ id: v.string(), provider: v.string(), model: textOrNone })),
  choice: v.pipe(v.nullable(v.object({ strategy: v.string(), considered: v.number(), skipped: v.array(v.object({ id: v.string(), reason: v.string() })) })), v.description('Who picked the deployment, out of how many, and why others were left out.')),
  attempts: v.number(),
  retries: numberOrNone,
  fallbacks: numberOrNone,
  cache: textOrNone,
  guardrails: v.array(v.object({ name: v.string(), on: v.string(), outcome: v.string() })),
  dropped_params: words,
  timings: v.pipe(v.object({ upstream_started: numberOrNone, upstream_head: numberOrNone, first_byte: numberOrNone, end: v.number() }), v.description('Milliseconds since the call arrived.')),
  tokens: v.nullable(v.object({ input: v.number(), output: v.number() })),
  steps: v.pipe(v.array(openRecord), v.description('What came before the answer, in order: attempts that failed, waits, fallbacks.')),
  decisions: v.pipe(textOrNone, v.description('All of it in one line, as the ledger keeps it for calls that were not answered at the first attempt.')),
  source: v.pipe(v.picklist(['memory', 'ledger']), v.description('`ledger`: another process answered, or it is too long ago; then only what the ledger keeps is told.')),
})

/** `/requests/{id}/trace`: how a call was decided. */
export function traceRoutes({ gateway, spend, archives }: TraceOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/requests/:id/trace'], permission: 'spend:read', tag: 'Requests', answer,
      summary: 'How a call was decided: deployments considered and left out, attempts, waits, fallbacks, cache, timings. Callers see their own calls, admins all.',
      async handle({ params: { id = '' }, principal }) {
        const kept = gateway.settings.traces?.find(id, seesAll(principal) ? undefined : principal)
        if (kept) return { ...kept, steps: kept.steps.map((step) => ({ ...step })), decisions: null, source: 'memory' as const }
        const filter = spend && reaching({ requestId: id }, ownReach(principal))
        const entry = filter && (await spend!.page(filter, 1)).entries[0]
        if (!entry) {
          const missing = await missingFrom(archives, principal, {})
          throw new GatewayError('not_found', `There is no such id.${wordsOf(missing)}`, { param: 'id', headers: missing.headers })
        }
        return { ...fromLedger(entry), source: 'ledger' as const }
      },
    }),
  ]
}

/** As much of a trace as a row of the ledger tells. */
function fromLedger(entry: LedgerEntry): Omit<CallTrace, 'steps'> & { readonly steps: never[]; readonly decisions: string | null } {
  const { metadata, usage, startedAt } = entry
  const decisions = metadata?.[DECISIONS]
  return {
    id: entry.callId ?? entry.id,
    request_id: entry.id,
    started_at: startedAt,
    operation: entry.operation,
    stream: entry.stream,
    status: entry.status,
    error: entry.errorCode ?? null,
    model: entry.model,
    model_group: entry.modelGroup ?? null,
    stand_in: null,
    deployment: entry.deploymentId === undefined ? null : { id: entry.deploymentId, provider: entry.provider ?? '', model: null },
    choice: null,
    attempts: entry.attempts,
    retries: null,
    fallbacks: null,
    cache: entry.cacheHit ? 'hit' : null,
    guardrails: [],
    dropped_params: [],
    timings: { upstream_started: null, upstream_head: null, first_byte: entry.firstByteAt === undefined ? null : entry.firstByteAt - startedAt, end: entry.endedAt - startedAt },
    tokens: usage ? { input: inputTokens(usage), output: outputTokens(usage) } : null,
    steps: [],
    decisions: typeof decisions === 'string' ? decisions : null,
  }
}
