import type { AuditEntry, Author } from './audit.ts'
import { cursorOf, type Place, readCursor } from './cursor.ts'
import { createMemoryAudit } from './memory-audit.ts'
import type { BudgetRecord, CustomerRecord, KeyRecord, OrganizationRecord, TagRecord, TeamRecord, UserRecord } from './records.ts'
import type { Directory, DirectoryChange, KeyFilter, Listed, NoFilter, OrganizationFilter, Page, RecordKind, RecordStore, TeamFilter, UserFilter, Written } from './store.ts'

interface Kept {
  readonly id: string
  readonly createdAt: number
  readonly version: number
}

/** How one kind of record is told apart. */
interface Kind<R, F> {
  /** Values that no two records may share, beside the id. */
  readonly unique?: (record: R) => readonly string[]
  readonly matches?: (record: R, filter: F) => boolean
  readonly name: RecordKind
  readonly changed: (id: string) => void
  /** Writes a change down. */
  readonly wrote: (entry: AuditEntry | undefined) => void
}

/** Keeps everything in this process: the reference for other stores, and the store of a proxy without a database. */
export function createMemoryDirectory(): Directory {
  const listeners = new Set<(change: DirectoryChange) => void>()
  const audit = createMemoryAudit()
  const of = (name: RecordKind) => ({ name, changed: (id: string): void => { for (const listener of listeners) listener({ kind: name, id }) }, wrote: audit.add })
  const keys = createMemoryStore<KeyRecord, KeyFilter>({
    ...of('key'),
    unique: ({ hash, previousHash, alias }) => [`hash ${hash}`, ...(previousHash === null ? [] : [`hash ${previousHash}`]), ...(alias === null ? [] : [`alias ${alias}`])],
    matches: (key, filter) =>
      (filter.userId === undefined || key.userId === filter.userId) &&
      (filter.teamId === undefined || key.teamId === filter.teamId) &&
      (filter.organizationId === undefined || key.organizationId === filter.organizationId) &&
      (filter.alias === undefined || key.alias === filter.alias) &&
      (filter.hash === undefined || key.hash === filter.hash),
  })
  return {
    keys: Object.assign(keys.store, { byHash: (hash: string) => Promise.resolve(keys.holding(`hash ${hash}`)) }),
    teams: createMemoryStore<TeamRecord, TeamFilter>({
      ...of('team'),
      matches: (team, filter) =>
        (filter.alias === undefined || team.alias === filter.alias) &&
        (filter.organizationId === undefined || team.organizationId === filter.organizationId) &&
        (filter.member === undefined || team.members.some(({ userId }) => userId === filter.member)),
    }).store,
    users: createMemoryStore<UserRecord, UserFilter>({
      ...of('user'),
      unique: ({ email }) => (email === null ? [] : [`email ${email.toLowerCase()}`]),
      matches: (user, filter) => (filter.email === undefined || user.email?.toLowerCase() === filter.email.toLowerCase()) && (filter.role === undefined || user.role === filter.role),
    }).store,
    organizations: createMemoryStore<OrganizationRecord, OrganizationFilter>({
      ...of('organization'),
      matches: (organization, filter) =>
        (filter.alias === undefined || organization.alias === filter.alias) && (filter.member === undefined || organization.members.some(({ userId }) => userId === filter.member)),
    }).store,
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

function createMemoryStore<R extends Kept, F>({ unique = () => [], matches = () => true, name, changed, wrote }: Kind<R, F>): { store: RecordStore<R, F>; holding: (value: string) => R | undefined } {
  const records = new Map<string, R>()
  const owners = new Map<string, string>()
  const free = (record: R): boolean => unique(record).every((value) => (owners.get(value) ?? record.id) === record.id)
  const put = (record: R, author: Author | undefined, before?: R): Written => {
    if (!free(record)) return 'taken'
    drop(record.id)
    records.set(record.id, Object.freeze(record))
    for (const value of unique(record)) owners.set(value, record.id)
    wrote(author?.write?.(author, { kind: name, recordId: record.id, before, after: record }))
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
        const before = records.get(id)
        const there = drop(id)
        if (there) {
          wrote(author?.write?.(author, { kind: name, recordId: id, before }))
          changed(id)
        }
        return Promise.resolve(there)
      },
    },
  }
}

function newestFirst(a: Place, b: Place): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
