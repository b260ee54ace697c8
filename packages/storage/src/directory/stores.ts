import type { Directory } from '@tianjillm/auth'
import type { ConfigurationStores } from '@tianjillm/configuration'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { createAuditReader } from './audit.ts'
import type { Changes } from './changes.ts'
import { readAliases } from './aliases.ts'
import { accessGroupKind, budgetKind, credentialKind, customerKind, fallbackKind, hashName, keyKind, modelKind, organizationKind, settingKind, tagKind, teamKind, userKind } from './kinds.ts'
import { readNames } from './names.ts'
import { createRecordStore } from './record-store.ts'

/** What a directory answers from a database. */
export type Stores = Omit<Directory, 'subscribe'>

/**
 * Makes the stores in a database.
 *
 * @param kept the same database, where statements stay prepared: for those whose texts are few
 */
export function createStores(db: PostgresJsDatabase, kept: PostgresJsDatabase, changes: Changes): Stores & ConfigurationStores {
  const made: Changes['made'] = (change, number) => changes.made(change, number)
  const keys = createRecordStore(kept, keyKind, made)
  return {
    names: (kind, ids) => readNames(db, kind, ids),
    keys: { ...keys.store, byHash: (hash) => keys.holding(hashName(hash)), aliases: (page) => readAliases(kept, page) },
    teams: createRecordStore(kept, teamKind, made).store,
    users: createRecordStore(kept, userKind, made).store,
    organizations: createRecordStore(kept, organizationKind, made).store,
    budgets: createRecordStore(kept, budgetKind, made).store,
    customers: createRecordStore(kept, customerKind, made).store,
    tags: createRecordStore(kept, tagKind, made).store,
    audit: createAuditReader(db),
    models: createRecordStore(kept, modelKind, made).store,
    credentials: createRecordStore(kept, credentialKind, made).store,
    accessGroups: createRecordStore(kept, accessGroupKind, made).store,
    fallbacks: createRecordStore(kept, fallbackKind, made).store,
    settings: createRecordStore(kept, settingKind, made).store,
  }
}
