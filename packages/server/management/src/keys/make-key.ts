import { createKey, hashKey, type KeyRecord, keyName, noLimits, type Stamp } from '@tianjillm/auth'
import { elapsedMs, parseDuration } from '@tianjillm/limits'
import { patched } from '../fields.ts'
import { patchHolder } from '../limit-fields.ts'
import type { KeyFields } from './body.ts'

/** A new key's secret, which is shown once, and its record. */
export function makeKey(body: KeyFields, { now, by }: Stamp, own?: string | null): { key: string; record: KeyRecord } {
  const key = own ?? createKey()
  const blank: KeyRecord = {
    ...noLimits, id: crypto.randomUUID(), hash: hashKey(key), previousHash: null, previousUntil: null, name: keyName(key), alias: null, models: [], aliases: {}, teamId: null,
    userId: null, organizationId: null, budgetId: null, expiresAt: null, blocked: false, allowedRoutes: [], tags: [], keyType: 'default', spendReset: null, metadata: {},
    createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1,
  }
  return { key, record: patchKey(blank, body, { now, by }) }
}

/** The record with what the body says: absent keeps, null clears. */
export function patchKey(before: KeyRecord, body: KeyFields, { now, by }: Stamp): KeyRecord {
  return {
    ...before,
    ...patchHolder(before, body),
    alias: patched(body.key_alias, before.alias, null),
    models: patched(body.models, before.models, []),
    aliases: patched(body.aliases, before.aliases, {}),
    userId: patched(body.user_id, before.userId, null),
    teamId: patched(body.team_id, before.teamId, null),
    organizationId: patched(body.organization_id, before.organizationId, null),
    metadata: patched(body.metadata, before.metadata, {}),
    tags: patched(body.tags, before.tags, []),
    allowedRoutes: patched(body.allowed_routes, before.allowedRoutes, []),
    allowedCacheControls: patched(body.allowed_cache_controls, before.allowedCacheControls ?? [], []),
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
