import type { Listed, RecordKind } from './store.ts'

/** What was done to a record, LiteLLM's words. */
export type AuditAction = 'created' | 'updated' | 'deleted' | 'blocked' | 'unblocked' | 'rotated'

/** A record in the words in which it is shown to operators: without secrets. */
export interface DescribedRecord {
  /** LiteLLM's name of the table. */
  readonly table: string
  /** What operators know the record by. */
  readonly id: string
  readonly values: Readonly<Record<string, unknown>>
}

/** Who makes a change, and how it is told to those who look back. */
export interface Author {
  /** Epoch milliseconds. */
  readonly now: number
  /** The user behind the key, as far as it is known. */
  readonly by: string
  /** Hash of the key that asked; null for the master key. */
  readonly keyHash: string | null
  /** On whose behalf, by the caller's own word (`litellm-changed-by`). Proves nothing. */
  readonly claimed: string | null
  /** Where it is more than a record made, changed or deleted. */
  readonly action?: AuditAction
  /** Makes the entry that the store keeps, in the step in which it makes the change; absent: it is not written down. */
  readonly write?: (author: Author, change: RecordChange) => AuditEntry
}

/** What a store did. */
export interface RecordChange {
  readonly kind: RecordKind
  readonly recordId: string
  /** Absent for what was made. */
  readonly before?: unknown
  /** Absent for what was deleted. */
  readonly after?: unknown
}

/** One change that was made. Immutable. */
export interface AuditEntry {
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly by: string
  readonly claimed: string | null
  readonly keyHash: string | null
  readonly action: AuditAction
  readonly kind: RecordKind
  /** The record's own id, which stays. */
  readonly recordId: string
  readonly table: string
  /** What operators knew the record by then. */
  readonly objectId: string
  /** Null for what was made. */
  readonly before: Readonly<Record<string, unknown>> | null
  /** Null for what was deleted. */
  readonly after: Readonly<Record<string, unknown>> | null
}

export interface AuditFilter {
  /** The user, or whom the caller named. */
  readonly by?: string
  readonly keyHash?: string
  readonly action?: string
  readonly table?: string
  /** The record's own id, or what operators knew it by. */
  readonly object?: string
  /** `team_id` of what was or is. */
  readonly teamId?: string
  /** Epoch milliseconds, inclusive. */
  readonly from?: number
  /** Exclusive. */
  readonly to?: number
}

/** Which entries to read, newest first. */
export interface AuditPage {
  readonly filter?: AuditFilter
  /** The `next` of the page before. */
  readonly after?: string
  readonly skip?: number
  readonly limit: number
}

/** Reads what was changed. Entries are written by the stores themselves, with the change or not at all. */
export interface AuditReader {
  list(page: AuditPage): Promise<Listed<AuditEntry>>
  get(id: string): Promise<AuditEntry | undefined>
}

/** Makes entries. @param describe shows a record in the words of those who look back */
export function auditWriter(describe: (kind: RecordKind, record: unknown) => DescribedRecord): NonNullable<Author['write']> {
  return (author, { kind, recordId, before, after }) => {
    const was = before === undefined ? undefined : describe(kind, before)
    const is = after === undefined ? undefined : describe(kind, after)
    const { table, id: objectId } = (was ?? is)!
    return Object.freeze({
      id: crypto.randomUUID(), at: author.now, by: author.by, claimed: author.claimed, keyHash: author.keyHash,
      action: author.action ?? (was && is ? 'updated' : is ? 'created' : 'deleted'),
      kind, recordId, table, objectId, before: masked(was?.values), after: masked(is?.values),
    })
  }
}

const secretName = /(?:key|secret|password|passphrase|token|credentials?|authorization|cookie)s?$/i
/** Free objects, in which anybody may have put anything. */
const free = new Set(['metadata'])

function masked(values: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | null {
  return values === undefined ? null : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, free.has(name) ? hidden(value) : value]))
}

/** Values under names that secrets have are not shown. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeof inner === 'string' && secretName.test(name) ? '***' : hidden(inner)]))
}

/** An entry's place among all: newest first, of one moment by id. */
export function auditOrder(a: Pick<AuditEntry, 'at' | 'id'>, b: Pick<AuditEntry, 'at' | 'id'>): number {
  return b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
