import type { Directory } from '@tianjillm/auth'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { createAuditReader } from './audit.ts'
import type { Changes } from './changes.ts'
import { budgetKind, customerKind, hashName, keyKind, organizationKind, tagKind, teamKind, userKind } from './kinds.ts'
import { createRecordStore } from './record-store.ts'

/** All of a directory that is kept. */
export type KeptStores = Omit<Directory, 'subscribe'>

/** Makes the stores in a database. */
export function createStores(db: PostgresJsDatabase, changes: Changes): KeptStores {
  const made: Changes['made'] = (change, number) => changes.made(change, number)
  const keys = createRecordStore(db, keyKind, made)
  return {
    keys: { ...keys.store, byHash: (hash) => keys.holding(hashName(hash)) },
    teams: createRecordStore(db, teamKind, made).store,
    users: createRecordStore(db, userKind, made).store,
    organizations: createRecordStore(db, organizationKind, made).store,
    budgets: createRecordStore(db, budgetKind, made).store,
    customers: createRecordStore(db, customerKind, made).store,
    tags: createRecordStore(db, tagKind, made).store,
    audit: createAuditReader(db),
  }
}
