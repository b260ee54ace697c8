import type { Author, DirectoryChange, Listed, Page, RecordStore, Written } from '@tianjillm/auth'
import { and, arrayContains, count, eq, inArray, lt, lte, notInArray, or, gt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { auditLog, directoryChange, directoryGone, directoryName } from '../schema.ts'
import { clean } from '../text.ts'
import { auditRow } from './audit.ts'
import { CHANGE_LOCK, CHANNEL } from './changes.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Kept, Kind } from './kinds.ts'

type Transaction = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0]

/** Ends a transaction without a trace. */
class Refused extends Error {
  readonly written: Written

  constructor(written: Written) {
    super(written)
    this.written = written
  }
}

/** A store of one kind, and the look-up by a unique value. */
export interface PostgresRecordStore<R extends Kept, F> {
  readonly store: RecordStore<R, F>
  holding(name: string): Promise<R | undefined>
}

/**
 * Keeps records of one kind in their table. A write and the note of it are one transaction, so nobody hears
 * of what did not happen, and nothing happens unheard.
 *
 * @param made told of each write that was committed, before it resolves
 */
export function createRecordStore<R extends Kept, F extends object>(db: PostgresJsDatabase, { name: kind, table, find, asked, unique, remembered }: Kind<R, F>, made: (change: DirectoryChange, number: number) => void): PostgresRecordStore<R, F> {
  const columns = table as unknown as Readonly<Record<string, PgColumn>>

  const row = (record: R) => {
    const found = Object.entries(find(record)).map(([field, value]) => [field, typeof value === 'string' ? clean(value) : ((value as readonly string[] | null)?.map(clean) ?? null)])
    return { ...(Object.fromEntries(found) as Record<string, never>), id: clean(record.id), version: record.version, createdAt: new Date(record.createdAt), record }
  }

  const matching = (filter: F | undefined): SQL | undefined => {
    if (filter === undefined) return undefined
    const wanted = Object.entries(asked?.(filter) ?? filter) as [string, string | undefined][]
    return and(...wanted.map(([field, value]) => {
      const column = columns[field]!
      if (value === undefined) return undefined
      return column.columnType === 'PgArray' ? arrayContains(column, [clean(value)]) : eq(column, clean(value))
    }))
  }

  /** Gives the record its unique values, and gives up those that it no longer has. @param before the record that has them until now */
  const claim = async (tx: Transaction, record: R, before: R): Promise<void> => {
    if (!unique) return
    const names = [...new Set(unique(record).map(clean))]
    const had = new Set(unique(before).map(clean))
    if (had.size === names.length && names.every((name) => had.has(name))) return
    const mine = and(eq(directoryName.kind, kind), eq(directoryName.id, clean(record.id)))
    await tx.delete(directoryName).where(and(mine, names.length > 0 ? notInArray(directoryName.name, names) : undefined))
    if (names.length === 0) return
    await take(tx, record, names)
    const [held] = await tx.select({ names: count() }).from(directoryName).where(and(mine, inArray(directoryName.name, names)))
    if (held!.names !== names.length) throw new Refused('taken')
  }

  /** In one order, so that two writers never wait for each other in a circle. @returns how many were free */
  const take = async (tx: Transaction, record: R, names: readonly string[]): Promise<number> =>
    (await tx.insert(directoryName).values(names.toSorted().map((name) => ({ kind, name, id: clean(record.id) }))).onConflictDoNothing().returning({ name: directoryName.name })).length

  /** As {@link claim}, of a record that has none yet. */
  const claimFirst = async (tx: Transaction, record: R): Promise<void> => {
    const names = unique ? [...new Set(unique(record).map(clean))] : []
    if (names.length > 0 && (await take(tx, record, names)) !== names.length) throw new Refused('taken')
  }

  /** Runs a write, writes it down, and tells of it once it is committed. @param work answers what was there before, and what is now */
  const write = async (id: string, author: Author | undefined, work: (tx: Transaction) => Promise<{ readonly before?: unknown; readonly after?: R }>): Promise<Written> => {
    try {
      const number = await db.transaction(async (tx) => {
        const done = await work(tx)
        // Not waited for by itself: it is sent together with what follows.
        const audited = author?.write ? tx.insert(auditLog).values(auditRow(author.write(author, { kind, recordId: id, ...done }))).execute() : undefined
        // Last, because others wait: numbers become visible in their order, so no reader passes one by. The lock is
        // taken before the number is drawn: PostgreSQL neither drops nor moves a volatile function of a subquery.
        const numbered = tx.execute<{ number: string }>(sql`insert into ${directoryChange} (kind, id) select ${kind}::text, ${clean(id)}::text from (select pg_advisory_xact_lock(${CHANGE_LOCK})) as locked returning number, pg_notify(${CHANNEL}, '')`)
        const [[change]] = await Promise.all([numbered, audited])
        return Number(change!.number)
      })
      made({ kind, id }, number)
      return 'ok'
    } catch (error) {
      if (error instanceof Refused) return error.written
      throw error
    }
  }

  const newest = [sql`${table.createdAt} desc`, table.id]
  return {
    async holding(name) {
      const [found] = await db.select({ record: table.record }).from(directoryName).innerJoin(table, eq(table.id, directoryName.id)).where(and(eq(directoryName.kind, kind), eq(directoryName.name, clean(name))))
      return found?.record as R | undefined
    },
    store: {
      async get(id) {
        const [found] = await db.select({ record: table.record }).from(table).where(eq(table.id, clean(id)))
        const record = found?.record as R | undefined
        // Two texts that differ only in what PostgreSQL cannot hold are two ids.
        return record?.id === id ? record : undefined
      },
      async list({ filter, after, skip = 0, limit }: Page<R, F>): Promise<Listed<R>> {
        const where = matching(filter)
        const rows = await db.select({ record: table.record }).from(table).where(and(where, after === undefined ? undefined : beyond(table, after))).orderBy(...newest).offset(skip).limit(limit + 1)
        const [all] = await db.select({ total: count() }).from(table).where(where)
        const records = rows.slice(0, limit).map(({ record }) => record as R)
        const last = records.at(-1)
        return { records, next: last !== undefined && rows.length > limit ? writeCursor(last.createdAt, last.id) : undefined, total: all!.total }
      },
      insert: (record, author) => write(record.id, author, async (tx) => {
        const [added] = await Promise.all([tx.insert(table).values(row(record)).onConflictDoNothing().returning({ id: table.id }), claimFirst(tx, record)])
        if (added.length === 0) throw new Refused('taken')
        return { after: record }
      }),
      update: (record, author) => write(record.id, author, async (tx) => {
        const { id, ...values } = row(record)
        const replaced = tx.select({ id: table.id, record: table.record }).from(table).where(and(eq(table.id, id), eq(table.version, record.version - 1))).for('update').as('replaced')
        const [was] = await tx.update(table).set(values).from(replaced).where(eq(table.id, replaced.id)).returning({ record: replaced.record })
        if (!was) {
          const there = await tx.select({ id: table.id }).from(table).where(eq(table.id, id))
          throw new Refused(there.length === 0 ? 'missing' : 'stale')
        }
        await claim(tx, record, was.record as R)
        return { before: was.record, after: record }
      }),
      async delete(id, author) {
        return (await write(id, author, async (tx) => {
          const [gone] = await tx.delete(table).where(eq(table.id, clean(id))).returning({ record: table.record })
          if (!gone) throw new Refused('missing')
          await Promise.all([
            remembered && remember(tx, kind, clean(id), remembered(gone.record as R)),
            unique && tx.delete(directoryName).where(and(eq(directoryName.kind, kind), eq(directoryName.id, clean(id)))),
          ])
          return { before: gone.record }
        })) === 'ok'
      },
    },
  }
}

async function remember(tx: Transaction, kind: string, id: string, { name, hash = null, team = null }: ReturnType<NonNullable<Kind<Kept, object>['remembered']>>): Promise<void> {
  const kept = { name: name === null ? null : clean(name), hash, team: team === null ? null : clean(team), at: sql`now()` }
  await tx.insert(directoryGone).values({ kind, id, ...kept }).onConflictDoUpdate({ target: [directoryGone.kind, directoryGone.id], set: kept })
}

/** What comes after the record that a page ended with, which may be gone. */
function beyond(table: Kind<Kept, object>['table'], cursor: string): SQL | undefined {
  const { at, id } = readCursor(cursor)
  return and(lte(table.createdAt, at), or(lt(table.createdAt, at), gt(table.id, clean(id))))
}
