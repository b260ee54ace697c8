import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Sql } from 'postgres'

/** Key of the advisory lock under which the schema changes; any number that nobody else takes. */
const MIGRATION_LOCK = 7_184_201

/**
 * Brings the schema up to date: every migration that is not there yet, all in one transaction. Processes
 * that start at the same time wait for each other. The list of what was done is drizzle's own, so that
 * its tools can be used on the database.
 *
 * @returns how many were applied
 */
export async function migrate(sql: Sql): Promise<number> {
  const files = readMigrationFiles({ migrationsFolder: fileURLToPath(new URL('../drizzle', import.meta.url)) })
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await tx`create schema if not exists drizzle`
    await tx`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
    const done = new Set((await tx<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`).map(({ hash }) => hash))
    const missing = files.filter(({ hash }) => !done.has(hash))
    for (const { sql: statements, hash, folderMillis } of missing) {
      for (const statement of statements) await tx.unsafe(statement)
      await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`
    }
    return missing.length
  })
}
