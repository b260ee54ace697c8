import type { AuditEntry, Author } from './audit.ts'
import { cursorOf, type Place, readCursor } from './cursor.ts'
import { createMemoryAudit, type MemoryAudit } from './memory-audit.ts'
import type { BudgetRecord, CustomerRecord, KeyRecord, OrganizationRecord, TagRecord, TeamRecord, UserRecord } from './records.ts'
import type { AliasPage, Directory, DirectoryChange, KeyFilter, Listed, ListedAliases, NamedKind, NoFilter, OrganizationFilter, Page, RecordKind, RecordName, RecordStore, TeamFilter, UserFilter, Written } from './store.ts'

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
  /** Under which kind, and where, changes are written down whose author wants it. */
  readonly audited?: { readonly kind: RecordKind; readonly wrote: (entry: AuditEntry | undefined) => void }
}

/** Keeps everything in this process: the reference for other stores, and the store of a proxy without a database. @param audit where changes are written down, for who writes there too */
export function createMemoryDirectory(audit: MemoryAudit = createMemoryAudit()): Directory {
  const listeners = new Set<(change: DirectoryChange) => void>()
  const of = (kind: RecordKind) => ({ changed: (id: string): void => { for (const listener of listeners) listener({ kind, id }) }, audited: { kind, wrote: audit.add } })
  const keys = createMemoryStore<KeyRecord, KeyFilter>({
    ...of('key'),
    named: ({ alias, hash, teamId }) => ({ name: alias, hash, teamId }),
    unique: ({ hash, previousHash, alias }) => [`hash ${hash}`, ...(previousHash === null ? [] : [`hash ${previousHash}`]), ...(alias === null ? [] : [`alias ${alias}`])],
    matches: (key, filter) =>
      (filter.userId === undefined || key.userId === filter.userId) &&
      (filter.teamId === undefined || key.teamId === filter.teamId) &&
      (filter.organizationId === undefined || key.organizationId === filter.organizationId) &&
      (filter.alias === undefined || key.alias === filter.alias) &&
      (filter.createdBy === undefined || key.createdBy === filter.createdBy) &&
      (filter.hash === undefined || key.hash === filter.hash),
  })
  const teams = createMemoryStore<TeamRecord, TeamFilter>({
    ...of('team'),
    named: ({ alias }) => ({ name: alias }),
    matches: (team, filter) =>
      (filter.alias === undefined || team.alias === filter.alias) &&
      (filter.organizationId === undefined || team.organizationId === filter.organizationId) &&
      (filter.member === undefined || team.members.some(({ userId }) => userId === filter.member)),
  })
  const users = createMemoryStore<UserRecord, UserFilter>({
    ...of('user'),
    named: ({ email }) => ({ name: email }),
    forgotten: true,
    unique: ({ email }) => (email === null ? [] : [`email ${email.toLowerCase()}`]),
    matches: (user, filter) => (filter.email === undefined || user.email?.toLowerCase() === filter.email.toLowerCase()) && (filter.role === undefined || user.role === filter.role),
  })
  const organizations = createMemoryStore<OrganizationRecord, OrganizationFilter>({
    ...of('organization'),
    named: ({ alias }) => ({ name: alias }),
    matches: (organization, filter) =>
      (filter.alias === undefined || organization.alias === filter.alias) && (filter.member === undefined || organization.members.some(({ userId }) => userId === filter.member)),
  })
  const named: Readonly<Record<NamedKind, (ids: readonly string[]) => readonly RecordName[]>> = { key: keys.names, team: teams.names, organization: organizations.names, user: users.names }
  return {
    names: (kind, ids) => Promise.resolve(named[kind](ids)),
    keys: Object.assign(keys.store, { byHash: (hash: string) => Promise.resolve(keys.holding(`hash ${hash}`)), aliases: (page: AliasPage) => Promise.resolve(aliasesOf(keys.matching(page.filter), page)) }),
    teams: teams.store,
    users: users.store,
    organizations: organizations.store,
    budgets: createMemoryStore<BudgetRecord, NoFilter>({ ...of('budget') }).store,
    customers: createMemoryStore<CustomerRecord, NoFilter>({ ...of('customer') }).store,
    tags: createMemoryStore<TagRecord, NoFilter>({ ...of('tag') }).store,
    audit: audit.reader,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function aliasesOf(keys: readonly KeyRecord[], { part = '', skip, limit }: AliasPage): ListedAliases {
  const found = keys.flatMap(({ alias }) => (alias?.toLowerCase().includes(part.toLowerCase()) ? [alias] : [])).toSorted()
  return { aliases: found.slice(skip, skip + limit), total: found.length }
}

export interface MemoryStore<R extends Kept, F> {
  readonly store: RecordStore<R, F>
  readonly holding: (value: string) => R | undefined
  readonly matching: (filter: F | undefined) => readonly R[]
  readonly names: (ids: readonly string[]) => readonly RecordName[]
}

/** A store of one kind of record in this process. */
export function createMemoryStore<R extends Kept, F>({ unique = () => [], matches = () => true, changed, audited, named = () => ({ name: null }), forgotten = false }: MemoryKind<R, F>): MemoryStore<R, F> {
  const records = new Map<string, R>()
  const owners = new Map<string, string>()
  const gone = new Map<string, RecordName>()
  const nameOf = (record: R, exists: boolean): RecordName => ({ hash: null, teamId: null, ...named(record), id: record.id, exists })
  const free = (record: R): boolean => unique(record).every((value) => (owners.get(value) ?? record.id) === record.id)
  const wrote = (author: Author | undefined, recordId: string, before?: R, after?: R): void => {
    if (audited) audited.wrote(author?.write?.(author, { kind: audited.kind, recordId, before, after }))
  }
  const put = (record: R, author: Author | undefined, before?: R): Written => {
    if (!free(record)) return 'taken'
    drop(record.id)
    records.set(record.id, Object.freeze(record))
    gone.delete(record.id)
    for (const value of unique(record)) owners.set(value, record.id)
    wrote(author, record.id, before, record)
    changed(record.id)
    return 'ok'
  }
  const drop = (id: string): boolean => {
    const record = records.get(id)
    if (!record) return false
    for (const value of unique(record)) owners.delete(value)
    return records.delete(id)
  }
  const matching = (filter: F | undefined): R[] => [...records.values()].filter((record) => filter === undefined || matches(record, filter))
  const list = ({ filter, after, skip = 0, limit }: Page<R, F>): Listed<R> => {
    const found = matching(filter).sort(newestFirst)
    const at = after === undefined ? undefined : readCursor(after)
    const behind = at === undefined ? found : found.filter((record) => newestFirst(record, at) > 0)
    const page = behind.slice(skip, skip + limit)
    const last = page.at(-1)
    return { records: page, next: last !== undefined && last !== found.at(-1) ? cursorOf(last) : undefined, total: found.length }
  }
  return {
    holding: (value) => records.get(owners.get(value) ?? ''),
    matching,
    names(ids) {
      const wanted = new Set(ids)
      return [...[...records.values()].map((record) => nameOf(record, true)), ...gone.values()].filter(({ id, hash }) => wanted.has(id) || (hash !== null && wanted.has(hash)))
    },
    store: {
      get: (id) => Promise.resolve(records.get(id)),
      list: (page) => Promise.resolve(list(page)),
      insert: (record, author) => Promise.resolve(records.has(record.id) ? 'taken' : put(record, author)),
      update(record, author) {
        const before = records.get(record.id)
        if (!before) return Promise.resolve('missing')
        return Promise.resolve(before.version === record.version - 1 ? put(record, author, before) : 'stale')
      },
      delete(id, author) {
        const record = records.get(id)
        if (!record) return Promise.resolve(false)
        drop(id)
        if (!forgotten) gone.set(id, nameOf(record, false))
        wrote(author, id, record)
        changed(id)
        return Promise.resolve(true)
      },
    },
  }
}

function newestFirst(a: Place, b: Place): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
