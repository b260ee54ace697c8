import type { Directory, RecordStore } from '@tianjillm/auth'
import type { Link } from '../link.ts'
import type { Changes } from './changes.ts'
import type { KeptStores } from './stores.ts'

/**
 * The directory in the database, which may come later or be away: every method rejects with
 * `no_db_connection` then. Nothing is answered from memory.
 */
export function createDirectory(link: Link, stores: Promise<KeptStores>, changes: Changes): Directory {
  const at = <Result>(work: (stores: KeptStores) => Promise<Result>): Promise<Result> => link.run(async () => work(await stores))
  return {
    keys: { ...reaching(at, ({ keys }) => keys), byHash: (hash) => at(({ keys }) => keys.byHash(hash)) },
    teams: reaching(at, ({ teams }) => teams),
    users: reaching(at, ({ users }) => users),
    organizations: reaching(at, ({ organizations }) => organizations),
    budgets: reaching(at, ({ budgets }) => budgets),
    customers: reaching(at, ({ customers }) => customers),
    tags: reaching(at, ({ tags }) => tags),
    audit: { list: (page) => at(({ audit }) => audit.list(page)), get: (id) => at(({ audit }) => audit.get(id)) },
    subscribe: (listener) => changes.subscribe(listener),
  }
}

type At = <Result>(work: (stores: KeptStores) => Promise<Result>) => Promise<Result>

/** A store of one kind, each call of which goes over the link. */
function reaching<R extends { readonly version: number }, F>(at: At, pick: (stores: KeptStores) => RecordStore<R, F>): RecordStore<R, F> {
  return {
    get: (id) => at((stores) => pick(stores).get(id)),
    list: (page) => at((stores) => pick(stores).list(page)),
    insert: (record, author) => at((stores) => pick(stores).insert(record, author)),
    update: (record, author) => at((stores) => pick(stores).update(record, author)),
    delete: (id, author) => at((stores) => pick(stores).delete(id, author)),
  }
}
