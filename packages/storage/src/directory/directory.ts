import type { Directory, RecordStore } from '@tianjillm/auth'
import type { ConfigurationDirectory, ConfigurationStores } from '@tianjillm/configuration'
import type { Link } from '../link.ts'
import type { Changes } from './changes.ts'
import type { Stores } from './stores.ts'

/**
 * The directory in the database, which may come later or be away: every method rejects with
 * `no_db_connection` then. Nothing is answered from memory.
 */
export function createDirectory(link: Link, stores: Promise<Stores>, changes: Changes): Directory {
  const at: At<Stores> = (work) => link.run(async () => work(await stores))
  return {
    names: (kind, ids) => at((stores) => stores.names(kind, ids)),
    keys: { ...reaching(at, ({ keys }) => keys), byHash: (hash) => at(({ keys }) => keys.byHash(hash)), aliases: (page) => at(({ keys }) => keys.aliases(page)) },
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

/** What operators configure over the API, in the database; as {@link createDirectory}. */
export function createConfiguration(link: Link, stores: Promise<ConfigurationStores>, changes: Changes): ConfigurationDirectory {
  const at: At<ConfigurationStores> = (work) => link.run(async () => work(await stores))
  return {
    models: reaching(at, ({ models }) => models),
    credentials: reaching(at, ({ credentials }) => credentials),
    accessGroups: reaching(at, ({ accessGroups }) => accessGroups),
    fallbacks: reaching(at, ({ fallbacks }) => fallbacks),
    settings: reaching(at, ({ settings }) => settings),
    subscribe: (listener) => changes.subscribe(listener),
  }
}

type At<S> = <Result>(work: (stores: S) => Promise<Result>) => Promise<Result>

/** A store of one kind, each call of which goes over the link. */
function reaching<S, R extends { readonly version: number }, F>(at: At<S>, pick: (stores: S) => RecordStore<R, F>): RecordStore<R, F> {
  return {
    get: (id) => at((stores) => pick(stores).get(id)),
    list: (page) => at((stores) => pick(stores).list(page)),
    insert: (record, author) => at((stores) => pick(stores).insert(record, author)),
    update: (record, author) => at((stores) => pick(stores).update(record, author)),
    delete: (id, author) => at((stores) => pick(stores).delete(id, author)),
  }
}
