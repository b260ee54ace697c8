import type { KeyRecord } from '@tianjillm/auth'
import { all, type ManagementOptions, spendOf } from '../service.ts'
import { skipped } from '../search-fields.ts'

/** What keys are sorted by, LiteLLM's names of the columns. */
export const sortColumns = ['created_at', 'updated_at', 'expires', 'key_alias', 'key_name', 'token', 'user_id', 'team_id', 'organization_id', 'max_budget', 'rpm_limit', 'tpm_limit', 'spend'] as const
export type SortColumn = (typeof sortColumns)[number]
type Value = string | number | null

const valueOf: Readonly<Record<Exclude<SortColumn, 'spend'>, (key: KeyRecord) => Value>> = {
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  expires: ({ expiresAt }) => expiresAt,
  key_alias: ({ alias }) => alias,
  key_name: ({ name }) => name,
  token: ({ hash }) => hash,
  user_id: ({ userId }) => userId,
  team_id: ({ teamId }) => teamId,
  organization_id: ({ organizationId }) => organizationId,
  max_budget: ({ maxBudget }) => maxBudget,
  rpm_limit: ({ rpmLimit }) => rpmLimit,
  tpm_limit: ({ tpmLimit }) => tpmLimit,
}

/** How a list is sorted. */
export interface Order {
  readonly by: SortColumn
  readonly ascending: boolean
}

/** A page of keys, and how many there are. */
export interface Part {
  readonly records: readonly KeyRecord[]
  readonly total: number
}

/** A page of those that a filter lets through: read as a page where stores keep that order, else sorted here. */
export async function pageOfFilter(options: ManagementOptions, filter: Parameters<ManagementOptions['directory']['keys']['list']>[0]['filter'], order: Order, page: number, size: number): Promise<Part> {
  const { keys } = options.directory
  if (order.by !== 'created_at') return pageOf(options, await all(keys, filter), order, page, size)
  const skip = skipped(page, size)
  if (!order.ascending) return keys.list({ ...(filter && { filter }), skip, limit: size })
  // Stores list the newest first: a page from the other end is read from there and turned round.
  const { total } = await keys.list({ ...(filter && { filter }), limit: 1 })
  const end = total - skip
  if (end <= 0) return { records: [], total }
  const from = Math.max(0, end - size)
  const { records } = await keys.list({ ...(filter && { filter }), skip: from, limit: end - from })
  return { records: records.toReversed(), total }
}

/** A page of these. Keys without a value come last, and keys of one value in the order of their ids. */
export async function pageOf(options: ManagementOptions, found: readonly KeyRecord[], { by, ascending }: Order, page: number, size: number): Promise<Part> {
  const values = new Map<KeyRecord, Value>()
  for (const key of found) values.set(key, by === 'spend' ? (await spendOf(options, { key })).spend : valueOf[by](key))
  const sorted = found.toSorted((a, b) => compared(values.get(a)!, values.get(b)!, ascending) || (a.id < b.id ? -1 : 1))
  return { records: sorted.slice(skipped(page, size), skipped(page, size) + size), total: found.length }
}

function compared(a: Value, b: Value, ascending: boolean): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return (a < b ? -1 : 1) * (ascending ? 1 : -1)
}
