import type { AuditReader, Author } from './audit.ts'
import type { BudgetRecord, CustomerRecord, KeyRecord, OrganizationRecord, TagRecord, TeamRecord, UserRecord } from './records.ts'

/** One page of a list, newest first. */
export interface Page<Record, Filter> {
  readonly filter?: Filter
  /** The `next` of the page before (keyset paging: stays right while records come and go). */
  readonly after?: string
  /** Records to leave out, for clients that count pages. */
  readonly skip?: number
  readonly limit: number
  /** Not a value; ties the page to its record. */
  readonly of?: Record
}

export interface Listed<Record> {
  readonly records: readonly Record[]
  /** Give it as `after` to go on; undefined at the end. */
  readonly next: string | undefined
  /** Of the filter, not of the page. */
  readonly total: number
}

/** What came of a write. `taken`: another record has that id, hash or alias. `stale`: somebody else's update came first. */
export type Written = 'ok' | 'taken' | 'stale' | 'missing'

/**
 * Where records of one kind are kept. Every method may reject with a coded error when the store is out of
 * reach; none of them ever answers with a guess.
 */
export interface RecordStore<Record extends { readonly version: number }, Filter> {
  get(id: string): Promise<Record | undefined>
  list(page: Page<Record, Filter>): Promise<Listed<Record>>
  /** @param author writes the change down, in the same step; absent: it is nobody's, as of contracts and tools */
  insert(record: Record, author?: Author): Promise<Written>
  /** Replaces the record of that id whose version is one less. */
  update(record: Record, author?: Author): Promise<Written>
  delete(id: string, author?: Author): Promise<boolean>
}

export interface KeyFilter {
  readonly userId?: string
  readonly teamId?: string
  readonly organizationId?: string
  readonly alias?: string
  readonly hash?: string
  /** Who made it. */
  readonly createdBy?: string
}

export interface KeyStore extends RecordStore<KeyRecord, KeyFilter> {
  /** The record whose hash, or hash before the last regeneration, is this. */
  byHash(hash: string): Promise<KeyRecord | undefined>
  /** Aliases in alphabetical order. */
  aliases(page: AliasPage): Promise<ListedAliases>
}

/** One page of the aliases of keys. */
export interface AliasPage {
  readonly filter?: KeyFilter
  /** What the alias holds, in whatever case. */
  readonly part?: string
  readonly skip: number
  readonly limit: number
}

export interface ListedAliases {
  readonly aliases: readonly string[]
  /** Of all pages. */
  readonly total: number
}

/** A kind of record that is found by its id alone. */
export type NoFilter = Readonly<Record<never, never>>

export interface TeamFilter {
  readonly alias?: string
  /** Id of a user who is in the team. */
  readonly member?: string
  readonly organizationId?: string
}

export interface UserFilter {
  readonly email?: string
  readonly role?: UserRecord['role']
}

export interface OrganizationFilter {
  readonly alias?: string
  /** Id of a user who is in the organization. */
  readonly member?: string
}

export type TeamStore = RecordStore<TeamRecord, TeamFilter>
export type UserStore = RecordStore<UserRecord, UserFilter>
export type OrganizationStore = RecordStore<OrganizationRecord, OrganizationFilter>
export type BudgetStore = RecordStore<BudgetRecord, NoFilter>
export type CustomerStore = RecordStore<CustomerRecord, NoFilter>
export type TagStore = RecordStore<TagRecord, NoFilter>

/** The kinds of records, each with its store. */
export interface Stores {
  readonly keys: KeyStore
  readonly teams: TeamStore
  readonly users: UserStore
  readonly organizations: OrganizationStore
  readonly budgets: BudgetStore
  readonly customers: CustomerStore
  readonly tags: TagStore
}

/** The record of each kind of a directory. */
export interface RecordsByKind {
  readonly key: KeyRecord
  readonly team: TeamRecord
  readonly user: UserRecord
  readonly organization: OrganizationRecord
  readonly budget: BudgetRecord
  readonly customer: CustomerRecord
  readonly tag: TagRecord
}

/** What a record is, in changes that are told. The last line is what `@tianjillm/configuration` keeps, whose changes go the same way. */
export type RecordKind =
  | keyof RecordsByKind
  | 'model' | 'credential' | 'access_group' | 'fallback' | 'setting'

/**
 * A record that was made, changed or deleted, here or in another replica. `all`: anything may have changed,
 * as when the way on which changes are told was interrupted.
 */
export type DirectoryChange = { readonly kind: RecordKind; readonly id: string } | { readonly kind: 'all' }

/** Kinds of records that reports call by their names. */
export type NamedKind = 'key' | 'team' | 'organization' | 'user'

/** What a record is called. */
export interface RecordName {
  readonly id: string
  /** The alias, or the e-mail address of a user; null where there is none. */
  readonly name: string | null
  /** False when it was deleted. */
  readonly exists: boolean
  /** Of a key: its hash and its team. */
  readonly hash: string | null
  readonly teamId: string | null
}

/** Everybody and everything that can be asked who it is. */
export interface Directory extends Stores {
  /** What was changed, by whom. */
  readonly audit: AuditReader
  /**
   * What these records are called, also keys, teams and organizations that were deleted (users leave no name
   * behind). Keys are found by their hash too. Who never was is left out.
   */
  names(kind: NamedKind, ids: readonly string[]): Promise<readonly RecordName[]>
  /**
   * Tells every change: one made here before its write resolves, one of another replica within a second. A
   * change may be told more than once.
   * The listener must not throw. @returns how to stop
   */
  subscribe(listener: (change: DirectoryChange) => void): () => void
}
