import { createMemoryAudit, createMemoryStore, type DirectoryChange, type MemoryAudit, type NoFilter } from '@tianjillm/auth'
import type { AccessGroupRecord, CredentialRecord, FallbackRecord, ModelRecord, SettingRecord } from './records.ts'
import type { ConfigurationDirectory, ConfigurationKind } from './stores.ts'

/** Keeps everything in this process: the reference for other stores, and the store of a proxy without a database. @param audit where changes are written down, the directory's own */
export function createMemoryConfiguration(audit: MemoryAudit = createMemoryAudit()): ConfigurationDirectory {
  const listeners = new Set<(change: DirectoryChange) => void>()
  const kept = <R extends { readonly id: string; readonly createdAt: number; readonly version: number }>(kind: ConfigurationKind) =>
    createMemoryStore<R, NoFilter>({ changed: (id) => { for (const listener of listeners) listener({ kind, id }) }, audited: { kind, wrote: audit.add } }).store
  return {
    models: kept<ModelRecord>('model'),
    credentials: kept<CredentialRecord>('credential'),
    accessGroups: kept<AccessGroupRecord>('access_group'),
    fallbacks: kept<FallbackRecord>('fallback'),
    settings: kept<SettingRecord>('setting'),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
