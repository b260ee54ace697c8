import type { AliasPage, KeyFilter, ListedAliases } from '@tianjillm/auth'
import { and, count, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { directoryKey } from '../schema.ts'
import { clean } from '../text.ts'

const columns = directoryKey as unknown as Readonly<Record<keyof KeyFilter, PgColumn>>

/** A page of the aliases of keys, without their records. */
export async function readAliases(db: PostgresJsDatabase, { filter = {}, part, skip, limit }: AliasPage): Promise<ListedAliases> {
  const wanted = Object.entries(filter) as [keyof KeyFilter, string | undefined][]
  const where = and(
    isNotNull(columns.alias),
    part === undefined ? undefined : sql`strpos(lower(${columns.alias}), ${clean(part.toLowerCase())}) > 0`,
    ...wanted.map(([field, value]): SQL | undefined => (value === undefined ? undefined : eq(columns[field], clean(value)))),
  )
  const [rows, [all]] = await Promise.all([
    db.select({ alias: sql<string>`${columns.alias}` }).from(directoryKey).where(where).orderBy(sql`${columns.alias} collate "C"`).offset(skip).limit(limit),
    db.select({ total: count() }).from(directoryKey).where(where),
  ])
  return { aliases: rows.map(({ alias }) => alias), total: all!.total }
}
