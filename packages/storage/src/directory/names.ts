import type { NamedKind, RecordName } from '@tianjillm/auth'
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { directoryGone, directoryKey, directoryOrganization, directoryTeam, directoryUser, type RecordTable } from '../schema.ts'
import { clean } from '../text.ts'

/** Where the names of a kind stand. */
const places: Readonly<Record<NamedKind, { readonly table: RecordTable; readonly name: string; readonly ofKey?: true }>> = {
  key: { table: directoryKey, name: 'alias', ofKey: true },
  team: { table: directoryTeam, name: 'alias' },
  organization: { table: directoryOrganization, name: 'alias' },
  user: { table: directoryUser, name: 'email' },
}

/** What records are called: those that are there, and those that were. One made anew is the one that is there. */
export async function readNames(db: PostgresJsDatabase, kind: NamedKind, ids: readonly string[]): Promise<readonly RecordName[]> {
  if (ids.length === 0) return []
  const wanted = ids.map(clean)
  const { table, name, ofKey } = places[kind]
  const column = (field: string): PgColumn => (table as unknown as Readonly<Record<string, PgColumn>>)[field]!
  const none = sql<string | null>`null::text`
  const found = (id: PgColumn, hash: PgColumn): SQL | undefined => (ofKey ? or(inArray(id, wanted), inArray(hash, wanted)) : inArray(id, wanted))
  const ofText = (field: string): SQL<string | null> => sql<string | null>`${column(field)}`
  const [there, gone] = await Promise.all([
    db.select({ id: table.id, name: ofText(name), hash: ofKey ? ofText('hash') : none, teamId: ofKey ? ofText('teamId') : none }).from(table).where(found(table.id, ofKey ? column('hash') : table.id)),
    db.select({ id: directoryGone.id, name: directoryGone.name, hash: directoryGone.hash, teamId: directoryGone.team }).from(directoryGone).where(and(eq(directoryGone.kind, kind), found(directoryGone.id, directoryGone.hash))),
  ])
  const present = new Set(there.map(({ id }) => id))
  return [...there.map((one) => ({ ...one, exists: true })), ...gone.filter(({ id }) => !present.has(id)).map((one) => ({ ...one, exists: false }))]
}
