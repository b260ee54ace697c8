import type { KeyRecord, TeamRecord, UserRecord } from './records.ts'

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
  insert(record: Record): Promise<Written>
  /** Replaces the record of that id whose version is one less. */
  update(record: Record): Promise<Written>
  delete(id: string): Promise<boolean>
}

export interface KeyFilter {
  readonly userId?: string
  readonly teamId?: string
  readonly organizationId?: string
  readonly alias?: string
  readonly hash?: string
}

export interface KeyStore extends RecordStore<KeyRecord, KeyFilter> {
  /** The record whose hash, or hash before the last regeneration, is this. */
  byHash(hash: string): Promise<KeyRecord | undefined>
}

export type TeamStore = RecordStore<TeamRecord, { readonly alias?: string; /** Id of a user who is in the team. */ readonly member?: string }>
export type UserStore = RecordStore<UserRecord, { readonly email?: string }>

/**
 * A record that was made, changed or deleted, here or in another replica. `all`: anything may have changed,
 * as when the way on which changes are told was interrupted.
 */
export type DirectoryChange = { readonly kind: 'key' | 'team' | 'user'; readonly id: string } | { readonly kind: 'all' }

/** Everybody and everything that can be asked who it is. */
export interface Directory {
  readonly keys: KeyStore
  readonly teams: TeamStore
  readonly users: UserStore
  /**
   * Tells every change: one made here before its write resolves, one of another replica within a second. A
   * change may be told more than once.
   * The listener must not throw. @returns how to stop
   */
  subscribe(listener: (change: DirectoryChange) => void): () => void
}
