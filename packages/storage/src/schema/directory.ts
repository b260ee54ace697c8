import type { AuditAction, RecordKind } from '@tianjillm/auth'
import { sql } from 'drizzle-orm'
import { bigint, index, integer, json, type PgColumn, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, plainText } from './columns.ts'

/**
 * A table for one kind of record: the record itself, and beside it what it is found by. The record is `json` and
 * not `jsonb`: it comes back to the letter, also with characters that PostgreSQL's text cannot hold.
 *
 * @param found fields of the kind's filter: `one` text, or any of `many`
 */
function recordTable(name: string, found: Readonly<Record<string, 'one' | 'many'>>) {
  const columns = Object.fromEntries(Object.entries(found).map(([field, how]) => [field, how === 'one' ? text(snake(field)) : text(snake(field)).array()]))
  const fixed = { id: plainText('id').primaryKey(), version: integer('version').notNull(), createdAt: moment('created_at').notNull(), record: json('record').notNull() }
  return pgTable(name, { ...columns, ...fixed }, (table) => {
    const of = table as unknown as Readonly<Record<string, PgColumn>>
    const newest = [sql`${of['createdAt']!} desc`, of['id']!] as const
    return [
      index(`${name}_newest`).on(...newest),
      // What one value is asked for is listed newest first.
      ...Object.entries(found).map(([field, how]) => (how === 'one' ? index(`${name}_${snake(field)}`).on(of[field]!, ...newest) : index(`${name}_${snake(field)}`).using('gin', of[field]!))),
    ]
  })
}

/** Any table of records. */
export type RecordTable = ReturnType<typeof recordTable>

function snake(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export const directoryKey = recordTable('directory_key', { userId: 'one', teamId: 'one', organizationId: 'one', alias: 'one', hash: 'one', createdBy: 'one' })
export const directoryTeam = recordTable('directory_team', { alias: 'one', member: 'many', organizationId: 'one' })
export const directoryUser = recordTable('directory_user', { email: 'one', role: 'one' })
export const directoryOrganization = recordTable('directory_organization', { alias: 'one', member: 'many' })
export const directoryBudget = recordTable('directory_budget', {})
export const directoryCustomer = recordTable('directory_customer', {})
export const directoryTag = recordTable('directory_tag', {})
export const configurationModel = recordTable('configuration_model', {})
export const configurationCredential = recordTable('configuration_credential', {})
export const configurationAccessGroup = recordTable('configuration_access_group', {})
export const configurationFallback = recordTable('configuration_fallback', {})
export const configurationSetting = recordTable('configuration_setting', {})

/** Values that no two records of a kind may share: hashes (also the one before the last), aliases, addresses. */
export const directoryName = pgTable('directory_name', {
  kind: text('kind').notNull(),
  name: plainText('name').notNull(),
  id: plainText('id').notNull(),
}, (table) => [primaryKey({ columns: [table.kind, table.name] }), index('directory_name_record').on(table.kind, table.id)])

/** What changed, in the order in which it was committed: replicas read on from where they are. */
export const directoryChange = pgTable('directory_change', {
  number: bigint('number', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind').notNull(),
  id: text('id').notNull(),
  at: moment('at').notNull().defaultNow(),
})

/** What was changed by whom: written with the change, in its transaction, and never altered. */
export const auditLog = pgTable('audit_log', {
  id: plainText('id').primaryKey(),
  at: moment('at').notNull(),
  by: text('changed_by').notNull(),
  claimed: text('claimed'),
  keyHash: text('key_hash'),
  action: text('action').$type<AuditAction>().notNull(),
  kind: text('kind').$type<RecordKind>().notNull(),
  recordId: text('record_id').notNull(),
  table: text('table_name').notNull(),
  objectId: text('object_id').notNull(),
  // As records are kept: they come back to the letter.
  before: json('before_value').$type<Readonly<Record<string, unknown>> | null>(),
  after: json('updated_values').$type<Readonly<Record<string, unknown>> | null>(),
}, (table) => {
  const newest = [sql`${table.at} desc`, table.id] as const
  return [index('audit_log_newest').on(...newest), index('audit_log_record').on(table.recordId, ...newest), index('audit_log_object').on(table.objectId, ...newest), index('audit_log_by').on(table.by, ...newest)]
})

/** What deleted records were called, for reports on the time when they were there. */
export const directoryGone = pgTable('directory_gone', {
  kind: text('kind').notNull(),
  id: plainText('id').notNull(),
  name: text('name'),
  /** Of a key. */
  hash: text('hash'),
  team: text('team_id'),
  at: moment('at').notNull().defaultNow(),
}, (table) => [primaryKey({ columns: [table.kind, table.id] }), index('directory_gone_hash').on(table.hash)])
