import type { BudgetRecord, CustomerRecord, KeyRecord, OrganizationRecord, TagRecord, TeamRecord, UserRecord } from './records.ts'
import type { Directory, DirectoryChange, KeyFilter, Listed, NamedKind, NoFilter, OrganizationFilter, Page, RecordKind, RecordName, RecordStore, TeamFilter, UserFilter, Written } from './store.ts'

interface Kept {
  readonly id: string
  readonly createdAt: number
  readonly version: number
}

type Named = Pick<RecordName, 'name'> & Partial<RecordName>

/** How one kind of record is told apart. */
export interface MemoryKind<R, F> {
  /** What reports call it. */
  readonly named?: (record: R) => Named
  /** Whether the name stays when the record is deleted. */
  readonly forgotten?: boolean
  /** Values that no two records may share, beside the id. */
  readonly unique?: (record: R) => readonly string[]
  readonly matches?: (record: R, filter: F) => boolean
  readonly changed: (id: string) => void
}

/** Keeps everything in this process: the reference for other stores, and the store of a proxy without a database. */
export function createMemoryDirectory(): Directory {
  const listeners = new Set<(change: DirectoryChange) => void>()
  const changed = (kind: RecordKind) => (id: string): void => { for (const listener of listeners) listener({ kind, id }) }
  const keys = createMemoryStore<KeyRecord, KeyFilter>({
    changed: changed('key'),
    named: ({ alias, hash, teamId }) => ({ name: alias, hash, teamId }),
    unique: ({ hash, previousHash, alias }) => [`hash ${hash}`, ...(previousHash === null ? [] : [`hash ${previousHash}`]), ...(alias === null ? [] : [`alias ${alias}`])],
    matches: (key, filter) =>
      (filter.userId === undefined || key.userId === filter.userId) &&
      (filter.teamId === undefined || key.teamId === filter.teamId) &&
      (filter.organizationId === undefined || key.organizationId === filter.organizationId) &&
      (filter.alias === undefined || key.alias === filter.alias) &&
      (filter.hash === undefined || key.hash === filter.hash),
  })
  const teams = createMemoryStore<TeamRecord, TeamFilter>({
    changed: changed('team'),
    named: ({ alias }) => ({ name: alias }),
    matches: (team, filter) =>
      (filter.alias === undefined || team.alias === filter.alias) &&
      (filter.organizationId === undefined || team.organizationId === filter.organizationId) &&
      (filter.member === undefined || team.members.some(({ userId }) => userId === filter.member)),
  })
  const users = createMemoryStore<UserRecord, UserFilter>({
    changed: changed('user'),
    named: ({ email }) => ({ name: email }),
    forgotten: true,
    unique: ({ email }) => (email === null ? [] : [`email ${email.toLowerCase()}`]),
    matches: (user, filter) => (filter.email === undefined || user.email?.toLowerCase() === filter.email.toLowerCase()) && (filter.role === undefined || user.role === filter.role),
  })
  const organizations = createMemoryStore<OrganizationRecord, OrganizationFilter>({
    changed: changed('organization'),
    named: ({ alias }) => ({ name: alias }),
    matches: (organization, filter) =>
      (filter.alias === undefined || organization.alias === filter.alias) && (filter.member === undefined || organization.members.some(({ userId }) => userId === filter.member)),
  })
  const named: Readonly<Record<NamedKind, (ids: readonly string[]) => readonly RecordName[]>> = { key: keys.names, team: teams.names, organization: organizations.names, user: users.names }
  return {
    names: (kind, ids) => Promise.resolve(named[kind](ids)),
    keys: Object.assign(keys.store, { byHash: (hash: string) => Promise.resolve(keys.holding(`hash ${hash}`)) }),
    teams: teams.store,
    users: users.store,
    organizations: organizations.store,
    budgets: createMemoryStore<BudgetRecord, NoFilter>({ changed: changed('budget') }).store,
    customers: createMemoryStore<CustomerRecord, NoFilter>({ changed: changed('customer') }).store,
    tags: createMemoryStore<TagRecord, NoFilter>({ changed: changed('tag') }).store,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export interface MemoryStore<R extends Kept, F> {
  readonly store: RecordStore<R, F>
  readonly holding: (value: string) => R | undefined
  readonly names: (ids: readonly string[]) => readonly RecordName[]
}

/** A store of one kind of record in this process. */
export function createMemoryStore<R extends Kept, F>({ unique = () => [], matches = () => true, changed, named = () => ({ name: null }), forgotten = false }: MemoryKind<R, F>): MemoryStore<R, F> {
  const records = new Map<string, R>()
  const owners = new Map<string, string>()
  const gone = new Map<string, RecordName>()
  const nameOf = (record: R, exists: boolean): RecordName => ({ hash: null, teamId: null, ...named(record), id: record.id, exists })
  const free = (record: R): boolean => unique(record).every((value) => (owners.get(value) ?? record.id) === record.id)
  const put = (record: R): Written => {
    if (!free(record)) return 'taken'
    drop(record.id)
    records.set(record.id, Object.freeze(record))
    gone.delete(record.id)
    for (const value of unique(record)) owners.set(value, record.id)
    changed(record.id)
    return 'ok'
  }
  const drop = (id: string): boolean => {
    const record = records.get(id)
    if (!record) return false
    for (const value of unique(record)) owners.delete(value)
    return records.delete(id)
  }
  const list = ({ filter, after, skip = 0, limit }: Page<R, F>): Listed<R> => {
    const found = [...records.values()].filter((record) => filter === undefined || matches(record, filter)).sort(newestFirst)
    const at = after === undefined ? undefined : readCursor(after)
    const behind = at === undefined ? found : found.filter((record) => newestFirst(record, at) > 0)
    const page = behind.slice(skip, skip + limit)
    const last = page.at(-1)
    return { records: page, next: last !== undefined && last !== found.at(-1) ? cursorOf(last) : undefined, total: found.length }
  }
  return {
    holding: (value) => records.get(owners.get(value) ?? ''),
    names(ids) {
      const wanted = new Set(ids)
      return [...[...records.values()].map((record) => nameOf(record, true)), ...gone.values()].filter(({ id, hash }) => wanted.has(id) || (hash !== null && wanted.has(hash)))
    },
    store: {
      get: (id) => Promise.resolve(records.get(id)),
      list: (page) => Promise.resolve(list(page)),
      insert: (record) => Promise.resolve(records.has(record.id) ? 'taken' : put(record)),
      update(record) {
        const before = records.get(record.id)
        if (!before) return Promise.resolve('missing')
        return Promise.resolve(before.version === record.version - 1 ? put(record) : 'stale')
      },
      delete(id) {
        const record = records.get(id)
        if (!record) return Promise.resolve(false)
        drop(id)
        if (!forgotten) gone.set(id, nameOf(record, false))
        changed(id)
        return Promise.resolve(true)
      },
    },
  }
}

type Place = Pick<Kept, 'createdAt' | 'id'>

function newestFirst(a: Place, b: Place): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function cursorOf({ createdAt, id }: Place): string {
  return `${createdAt}:${id}`
}

function readCursor(text: string): Place {
  const colon = text.indexOf(':')
  return { createdAt: Number(text.slice(0, colon)), id: text.slice(colon + 1) }
}
