import { type AuditEntry, type AuditFilter, auditOrder, type AuditReader } from './audit.ts'
import { cursorOf, readCursor } from './cursor.ts'

/** Entries that are kept: without a database nothing is kept for good. */
const MOST = 10_000

/** An audit log in this process, and the way into it. */
export interface MemoryAudit {
  readonly reader: AuditReader
  readonly add: (entry: AuditEntry | undefined) => void
}

/** What was changed since the process began, the last {@link MOST} of it. */
export function createMemoryAudit(): MemoryAudit {
  const entries: AuditEntry[] = []
  return {
    add(entry) {
      if (!entry) return
      entries.push(entry)
      if (entries.length > MOST) entries.shift()
    },
    reader: {
      get: (id) => Promise.resolve(entries.find((entry) => entry.id === id)),
      async list({ filter = {}, after, skip = 0, limit }) {
        const found = entries.filter((entry) => matches(entry, filter)).toSorted(auditOrder)
        const place = after === undefined ? undefined : readCursor(after)
        const behind = place === undefined ? found : found.filter((entry) => auditOrder(entry, { at: place.createdAt, id: place.id }) > 0)
        const records = behind.slice(skip, skip + limit)
        const last = records.at(-1)
        return { records, next: last !== undefined && last !== found.at(-1) ? cursorOf({ createdAt: last.at, id: last.id }) : undefined, total: found.length }
      },
    },
  }
}

function matches(entry: AuditEntry, { by, keyHash, action, table, object, teamId, from, to }: AuditFilter): boolean {
  return (by === undefined || entry.by === by || entry.claimed === by) && (keyHash === undefined || entry.keyHash === keyHash) && (action === undefined || entry.action === action) &&
    (table === undefined || entry.table === table) && (object === undefined || entry.objectId === object || entry.recordId === object) &&
    (teamId === undefined || entry.before?.['team_id'] === teamId || entry.after?.['team_id'] === teamId) && (from === undefined || entry.at >= from) && (to === undefined || entry.at < to)
}
