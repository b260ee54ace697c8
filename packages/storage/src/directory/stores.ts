import type { Directory } from '@tianjillm/auth'
import type { ConfigurationStores } from '@tianjillm/configuration'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { createAuditReader } from './audit.ts'
import type { Changes } from './changes.ts'
import { accessGroupKind, budgetKind, credentialKind, customerKind, fallbackKind, hashName, keyKind, modelKind, organizationKind, settingKind, tagKind, teamKind, userKind } from './kinds.ts'
import { readNames } from './names.ts'
import { createRecordStore } from './record-store.ts'

/** What a directory answers from a database. */
export type Stores = Omit<Directory, 'subscribe'>

/** Makes the stores in a database. */
export function createStores(db: PostgresJsDatabase, changes: Changes): Stores & ConfigurationStores {
  const made: Changes['made'] = (change, number) => changes.made(change, number)
  const keys = createRecordStore(db, keyKind, made)
  return {
    names: (kind, ids) => readNames(db, kind, ids),
    keys: { ...keys.store, byHash: (hash) => keys.holding(hashName(hash)) },
    teams: createRecordStore(db, teamKind, made).store,
    users: createRecordStore(db, userKind, made).store,
    organizations: createRecordStore(db, organizationKind, made).store,
    budgets: createRecordStore(db, budgetKind, made).store,
    customers: createRecordStore(db, customerKind, made).store,
    tags: createRecordStore(db, tagKind, made).store,
    audit: createAuditReader(db),
    models: createRecordStore(db, modelKind, made).store,
    credentials: createRecordStore(db, credentialKind, made).store,
    accessGroups: createRecordStore(db, accessGroupKind, made).store,
    fallbacks: createRecordStore(db, fallbackKind, made).store,
    settings: createRecordStore(db, settingKind, made).store,
  }
}
