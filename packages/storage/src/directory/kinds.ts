import type { DirectoryChange, KeyFilter, KeyRecord, TeamRecord, UserRecord } from '@tianjillm/auth'
import { directoryKey, directoryTeam, directoryUser, type RecordTable } from '../schema.ts'

/** What the store needs to know of any record. */
export interface Kept {
  readonly id: string
  readonly createdAt: number
  readonly version: number
}

/** Values that a record is found by, under the names of its filter's fields. */
type Found<Filter> = { readonly [Field in keyof Required<Filter>]: string | readonly string[] | null }

/** One kind of record: its table, what it is found by, and what no two of it may share. */
export interface Kind<Record extends Kept, Filter> {
  readonly name: Exclude<DirectoryChange['kind'], 'all'>
  readonly table: RecordTable
  readonly find: (record: Record) => Found<Filter>
  /** A filter in the form of what {@link find} gives. */
  readonly asked?: (filter: Filter) => Filter
  readonly unique?: (record: Record) => readonly string[]
}

export const keyKind: Kind<KeyRecord, KeyFilter> = {
  name: 'key',
  table: directoryKey,
  find: ({ userId, teamId, organizationId, alias, hash }) => ({ userId, teamId, organizationId, alias, hash }),
  // A hash and the one before the last regeneration: each belongs to one key, whichever of the two it is there.
  unique: ({ hash, previousHash, alias }) => [hashName(hash), ...(previousHash === null ? [] : [hashName(previousHash)]), ...(alias === null ? [] : [`alias ${alias}`])],
}

export const teamKind: Kind<TeamRecord, { readonly alias?: string; readonly member?: string }> = {
  name: 'team',
  table: directoryTeam,
  find: ({ alias, members }) => ({ alias, member: members.map(({ userId }) => userId) }),
}

export const userKind: Kind<UserRecord, { readonly email?: string }> = {
  name: 'user',
  table: directoryUser,
  find: ({ email }) => ({ email: email?.toLowerCase() ?? null }),
  asked: ({ email }) => (email === undefined ? {} : { email: email.toLowerCase() }),
  unique: ({ email }) => (email === null ? [] : [`email ${email.toLowerCase()}`]),
}

/** The name under which a key is found by its hash. */
export function hashName(hash: string): string {
  return `hash ${hash}`
}
