import type { AccessGroupRecord, CredentialRecord, FallbackRecord, ModelRecord, SettingRecord } from '../records.ts'

let made = 0

/** What every record has; ids and creation times never repeat. */
function stamps(): Pick<SettingRecord, 'id' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'version'> {
  made += 1
  return { id: crypto.randomUUID(), createdAt: 1_700_000_000_000 + made, createdBy: 'check', updatedAt: 1_700_000_000_000, updatedBy: 'check', version: 1 }
}

/** A model's record for tests. */
export function modelRecord(more: Partial<ModelRecord> = {}): ModelRecord {
  return { ...stamps(), modelName: 'm', params: 's1.0.a.b', info: {}, blocked: false, ...more }
}

/** A credential's record for tests. */
export function credentialRecord(more: Partial<CredentialRecord> = {}): CredentialRecord {
  return { ...stamps(), values: 's1.0.a.b', info: {}, ...more }
}

/** An access group's record for tests. */
export function accessGroupRecord(more: Partial<AccessGroupRecord> = {}): AccessGroupRecord {
  return { ...stamps(), modelNames: [], modelIds: [], ...more }
}

/** A record of fallbacks for tests. */
export function fallbackRecord(more: Partial<FallbackRecord> = {}): FallbackRecord {
  return { ...stamps(), type: 'general', model: 'm', fallbackModels: ['n'], ...more }
}

/** A setting's record for tests. */
export function settingRecord(more: Partial<SettingRecord> = {}): SettingRecord {
  return { ...stamps(), value: null, ...more }
}
