import type { BudgetRecord, CustomerRecord, KeyFilter, KeyRecord, NoFilter, OrganizationFilter, OrganizationRecord, RecordKind, TagRecord, TeamFilter, TeamRecord, UserFilter, UserRecord } from '@tianjillm/auth'
import type { AccessGroupRecord, CredentialRecord, FallbackRecord, ModelRecord, SettingRecord } from '@tianjillm/configuration'
import { configurationAccessGroup, configurationCredential, configurationFallback, configurationModel, configurationSetting, directoryBudget, directoryCustomer, directoryKey, directoryOrganization, directoryTag, directoryTeam, directoryUser, type RecordTable } from '../schema.ts'

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
  readonly name: RecordKind
  readonly table: RecordTable
  readonly find: (record: Record) => Found<Filter>
  /** A filter in the form of what {@link find} gives. */
  readonly asked?: (filter: Filter) => Filter
  readonly unique?: (record: Record) => readonly string[]
  /** What reports call the record when it is gone; absent: nothing. */
  readonly remembered?: (record: Record) => { readonly name: string | null; readonly hash?: string | null; readonly team?: string | null }
}

export const keyKind: Kind<KeyRecord, KeyFilter> = {
  name: 'key',
  table: directoryKey,
  find: ({ userId, teamId, organizationId, alias, hash, createdBy }) => ({ userId, teamId, organizationId, alias, hash, createdBy }),
  remembered: ({ alias, hash, teamId }) => ({ name: alias, hash, team: teamId }),
  // A hash and the one before the last regeneration: each belongs to one key, whichever of the two it is there.
  unique: ({ hash, previousHash, alias }) => [hashName(hash), ...(previousHash === null ? [] : [hashName(previousHash)]), ...(alias === null ? [] : [`alias ${alias}`])],
}

export const teamKind: Kind<TeamRecord, TeamFilter> = {
  name: 'team',
  table: directoryTeam,
  find: ({ alias, members, organizationId }) => ({ alias, member: members.map(({ userId }) => userId), organizationId }),
  remembered: ({ alias }) => ({ name: alias }),
}

export const userKind: Kind<UserRecord, UserFilter> = {
  name: 'user',
  table: directoryUser,
  find: ({ email, role }) => ({ email: email?.toLowerCase() ?? null, role }),
  asked: ({ email, ...rest }) => (email === undefined ? rest : { ...rest, email: email.toLowerCase() }),
  unique: ({ email }) => (email === null ? [] : [`email ${email.toLowerCase()}`]),
}

export const organizationKind: Kind<OrganizationRecord, OrganizationFilter> = {
  name: 'organization',
  table: directoryOrganization,
  find: ({ alias, members }) => ({ alias, member: members.map(({ userId }) => userId) }),
  remembered: ({ alias }) => ({ name: alias }),
}

export const budgetKind: Kind<BudgetRecord, NoFilter> = { name: 'budget', table: directoryBudget, find: () => ({}) }
export const customerKind: Kind<CustomerRecord, NoFilter> = { name: 'customer', table: directoryCustomer, find: () => ({}) }
export const tagKind: Kind<TagRecord, NoFilter> = { name: 'tag', table: directoryTag, find: () => ({}) }

export const modelKind: Kind<ModelRecord, NoFilter> = { name: 'model', table: configurationModel, find: () => ({}) }
export const credentialKind: Kind<CredentialRecord, NoFilter> = { name: 'credential', table: configurationCredential, find: () => ({}) }
export const accessGroupKind: Kind<AccessGroupRecord, NoFilter> = { name: 'access_group', table: configurationAccessGroup, find: () => ({}) }
export const fallbackKind: Kind<FallbackRecord, NoFilter> = { name: 'fallback', table: configurationFallback, find: () => ({}) }
export const settingKind: Kind<SettingRecord, NoFilter> = { name: 'setting', table: configurationSetting, find: () => ({}) }

/** The name under which a key is found by its hash. */
export function hashName(hash: string): string {
  return `hash ${hash}`
}
