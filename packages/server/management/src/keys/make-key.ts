import { createKey, hashKey, type KeyRecord, keyName, noLimits } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import { elapsedMs, parseDuration } from '@tianjillm/limits'
import { patched, patchLimits } from '../fields.ts'
import type { KeyFields } from './body.ts'

interface Stamp {
  readonly now: number
  readonly by: string
}

/** A new key's secret, which is shown once, and its record. */
export function makeKey(body: KeyFields, { now, by }: Stamp, own?: string | null): { key: string; record: KeyRecord } {
  const key = own ?? createKey()
  const blank: KeyRecord = {
    ...noLimits, id: crypto.randomUUID(), hash: hashKey(key), previousHash: null, previousUntil: null, name: keyName(key), alias: null, models: [], aliases: {}, teamId: null,
    userId: null, organizationId: null, budgetId: null, expiresAt: null, blocked: false, allowedRoutes: [], tags: [], keyType: 'default', metadata: {},
    createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1,
  }
  return { key, record: patchKey(blank, body, { now, by }) }
}

/** The record with what the body says: absent keeps, null clears. */
export function patchKey(before: KeyRecord, body: KeyFields, { now, by }: Stamp): KeyRecord {
  return {
    ...before,
    ...patchLimits(before, body),
    alias: patched(body.key_alias, before.alias, null),
    models: patched(body.models, before.models, []),
    aliases: patched(body.aliases, before.aliases, {}),
    userId: patched(body.user_id, before.userId, null),
    teamId: patched(body.team_id, before.teamId, null),
    organizationId: patched(body.organization_id, before.organizationId, null),
    metadata: patched(body.metadata, before.metadata, {}),
    tags: patched(body.tags, before.tags, []),
    allowedRoutes: patched(body.allowed_routes, before.allowedRoutes, []),
    blocked: patched(body.blocked, before.blocked, false),
    keyType: patched(body.key_type, before.keyType, 'default'),
    expiresAt: body.duration === undefined ? before.expiresAt : expiry(body.duration, now),
    updatedAt: now,
    updatedBy: by,
  }
}

/** Elapsed time from now, never a calendar's. */
function expiry(duration: string | null, now: number): number | null {
  return duration === null ? null : now + elapsedMs(parseDuration(duration)!)
}

/** `temp_budget_increase` and `temp_budget_expiry`: both, or neither. @throws `invalid_request` */
export function patchIncrease(before: KeyRecord, increase: number | null | undefined, until: string | null | undefined): KeyRecord {
  if (increase === undefined && until === undefined) return before
  if (typeof increase !== typeof until && (increase === undefined || until === undefined || increase === null || until === null)) {
    throw new GatewayError('invalid_request', '`temp_budget_increase` and `temp_budget_expiry` go together: send both, or null for both.', { param: 'temp_budget_expiry' })
  }
  return { ...before, tempBudgetIncrease: increase ?? null, tempBudgetExpiry: typeof until === 'string' ? Date.parse(until) : null }
}
