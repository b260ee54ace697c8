import type { DirectoryChange, NoFilter, RecordKind, RecordStore } from '@tianjillm/auth'
import type { AccessGroupRecord, CredentialRecord, FallbackRecord, ModelRecord, SettingRecord } from './records.ts'

/** The kinds of records, each with its store. */
export interface ConfigurationStores {
  readonly models: RecordStore<ModelRecord, NoFilter>
  readonly credentials: RecordStore<CredentialRecord, NoFilter>
  readonly accessGroups: RecordStore<AccessGroupRecord, NoFilter>
  readonly fallbacks: RecordStore<FallbackRecord, NoFilter>
  readonly settings: RecordStore<SettingRecord, NoFilter>
}

/** Where the records are kept, and the way on which their changes are told (the directory's). */
export interface ConfigurationDirectory extends ConfigurationStores {
  /** As `Directory.subscribe` of `@tianjillm/auth`. */
  subscribe(listener: (change: DirectoryChange) => void): () => void
}

/** The word by which changes name a kind, and the store of that kind. */
export const storeOfKind = { model: 'models', credential: 'credentials', access_group: 'accessGroups', fallback: 'fallbacks', setting: 'settings' } as const satisfies Partial<Record<RecordKind, keyof ConfigurationStores>>

export type ConfigurationKind = keyof typeof storeOfKind

/** The record of each kind. */
export type ConfigurationRecords = { readonly [Kind in ConfigurationKind]: ConfigurationStores[(typeof storeOfKind)[Kind]] extends RecordStore<infer Record, NoFilter> ? Record : never }
