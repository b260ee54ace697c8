import type { AuditEntry, AuditFilter, AuditPage, AuditReader, Listed } from '@tianjillm/auth'
import { and, count, eq, gt, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { auditLog } from '../schema.ts'
import { clean } from '../text.ts'
import { readCursor, writeCursor } from './cursor.ts'

type Row = typeof auditLog.$inferSelect

/** An entry as it is inserted. */
export function auditRow({ at, ...entry }: AuditEntry): typeof auditLog.$inferInsert {
  const cleaned = Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, typeof value === 'string' ? clean(value) : value])) as typeof entry
  return { ...cleaned, at: new Date(at) }
}

/** Reads what the record stores wrote down. */
export function createAuditReader(db: PostgresJsDatabase): AuditReader {
  return {
    async get(id) {
      const [row] = await db.select().from(auditLog).where(eq(auditLog.id, clean(id)))
      return row && toEntry(row)
    },
    async list({ filter = {}, after, skip = 0, limit }: AuditPage): Promise<Listed<AuditEntry>> {
      const where = matching(filter)
      const rows = await db.select().from(auditLog).where(and(where, after === undefined ? undefined : beyond(after))).orderBy(sql`${auditLog.at} desc`, auditLog.id).offset(skip).limit(limit + 1)
      const [all] = await db.select({ total: count() }).from(auditLog).where(where)
      const records = rows.slice(0, limit).map(toEntry)
      const last = records.at(-1)
      return { records, next: last !== undefined && rows.length > limit ? writeCursor(last.at, last.id) : undefined, total: all!.total }
    },
  }
}

function toEntry({ at, ...row }: Row): AuditEntry {
  return { ...row, at: at.getTime() }
}

function matching({ by, keyHash, action, table, object, teamId, from, to }: AuditFilter): SQL | undefined {
  const is = (column: (typeof auditLog)['by' | 'claimed' | 'keyHash' | 'table' | 'objectId' | 'recordId'], value: string | undefined): SQL | undefined => (value === undefined ? undefined : eq(column, clean(value)))
  return and(
    by === undefined ? undefined : or(is(auditLog.by, by), is(auditLog.claimed, by)),
    is(auditLog.keyHash, keyHash),
    action === undefined ? undefined : sql`${auditLog.action} = ${clean(action)}`,
    is(auditLog.table, table),
    object === undefined ? undefined : or(is(auditLog.objectId, object), is(auditLog.recordId, object)),
    teamId === undefined ? undefined : sql`${clean(teamId)} in (${auditLog.before} ->> 'team_id', ${auditLog.after} ->> 'team_id')`,
    from === undefined ? undefined : gte(auditLog.at, new Date(from)),
    to === undefined ? undefined : lt(auditLog.at, new Date(to)),
  )
}

function beyond(cursor: string): SQL | undefined {
  const { at, id } = readCursor(cursor)
  return and(lte(auditLog.at, at), or(lt(auditLog.at, at), gt(auditLog.id, clean(id))))
}
