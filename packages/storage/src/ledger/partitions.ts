import type { Sql, TransactionSql } from 'postgres'
import { dayOf } from './days.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2024, 0, 1)
/** Key of the advisory lock under which partitions come and go. */
const PARTITION_LOCK = 7_184_202

/** The week (Monday to Monday, UTC) of a moment, as a partition. */
export interface Week {
  readonly table: string
  /** Milliseconds since the epoch, inclusive and exclusive. */
  readonly from: number
  readonly to: number
}

let last: Week | undefined

export function weekOf(moment: number): Week {
  // Nearly every moment lies in the week of the one before.
  if (last && moment >= last.from && moment < last.to) return last
  const from = MONDAY + Math.floor((moment - MONDAY) / WEEK) * WEEK
  return last = { table: `spend_log_w${new Date(from).toISOString().slice(0, 10).replaceAll('-', '')}`, from, to: from + WEEK }
}

/** Makes the partitions of these weeks, where they are missing. Safe against others that do the same. */
export async function createPartitions(sql: Sql, weeks: readonly Week[]): Promise<void> {
  await sql.begin(async (tx) => {
    await lockPartitions(tx)
    for (const { table, from, to } of weeks) {
      await tx.unsafe(`create table if not exists ${table} partition of spend_log for values from ('${new Date(from).toISOString()}') to ('${new Date(to).toISOString()}')`)
    }
  })
}

/** Partitions come and go one after the other, whoever does it: until the transaction ends. */
export async function lockPartitions(tx: TransactionSql): Promise<void> {
  await tx`select pg_advisory_xact_lock(${PARTITION_LOCK})`
}

/** The partitions that end before a moment, the oldest first. */
export async function oldPartitions(tx: TransactionSql, before: number): Promise<readonly Week[]> {
  const tables = await tx<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'spend_log'::regclass and c.relname ~ '^spend_log_w[0-9]{8}$' order by 1`
  return tables.map(({ name }) => weekNamed(name)).filter(({ to }) => to <= before)
}

/**
 * Drops the partitions that end before a moment: whole tables, no rows one by one. What is gone is written down for
 * those who ask for it. Gives up, for a later run to try, when a reader holds one for longer than two seconds.
 *
 * @returns the tables that were dropped
 */
export async function dropPartitions(sql: Sql, before: number): Promise<readonly string[]> {
  return sql.begin(async (tx) => {
    await lockPartitions(tx)
    await tx`set local lock_timeout = '2s'`
    const over = await oldPartitions(tx, before)
    for (const week of over) {
      await noteDropped(tx, week)
      await tx.unsafe(`drop table ${week.table}`)
    }
    return over.map(({ table }) => table)
  })
}

/** How many rows a week had is known from its days; what of it was archived before is not dropped. */
async function noteDropped(tx: TransactionSql, { table, from, to }: Week): Promise<void> {
  const [first, end] = [dayOf(from), dayOf(to)]
  const [row] = await tx.unsafe<{ filled: boolean }[]>(`select exists (select from ${table}) as filled`)
  // What somebody began to archive, before nothing was to be archived any more, is archived if all of it is exported.
  await tx`delete from spend_archives where date_from = ${first}::text::date and status in ('exporting', 'failed')`
  const exported = await tx`update spend_archives set status = 'archived', exported_at = now(), holder = null, held_until = null where date_from = ${first}::text::date and status = 'exported'`
  if (!row!.filled || exported.count > 0) return
  await tx`
    insert into spend_archives (id, date_from, date_to, generation, status, entry_count, exported_at)
    select ${crypto.randomUUID()}, ${first}::text::date, ${end}::text::date, coalesce(max(generation), 0) + 1, 'dropped',
      greatest(0, (select coalesce(sum(requests), 0) from spend_daily where entity_kind = 'total' and day >= ${first}::text::date and day < ${end}::text::date) - coalesce(sum(entry_count) filter (where status in ('archived', 'dropped')), 0)), now()
    from spend_archives where date_from = ${first}::text::date
    having coalesce(bool_and(status <> 'dropped'), true)`
}

function weekNamed(table: string): Week {
  const digits = table.slice(-8)
  return weekOf(Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6))))
}
