import type { KeyRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { moment, named, numberOrNone, openRecord, stampsAnswer, stampsToWire, textOrNone, words } from '../answer-fields.ts'
import { holderAnswer, holderFields, spentToWire } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import { dollars } from '../limit-fields.ts'
import type { Spent } from '../service.ts'

const infoEntries = {
  key_name: v.string(),
  key_alias: textOrNone,
  expires: moment,
  models: words,
  aliases: v.record(v.string(), v.string()),
  user_id: textOrNone,
  team_id: textOrNone,
  organization_id: textOrNone,
  metadata: openRecord,
  tags: words,
  allowed_routes: words,
  allowed_cache_controls: words,
  key_type: v.picklist(['default', 'llm_api', 'management', 'read_only']),
  blocked: v.boolean(),
  spend_reset_at: moment,
  spend_reset_to: v.pipe(numberOrNone, v.description('What the spend before `spend_reset_at` counts as, in USD.')),
  config: openRecord,
  permissions: openRecord,
  ...holderAnswer,
  ...stampsAnswer,
}
export const keyRowEntries = { token: v.string(), token_id: v.string(), ...infoEntries }
export const keyInfoAnswer = named('KeyInfo', v.object(infoEntries))
export const keyRowAnswer = named('Key', v.object(keyRowEntries))
/** A row beside the key, or what it was named by. */
export const keyMadeAnswer = named('KeyWithSecret', v.object({ key: v.pipe(v.string(), v.description('The key where it was just made: shown this once.')), ...keyRowEntries }))

function infoFields(key: KeyRecord) {
  return {
    key_name: key.name,
    key_alias: key.alias,
    expires: instant(key.expiresAt),
    models: key.models,
    aliases: key.aliases,
    user_id: key.userId,
    team_id: key.teamId,
    organization_id: key.organizationId,
    metadata: key.metadata,
    tags: key.tags,
    allowed_routes: key.allowedRoutes,
    allowed_cache_controls: key.allowedCacheControls ?? [],
    key_type: key.keyType,
    blocked: key.blocked,
    spend_reset_at: instant(key.spendReset?.at ?? null),
    spend_reset_to: dollars(key.spendReset?.to ?? null),
    config: {},
    permissions: {},
    ...holderFields(key),
    ...stampsToWire(key),
  }
}

/** A key as it is on record, with its hash, which is its id for clients. */
export function keyFields(key: KeyRecord) {
  return { token: key.hash, token_id: key.hash, ...infoFields(key) }
}

/** A key as LiteLLM shows it, without its hash. */
export function keyInfo(key: KeyRecord, spent: Spent) {
  return { ...infoFields(key), ...spentToWire(spent) }
}

/** A key's row. */
export function keyRow(key: KeyRecord, spent: Spent) {
  return { ...keyFields(key), ...spentToWire(spent) }
}
