import { type LedgerEntry, toUsd } from '@tianjillm/spend'
import type { AnyContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { short } from '../request/named-parties.ts'
import { traceLine } from '../trace/trace-header.ts'
import { metadataOf, statusOf } from './settle.ts'
import { costOfCall, price } from './price.ts'

const MOST_LABELS = 32

/**
 * Writes a call into the ledger, where there is one: once, whichever way it ends. Calls without a known key are not accounted
 * for: they reached nothing, and anybody can make them.
 * The entry's id is never the caller's, so that nobody can reuse one to go unbilled.
 *
 * @param written called when it is written down
 * @returns whether it will be called
 */
export function enter(ctx: AnyContext, settings: Settings, written?: () => void): boolean {
  const { ledger } = settings
  if (!ledger || ctx.inLedger || !ctx.principal) return false
  ctx.inLedger = true
  const endedAt = (ctx.endedAt ??= settings.clock.now())
  if (ctx.costNanoUsd === undefined) price(ctx, endedAt)
  ledger.append(toEntry(ctx, endedAt), written)
  return written !== undefined
}

function toEntry(ctx: AnyContext, endedAt: number): LedgerEntry {
  const { candidate, wholeUsage: usage, error, group } = ctx
  const { keyHash, keyId, userId, teamId, organizationId } = ctx.principal!.facts
  const { endUser, tags } = ctx
  const metadata = metadataOf(ctx)
  const labels = metadata && scalars(metadata)
  const deployment = candidate?.deployment
  // One shape for all entries, with what is unknown undefined: an object spread for each field costs two microseconds.
  return {
    id: ctx.uniqueId,
    callId: ctx.id === ctx.uniqueId ? undefined : ctx.id,
    operation: ctx.route.operation,
    status: statusOf(ctx),
    stream: ctx.stream,
    startedAt: ctx.admittedAt ?? ctx.startedAt,
    firstByteAt: ctx.firstByteAt,
    endedAt,
    model: short(ctx.model),
    modelGroup: group && short(group.name),
    limitModel: ctx.limitModel === group?.name ? undefined : ctx.limitModel,
    deploymentId: deployment?.id,
    provider: deployment?.providerName,
    apiBase: deployment?.apiBase,
    keyHash,
    keyId,
    userId,
    teamId,
    organizationId,
    endUser,
    tags: tags.length > 0 ? tags : undefined,
    usage,
    costNanoUsd: costOfCall(ctx),
    priceVersion: usage && deployment?.prices ? (deployment.prices.version ?? UNVERSIONED) : undefined,
    cacheHit: ctx.cacheHit,
    attempts: ctx.attempts,
    errorCode: error?.code,
    metadata: ctx.cacheHit || ctx.steps ? { ...labels, ...(ctx.cacheHit && savedBy(ctx)), ...(ctx.steps && { [DECISIONS]: traceLine(ctx) }) } : labels,
  }
}

/** Under this name a row's metadata tell how a call was decided that was not answered at the first attempt. */
export const DECISIONS = 'tianjillm_decisions'

/** What a row of an answer from the cache tells of it; the caller's labels of the same names give way. `saved_cache_cost` is LiteLLM's name, in USD. */
function savedBy({ cacheKey, savedNanoUsd }: AnyContext): Record<string, string | number> {
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
