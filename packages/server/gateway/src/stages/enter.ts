import { type LedgerEntry, toUsd } from '@tianjillm/spend'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { short } from '../request/named-parties.ts'
import { traceLine } from '../trace/trace-header.ts'
import { metadataOf, price, statusOf } from './settle.ts'

const MOST_LABELS = 32

/**
 * Writes a call into the ledger, once, whichever way it ends. Calls without a known key are not accounted
 * for: they reached nothing, and anybody can make them.
 * The entry's id is never the caller's, so that nobody can reuse one to go unbilled.
 */
export function enter(ctx: RequestContext, settings: Settings): void {
  if (ctx.inLedger || !ctx.principal) return
  ctx.inLedger = true
  const endedAt = (ctx.endedAt ??= settings.clock.now())
  if (ctx.costNanoUsd === undefined) price(ctx, endedAt)
  settings.ledger!.append(toEntry(ctx, endedAt))
}

function toEntry(ctx: RequestContext, endedAt: number): LedgerEntry {
  const { candidate, usage, error, group } = ctx
  const { keyHash, keyId, userId, teamId, organizationId } = ctx.principal!.facts
  const { endUser, tags } = ctx
  const metadata = metadataOf(ctx)
  // A call that failed before it used anything cost nothing, whether or not there are prices.
  const cost = ctx.costNanoUsd ?? (error && !usage ? 0 : undefined)
  const labels = metadata && scalars(metadata)
  return {
    id: ctx.uniqueId,
    ...(ctx.id !== ctx.uniqueId && { callId: ctx.id }),
    operation: ctx.route.operation,
    status: statusOf(ctx),
    stream: ctx.stream,
    startedAt: ctx.admittedAt ?? ctx.startedAt,
    ...(ctx.firstByteAt !== undefined && { firstByteAt: ctx.firstByteAt }),
    endedAt,
    model: short(ctx.model),
    ...(group && { modelGroup: short(group.name) }),
    ...(ctx.limitModel !== undefined && ctx.limitModel !== group?.name && { limitModel: ctx.limitModel }),
    ...(candidate && { deploymentId: candidate.deployment.id, provider: candidate.deployment.providerName }),
    ...(candidate?.deployment.apiBase !== undefined && { apiBase: candidate.deployment.apiBase }),
    ...(keyHash !== undefined && { keyHash }),
    ...(keyId !== undefined && { keyId }),
    ...(userId !== undefined && { userId }),
    ...(teamId !== undefined && { teamId }),
    ...(organizationId !== undefined && { organizationId }),
    ...(endUser !== undefined && { endUser }),
    ...(tags.length > 0 && { tags }),
    ...(usage && { usage }),
    ...(cost !== undefined && { costNanoUsd: cost }),
    ...(usage && candidate?.deployment.prices && { priceVersion: candidate.deployment.prices.version ?? UNVERSIONED }),
    cacheHit: ctx.cacheHit,
    attempts: ctx.attempts,
    ...(error && { errorCode: error.code }),
    ...((labels || ctx.cacheHit || ctx.steps) && { metadata: { ...labels, ...(ctx.cacheHit && savedBy(ctx)), ...(ctx.steps && { [DECISIONS]: traceLine(ctx) }) } }),
  }
}

/** Under this name a row's metadata tell how a call was decided that was not answered at the first attempt. */
export const DECISIONS = 'tianjillm_decisions'

/** What a row of an answer from the cache tells of it; the caller's labels of the same names give way. `saved_cache_cost` is LiteLLM's name, in USD. */
function savedBy({ cacheKey, savedNanoUsd }: RequestContext): Record<string, string | number> {
  return { ...(cacheKey !== undefined && { cache_key: cacheKey }), ...(savedNanoUsd !== undefined && { saved_cache_cost: toUsd(savedNanoUsd) }) }
}

/** Prices that came from code, without a version. */
const UNVERSIONED = 'config'

/** The simple values of the caller's metadata, few and short: it may hold anything, texts too. */
function scalars(metadata: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> | undefined {
  const kept: Record<string, string | number | boolean> = {}
  let count = 0
  for (const [key, value] of Object.entries(metadata)) {
    if (count === MOST_LABELS) break
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue
    kept[short(key)] = typeof value === 'string' ? short(value) : value
    count += 1
  }
  return count > 0 ? kept : undefined
}
